"""``broadsheet marks set`` with queries, hidden papers and the reading list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.home import Home


@pytest.fixture
def configured(home: Home, digests: Path) -> Home:
    """Return a home with three papers."""
    home.configure(f'sources = ["{digests}"]\n')
    assert home.run("sync").code == 0
    return home


def test_query_selects_papers_and_hidden_ones_leave_lists_and_counts(configured: Home) -> None:
    every = configured.run("list", "--format", "ids").lines
    result = configured.run("marks", "set", f"is:unread id:{every[0]}", "--hide", "--tag", "rl")
    assert (result.code, result.lines) == (0, ["1 paper; 1 changed."])
    assert configured.run("list", "--format", "ids").lines == every[1:]
    assert configured.run("count").lines == configured.run("count", "is:unread").lines
    assert configured.run("count").lines == [str(len(every) - 1)]
    assert configured.run("list", "tag:rl", "--format", "ids").lines == []
    assert configured.run("list", "is:hidden", "--format", "ids").lines == every[:1]
    assert configured.run("marks", "set", "is:hidden tag:rl", "--unhide").code == 0
    assert configured.run("list", "--format", "ids").lines == every


def test_reading_list_is_printed_in_its_order(configured: Home) -> None:
    every = configured.run("list", "--format", "ids").lines
    order = [every[1], every[0]]
    assert configured.run("marks", "set", *order, "--later").code == 0
    assert configured.run("list", "is:later", "--format", "ids").lines == order
    configured.run("marks", "set", every[1], "--unlater")
    assert configured.run("list", "is:later", "--format", "ids").lines == [every[0]]


def test_query_is_checked_before_anything_changes(configured: Home) -> None:
    wrong = configured.run("marks", "set", "votess:>5", "--star")
    assert wrong.code == 2
    assert "votess:" in wrong.err
    nothing = configured.run("marks", "set", "title:nowhere", "--star")
    assert (nothing.code, nothing.out) == (1, "")
    assert "no paper matches the query; nothing was changed" in nothing.err
    # A single word is a mistyped id, not a search.
    word = configured.run("marks", "set", "transformer", "--star")
    assert word.code == 2
    assert "is not the id of a paper" in word.err
