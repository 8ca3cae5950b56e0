"""A month of a reader: triage day by day, a wrong step undone, and what is on disk at the end."""

from __future__ import annotations

from itertools import cycle

import pytest

from tests.ui.driver import open_app, sidebar_marks
from tests.ui.sources import DigestSource, open_marks, sample_papers

pytestmark = pytest.mark.slow

DAYS = [f"2025-01-{day:02}" for day in range(2, 32)]
PAPERS_A_DAY = 3
DECISIONS = cycle("rrIsLrrIr")


async def test_month_of_decisions_is_kept(source: DigestSource) -> None:
    expected: dict[str, str] = {}
    for number, day in enumerate(DAYS):
        source.add(day, *sample_papers(PAPERS_A_DAY, first=1 + number * PAPERS_A_DAY))
    source.sync()
    async with open_app(source.options()) as driver:
        # From the newest day to the oldest.
        for day in reversed(DAYS):
            assert driver.period == day
            keys = [next(DECISIONS) for _paper in range(PAPERS_A_DAY)]
            expected |= {
                paper.paper_id: key
                for paper, key in zip(driver.screen.panes.table.papers, keys, strict=True)
            }
            await driver.press("T", *keys, "q", "left_square_bracket")
        # Everything is hidden by mistake, and back with one key.
        await driver.press("0")
        await driver.press("V", "G", "I")
        assert driver.titles == []
        await driver.press("u")
        assert len(driver.titles) == len(DAYS) * PAPERS_A_DAY - list(expected.values()).count("I")
        later = list(expected.values()).count("L")
        assert f"Unread {later}" in sidebar_marks(driver)
    marks = open_marks(source).all_marks()
    assert marks.keys() == expected.keys()
    for paper, key in expected.items():
        found = marks[paper]
        assert found.read == (key in "rs"), paper
        assert (found.starred, found.hidden, found.later > 0) == (
            key == "s",
            key == "I",
            key == "L",
        )
