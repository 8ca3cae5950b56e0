"""The key bar: the keys that matter, as far as there is room. A click does what the key does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.keys import KEYS, sign
from tui.messages import KeyClicked

GAP = "  "
LAST = ("app.help", "app.quit")
"""Shown however narrow it is, so that nobody is lost."""


class _Hint(NamedTuple):
    """What stands for one or more keys: their signs with their actions, and the words."""

    signs: tuple[tuple[str, str], ...]
    words: str

    @property
    def width(self) -> int:
        return sum(cell_len(text) + 1 for text, _ in self.signs) + cell_len(self.words)


class KeyBar(Widget):
    """One line of keys.

    Args:
        keymap: keys that the reader set, by their ids.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--words"}
    ALLOW_SELECT = False

    def __init__(self, keymap: Mapping[str, str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        hints: dict[str, list[tuple[str, str]]] = {}
        last: dict[str, list[tuple[str, str]]] = {}
        for key in KEYS:
            if key.hint:
                first = keymap.get(key.id, key.keys).split(",")[0]
                place = last if key.id in LAST else hints
                place.setdefault(key.hint, []).append((sign(first), key.action))
        self._hints = [_Hint(tuple(signs), words) for words, signs in hints.items()]
        self._last = [_Hint(tuple(signs), words) for words, signs in last.items()]

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        width = self.size.width
        room = width - 2 - sum(hint.width + len(GAP) for hint in self._last)
        shown = []
        for hint in self._hints:
            if hint.width + len(GAP) > room:
                break
            shown.append(hint)
            room -= hint.width + len(GAP)
        key, words = (self.get_component_rich_style(f"key-bar--{n}") for n in ("key", "words"))
        segments = [Segment(" ", words)]
        for hint in [*shown, *self._last]:
            for text, action in hint.signs:
                segments.append(Segment(text, key + _doing(action)))
                segments.append(Segment(" ", words))
            segments.append(Segment(hint.words, words + _doing(hint.signs[0][1])))
            segments.append(Segment(GAP, words))
        return Strip(segments).adjust_cell_length(width, words)

    def on_click(self, event: events.Click) -> None:
        """Say which key was clicked."""
        action = event.style.meta.get("does")
        if isinstance(action, str):
            self.post_message(KeyClicked(action))


def _doing(action: str) -> Style:
    """Return a style that looks like nothing and tells a click what to do."""
    return Style(meta={"does": action})
