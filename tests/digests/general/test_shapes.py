"""The general reader finds the same papers in every shape in which they are written."""

from __future__ import annotations

from datetime import date

import pytest

from tests.digests.general.shapes import SHAPES, Shape, WrittenPaper
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
