"""How a file was read: for ``broadsheet why``, and for problems that say why it gave no paper.

Nothing here runs while a file with papers is read. What it finds, it finds afterwards in the text.
"""
