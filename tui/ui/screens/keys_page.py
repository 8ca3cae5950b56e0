"""The help page of all keys: the focused pane's first, in columns, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from tui.config.keybindings import (
    BY_ID,
    EVERYWHERE,
    KEYS,
    HelpSection,
    KeyBinding,
    bound_keys,
    first_key_label,
    key_label,
    key_labels,
)
from tui.i18n import _
from tui.ui.screens.pages import TextPage, section_lines, title_line
from tui.ui.typeset.spans import Line, Span
from tui.ui.typeset.wrap import wrap

if TYPE_CHECKING:
    from tui.config.own_commands import OwnCommand

MIN_COLUMN_WIDTH = 54
"""Cells; a screen that is twice as wide shows two columns."""

MAX_COLUMN_WIDTH = 70

_MIN_COLUMN_LINES = 12

_MIN_ROWS = 3
"""Rows of a section that stay together at its beginning and at its end."""

_GAP = 3

_FIRST_SECTIONS = {
    "sidebar": (HelpSection.DAYS, HelpSection.MOVE),
    "table": (HelpSection.LIST, HelpSection.MARKS, HelpSection.DAYS),
    "viewer": (HelpSection.READ, HelpSection.MOVE, HelpSection.MARKS),
}
"""The sections that come first, by the id of the widget that has the focus."""

_TRIAGE_TEXT = "triage-text"
"""The id of a widget where only the keys of triage work, and those that work everywhere."""


class _Section(NamedTuple):
    """A heading, and rows of keys and what they do."""

    heading: str
    rows: Sequence[tuple[str, str]]


class KeysPage(TextPage):
    """All keys. What is searched for filters them.

    Args:
        keymap: the reader's keys, by the ids of bindings.
        is_available: returns whether a key is available, by the id of its binding.
        pane: the id of the pane whose keys come first; empty for none.
        commands: the reader's own commands.
    """

    def __init__(
        self,
        keymap: Mapping[str, str],
        is_available: Callable[[str], bool],
        pane: str = "",
        commands: Sequence[OwnCommand] = (),
    ) -> None:
        super().__init__(self._lay_out, keymap)
        self.text_view.max_line_width = 3 * (MAX_COLUMN_WIDTH + _GAP) - _GAP
        self._is_available = is_available
        self._pane = pane
        self._commands = commands
        self._filter = ""

    def highlight(self, text: str) -> None:
        """Show only the keys that match a text, and highlight it."""
        self._filter = text
        self.text_view.relayout()
        super().highlight(text)

    def _lay_out(self, width: int) -> list[Line]:
        from tui.query.highlight import Highlighter

        sections = list(_sections(self._keymap, self._is_available, self._pane))
        rows = [(key_label(each.key), each.name) for each in self._commands if each.key]
        sections.insert(0, _Section(_("Your commands"), rows))
        if highlighter := Highlighter.for_text(self._filter):
            sections = [
                _Section(heading, [row for row in rows if highlighter.spans(" ".join(row))])
                for heading, rows in sections
            ]
        number = max(1, (width + _GAP) // (MIN_COLUMN_WIDTH + _GAP))
        column_width = min((width + _GAP) // number - _GAP, MAX_COLUMN_WIDTH)
        blocks = [
            section_lines(section.heading, section.rows, column_width)
            for section in sections
            if section.rows
        ]
        text = _("A number before a key that moves repeats it, such as 5j or 10].")
        return [
            *title_line(_("Keys")),
            *(() if self._pane == _TRIAGE_TEXT else _muted(text, width)),
            *_in_columns(_columns(blocks, number), column_width),
        ]

    def closing_hint(self) -> str:
        """Return how to close the page, and what else can be done there."""
        hint = _("Escape closes, {search} filters, {manual} opens the manual.")
        return hint.format(
            search=first_key_label("list.search", self._keymap),
            manual=first_key_label("app.manual", self._keymap),
        )


def _muted(text: str, width: int) -> list[Line]:
    return [Line(tuple(line)) for line in wrap([Span(text, "muted")], width)]


def _sections(
    keymap: Mapping[str, str], is_available: Callable[[str], bool], pane: str
) -> Iterator[_Section]:
    def first_keys(*ids: str) -> str:
        return " ".join(first_key_label(name, keymap) for name in ids)

    def section_of(heading: str, keys: Iterable[KeyBinding]) -> _Section:
        available = [key for key in keys if is_available(key.id)]
        rows = [(key_labels(bound_keys(key.id, keymap)), _(key.help)) for key in available]
        return _Section(heading, rows)

    first = _FIRST_SECTIONS.get(pane, ())
    sections = (*first, *(each for each in HelpSection if each not in first))
    if pane == _TRIAGE_TEXT:
        sections = (HelpSection.TRIAGE, HelpSection.MOVE)
    for section in sections:
        yield section_of(_(section.value), (key for key in KEYS if key.section is section))
    if pane == _TRIAGE_TEXT:
        yield section_of(_(HelpSection.APP.value), map(BY_ID.__getitem__, EVERYWHERE))
        return
    yield _Section(_("Statistics"), (
        ("Enter", _("List the counted papers")),
        (first_keys("pane.next"), _("Switch between votes and papers")),
        (first_keys("tree.close", "tree.open"), _("Previous week, next week")),
        (first_keys("day.older", "day.newer"), _("Earlier or later part of the calendar")),
    ))  # fmt: skip
    yield _Section(_("Mouse"), (
        (_("Click"), _("select a date or paper; follow a link; press a key; sort by a column")),
        (_("Shift+click"), _("on a column heading: add it to the sort order")),
        (_("Double-click"), _("read a paper at full width")),
        (_("Drag"), _("select text in a summary; Ctrl+C copies it")),
    ))  # fmt: skip


def _columns(blocks: Sequence[list[Line]], number: int) -> list[list[Line]]:
    """Distribute blocks, in order, over at most so many columns, as low as possible."""
    height = max(sum(map(len, blocks)) // number, _MIN_COLUMN_LINES)
    while len(columns := _filled(blocks, height)) > number:
        height += 1
    return columns


def _filled(blocks: Sequence[list[Line]], height: int) -> list[list[Line]]:
    columns: list[list[Line]] = [[]]
    for block in blocks:
        rest = block
        while len(rest) > (room := height - len(columns[-1])):
            cut = _last_cut(rest, room)
            columns[-1] += rest[:cut]
            columns.append([])
            # The rest gets the heading as well, and the empty line above it.
            rest = [*rest[:2], *rest[cut:]] if cut else rest
        columns[-1] += rest
    return columns


def _last_cut(block: Sequence[Line], room: int) -> int:
    """Return how many lines of a block to leave in a column with so much room; 0 for none."""
    cuts = range(min(room, len(block) - _MIN_ROWS), 1 + _MIN_ROWS, -1)
    # A description of several lines is not divided.
    return next((cut for cut in cuts if block[cut].spans[0].text.strip()), 0)


def _in_columns(columns: Sequence[list[Line]], width: int) -> Iterator[Line]:
    """Yield the lines of columns side by side, each padded to ``width`` cells and a gap."""
    for row in range(max(map(len, columns), default=0)):
        spans: list[Span] = []
        for number, column in enumerate(columns):
            line = column[row] if row < len(column) else Line()
            start = number * (width + _GAP)
            filled = sum(cell_len(span.text) for span in spans)
            spans += [Span(" " * (start - filled)), *line.spans] if line.spans else []
        yield Line(tuple(span for span in spans if span.text))
