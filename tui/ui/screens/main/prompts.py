"""The prompts and choosers of the main screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.i18n import _
from tui.library.library import Library
from tui.library.periods import format_period, parse_period
from tui.query.query import Query
from tui.storage.disk_errors import reason
from tui.ui.widgets.prompt import Choice, Prompt

if TYPE_CHECKING:
    from tui.query.parser import QueryError

MAX_VOTES_DIGITS = 6


def choose(
    screen: Screen[None],
    title: str,
    choices: Sequence[Choice],
    on_choice: Callable[[int], None],
    selected: int = 0,
) -> None:
    """Let the reader choose from a list; ``on_choice`` takes the index.

    Args:
        screen: the screen below the list.
        title: its title.
        choices: its rows.
        on_choice: called unless the reader leaves without choosing.
        selected: index of the row the cursor starts on.
    """
    from tui.ui.screens.chooser import Chooser

    def closed(index: int | None) -> None:
        if index is not None:
            on_choice(index)

    screen.app.push_screen(Chooser(title, choices, selected), closed)


def votes_prompt(current: int, on_accept: Callable[[int], None]) -> Prompt:
    """Return a prompt for a vote threshold that starts with the current one."""

    def accept(text: str) -> str | None:
        text = text.strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= MAX_VOTES_DIGITS):
            return _("Enter a whole number.")
        on_accept(int(text))
        return None

    value = str(current) if current else ""
    return Prompt(_("Minimum votes:"), _("0 shows all"), accept, value, selects_value=True)


def query_prompt(
    label: str,
    current: str,
    *,
    on_change: Callable[[Query], None],
    on_accept: Callable[[], None],
    on_cancel: Callable[[], None],
    on_switch: Callable[[], str],
) -> Prompt:
    """Return a prompt for a query that is searched for while it is typed.

    Args:
        label: the label of the prompt.
        current: the query to start with.
        on_change: takes each valid query.
        on_accept: called when the query is accepted.
        on_cancel: called when the prompt is left without a query.
        on_switch: searches another scope; returns the new label.
    """

    def search(text: str) -> QueryError | None:
        from tui.query.parser import QueryError, parse

        try:
            on_change(parse(text))
        except QueryError as error:
            return error
        return None

    def accept(text: str) -> str | None:
        error = search(text)
        if error is not None:
            return str(error)
        on_accept()
        return None

    def change(text: str) -> None:
        error = search(text)
        # An invalid last word is probably half typed: search for the others.
        if error is not None and text.endswith(error.word):
            search(text[: error.column - 1])

    example = _("diffusion author:kim votes:>=20 -survey   (Tab: scope, F2: help)")
    return Prompt(
        label, example, accept, current, on_change=change, on_cancel=on_cancel, on_tab=on_switch
    )


def date_prompt(
    library: Library, on_accept: Callable[[str], None], show_message: Callable[[str], None]
) -> Prompt:
    """Return a prompt for a date.

    Args:
        library: the library. A date without a digest means the nearest day before it.
        on_accept: takes a period that has a digest.
        show_message: takes a sentence if it is not the requested one.
    """

    def accept(text: str) -> str | None:
        days = library.period_counts.days()
        period = parse_period(text, days[0]) if days else None
        if period is None:
            return _("Enter a year, month or day in numbers, such as 2025-05-22.")
        if period not in library.period_counts.counts:
            nearest = library.nearest_day(period) or ""
            message = _("No digest of {period}; showing {nearest}.")
            show_message(
                message.format(period=format_period(period), nearest=format_period(nearest))
            )
            period = nearest
        on_accept(period)
        return None

    return Prompt(_("Go to date:"), _("2025-05-22, 5-22, 22, 2025-05, all"), accept)


def tags_prompt(
    current: Sequence[str], known: Sequence[str], on_accept: Callable[[tuple[str, ...]], None]
) -> Prompt:
    """Return a prompt for tags that starts with the current ones and completes known ones."""

    def accept(text: str) -> str | None:
        from tui.marks import parse_tags

        on_accept(parse_tags(text))
        return None

    value = f"{' '.join(current)} " if current else ""
    return Prompt(_("Tags:"), _("rl todo"), accept, value, completions=known)


def view_name_prompt(
    current: str, others: Collection[str], on_accept: Callable[[str], None]
) -> Prompt:
    """Return a prompt for the name of a saved view.

    Args:
        current: the name to start with.
        others: names of other views, which have to be confirmed with a second Enter.
        on_accept: takes the name.
    """
    confirmed: list[str] = []

    def accept(text: str) -> str | None:
        from tui.library.saved_views import view_name

        try:
            name = view_name(text)
        except ValueError as error:
            return str(error)
        if name in others and name not in confirmed:
            confirmed[:] = [name]
            return _("A view of this name exists; Enter again replaces it.")
        on_accept(name)
        return None

    return Prompt(_("Save view as:"), _("RL in spring"), accept, current, selects_value=True)


def export_file_prompt(proposed: str, on_accept: Callable[[Path], None]) -> Prompt:
    """Return a prompt for the file to export to.

    Args:
        proposed: the path to start with.
        on_accept: takes the file; an existing one was confirmed with a second Enter.
    """
    confirmed: list[Path] = []

    def accept(text: str) -> str | None:
        try:
            file = Path(text.strip()).expanduser()
            error = _("Enter the path of a file.") if not text.strip() else check(file)
        except RuntimeError:
            return _("Unknown home folder.")
        except OSError as failure:
            return reason(failure)
        if error is None:
            on_accept(file)
        return error

    def check(file: Path) -> str | None:
        from tui.export.formats import FORMATS, format_for_path

        if file.is_dir():
            return _("Enter the path of a file.")
        if format_for_path(file) is None:
            endings = " ".join(each.suffixes[0] for each in FORMATS.values())
            return _("The file name must end with one of: {endings}").format(endings=endings)
        if not file.parent.is_dir():
            return _("Folder {folder} does not exist.").format(folder=file.parent)
        if file.exists() and file not in confirmed:
            confirmed[:] = [file]
            return _("The file exists; Enter again replaces it.")
        return None

    return Prompt(
        _("Export to file:"), "~/papers.bib .md .csv .json", accept, proposed, selects_value=True
    )
