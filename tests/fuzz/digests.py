"""Strategies for generated and mutated digests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from hypothesis import strategies as st

from tests.digests.general.shapes import SHAPES, WrittenPaper
from tests.support.sample_digests import (
    SamplePaper,
    block_digest,
    cards_digest,
    hub_digest,
    jsonl_digest,
    ko_digest,
    note_digest,
    page_digest,
    table_digest,
)
from tui.sanitize import clean

UNSAFE_TEXTS = (
    *("\x00", "\x07", "\x1b", "\x1b[", "\x1b]0;", "\x1b\\", "\x9b", "\x9d", "\r", "\u2028"),
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\u0301", "\u0301" * 40),
    *("&#27;", "&#x202e;", "&amp;", "[@click=app.quit]", "[/]"),
    *("```", "~~~", "---", "###", "##", "#", "[", "](", ")", "**", "***", "> ", "- ", "    "),
    *("$", "\\", "|", "<!--", "<script>", "<video", "https://arxiv.org/abs/2505.00001"),
    *("{x}", "%s", '"', "{", "}", ":", "null", "\\u001b", "\\ud800"),
    *("| Title | Authors | Summary |", "|--|--|--|"),
    *("Vote:", "Authors:", "## Daily Papers (2025-05-01)"),
)
"""Texts to insert into the lines of a digest."""


def unsafe_characters(text: str) -> set[str]:
    """Return the characters of a text that `clean` would remove."""
    return {char for char in text if clean(char) in {"", "\n"}}


_WORD = st.text(st.sampled_from("abcXYZ019한국어éß漢"), min_size=1, max_size=8)
_WORDS = st.lists(_WORD, min_size=1, max_size=6).map(" ".join)
_IDS = st.builds(
    "{:02}{:02}.{:05}".format, st.integers(15, 25), st.integers(1, 12), st.integers(0, 99999)
)
_LINES = st.lists(_WORDS.map("Mills that {}.".format), min_size=1, max_size=4).map("\n".join)

_PAPERS = st.lists(
    st.builds(
        SamplePaper,
        _IDS,
        _WORDS.map("A {} title".format),
        st.none() | st.integers(0, 99_999),
        st.lists(_WORDS.map("Ada {}".format), max_size=4).map(tuple),
        _LINES,
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda paper: paper.id,
)


class GeneratedDigest(NamedTuple):
    """The text of a digest, and the papers it was generated from."""

    dialect: str
    date: str
    papers: list[SamplePaper]
    text: str


_WRITERS: dict[str, Callable[[str, list[SamplePaper]], str]] = {
    "daily_papers_ko": ko_digest,
    "daily_papers": block_digest,
    "hub_json": hub_digest,
    "cards_json": cards_digest,
    "jsonl": jsonl_digest,
    "table": table_digest,
    "note": note_digest,
    "page": page_digest,
}


@st.composite
def generated_digests(draw: st.DrawFn) -> GeneratedDigest:
    """Generate a digest in any dialect."""
    dialect = draw(st.sampled_from(sorted(_WRITERS)))
    day = draw(st.dates()).replace(year=draw(st.integers(2010, 2030)), day=1).isoformat()
    papers = draw(_PAPERS)
    if dialect == "note":
        papers = papers[:1]
    return GeneratedDigest(dialect, day, papers, _WRITERS[dialect](day, papers))


def _insert(lines: list[str], index: int, number: int, text: str) -> None:
    column = number % (len(lines[index]) + 1)
    lines[index] = lines[index][:column] + text + lines[index][column:]


def _swap(lines: list[str], index: int, number: int, _text: str) -> None:
    target = number % len(lines)
    lines[index], lines[target] = lines[target], lines[index]


def _truncate(lines: list[str], index: int, number: int, _text: str) -> None:
    lines[index] = lines[index][: number % (len(lines[index]) + 1)]


def _repeat(lines: list[str], index: int, number: int, _text: str) -> None:
    lines[index:index] = [lines[index]] * (number % 3 + 1)


def _delete(lines: list[str], index: int, _number: int, _text: str) -> None:
    del lines[index]


_MUTATIONS = (_insert, _swap, _truncate, _repeat, _delete)


DATES = (
    *("2025", "2025-05-14", "14.05.2025", "03/04/2025", "04/05", "0/0", "5/14", "May 14", "W19"),
    *("2025-W20", "2025年5月", "2025년 5월 14일", "(2025/04)", "13/13/2013", "250514"),
)
"""Dates in part or whole, some of which do not exist or may be read in two ways."""


@st.composite
def mutated_digests(draw: st.DrawFn) -> str:
    """Generate a digest in any dialect, then change some of its lines."""
    return _mutated(draw, draw(generated_digests()).text, UNSAFE_TEXTS)


@st.composite
def mutated_shapes(draw: st.DrawFn) -> tuple[str, str]:
    """Generate path and text of a digest for the general reader from lines of two shapes."""
    papers = [
        WrittenPaper(
            f"2505.0800{number}", f"Quiet Stairs {number}", ("Ada Bell",), number, "Mills."
        )
        for number in range(3)
    ]
    first, second = (
        draw(st.sampled_from(SHAPES)).write(papers, date(2025, 5, 14)) for _ in range(2)
    )
    lines = first[1].split("\n")
    others = second[1].split("\n")
    start = draw(st.integers(0, len(others)))
    at = draw(st.integers(0, len(lines)))
    lines[at:at] = others[start : start + draw(st.integers(0, 20))]
    path = draw(st.sampled_from([first[0], second[0], "README.md", "03-04-2025.txt"]))
    return path, _mutated(draw, "\n".join(lines), (*UNSAFE_TEXTS, *DATES))


def _mutated(draw: st.DrawFn, text: str, inserted: tuple[str, ...]) -> str:
    """Return a text with some of its lines changed.

    Args:
        draw: chooses the changes.
        text: the text.
        inserted: texts that are inserted, among others.
    """
    lines = text.split("\n")
    mutations = st.tuples(
        st.sampled_from(_MUTATIONS),
        st.integers(0, 500),
        st.integers(0, 500),
        st.sampled_from(inserted) | st.text(max_size=5),
    )
    for mutate, index, number, new in draw(st.lists(mutations, max_size=12)):
        if lines:
            mutate(lines, index % len(lines), number, new)
    return "\n".join(lines)
