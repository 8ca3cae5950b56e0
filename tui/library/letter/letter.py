"""What a letter says: which papers were new, which of them match, and which were starred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.digests.parsing.markdown_lines import plain_text
from tui.library.letter.topics import Topic, group_by_topic
from tui.library.library import Library
from tui.models import Marks, Paper
from tui.runtime.task import UNATTENDED, Task

MAX_TOPIC_PAPERS = 8
"""Papers of a topic that are listed; the others are counted."""

_MAX_LEAD_CHARS = 240
_HEADING = re.compile(r"\s*(?:#|>|[-*_=]{3,}\s*$|!\[|```|~~~|\|)")
_LABEL = re.compile(r"^(?:[-*+]\s+)?[*_]{0,3}[\w /'’&-]{1,40}[*_]{0,3}\s*[:：][*_]{0,3}\s*")
_SENTENCE_END = re.compile(r"(?<=\w{3})[.!?](?:\s|$)|[。！？]")


class LetterItem(NamedTuple):
    """A paper in a letter.

    Attributes:
        title: on one line.
        url: of its page.
        facts: match, votes, day and authors.
        lead: the beginning of its summary; may be empty.
    """

    title: str
    url: str
    facts: str
    lead: str


class LetterSection(NamedTuple):
    """A part of a letter.

    Attributes:
        heading: its heading.
        items: its papers.
        rest: how many more papers it has.
    """

    heading: str
    items: tuple[LetterItem, ...]
    rest: int = 0


class Letter(NamedTuple):
    """A letter.

    Attributes:
        title: its subject.
        intro: one sentence with the numbers.
        sections: its parts.
    """

    title: str
    intro: str
    sections: tuple[LetterSection, ...]


def write_letter(
    library: Library,
    new: Sequence[Paper],
    matching: Sequence[Paper] | None,
    starred: Sequence[Paper],
    *,
    days: tuple[str, str],
    query: str = "",
    task: Task = UNATTENDED,
) -> Letter:
    """Write a letter.

    Args:
        library: the library with the summaries.
        new: the papers that were featured in these days.
        matching: those of them that match the query; None without one.
        starred: papers that were starred in these days.
        days: the first and the last day.
        query: the query.
        task: can cancel it.

    Raises:
        TaskCancelledError: the task was cancelled.
    """
    library.ranking.prepare(library, task)
    listed = _best_first(library, new if matching is None else matching)
    topics = group_by_topic(library, listed, task)
    sections = [_section(library, _heading(topic, len(topics)), topic.papers) for topic in topics]
    if starred:
        sections.insert(0, _section(library, "Starred", _best_first(library, starred)))
    counts = [_plural(len(new), "new paper")]
    if matching is not None:
        verb = "matches" if len(matching) == 1 else "match"
        counts.append(f"{len(matching):,} of them {verb} {query}")
    counts.append(f"{len(starred):,} starred")
    return Letter(letter_title(*days), f"{', '.join(counts)}.", tuple(sections))


def letter_title(first_day: str, last_day: str) -> str:
    """Return the subject of a letter about some days."""
    return f"Papers from {first_day} to {last_day}"


def starred_since(marks: Mapping[str, Marks], times: Mapping[str, int], since: int) -> set[str]:
    """Return the papers that were starred after a time.

    Args:
        marks: the current marks.
        times: when the star of each paper changed, in milliseconds since 1970.
        since: the time.
    """
    return {paper for paper, each in marks.items() if each.starred and times.get(paper, 0) >= since}


def _heading(topic: Topic, topics: int) -> str:
    if topic.terms:
        words = ", ".join(topic.terms)
        return words[0].upper() + words[1:]
    return "Other papers" if topics > 1 else "Papers"


def _section(library: Library, heading: str, papers: Sequence[Paper]) -> LetterSection:
    shown = papers[:MAX_TOPIC_PAPERS]
    items = tuple(_item(library, paper) for paper in shown)
    return LetterSection(heading, items, len(papers) - len(shown))


def _item(library: Library, paper: Paper) -> LetterItem:
    names = paper.authors
    authors = ", ".join(names[:3])
    if len(names) > 3 or paper.has_more_authors:
        authors += " et al."
    votes = "" if paper.votes is None else _plural(paper.votes, "vote")
    match = library.ranking.match(library, paper)
    facts = (
        "" if match is None else f"match {match}",
        votes,
        paper.dates[-1] if paper.dates else "",
        authors,
    )
    summaries = library.summaries(paper)
    lead = first_sentences(summaries[0].markdown) if summaries else ""
    title = " ".join(paper.title.split())
    return LetterItem(title, paper.url, ", ".join(filter(None, facts)), lead)


def first_sentences(markdown: str) -> str:
    """Return the first sentences of a summary as plain text, at most 240 characters."""
    text = next(_paragraphs(markdown), "")
    if len(text) <= _MAX_LEAD_CHARS:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, _MAX_LEAD_CHARS)]
    if ends and ends[-1] > _MAX_LEAD_CHARS // 3:
        return text[: ends[-1]].rstrip()
    return text[:_MAX_LEAD_CHARS].rsplit(None, 1)[0] + "…"


def _paragraphs(markdown: str) -> Iterator[str]:
    """Yield the paragraphs, list items and the like, as plain text without their labels."""
    lines: list[str] = []
    for line in [*markdown.split("\n"), ""]:
        is_break = (
            not line.strip() or _HEADING.match(line) or line.lstrip().startswith(("- ", "* "))
        )
        if is_break and lines:
            if text := plain_text(_LABEL.sub("", " ".join(lines))):
                yield text
            lines = []
        if line.strip() and not _HEADING.match(line):
            lines.append(line.strip())


def _best_first(library: Library, papers: Sequence[Paper]) -> list[Paper]:
    """Return papers by match if enough is known of the reader; those that match alike by votes."""

    def key(paper: Paper) -> tuple[int, int]:
        votes = -1 if paper.votes is None else paper.votes
        return library.ranking.match(library, paper) or 0, votes

    return sorted(papers, key=key, reverse=True)


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
