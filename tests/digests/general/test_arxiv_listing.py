"""Lists of new papers that were copied from arXiv's pages and mails."""

from __future__ import annotations

import pytest

from tui.digests.reader import read
from tui.models import Entry

NEW = """\
Computation and Language

    New submissions
    Cross-lists

See recent articles

Showing new listings for Wednesday, 14 May 2025
Total of 2 entries
Showing up to 2000 entries per page: fewer | more | all

New submissions (showing 1 of 1 entries)

[1] arXiv:2505.08001 [pdf, html, other]

    Title: Quiet Stairs in Houses

    Ada Bell, Cy Dorn

    Comments: 12 pages
    Subjects: Computation and Language (cs.CL); Machine Learning (cs.LG)

Stairs are climbed by people of all ages.

Cross submissions (showing 1 of 1 entries)

[2] arXiv:2505.08002 (cross-list from cs.CV) [pdf, html, other]

    Title: Loud Stairs

    Eve Funk

    Subjects: Computation and Language (cs.CL)

Stairs are loud. All of them are.
"""
RECENT = """\
Authors and titles for recent submissions

    Wed, 14 May 2025
    Tue, 13 May 2025

Wed, 14 May 2025 (showing first 1 of 80 entries )

[1] arXiv:2505.08001 [pdf, html, other]
    Title: Quiet Stairs in Houses
    Ada Bell, Cy Dorn
    Comments: 12 pages
    Subjects: Computation and Language (cs.CL); Machine Learning (cs.LG)

Tue, 13 May 2025 (showing first 1 of 80 entries )

[2] arXiv:2505.08002 [pdf, html, other]
    Title: Loud Stairs
    Eve Funk
    Subjects: Computation and Language (cs.CL)
"""
MAIL = """\
subject: New issues on archive
Date: Wed, 14 May 2025 09:11:00 +0000

hep-th/9901001 [abs, ps, pdf, other] :
          Title: On the Quiet Stairs of Some Old Houses and of Their
          Neighbours
          Authors: Ada Bell (Example University), Eve Funk, Cy
          Blennerhassett
          Comments: 5 pages
          Stairs are quiet.

hep-th/9901002 [abs, ps, pdf, other] :
          Title: Loud Stairs
          Authors: Eve Funk
          Stairs are loud.
"""


def papers(text: str) -> list[Entry]:
    digest = read(text.encode(), "listing.txt")
    assert not digest.problems
    return list(digest.entries)


def extracted(page: str) -> str:
    """Return a copied page as programs extract it: parts of a line are on lines of their own."""
    for part in ("arXiv:", "Title:", "Subjects:", "Comments:", "(cross-list", "[pdf"):
        page = page.replace(part, f"\n \n {part}")
    for label in ("Title:", "Subjects:", "Comments:"):
        page = page.replace(label, f"{label}\n")
    return page.replace("[pdf, html, other]", "[ pdf , html , other ]")


@pytest.mark.parametrize("page", [NEW, extracted(NEW)], ids=["copied", "extracted"])
def test_page_of_new_papers(page: str) -> None:
    first, second = papers(page)
    assert (first.title, first.authors) == ("Quiet Stairs in Houses", ("Ada Bell", "Cy Dorn"))
    assert first.labels == ("cs.CL", "cs.LG")
    assert "people of all ages" in first.summary
    assert (second.title, second.authors) == ("Loud Stairs", ("Eve Funk",))
    assert "Stairs are loud. All of them are." in second.summary
    assert [first.date, second.date] == ["2025-05-14"] * 2
    assert "Cross submissions" not in first.summary


def test_page_of_recent_papers() -> None:
    first, second = papers(RECENT)
    assert [first.date, second.date] == ["2025-05-14", "2025-05-13"]
    assert [first.title, second.title] == ["Quiet Stairs in Houses", "Loud Stairs"]
    assert [first.line, second.line] == [8, 16]


def test_page_below_a_heading() -> None:
    entries = papers(f"# Source: https://arxiv.org/list/cs.CL/new\n\n{extracted(NEW)}")
    assert [entry.date for entry in entries] == ["2025-05-14"] * 2


def test_mail_of_new_papers() -> None:
    first, second = papers(MAIL)
    assert (first.paper_id, first.date) == ("hep-th/9901001", "2025-05-14")
    assert first.title == "On the Quiet Stairs of Some Old Houses and of Their Neighbours"
    assert first.authors == ("Ada Bell", "Eve Funk", "Cy Blennerhassett")
    assert "Stairs are quiet." in first.summary
    assert (second.paper_id, second.title) == ("hep-th/9901002", "Loud Stairs")


def test_text_about_a_listing_stays() -> None:
    text = (
        "# 2025-05-14\n\nA page has lines such as Title: and Subjects: below arXiv: numbers.\n\n"
        "- **Quiet Stairs in Houses** https://arxiv.org/abs/2505.08001\n"
    )
    (entry,) = papers(text)
    assert entry.title == "Quiet Stairs in Houses"
