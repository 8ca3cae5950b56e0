"""A widget or a screen by itself, on the real stylesheet and in a real theme."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget

from tests.ui.driver import until
from tests.ui.screen_capture import Sight
from tui.config.resources import stylesheets
from tui.terminal.themes import THEMES
from tui.ui.app import _theme

UNANSWERED = object()


class Stage(App[None]):
    """Shows one thing.

    Args:
        widget: fills the screen; None leaves it empty.
        theme: whose colours it has.
        keymap: keys that the reader set, by their ids.
    """

    CSS_PATH = stylesheets()  # type: ignore[assignment]  # absolute paths are fine
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        widget: Widget | None = None,
        *,
        theme: str = "ink",
        keymap: dict[str, str] | None = None,
    ) -> None:
        self._widget = widget
        super().__init__()
        self.animation_level = "none"
        self.answer: Any = UNANSWERED
        for palette in THEMES:
            self.register_theme(_theme(palette))
        self.theme = theme
        self.set_keymap(keymap or {})

    def compose(self) -> ComposeResult:
        """Show the widget."""
        if self._widget is not None:
            yield self._widget

    def ask(self, screen: ModalScreen[Any]) -> None:
        """Show a screen, and note what it answers."""
        self.push_screen(screen, lambda answer: setattr(self, "answer", answer))


@dataclass
class Spectator(Sight):
    """Presses keys, clicks, and looks."""

    app: Stage
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what comes of them."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def click(self, text: str, *, dx: int = 0) -> None:
        """Click on a text where it first stands."""
        x, y = self.place_of(text)
        await self.pilot.click(offset=(x + dx, y))
        await self.pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        """Make the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await until(lambda: self.app.screen._compositor.size == (width, height))
        await self.pilot.pause()

    def style_of(self, text: str) -> Style:
        """Return the style in which a text begins where it first stands."""
        return self.style_at(*self.place_of(text))

    def style_at(self, x: int, y: int) -> Style:
        """Return the style of a cell, with its colours as they are drawn."""
        strip = self.app.screen._compositor.render_strips(self.app.size)[y]
        at = 0
        for segment in strip:
            at += segment.cell_length
            if x < at:
                return segment.style or Style()
        raise AssertionError(f"no cell {x} in {strip.text!r}")


@asynccontextmanager
async def staged(
    widget: Widget | None = None,
    size: tuple[int, int] = (100, 30),
    *,
    screen: Callable[[], ModalScreen[Any]] | None = None,
    **more: Any,
) -> AsyncIterator[Spectator]:
    """Show a widget, or a screen that asks something."""
    app = Stage(widget, **more)
    async with app.run_test(size=size) as pilot:
        spectator = Spectator(app, pilot)
        if screen is not None:
            app.ask(screen())
        await pilot.pause()
        yield spectator
