"""No digest is so much that the program hangs; ``python -m tests.hostile`` tells what each costs.

The bounds are far from what is usual: they tell a hang from a busy machine, and no more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.big import ASIDE, BIG, write_big
from tests.hostile.measuring import cost_of_sync, visit
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.digests.reader import read
from tui.models import EntryRef, Paper, Summary
from tui.sanitize import clean
from tui.ui.typeset.page import typeset_page

WHOLE = (
    "100,000 papers",
    "a title of a megabyte, no space",
    "lists in quotes, 10,000 deep",
    "a table of 1,000 columns and rows",
    "a megabyte of brackets",
    "a megabyte of accents",
)
"""What is read by the real program, too: what was slow, or of another kind than the rest."""


def _second(name: str) -> tuple[Paper, Summary]:
    """Read a digest; return its second paper."""
    data = ko_digest("2025-05-01", BIG[name]()).encode()
    entry = read(data, "2025-05-01.md").entries[1]
    telling = EntryRef(entry.date, entry.dialect, "2025-05-01.md", 0, 1)
    names = "\n".join(entry.authors)
    title = entry.title or entry.arxiv_id
    paper = Paper(entry.arxiv_id, title, entry.votes, names, (entry.date,), (telling,))
    return paper, Summary(telling, entry.summary, entry.sections, entry.thumbnail)


@pytest.mark.parametrize("name", [name for name in BIG if name != "100,000 papers"])
def test_reading_and_typesetting_take_their_time_and_no_more(name: str) -> None:
    begun = time.process_time()
    paper, summary = _second(name)
    lines = typeset_page(paper, [summary], 60)
    assert time.process_time() - begun < 20
    assert any(ASIDE in line.text for line in lines)
    assert len(lines) < 60_000


@pytest.mark.parametrize("name", WHOLE)
def test_the_program_goes_on(
    tmp_path: Path, name: str, record_property: Callable[[str, object], None]
) -> None:
    home = Home(tmp_path)
    digests = write_big(name, tmp_path / "digests")
    sync = cost_of_sync(home, digests)
    assert sync.seconds < 60
    assert sync.megabytes < 1000
    seen = visit(home, digests)
    assert seen.opened < 30
    assert seen.answer < 20
    assert seen.megabytes < 1000
    record_property(
        "figures",
        f"{name}: synced in {sync.seconds:.1f} s with {sync.megabytes:.0f} MB, opened in "
        f"{seen.opened:.1f} s, a key answered within {seen.answer:.1f} s",
    )


def test_what_is_too_long_is_cut_and_says_so() -> None:
    [first, *_] = BIG["nothing odd"]()
    long = SamplePaper("2505.00002", "Long", 1, (), "words " * 20_000)
    digest = read(ko_digest("2025-05-01", [first, long]).encode(), "2025-05-01.md")
    entry = digest.entries[1]
    assert len(entry.summary) > 120_000  # the digest's text is kept as it is
    telling = EntryRef(entry.date, entry.dialect, "2025-05-01.md", 0, 1)
    paper = Paper(entry.arxiv_id, "Long", 1, "", (entry.date,), (telling,))
    lines = typeset_page(paper, [Summary(telling, entry.summary, (), None)], 80)
    assert len(lines) < 1000
    left = len(entry.summary) - 50_000
    assert lines[-1].text == f"Too long to show: {left:,} more characters omitted."
    # Several share the room: the newest is shown, and of the others what is left.
    several = typeset_page(paper, [Summary(telling, entry.summary, (), None)] * 3, 80)
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
def test_marks_do_not_pile_up(text: str, expected: str) -> None:
    assert clean(text) == expected
    assert clean(expected) == expected


def test_many_marks_take_no_longer() -> None:
    begun = time.process_time()
    cleaned = clean("e" + "\u0301\u0316" * 500_000)
    # To sort them all takes hours.
    assert time.process_time() - begun < 10
    assert len(cleaned) <= 31
