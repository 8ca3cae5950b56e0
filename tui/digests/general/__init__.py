"""The general reader: finds papers in texts of any shape, for digests that no dialect claims.

A text becomes a tree: ``value_tree`` for data, ``document_tree`` for pages. Papers are found in it
by a few rules, in ``paper_records`` and ``paper_blocks``, and their fields by the words in
``labels``.
"""
