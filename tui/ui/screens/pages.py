"""Screens that are one page of text: help, and the problems in the digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui.config.keybindings import BY_ID, KEYS, HelpSection, bound_keys, first_key_label, key_labels
from tui.config.resources import stylesheets
from tui.i18n import _
from tui.models import Problem
from tui.ui.typeset.cell_width import fit, truncate
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.wrap import wrap
from tui.ui.widgets.text_view import TextView

WORDS_NEED = 28
"""Cells for what a key does, below which it stands on a line of its own."""

_OPENED_BY = (BY_ID["app.help"], BY_ID["app.help_query"], BY_ID["digests.problems"])


class TextPage(ModalScreen[None]):
    """A page of text over the main screen; Escape, or the key that opened it, closes it."""

    CSS_PATH = stylesheets("pages")  # type: ignore[assignment]  # absolute paths are fine
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", show=False),
        *(Binding(key.keys, "dismiss", show=False, id=key.id) for key in _OPENED_BY),
    ]

    def __init__(self, view: TextView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Show the text."""
        yield self._view

    def on_mount(self) -> None:
        """Let the reader scroll."""
        self._view.focus()


class KeysView(TextView):
    """All keys, by group.

    Args:
        keymap: keys that the reader set, by their ids.
    """

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._keymap = keymap

    def lay_out(self, width: int) -> list[Line]:
        """Return a line a key."""
        lines = [Line((Span(_("Keys"), "title"),))]
        for section in HelpSection:
            lines += [Line(), Line((Span(_(section.value), "heading"),))]
            for key in KEYS:
                if key.section is section:
                    shown = key_labels(bound_keys(key.id, self._keymap))
                    lines += _row(shown, _(key.help), width)
        lines += [Line(), Line((Span(_("Statistics"), "heading"),))]
        for keys, what in (
            ("Enter", _("The papers that were counted there")),
            (self._first_key("pane.next"), _("Bars of votes, or of papers again")),
            (self._first_key("tree.close", "tree.open"), _("The week before, the week after")),
            (self._first_key("day.older", "day.newer"), _("The calendar before, the one after")),
        ):
            lines += _row(keys, what, width)
        lines += [Line(), Line((Span(_("The mouse"), "heading"),))]
        for does, what in (
            (_("Click"), _("a date, a paper, a link, a key below; a column's heading sorts")),
            (_("Shift click"), _("a heading to sort by it what is equal so far")),
            (_("Double click"), _("a paper to read it full-width")),
            (_("Drag"), _("over a summary to select text, Ctrl+C copies it")),
        ):
            lines += _row(does, what, width)
        return [*lines, Line(), _closing()]

    def _first_key(self, *ids: str) -> str:
        """Return the first key of each id, side by side."""
        return " ".join(first_key_label(id_, self._keymap) for id_ in ids)


class QueryView(TextView):
    """How to search: every word of the query language, with an example."""

    def lay_out(self, width: int) -> list[Line]:
        """Return a line a word."""
        lines = [Line((Span(_("How to search"), "title"),)), Line()]
        text = _("Words stand side by side, and all of them must be found. Case does not matter.")
        lines += [Line(line) for line in wrap([Span(text)], width)]
        for heading, rows in query_help():
            lines += [Line(), Line((Span(heading, "heading"),))]
            for example, what in rows:
                lines += _row(example, what, width, least=28)
        return [*lines, Line(), _closing()]


def query_help() -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Return the words of the query language by group: an example, and what it finds."""
    return (
        (_("Words"), (
            ("diffusion transformer", _("both words, in title, authors, id or summary")),
            ('"reward model"', _("these words side by side")),
            ("diffusion OR flow", _("one or the other; binds tighter than a space")),
            ("-survey", _("not this; works before any of these")),
            ("강화학습", _("also where it is written 강화 학습")),
            ("ㄱㅎㅎㅅ", _("initial consonants alone: 강화학습")),
        )),
        (_("Where"), (
            ("title:agent", _("in the title; so do author: section: source:")),
            ('author:="Wei Li"', _("the whole name, and no longer one")),
            ("section:motivation", _("a section of a summary is called so")),
            ("id:2505.04921", _("this paper; an address will do as well")),
        )),
        (_("Votes and dates"), (
            ("votes:>=20", _("20 votes or more; also > < <= = and 10..50")),
            ("date:2025-05", _("featured in May; also a year, a day, >2025-05")),
            ("date:2025-04..2025-05", _("from April to the end of May; an end may be left out")),
        )),
        (_("Marks"), (
            ("is:starred", _("also is:unread is:read is:noted is:tagged")),
            ("tag:rl", _("with this tag")),
        )),
        (_("The rest"), (
            ("has:summary", _("a digest tells one; has:votes likewise")),
            ("sort:-votes,date", _("most votes first, among equals the oldest")),
        )),
    )  # fmt: skip


def _closing() -> Line:
    return Line((Span(_("Escape closes this page."), "muted"),))


def _row(left: str, right: str, width: int, least: int = 18) -> list[Line]:
    """Return what stands at the left, and what it means beside it or, on a narrow page, below."""
    indent = least if width >= least + WORDS_NEED else 4
    words = wrap([Span(right)], max(width - indent, 1))
    if indent < least:
        return [
            Line((Span(truncate(f"  {left}", width), "label"),)),
            *(Line((Span(" " * indent), *line)) for line in words),
        ]
    starts = [Span(fit(f"  {left}", least), "label"), *[Span(" " * least)] * (len(words) - 1)]
    return [Line((start, *line)) for start, line in zip(starts, words, strict=True)]


class ProblemsView(TextView):
    """What is odd in digests and settings, file by file.

    Args:
        problems: in the order to show them.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = problems

    def lay_out(self, width: int) -> list[Line]:
        """Return the problems of each file below its name."""
        lines = [Line((Span(_("Problems"), "title"),))]
        if not self._problems:
            return [
                *lines,
                Line(),
                Line((Span(_("None. All digests were read as they are."), "muted"),)),
            ]
        file = None
        for problem in self._problems:
            if problem.file != file:
                file = problem.file
                lines.append(Line())
                lines += [Line(line) for line in wrap([Span(file, "heading")], width)]
            place = f"{problem.line:>6}  " if problem.line else " " * 8
            for number, line in enumerate(wrap([Span(problem.translated)], width - 8)):
                lines.append(Line((Span(place if number == 0 else " " * 8, "muted"), *line)))
        return lines
