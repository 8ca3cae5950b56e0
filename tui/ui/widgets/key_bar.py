"""The key bar: the most important keys that fit. A click on a key runs its action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.config.key_bars import BAR_LAST, BARS, HINTS
from tui.config.keybindings import BY_ID, first_key_label
from tui.i18n import _
from tui.ui.messages import KeyClicked
from tui.ui.widgets.click_action import click_style, clicked_action

GAP = "  "


class _Hint(NamedTuple):
    """One or more keys that share a label.

    Attributes:
        keys: the name and the action of each key.
        label: what the keys do.
    """

    keys: tuple[tuple[str, str], ...]
    label: str

    @property
    def width(self) -> int:
        """The cells of the hint with the gap after it."""
        return sum(cell_len(key) + 1 for key, _ in self.keys) + cell_len(self.label) + len(GAP)


class KeyBar(Widget):
    """One line of keys.

    Args:
        keymap: the reader's keys, by the ids of bindings.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--label"}
    ALLOW_SELECT = False

    # Textual would lay out and paint everything a second time when the widget gets its size.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    pane: reactive[str] = reactive("table")
    """The pane with the focus, which decides the keys: a name in ``BARS``."""

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__(id="keys")
        self._hints = {pane: _hints(pane, ids, keymap) for pane, ids in BARS.items()}
        self._last_hints = {pane: _hints(pane, BAR_LAST, keymap) for pane in BARS}

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the keys that fit, and always the last ones."""
        width = self.size.width
        pane = self.pane if self.pane in self._hints else "table"
        last_hints = self._last_hints[pane]
        room = width - 2 + len(GAP) - sum(hint.width for hint in last_hints)
        fitting = []
        for hint in self._hints[pane]:
            if hint.width > room:
                break
            fitting.append(hint)
            room -= hint.width
        key_style = self.get_component_rich_style("key-bar--key")
        label_style = self.get_component_rich_style("key-bar--label")
        segments = [Segment(" ", label_style)]
        for hint in [*fitting, *last_hints]:
            for key, action in hint.keys:
                segments.append(Segment(key, key_style + click_style(action)))
                segments.append(Segment(" ", label_style))
            segments.append(Segment(hint.label, label_style + click_style(hint.keys[0][1])))
            segments.append(Segment(GAP, label_style))
        return Strip(segments).adjust_cell_length(width, label_style)

    def on_click(self, event: events.Click) -> None:
        """Post the action of the clicked key."""
        action = clicked_action(event)
        if action is not None:
            self.post_message(KeyClicked(action))


def _hints(pane: str, ids: Iterable[str], keymap: Mapping[str, str]) -> list[_Hint]:
    """Return the hints of bindings; neighbors with the same label share a hint."""
    hints: list[_Hint] = []
    for name in ids:
        binding = BY_ID[name]
        key = (first_key_label(name, keymap), binding.action)
        label = _(HINTS.get((pane, name), binding.hint))
        if hints and hints[-1].label == label:
            hints[-1] = hints[-1]._replace(keys=(*hints[-1].keys, key))
        else:
            hints.append(_Hint((key,), label))
    return hints
