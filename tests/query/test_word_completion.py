"""Completion of the last word of a query."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tui.query.conditions import STATES
from tui.query.parser import parse
from tui.query.word_completion import complete

VALUES = {
    "author": ["Wei Li", 'Ann "A" Bell', "Ng"],
    "tag": ["rl", "-x"],
    "source": [],
    "section": [],
}


def values(field: str, beginning: str) -> Sequence[str]:
    return [value for value in VALUES[field] if value.casefold().startswith(beginning)]


def completions(text: str) -> list[str]:
    return [candidate.text for candidate in complete(text, values)]


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("", []),
        ("a", []),
        ("word ", []),
        ("au", ["author:"]),
        ("x -(AU", ["x -(author:"]),
        ('"au', []),
        ("is:", [f"is:{state}" for state in STATES["is"]]),
        ("a OR IS:un", ["a OR IS:unread"]),
        ("is:unread", []),
        ("unknown:x", []),
        ("sort:votes,-d", ["sort:votes,-date"]),
        ("date:>=tod", ["date:>=today"]),
        ("date:-7d..yes", ["date:-7d..yesterday"]),
        ("votes:>=5", ["votes:>=50"]),
        ("author:w", ['author:"Wei Li"']),
        ("author:=w", ['author:="Wei Li"']),
        ('author:"wei l', ['author:"Wei Li"']),
        ("author:n", ["author:Ng"]),
        ("author:ann", ['author:"Ann ""A"" Bell"']),
        ("(tag:-", ['(tag:"-x"']),
        ("source:a", []),
        ("title:w", []),
    ],
)
def test_last_word_is_completed(text: str, completed: list[str]) -> None:
    assert completions(text) == completed


def test_completed_values_are_valid() -> None:
    for text in ("is:", "has:", "sort:", "date:", "votes:", "author:", "tag:"):
        for completed in completions(text):
            assert parse(completed) != parse("")
