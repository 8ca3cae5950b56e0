"""Rank papers by what the reader's marks say: *For you*, and the match of a paper from 0 to 99.

``marks`` become ``examples``; the texts of these papers become vectors of ``terms``; ``linear``
separates them from other papers; and ``ranking`` has the models of a library, its scores and their
explanation. Everything is derived from marks and digests, and stays in memory only.
"""
