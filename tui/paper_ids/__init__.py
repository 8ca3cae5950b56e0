"""Ids of papers.

A paper on arXiv has its arXiv id without a version (``2505.04921``, ``hep-th/9901001``). Any other
has the name of what identifies it, and its value there:

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


def arxiv_id_of(paper_id: str) -> str | None:
    """Return the arXiv id if a paper id is one, else None."""
    return None if ":" in paper_id else paper_id
