"""The explanation of how a file was read, as text for a terminal or a bug report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from tui.cli.output import plural
from tui.digests.parsing.markdown_lines import truncate
from tui.digests.registry import VERSION
from tui.models import UNDATED

if TYPE_CHECKING:
    from tui.cli.named_file import NamedFile
    from tui.digests.explain.explanation import ExplainedEntry, Explanation
    from tui.digests.explain.places import Place
    from tui.digests.reader import Attempt

MAX_ENTRIES = 4
_MAX_OUTLINE_LINES = 14
_MAX_LEFT_OVER = 8
_MAX_PROBLEMS = 8
_MAX_SHOWN_AUTHORS = 3

_SUBJECT_WIDTH = 11
_MAX_VALUE_CHARS = 64
_MAX_SNIPPET_CHARS = 36


def why_lines(file: NamedFile, explanation: Explanation, *, is_complete: bool) -> Iterator[str]:
    """Yield the lines of an explanation.

    Args:
        file: the file.
        explanation: how it is read.
        is_complete: whether to leave nothing out.
    """
    digest = explanation.digest
    in_source = f", in {file.source}" if file.source is not None else ""
    yield _row("file", f"{file.name}{in_source}")
    if file.skip_reason:
        yield _row("skipped", file.skip_reason)
        return
    size = f"{explanation.size:,} bytes, {plural(explanation.line_count, 'line')}"
    yield _row("size", f"{size}, {explanation.encoding}")
    yield _row("program", f"broadsheet {version('broadsheet')}, dialects {VERSION}")
    yield _row("reader", digest.dialect or "none: this is no digest")
    yield from _rows("tried", list(_attempts(explanation.attempts)))
    outline = [
        f"{line.line or '':>6}  {'  ' * line.depth}{line.text}" for line in explanation.outline
    ]
    yield from _list("outline", outline, len(outline), None if is_complete else _MAX_OUTLINE_LINES)
    number = len(digest.entries)
    days = sorted({entry.date for entry in digest.entries} - {UNDATED})
    of_days = f" of {days[0]}" if len(days) == 1 else f" of {len(days)} days" if days else ""
    yield _row("papers", f"{number:,}{of_days}" if number else "none")
    for entry in explanation.entries:
        yield from _entry_lines(entry)
    if number > len(explanation.entries):
        yield f"        … {number - len(explanation.entries):,} more; --all shows them"
    left_over = [
        f"{each.lines[0]:>6}  {each.paper_id}"
        f"{f' ({each.times} times)' if each.times > 1 else ''}: {each.reason.value}"
        f"{f' (line {each.entry_line})' if each.entry_line else ''}"
        for each in explanation.left_over
    ]
    reasons = Counter(each.reason.value for each in explanation.left_over).most_common()
    summary = ", ".join(f"{count} {reason}" for reason, count in reasons)
    yield from _list(
        "left over", left_over, len(left_over), None if is_complete else _MAX_LEFT_OVER,
        f"{plural(len(left_over), 'id')} ({summary})" if left_over else "no id",
    )  # fmt: skip
    problems = [
        f"{problem.line or '':>6}  {'note: ' if problem.is_note else ''}{problem.message}"
        for problem in digest.problems
    ]
    yield from _list("problems", problems, len(problems), None if is_complete else _MAX_PROBLEMS)


def _attempts(attempts: Sequence[Attempt]) -> Iterator[str]:
    """Yield what each dialect made of the file."""
    unclaimed = [attempt.dialect for attempt in attempts if attempt.digest is None]
    if unclaimed:
        yield f"{', '.join(unclaimed)}: not written like this"
    for attempt in attempts:
        if attempt.digest is None:
            continue
        entries = attempt.digest.entries
        if not entries:
            first = next(iter(attempt.digest.problems), None)
            yield f"{attempt.dialect}: no papers{f' ({first.message})' if first else ''}"
        else:
            has = {
                "title": sum(entry.title is not None for entry in entries),
                "day": sum(entry.date != UNDATED for entry in entries),
                "authors": sum(bool(entry.authors) for entry in entries),
                "votes": sum(entry.votes is not None for entry in entries),
            }
            lacking = [
                f"{len(entries) - number} without {name}"
                for name, number in has.items()
                if number < len(entries)
            ]
            number = plural(len(entries), "paper")
            yield f"{attempt.dialect}: {', '.join([number, *lacking])}"
    if not attempts:
        yield "none"


def _entry_lines(explained: ExplainedEntry) -> Iterator[str]:
    entry, places = explained.entry, explained.places
    yield f"{entry.line:>6}  {entry.paper_id}  {explained.rule}"
    names = ", ".join(entry.authors[:_MAX_SHOWN_AUTHORS])
    more = len(entry.authors) - _MAX_SHOWN_AUTHORS
    votes = "" if entry.votes is None else str(entry.votes)
    yield _field("title", entry.title or "", [places.title])
    yield _field("day", "" if entry.date == UNDATED else entry.date, places.day)
    yield _field("authors", f"{names} +{more}" if more > 0 else names, [places.authors])
    yield _field("votes", votes, [places.votes])


def _field(name: str, value: str, places: Sequence[Place | None]) -> str:
    """Return the line of a field: where it stands, its value, and what else stands there."""
    start = f"          {name:<8}"
    if not value:
        return f"{start}missing"
    found = [place for place in places if place is not None]
    where = ", ".join(f"line {place.line}" if place.line else "path" for place in found) or "?"
    line = f"{start}{where:<12}  {truncate(value, _MAX_VALUE_CHARS)}"
    # A title or a list of names says enough.
    is_short = name in {"day", "votes"} and found and found[0].line
    snippet = truncate(found[0].text, _MAX_SNIPPET_CHARS) if is_short else value
    return line if snippet == value else f"{line}  in: {snippet}"


def _list(
    subject: str, lines: Sequence[str], number: int, limit: int | None, summary: str = ""
) -> Iterator[str]:
    """Yield a subject with its lines below it, or only the first lines."""
    yield _row(subject, summary or ("" if lines else "none"))
    yield from lines[:limit]
    if limit is not None and number > limit:
        yield f"        … {number - limit:,} more; --all shows them"


def _rows(subject: str, texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield _row("" if number else subject, text)


def _row(subject: str, text: str) -> str:
    return f"{subject:<{_SUBJECT_WIDTH}}{text}".rstrip()
