"""Addresses of papers."""

from __future__ import annotations

from urllib.parse import quote


def page_url(paper_id: str) -> str:
    """Return the URL of the page that presents a paper.

    Args:
        paper_id: the canonical id of the paper.
    """
    scheme, value = _split(paper_id)
    match scheme:
        case "doi":
            return f"https://doi.org/{quote(value, safe='/:;()._-')}"
        case "openreview":
            return f"https://openreview.net/forum?id={quote(value)}"
        case "acl":
            return f"https://aclanthology.org/{quote(value)}/"
        case "url":
            return value
        case _:
            return f"https://arxiv.org/abs/{value}"


def pdf_url(paper_id: str) -> str | None:
    """Return the URL of a paper's PDF, or None if the id does not lead to one.

    Args:
        paper_id: the canonical id of the paper.
    """
    scheme, value = _split(paper_id)
    match scheme:
        case "openreview":
            return f"https://openreview.net/pdf?id={quote(value)}"
        case "acl":
            return f"https://aclanthology.org/{quote(value)}.pdf"
        case "url":
            return value if value.lower().endswith(".pdf") else None
        case "":
            return f"https://arxiv.org/pdf/{value}"
        case _:
            return None


def _split(paper_id: str) -> tuple[str, str]:
    """Return the scheme of an id, which is empty for arXiv's, and its value."""
    scheme, colon, value = paper_id.partition(":")
    return (scheme, value) if colon else ("", paper_id)
