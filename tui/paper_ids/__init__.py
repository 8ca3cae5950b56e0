"""Ids of papers.

A paper on arXiv has its arXiv id without a version (``2505.04921``, ``hep-th/9901001``). The id of
any other paper names the scheme that identifies it, and its value there:

============================  ==================================================================
``doi:10.1101/2025.04.11``    a DOI, in lower case
``openreview:rJl-b3RcF7``     the id of a forum of OpenReview
``acl:2023.acl-long.1``       the id of a paper in the ACL Anthology; also ``acl:P19-1001``
``url:https://site.org/a``    the address of its page, if there is nothing better
============================  ==================================================================

Only ids of arXiv have no colon.
"""

from __future__ import annotations

SCHEMES = ("doi", "openreview", "acl", "url")
"""What an id starts with before its colon, if it is not arXiv's."""


def slug(paper_id: str) -> str:
    """Return an id for the name of a file or the key of a citation: letters, digits, ``.-_``.

    Different ids have different ones: a checksum follows where characters were replaced.
    """
    scheme, colon, value = paper_id.partition(":")
    if not colon:
        return paper_id.replace("/", "-")
    name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in value)
    if name == (value.replace("/", "-", 1) if scheme == "doi" else value):
        return name
    from zlib import crc32

    return f"{name[:60].rstrip('-')}-{crc32(paper_id.encode()):08x}"


def arxiv_id_of(paper_id: str) -> str | None:
    """Return the arXiv id if a paper id is one, else None."""
    return None if ":" in paper_id else paper_id
