"""What bibliographies other than BibTeX say about a paper, from its id."""

from __future__ import annotations

from tui.models import Paper
from tui.paper_ids.bibliography import publisher


def doi_of(paper: Paper) -> str:
    """Return a paper's DOI, or an empty text. arXiv registers one for each of its papers."""
    if paper.arxiv_id:
        return f"10.48550/arXiv.{paper.arxiv_id}"
    scheme, _, value = paper.paper_id.partition(":")
    return value if scheme == "doi" else ""


def publisher_of(paper: Paper) -> str:
    """Return the name of the archive or publisher that an id belongs to, or an empty text."""
    return "arXiv" if paper.arxiv_id else publisher(paper.paper_id)


def archive_number(paper: Paper) -> str:
    """Return ``arXiv:2505.04921`` for a paper on arXiv, and an empty text for any other."""
    return f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else ""
