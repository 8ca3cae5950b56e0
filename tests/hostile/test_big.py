"""Huge digests do not hang the program; ``python -m tests.hostile`` prints their costs.

The limits are far above normal, to distinguish a hang from a busy machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.big import HUGE_DIGESTS, INTRODUCTION, write_huge_digest
from tests.hostile.costs import measure_browser, measure_sync
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.digests.reader import read
from tui.models import EntryRef, Paper, Summary
from tui.sanitize import clean
from tui.ui.typeset.paper_page import typeset_page

IN_THE_PROGRAM = (
    "100,000 papers",
    "a title of a megabyte, no space",
    "lists in quotes, 10,000 deep",
    "a table of 1,000 columns and rows",
    "a megabyte of brackets",
    "a megabyte of accents",
)
"""Digests that the real program reads as well: slow ones in the past, and unusual ones."""


def _read_second_paper(name: str) -> tuple[Paper, Summary]:
    """Read a huge digest; return its second paper."""
    data = ko_digest("2025-05-01", HUGE_DIGESTS[name]()).encode()
    entry = read(data, "2025-05-01.md").entries[1]
    reference = EntryRef(entry.date, entry.dialect, "2025-05-01.md", 0, 1)
    names = "\n".join(entry.authors)
    title = entry.title or entry.paper_id
    paper = Paper(entry.paper_id, title, entry.votes, names, (entry.date,), (reference,))
    return paper, Summary(reference, entry.summary, entry.sections, entry.thumbnail)


@pytest.mark.parametrize("name", [name for name in HUGE_DIGESTS if name != "100,000 papers"])
def test_reading_and_typesetting_take_bounded_time(name: str) -> None:
    started = time.process_time()
    paper, summary = _read_second_paper(name)
    lines = typeset_page(paper, [summary], 60)
    assert time.process_time() - started < 20
    assert any(INTRODUCTION in line.text for line in lines)
    assert len(lines) < 60_000


@pytest.mark.parametrize("name", IN_THE_PROGRAM)
def test_program_stays_responsive(
    tmp_path: Path, name: str, record_property: Callable[[str, object], None]
) -> None:
    home = Home(tmp_path)
    digests = write_huge_digest(name, tmp_path / "digests")
    sync = measure_sync(home, digests)
    assert sync.seconds < 60
    assert sync.megabytes < 1000
    browser = measure_browser(home, digests)
    assert browser.open_seconds < 30
    assert browser.key_seconds < 20
    assert browser.megabytes < 1000
    record_property(
        "figures",
        f"{name}: synced in {sync.seconds:.1f} s with {sync.megabytes:.0f} MB, opened in "
        f"{browser.open_seconds:.1f} s, a key answered within {browser.key_seconds:.1f} s",
    )


def test_long_summary_is_truncated_with_a_notice() -> None:
    [first, *_] = HUGE_DIGESTS["nothing unusual"]()
    long_paper = SamplePaper("2505.00002", "Long", 1, (), "words " * 20_000)
    digest = read(ko_digest("2025-05-01", [first, long_paper]).encode(), "2025-05-01.md")
    entry = digest.entries[1]
    assert len(entry.summary) > 120_000  # only the display is truncated
    reference = EntryRef(entry.date, entry.dialect, "2025-05-01.md", 0, 1)
    paper = Paper(entry.paper_id, "Long", 1, "", (entry.date,), (reference,))
    lines = typeset_page(paper, [Summary(reference, entry.summary, (), None)], 80)
    assert len(lines) < 1000
    omitted = len(entry.summary) - 50_000
    assert lines[-1].text == f"Too long to show: {omitted:,} more characters omitted."
    # Several summaries share the limit.
    several = typeset_page(paper, [Summary(reference, entry.summary, (), None)] * 3, 80)
    assert sum("Too long to show" in line.text for line in several) == 3
    assert len(several) < 1100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e" + "\u0316\u0301" * 10, "é" + "\u0316" * 10 + "\u0301" * 9),
        ("x" + "\u0301" * 31 + "y", "x" + "\u0301" * 30 + "y"),
        ("-" + "\u20dd" * 1000 + "-" + "\u20dd", "-" + "\u20dd" * 30 + "-" + "\u20dd"),
        ("\u1100" + "\u1161" * 1000, "가" + "\u1161" * 29),
        ("→" * 1000, "→" * 1000),
    ],
)
def test_combining_marks_are_limited(text: str, expected: str) -> None:
    assert clean(text) == expected
    assert clean(expected) == expected


def test_many_combining_marks_take_bounded_time() -> None:
    started = time.process_time()
    cleaned = clean("e" + "\u0301\u0316" * 500_000)
    # Sorting all of them would take hours.
    assert time.process_time() - started < 10
    assert len(cleaned) <= 31
