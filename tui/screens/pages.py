"""Screens that are one page of text: help, and the problems in the digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui.keys import BY_ID, KEYS, Group, signs
from tui.model import Problem
from tui.typeset.cells import fit
from tui.typeset.line import Line, Span
from tui.typeset.wrap import wrap
from tui.widgets.line_view import LineView

_OPENED_BY = (BY_ID["app.help"], BY_ID["digests.problems"])


class Page(ModalScreen[None]):
    """A page of text over the main screen; Escape, or the key that opened it, closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", show=False),
        *(Binding(key.keys, "dismiss", show=False, id=key.id) for key in _OPENED_BY),
    ]

    def __init__(self, view: LineView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Show the text."""
        yield self._view

    def on_mount(self) -> None:
        """Let the reader scroll."""
        self._view.focus()


class KeysView(LineView):
    """All keys, by group.

    Args:
        keymap: keys that the reader set, by their ids.
    """

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._keymap = keymap

    def lay_out(self, width: int) -> list[Line]:
        """Return a line a key."""
        lines = [Line((Span("Keys", "title"),))]
        for group in Group:
            lines += [Line(), Line((Span(group.value, "heading"),))]
            for key in KEYS:
                if key.group is group:
                    shown = signs(self._keymap.get(key.id, key.keys))
                    lines.append(_row(shown, key.help, width))
        lines += [Line(), Line((Span("The mouse", "heading"),))]
        for does, what in (
            ("Click", "a date, a paper, a link, a key below; a column's heading sorts"),
            ("Double click", "a paper to read it full-width"),
            ("Drag", "over a summary to select text, Ctrl+C copies it"),
        ):
            lines.append(_row(does, what, width))
        lines += [Line(), Line((Span("Escape closes this page.", "muted"),))]
        return lines


def _row(left: str, right: str, width: int) -> Line:
    room = min(18, width // 3)
    return Line((Span(fit(f"  {left}", room), "label"), Span(fit(right, width - room).rstrip())))


class ProblemsView(LineView):
    """What is odd in digests and settings, file by file.

    Args:
        problems: in the order to show them.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = problems

    def lay_out(self, width: int) -> list[Line]:
        """Return the problems of each file below its name."""
        lines = [Line((Span("Problems", "title"),))]
        if not self._problems:
            return [
                *lines,
                Line(),
                Line((Span("None. All digests were read as they are.", "muted"),)),
            ]
        file = None
        for problem in self._problems:
            if problem.file != file:
                file = problem.file
                lines.append(Line())
                lines += [Line(line) for line in wrap([Span(file, "heading")], width)]
            place = f"{problem.line:>6}  " if problem.line else " " * 8
            for number, line in enumerate(wrap([Span(problem.message)], width - 8)):
                lines.append(Line((Span(place if number == 0 else " " * 8, "muted"), *line)))
        return lines
