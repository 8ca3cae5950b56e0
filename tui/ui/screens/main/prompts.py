"""The questions that are asked in the prompt bar, and what their answers mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.library.library import Library
from tui.library.periods import format_period, parse_period
from tui.query import Query
from tui.storage.disk_errors import reason
from tui.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.query import QueryError

MOST_VOTES = 6
"""Digits."""


def ask_votes(current: int, then: Callable[[int], None]) -> Prompt:
    """Ask for a vote threshold, beginning with the current one."""

    def answered(text: str) -> str | None:
        text = text.strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= MOST_VOTES):
            return _("a whole number, please")
        then(int(text))
        return None

    value = str(current) if current else ""
    return Prompt(
        _("At least how many votes?"), _("0 shows all"), answered, value, selects_value=True
    )


def ask_query(
    words: str,
    current: str,
    *,
    then: Callable[[Query], None],
    done: Callable[[], None],
    left: Callable[[], None],
    switched: Callable[[], str],
) -> Prompt:
    """Ask for a query, and look for it while it is typed.

    Args:
        words: what is asked.
        current: the query so far.
        then: takes each query that can be understood.
        done: is called when one is settled on.
        left: is called when the reader leaves it as it was.
        switched: looks elsewhere; returns what is asked now.
    """

    def looked(text: str) -> QueryError | None:
        # The parser is wanted only now.
        from tui.query import QueryError, parse

        try:
            then(parse(text))
        except QueryError as error:
            return error
        return None

    def answered(text: str) -> str | None:
        wrong = looked(text)
        if wrong is not None:
            return str(wrong)
        done()
        return None

    def changed(text: str) -> None:
        wrong = looked(text)
        # A last word that makes no sense is most likely half typed: the others count.
        if wrong is not None and text.endswith(wrong.word):
            looked(text[: wrong.column - 1])

    example = _("diffusion author:kim votes:>=20 -survey   (Tab: where, F2: help)")
    return Prompt(
        words, example, answered, current, on_change=changed, on_cancel=left, on_tab=switched
    )


def ask_date(library: Library, then: Callable[[str], None], say: Callable[[str], None]) -> Prompt:
    """Ask for a date; where it has no digest, the nearest one before it is taken and told."""

    def answered(text: str) -> str | None:
        days = library.period_counts.days()
        period = parse_period(text, days[0]) if days else None
        if period is None:
            return _("a year, month or day in numbers, as 2025-05-22")
        if period not in library.period_counts.counts:
            nearest = library.nearest_day(period) or ""
            words = _("No digest of {asked}: this is {near}.")
            say(words.format(asked=format_period(period), near=format_period(nearest)))
            period = nearest
        then(period)
        return None

    return Prompt(_("Go to which date?"), _("2025-05-22, 5-22, 22, 2025-05, all"), answered)


def ask_tags(
    current: Sequence[str], known: Sequence[str], then: Callable[[tuple[str, ...]], None]
) -> Prompt:
    """Ask for a paper's tags, beginning with those it has; known ones are completed."""

    def answered(text: str) -> str | None:
        from tui.marks import parse_tags

        then(parse_tags(text))
        return None

    value = f"{' '.join(current)} " if current else ""
    return Prompt(_("Tags:"), _("rl todo"), answered, value, completions=known)


def ask_view_name(current: str, others: Collection[str], then: Callable[[str], None]) -> Prompt:
    """Ask for the name under which a view is kept; another's is taken if it is told twice."""
    told: list[str] = []

    def answered(text: str) -> str | None:
        from tui.library.saved_views import view_name

        try:
            name = view_name(text)
        except ValueError as error:
            return str(error)
        if name in others and name not in told:
            told[:] = [name]
            return _("there is a view of this name; Enter again replaces it")
        then(name)
        return None

    return Prompt(_("Keep this view as:"), _("RL in spring"), answered, current, selects_value=True)


def ask_export_file(proposed: str, then: Callable[[Path], None]) -> Prompt:
    """Ask for the file to export to; one that is there is replaced if it is told twice."""
    told: list[Path] = []

    def answered(text: str) -> str | None:
        try:
            return looked_at(text)
        except RuntimeError:
            return _("there is no such home")
        except OSError as error:
            return reason(error)

    def looked_at(text: str) -> str | None:
        # The formats bring a few modules along.
        from tui.export.formats import FORMATS, format_for_path

        file = Path(text.strip()).expanduser()
        if not text.strip() or file.is_dir():
            return _("a file, please")
        if format_for_path(file) is None:
            known = " ".join(each.suffixes[0] for each in FORMATS.values())
            return _("its name must end with one of: {endings}").format(endings=known)
        if not file.parent.is_dir():
            return _("there is no folder {folder}").format(folder=file.parent)
        if file.exists() and file not in told:
            told[:] = [file]
            return _("this file is there already; Enter again replaces it")
        then(file)
        return None

    words = _("Export to which file?")
    return Prompt(words, "~/papers.bib .md .csv .json", answered, proposed, selects_value=True)
