"""Find where in a text the fields of an entry stand."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.digests.general.fields.line_days import split_day, split_leading_day
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing.dates import day_in
from tui.digests.parsing.path_days import day_or_span_in_path
from tui.digests.parsing.written_days import span_in
from tui.models import ET_AL, Entry

MAX_SNIPPET_CHARS = 60
_MAX_LINE_CHARS = 20_000
"""Characters of a line that are searched."""

_PATH_DECIDES = frozenset({"general", "note"})
"""Dialects in which the day of the path takes precedence."""

_MAX_DAY_LINE_CHARS = 300
_MAX_COMPARED_CHARS = 60
_MARKER = re.compile(r"\s*(?:[-*+#]{1,6}|\d{1,4}[.)])\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|[\"\\/bfnrt])")
_LABEL = re.compile(r"[\"']?(?P<label>\w[\w \-]{0,38})[\"'*_`]*\s*[:：=|]")
_VOTE_SIGN = re.compile(r"👍|⬆|🔼|▲|△|🔥|❤|⭐")


class Place(NamedTuple):
    """Where a value stands.

    Attributes:
        line: the line number, from 1; 0 for the path of the file.
        text: what stands there, shortened.
    """

    line: int
    text: str


class FieldPlaces(NamedTuple):
    """Where the fields of an entry stand, or None for what is missing or not found as it is.

    Attributes:
        title: of the title.
        day: of the day: all places that have it; the first one decides.
        authors: of the first author.
        votes: of the votes.
    """

    title: Place | None
    day: Sequence[Place]
    authors: Place | None
    votes: Place | None


class PlaceFinder:
    """Finds the places of the fields of a file's entries.

    Args:
        lines: the lines of the file.
        path: its path.
        entries: all entries of the file, in order.
    """

    def __init__(self, lines: Sequence[str], path: str, entries: Sequence[Entry]) -> None:
        self._lines = lines
        self._path = path
        self._starts = sorted({entry.line for entry in entries})
        self._squashed: dict[int, str] = {}
        self._lines_by_day: dict[str, list[int]] | None = None

    def places_of(self, entry: Entry) -> FieldPlaces:
        """Return the places of an entry's fields."""
        window = list(self._window(entry.line))
        return FieldPlaces(
            self._find_title(entry, window),
            self._find_days(entry, window),
            self._find_authors(entry, window),
            self._find_votes(entry, window),
        )

    def end_of(self, line: int) -> int:
        """Return the last line of the entry that starts on a line."""
        index = bisect_right(self._starts, line)
        return self._starts[index] - 1 if index < len(self._starts) else len(self._lines)

    def _window(self, line: int) -> Iterator[int]:
        """Yield the numbers of an entry's lines, and then those above it, nearest first."""
        yield from range(line, max(self.end_of(line), line) + 1)
        index = bisect_right(self._starts, line - 1)
        previous = self._starts[index - 1] if index else 0
        yield from range(line - 1, previous, -1)

    def _text(self, line: int) -> str:
        if not 0 < line <= len(self._lines):
            return ""
        text = self._lines[line - 1][:_MAX_LINE_CHARS]
        if "&" in text:
            text = html.unescape(text)
        return _ESCAPE.sub(_unescape, text) if "\\" in text else text

    def _squash(self, line: int) -> str:
        if line not in self._squashed:
            self._squashed[line] = squash(self._text(line))
        return self._squashed[line]

    def _place(self, line: int, start: int = 0) -> Place:
        text = self._text(line)
        if start > MAX_SNIPPET_CHARS // 2:
            text = text[start - MAX_SNIPPET_CHARS // 3 :]
        return Place(line, " ".join(text.split())[:MAX_SNIPPET_CHARS])

    def _find_title(self, entry: Entry, window: Sequence[int]) -> Place | None:
        title = squash(entry.title or "")
        for part in (title[:_MAX_COMPARED_CHARS], title[: _MAX_COMPARED_CHARS // 3]):
            for line in window if part else ():
                if part in self._squash(line):
                    return self._place(line, self._text(line).find((entry.title or "")[:12]))
        # A row of a table may be split over two lines.
        for line in window if title else ():
            if title[:_MAX_COMPARED_CHARS] in self._squash(line) + self._squash(line + 1):
                return self._place(line)
        return None

    def _find_authors(self, entry: Entry, window: Sequence[int]) -> Place | None:
        names = [name for name in entry.authors if name != ET_AL]
        if not names:
            return None
        words = names[0].casefold().split()
        for line in window:
            text = self._text(line)
            folded = text.casefold()
            if all(word in folded for word in words):
                return self._place(line, folded.find(words[0]))
        return None

    def _find_votes(self, entry: Entry, window: Sequence[int]) -> Place | None:
        if entry.votes is None:
            return None
        digits = f"(?:{entry.votes}|{entry.votes:,})"
        number = re.compile(rf"(?<![\d.,/-]){digits}(?![\d/-]|[.,]\d)")
        first: Place | None = None
        for line in window:
            text = self._text(line)
            for found in number.finditer(text):
                before = text[max(found.start() - 50, 0) : found.start()]
                after = text[found.end() : found.end() + 20]
                place = self._place(line, found.start())
                if _names_votes(before, after):
                    return place
                first = first or place
        return first

    def _find_days(self, entry: Entry, window: Sequence[int]) -> list[Place]:
        places = []
        line = next((number for number in window if entry.date in self._text(number)), 0)
        if not line and _has_day(self._text(entry.line), entry.date):
            line = entry.line
        if not line:
            lines = self._lines_with(entry.date)
            index = bisect_right(lines, self.end_of(entry.line))
            line = lines[index - 1] if index else 0
        if line:
            places.append(self._place(line, self._text(line).find(entry.date)))
        if day_or_span_in_path(self._path) == entry.date:
            is_decisive = entry.dialect in _PATH_DECIDES
            places.insert(0 if is_decisive else len(places), Place(0, self._path))
        return places

    def _lines_with(self, day: str) -> list[int]:
        """Return the numbers of the lines with a day."""
        if self._lines_by_day is None:
            self._lines_by_day = {}
            for number, text in enumerate(self._lines, 1):
                if not text or len(text) > _MAX_DAY_LINE_CHARS:
                    continue
                if found := day_in(text) or span_in(text):
                    self._lines_by_day.setdefault(found, []).append(number)
        return self._lines_by_day.get(day, [])


def _has_day(text: str, day: str) -> bool:
    """Return whether a line has a day before or behind a title: ``- [2025/05] A Title``."""
    text = _MARKER.sub("", text)
    year = day[:4]
    return day in {split_leading_day(text, year)[0], split_day(text)[0]}


def squash(text: str) -> str:
    """Return only the letters and digits of a text, to compare it however it is written."""
    return _NOT_WORD.sub("", text.casefold())


def _unescape(escape: re.Match[str]) -> str:
    try:
        return str(json.loads(f'"{escape[0]}"'))
    except ValueError:
        return escape[0]


def _names_votes(before: str, after: str) -> bool:
    """Return whether the text around a number says that it counts votes."""
    if _VOTE_SIGN.search(before[-8:]) or _VOTE_SIGN.search(after[:4]):
        return True
    labels = [match["label"] for match in _LABEL.finditer(before)]
    if labels and field_of(labels[-1].strip()) is Field.VOTES:
        return True
    following = re.match(r"\s*([\w-]+)", after)
    return following is not None and field_of(following[1]) is Field.VOTES
