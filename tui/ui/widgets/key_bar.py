"""The key bar: the keys that matter, as far as there is room. A click does what the key does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.config.keybindings import BAR, BAR_LAST, BAR_READING, BY_ID, first_key_label
from tui.i18n import _
from tui.ui.messages import KeyClicked

GAP = "  "


class _Hint(NamedTuple):
    """What stands for one or more keys: their signs with their actions, and the words."""

    signs: tuple[tuple[str, str], ...]
    words: str

    @property
    def width(self) -> int:
        return sum(cell_len(text) + 1 for text, _ in self.signs) + cell_len(self.words) + len(GAP)


class KeyBar(Widget):
    """One line of keys.

    Args:
        keymap: keys that the reader set, by their ids.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--words"}
    ALLOW_SELECT = False

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)

    is_reading: reactive[bool] = reactive(False)
    """Whether a paper is read full-width, so that other keys matter."""

    def __init__(self, keymap: Mapping[str, str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hints = _hints(BAR, keymap)
        self._hints_reading = _hints(BAR_READING, keymap)
        self._last = _hints(BAR_LAST, keymap)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        width = self.size.width
        room = width - 2 + len(GAP) - sum(hint.width for hint in self._last)
        shown = []
        for hint in self._hints_reading if self.is_reading else self._hints:
            if hint.width > room:
                break
            shown.append(hint)
            room -= hint.width
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


def _hints(ids: Iterable[str], keymap: Mapping[str, str]) -> list[_Hint]:
    """Return the hints of these keys; neighbours with the same words share them."""
    hints: list[_Hint] = []
    for key in map(BY_ID.__getitem__, ids):
        shown = (first_key_label(key.id, keymap), key.action)
        words = _(key.hint)
        if hints and hints[-1].words == words:
            hints[-1] = hints[-1]._replace(signs=(*hints[-1].signs, shown))
        else:
            hints.append(_Hint((shown,), words))
    return hints


def _doing(action: str) -> Style:
    """Return a style that looks like nothing and tells a click what to do."""
    return Style(meta={"does": action})
