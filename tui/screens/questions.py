"""The questions that are asked in the prompt bar, and what their answers mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tui.library import Library
from tui.periods import parse_period, spoken
from tui.query import Query

MOST_VOTES = 6
"""Digits."""


class Question(NamedTuple):
    """A question.

    Attributes:
        words: what is asked.
        example: how an answer may look.
        answered: takes the answer; returns what is wrong with it, or None.
        value: what stands in the line at first.
    """

    words: str
    example: str
    answered: Callable[[str], str | None]
    value: str = ""


def ask_votes(current: int, then: Callable[[int], None]) -> Question:
    """Ask for a vote threshold, beginning with the current one."""

    def answered(text: str) -> str | None:
        text = text.strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= MOST_VOTES):
            return "a whole number, please"
        then(int(text))
        return None

    value = str(current) if current else ""
    return Question("At least how many votes?", "0 shows all", answered, value)


def ask_query(current: str, then: Callable[[Query], None]) -> Question:
    """Ask for a query, beginning with the current one."""

    def answered(text: str) -> str | None:
        # The parser is wanted only now.
        from tui.query import QueryError, parse

        try:
            query = parse(text)
        except QueryError as error:
            return str(error)
        then(query)
        return None

    return Question("Search:", "diffusion author:kim votes:>=20 -survey", answered, current)


def ask_date(library: Library, then: Callable[[str], None], say: Callable[[str], None]) -> Question:
    """Ask for a date; where it has no digest, the nearest one before it is taken and told."""

    def answered(text: str) -> str | None:
        days = library.calendar.days()
        period = parse_period(text, days[0]) if days else None
        if period is None:
            return "a year, month or day in numbers, as 2025-05-22"
        if period not in library.calendar.counts:
            nearest = library.nearest_day(period) or ""
            say(f"No digest of {spoken(period)}; this is {spoken(nearest)}.")
            period = nearest
        then(period)
        return None

    return Question("Go to which date?", "2025-05-22, 5-22, 22, 2025-05, all", answered)
