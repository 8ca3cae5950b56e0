"""Digests that are too much: too long, too many, too deep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

DATE = "2025-05-01"
FIRST = "A harmless paper"
CALM = "Nothing to be seen here."
ASIDE = "Not far from the end of it."
"""Stands in the summary of what is too much, above all that is."""

_FIRST = SamplePaper("2505.00001", FIRST, 900, ("Ada Bell",), CALM)
_SECOND = "2505.00002"


def _summary(text: str) -> str:
    return f"{ASIDE}\n\n{text}\n"


def _told(text: str) -> list[SamplePaper]:
    return [_FIRST, SamplePaper(_SECOND, "Too much", 800, ("Cy Dorn",), _summary(text))]


def _many() -> Iterable[SamplePaper]:
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


def _titled(title: str) -> list[SamplePaper]:
    return [_FIRST, SamplePaper(_SECOND, title, 800, ("Cy Dorn",), _summary("The end."))]


def _written_by(names: tuple[str, ...]) -> list[SamplePaper]:
    return [_FIRST, SamplePaper(_SECOND, "Too much", 800, names, _summary("The end."))]


BIG: dict[str, Callable[[], Iterable[SamplePaper]]] = {
    "nothing odd": lambda: _told("The end."),
    "a title of a megabyte": lambda: _titled("long " * 200_000),
    "a title of a megabyte, no space": lambda: _titled("x" * 1_000_000),
    "an author of a megabyte": lambda: _written_by(("Ada" * 333_333,)),
    "100,000 authors": lambda: _written_by(tuple(f"Ada B{n}" for n in range(100_000))),
    "100,000 papers": lambda: chain(_told("The end."), _many()),
    "a line of a million letters": lambda: _told("x" * 1_000_000),
    "the same in Korean": lambda: _told("가" * 1_000_000),
    "ten megabytes of words": lambda: _told("바람을 세는 words " * 600_000),
    "lists, 10,000 deep": lambda: _told("- " * 10_000 + "x"),
    "lists, by indentation": lambda: _told(
        "\n".join("  " * depth + "- x" for depth in range(2_000))
    ),
    "quotes, 10,000 deep": lambda: _told("> " * 10_000 + "x"),
    "lists in quotes, 10,000 deep": lambda: _told("> - " * 5_000 + "x"),
    "10,000 headings": lambda: _told("".join(f"#### Part {n}\n\nx\n\n" for n in range(10_000))),
    "10,000 labels": lambda: _told("".join(f"- ***Part {n}***: x\n" for n in range(10_000))),
    "100,000 links": lambda: _told(_links(100_000)),
    "a table of 1,000 columns": lambda: _told(_table(1_000, 10)),
    "a table of 1,000 columns and rows": lambda: _told(_table(1_000, 1_000)),
    "a megabyte of brackets": lambda: _told("[" * 1_000_000),
    "a megabyte of stars": lambda: _told("*a **b " * 150_000),
    "a megabyte of backticks": lambda: _told("`" * 500_000 + " a `` b " * 60_000),
    "a megabyte of dollars": lambda: _told("$a " * 330_000),
    "a megabyte of entities": lambda: _told("&amp;" * 200_000),
    "a megabyte of tags": lambda: _told("<a " * 330_000),
    "a megabyte of comments": lambda: _told("<!--" * 250_000),
    "a megabyte of escape sequences": lambda: _told("\x1b[31m" * 200_000),
    "a megabyte of accents": lambda: _told("e" + "\u0301\u0316" * 250_000),
    "a megabyte of syllables' parts": lambda: _told("\u1100" + "\u1161" * 330_000),
}
"""What is too much, by what it is."""


def write_big(name: str, folder: Path) -> Path:
    """Write the digest of this name to a folder; return the folder."""
    write_digest(folder / f"{DATE}.md", ko_digest(DATE, BIG[name]()))
    return folder
