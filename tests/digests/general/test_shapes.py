"""The general reader finds the same papers in every shape in which they are written."""

from __future__ import annotations

from datetime import date

import pytest

from tests.digests.general.shapes import SHAPES, PreprintElsewhere, Shape, WrittenPaper
from tui.digests.reader import read

DAY = date(2025, 4, 14)
PAPERS = (
    WrittenPaper(
        "2504.08101",
        "Lanterns for Deep Water: A Study of Light & Cold",
        ("Hana Seo", "Paul Wirth", "Mei Lin"),
        34,
        "Lanterns are lowered into deep water, and their light is measured.",
    ),
    WrittenPaper(
        "2504.08102",
        "Do Ladders Lean? (2020-2025)",
        ("Kai Zhang", "Olga Petrova"),
        7,
        "Ladders lean more than walls do.",
    ),
    WrittenPaper(
        "2504.00345",
        "Two-Handed Clocks",
        ("Zoe Hart", "Jônas Vidal", "Sean O'Dea"),
        112,
        "Clocks with two hands are easier to read.",
    ),
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_papers_are_read_back(shape: Shape) -> None:
    path, text = shape.write(PAPERS, DAY)
    digest = read(text.encode(), path)
    found = {entry.arxiv_id: entry for entry in digest.entries}
    assert list(found) == [paper.arxiv_id for paper in PAPERS]
    assert digest.problems == ()
    for paper in PAPERS:
        entry = found[paper.arxiv_id]
        assert entry.title == paper.title
        assert entry.date == str(DAY)
        assert entry.authors == (() if "authors" in shape.losses else paper.authors)
        assert entry.votes == (None if "votes" in shape.losses else paper.votes)
        assert paper.summary in entry.summary or "summary" in shape.losses


ONLY_ON_ARXIV = {
    *("ids_as_headings", "hugging_face_links", "html_cards", "term_lists"),
    # Lines of a text, and pages within data, have too many references.
    *("channel_posts", "plain_mail", "lines_with_links", "labels_only", "callouts"),
    *("html_in_json", "messages_in_json"),
    *("listing_of_arxiv", "mail_of_arxiv", "semantic_scholar"),
}
"""Shapes that name arXiv themselves, or that are not read without it."""


@pytest.mark.parametrize(
    "shape",
    [shape for shape in SHAPES if shape.name not in ONLY_ON_ARXIV],
    ids=lambda shape: shape.name,
)
def test_papers_elsewhere_are_read_back(shape: Shape) -> None:
    papers = [
        PreprintElsewhere(
            f"10.1101/2025.03.1{n}.64832{n}", *(p.title, p.authors, p.votes, p.summary)
        )
        for n, p in enumerate(PAPERS)
    ]
    path, text = shape.write(papers, DAY)
    entries = read(text.encode(), path).entries
    assert [(entry.paper_id, entry.title, entry.date) for entry in entries] == [
        (f"doi:{paper.arxiv_id}", paper.title, str(DAY)) for paper in papers
    ]
