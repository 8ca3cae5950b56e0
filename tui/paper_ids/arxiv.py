"""arXiv identifiers: the grammar, the canonical form, and URLs that contain them.

Both styles of identifier are described at https://info.arxiv.org/help/arxiv_identifier.html. The
canonical form has no version, and in the old style no subject class: ``2505.04921v2`` becomes
``2505.04921``, and ``math.GT/0309136`` becomes ``math/0309136``.
"""

from __future__ import annotations

import re
from functools import cache

_YEAR_AND_MONTH = r"\d\d(?:0[1-9]|1[0-2])"
_ID = (
    rf"(?:(?P<new>{_YEAR_AND_MONTH}\.\d{{4,5}})"
    rf"|(?P<archive>[a-z]{{2,8}}(?:-[a-z]{{2,4}})?)(?:\.[A-Za-z-]{{2,8}})?"
    rf"/(?P<old>{_YEAR_AND_MONTH}\d{{3}}))"
    r"(?:v\d{1,3})?(?!\d)"
)

_URL = (
    r"(?i:arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)"  # also www., export., browse.
    r"|(?:huggingface\.co|hf\.co)/papers"
    r"|alphaxiv\.org/(?:abs|pdf|html|overview)"
    r"|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html)"
    r"|doi\.org/10\.48550/arxiv(?=\.))[/.]+"
)
_CITATION = r"(?i:arxiv)\s?[:：]\s?"
# Compiled on first use, because the first screen does not need them.
_ID_IN_URL = rf"(?<![\w-]){_URL}{_ID}"
_LEADING_ID = rf"(?:{_CITATION}|(?<![\w./-])){_ID}(?![^\W_]|/)"
_DOI = r"(?i:(?:doi\s?:\s?)?10\.48550/arxiv\.)"
_WHOLE_ID = (
    rf"(?:(?:https?://)?(?:[\w-]+\.)*{_URL}|{_DOI}|{_CITATION})?{_ID}(?:\.pdf)?(?:[/?#]\S*)?"
)

# What people copy: a DOI, a reference, and the addresses of sites that digests do not link to.
_PASTED_PREFIX = (
    r"(?i:(?:doi:\s?)?10\.48550/arxiv\.|(?:arxiv preprint\s)?arxiv(?:\s?[:：]\s?|\s)"
    r"|(?:https?://)?(?:[\w-]+\.)*(?:(?:papers\.cool|scirate\.com)/arxiv|arxiv-vanity\.com/papers"
    r"|hf-mirror\.com/papers|semanticscholar\.org/(?:paper/)?arxiv:)/?)"
)
_PASTED_ID = rf"{_PASTED_PREFIX}{_ID}(?:\.pdf)?(?:[/?#]\S*)?"
# As on the first page of a paper: arXiv:2505.04921v1 [cs.CL] 8 May 2025.
_SUBJECT_CLASS = r"\s*\[[\w.-]{2,20}\](?:\s+\d{1,2} [A-Z][a-z]{2,8} \d{4})?[.,;]?$"
_BRACKETS = r"^[<(\[{]+|[>)\]}.,;:!?]+$"


_compiled = cache(re.compile)


def parse_id(text: str) -> str | None:
    """Return the canonical id if the whole text is an id, a citation or the URL of a paper.

    Accepts ``2505.04921``, ``2505.04921v2``, ``arXiv:2505.04921``, the paper's DOI and URLs of the
    sites that `id_in_url` knows, with or without ``https://``.
    """
    match = _compiled(_WHOLE_ID).fullmatch(text)
    return _canonical(match) if match else None


def pasted_id(text: str) -> str | None:
    """Return the canonical id if the whole text is a reference to a paper as people copy it.

    Accepts what `parse_id` accepts, in brackets, with a full stop or comma, or with the subject
    class (``arXiv:2505.04921v1 [cs.CL]``); and DOIs and URLs of more sites.
    """
    if arxiv_id := parse_id(text):
        return arxiv_id
    text = re.sub(_BRACKETS, "", re.sub(_SUBJECT_CLASS, "", text.strip())).strip()
    if arxiv_id := parse_id(text):
        return arxiv_id
    match = re.fullmatch(_PASTED_ID, text)
    return _canonical(match) if match else None


def id_in_url(text: str) -> str | None:
    """Return the canonical id in the first URL of an arXiv paper in the text, or None."""
    match = _compiled(_ID_IN_URL).search(text)
    return _canonical(match) if match else None


def split_leading_id(text: str) -> tuple[str, str] | None:
    """Split off the id that a text starts with.

    Args:
        text: a heading or a file name; symbols before the id (``📄``, ``[``) are skipped.

    Returns:
        The canonical id and the text after it, or None if the text starts with something else.
    """
    start = _compiled(r"[^\w\n]*+").match(text)
    match = _compiled(_LEADING_ID).match(text, start.end() if start else 0)
    return (_canonical(match), text[match.end() :]) if match else None


def submission_month(paper_id: str) -> tuple[int, int] | None:
    """Return the year and month that an id of arXiv starts with; None for any other id."""
    match = None if ":" in paper_id else re.match(rf"(?:.*/)?({_YEAR_AND_MONTH})", paper_id)
    if match is None:
        return None
    year, month = divmod(int(match[1]), 100)
    # arXiv started in 1991.
    return year + (1900 if year > 90 else 2000), month


def _canonical(match: re.Match[str]) -> str:
    return match["new"] or f"{match['archive']}/{match['old']}"
