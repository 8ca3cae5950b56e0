"""Huge digests: too long, too many or too deeply nested."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

DATE = "2025-05-01"
FIRST_TITLE = "A harmless paper"
HARMLESS_SUMMARY = "Nothing unusual."
INTRODUCTION = "Some text at the start."
"""The start of the summary of the huge paper."""

_FIRST_PAPER = SamplePaper("2505.00001", FIRST_TITLE, 900, ("Ada Bell",), HARMLESS_SUMMARY)
_SECOND_ID = "2505.00002"


def _summary(text: str) -> str:
    return f"{INTRODUCTION}\n\n{text}\n"


def _with_summary(text: str) -> list[SamplePaper]:
    return [_FIRST_PAPER, SamplePaper(_SECOND_ID, "Too much", 800, ("Cy Dorn",), _summary(text))]


def _small_papers() -> Iterable[SamplePaper]:
    for number in range(100_000):
        arxiv_id = f"{15 + number // 100_000:02}{number // 9_000 % 12 + 1:02}.{number % 9_000:05}"
        yield SamplePaper(
            arxiv_id, f"Paper {number}", number % 700, ("Ada Bell",), f"Mill {number}."
        )


def _table(columns: int, rows: int) -> str:
    row = "|" + "|".join(f"c{number}" for number in range(columns)) + "|\n"
    return row + "|" + "-|" * columns + "\n" + row * rows


def _links(number: int) -> str:
    return " ".join(f"[l{n}](https://example.org/{n})" for n in range(number))


def _with_title(title: str) -> list[SamplePaper]:
    return [_FIRST_PAPER, SamplePaper(_SECOND_ID, title, 800, ("Cy Dorn",), _summary("The end."))]


def _with_authors(names: tuple[str, ...]) -> list[SamplePaper]:
    return [_FIRST_PAPER, SamplePaper(_SECOND_ID, "Too much", 800, names, _summary("The end."))]


HUGE_DIGESTS: dict[str, Callable[[], Iterable[SamplePaper]]] = {
    "nothing unusual": lambda: _with_summary("The end."),
    "a title of a megabyte": lambda: _with_title("long " * 200_000),
    "a title of a megabyte, no space": lambda: _with_title("x" * 1_000_000),
    "an author of a megabyte": lambda: _with_authors(("Ada" * 333_333,)),
    "100,000 authors": lambda: _with_authors(tuple(f"Ada B{n}" for n in range(100_000))),
    "100,000 papers": lambda: chain(_with_summary("The end."), _small_papers()),
    "a line of a million letters": lambda: _with_summary("x" * 1_000_000),
    "the same in Korean": lambda: _with_summary("가" * 1_000_000),
    "ten megabytes of words": lambda: _with_summary("바람을 세는 words " * 600_000),
    "lists, 10,000 deep": lambda: _with_summary("- " * 10_000 + "x"),
    "lists, by indentation": lambda: _with_summary(
        "\n".join("  " * depth + "- x" for depth in range(2_000))
    ),
    "quotes, 10,000 deep": lambda: _with_summary("> " * 10_000 + "x"),
    "lists in quotes, 10,000 deep": lambda: _with_summary("> - " * 5_000 + "x"),
    "10,000 headings": lambda: _with_summary(
        "".join(f"#### Part {n}\n\nx\n\n" for n in range(10_000))
    ),
    "10,000 labels": lambda: _with_summary(
        "".join(f"- ***Part {n}***: x\n" for n in range(10_000))
    ),
    "100,000 links": lambda: _with_summary(_links(100_000)),
    "a table of 1,000 columns": lambda: _with_summary(_table(1_000, 10)),
    "a table of 1,000 columns and rows": lambda: _with_summary(_table(1_000, 1_000)),
    "a megabyte of brackets": lambda: _with_summary("[" * 1_000_000),
    "a megabyte of stars": lambda: _with_summary("*a **b " * 150_000),
    "a megabyte of backticks": lambda: _with_summary("`" * 500_000 + " a `` b " * 60_000),
    "a megabyte of dollars": lambda: _with_summary("$a " * 330_000),
    "a megabyte of entities": lambda: _with_summary("&amp;" * 200_000),
    "a megabyte of tags": lambda: _with_summary("<a " * 330_000),
    "a megabyte of comments": lambda: _with_summary("<!--" * 250_000),
    "a megabyte of escape sequences": lambda: _with_summary("\x1b[31m" * 200_000),
    "a megabyte of accents": lambda: _with_summary("e" + "\u0301\u0316" * 250_000),
    "a megabyte of Hangul jamo": lambda: _with_summary("\u1100" + "\u1161" * 330_000),
}
"""Papers of huge digests, by description."""


def write_huge_digest(name: str, folder: Path) -> Path:
    """Write one of the huge digests into a folder; return the folder."""
    write_digest(folder / f"{DATE}.md", ko_digest(DATE, HUGE_DIGESTS[name]()))
    return folder
