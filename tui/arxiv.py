"""arXiv identifiers: in addresses, and standing alone.

Both styles are described at https://info.arxiv.org/help/arxiv_identifier.html. The canonical form
has no version, and an old one has no subject class (``math.GT/0309136`` is ``math/0309136``).
"""

from __future__ import annotations

import re

_YEAR_AND_MONTH = r"\d\d(?:0[1-9]|1[0-2])"
_ID = (
    rf"(?:(?P<new>{_YEAR_AND_MONTH}\.\d{{4,5}})"
    rf"|(?P<archive>[a-z]{{2,8}}(?:-[a-z]{{2,4}})?)(?:\.[A-Za-z-]{{2,8}})?"
    rf"/(?P<old>{_YEAR_AND_MONTH}\d{{3}}))"
    r"(?:v\d{1,3})?(?!\d)"
)
_HOSTS = (
    r"arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)"  # also www., export., browse.
    r"|(?:huggingface\.co|hf\.co)/papers"
    r"|alphaxiv\.org/(?:abs|pdf|html|overview)"
    r"|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html)"
    r"|doi\.org/10\.48550/arxiv(?=\.)"
)
_ADDRESS = re.compile(rf"(?<![\w-])(?i:{_HOSTS})[/.]+{_ID}")
_ALONE = re.compile(rf"(?:(?i:arxiv)\s?[:：]\s?|(?<![\w./-])){_ID}(?![\w/])")


def id_in_address(text: str) -> str | None:
    """Return the canonical id of the first arXiv paper whose address stands in the text."""
    match = _ADDRESS.search(text)
    return _canonical(match) if match else None


def leading_id(text: str) -> tuple[str, str] | None:
    """Split an id that the text begins with from what follows it.

    Args:
        text: the words of a heading; signs before the id (``📄``, ``[``) are skipped.

    Returns:
        The canonical id and the rest of the text, or None if it begins with something else.
    """
    start = re.match(r"[^\w\n]*+", text)
    match = _ALONE.match(text, start.end() if start else 0)
    return (_canonical(match), text[match.end() :]) if match else None


def _canonical(match: re.Match[str]) -> str:
    return match["new"] or f"{match['archive']}/{match['old']}"
