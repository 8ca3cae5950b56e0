"""Host a single widget or screen with the real stylesheets and a real theme."""

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

from tests.ui.driver import wait_until
from tests.ui.screen_capture import ScreenCapture
from tui.config.paths import stylesheets
from tui.terminal.themes import THEMES
from tui.ui.textual_themes import textual_theme

NO_ANSWER = object()


class WidgetHost(App[None]):
    """An app with one widget.

    Args:
        widget: fills the screen; None leaves it empty.
        theme: the name of the theme.
        keymap: the reader's keys, by the ids of bindings.
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
        self.answer: Any = NO_ANSWER
        for palette in THEMES:
            self.register_theme(textual_theme(palette))
        self.theme = theme
        self.set_keymap(keymap or {})

    def compose(self) -> ComposeResult:
        """Yield the widget."""
        if self._widget is not None:
            yield self._widget

    def show_screen(self, screen: ModalScreen[Any]) -> None:
        """Show a screen, and store its result in ``answer``."""
        self.push_screen(screen, lambda answer: setattr(self, "answer", answer))


@dataclass
class WidgetDriver(ScreenCapture):
    """Drives the host of a widget."""

    app: WidgetHost
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for their effect."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def click(self, text: str, *, dx: int = 0) -> None:
        """Click on the first occurrence of a text."""
        x, y = self.find(text)
        await self.pilot.click(offset=(x + dx, y))
        await self.pilot.pause()

    async def resize(self, width: int, height: int) -> None:
        """Resize the terminal."""
        await self.pilot.resize_terminal(width, height)
        await wait_until(lambda: self.app.screen._compositor.size == (width, height))
        await self.pilot.pause()

    def style_of(self, text: str) -> Style:
        """Return the style at the start of the first occurrence of a text."""
        return self.style_at(*self.find(text))

    def style_at(self, x: int, y: int) -> Style:
        """Return the style of a cell as it is drawn."""
        strip = self.app.screen._compositor.render_strips(self.app.size)[y]
        at = 0
        for segment in strip:
            at += segment.cell_length
            if x < at:
                return segment.style or Style()
        raise AssertionError(f"no cell {x} in {strip.text!r}")


@asynccontextmanager
async def host_widget(
    widget: Widget | None = None,
    size: tuple[int, int] = (100, 30),
    *,
    screen: Callable[[], ModalScreen[Any]] | None = None,
    **host_options: Any,
) -> AsyncIterator[WidgetDriver]:
    """Show a widget or a screen."""
    app = WidgetHost(widget, **host_options)
    async with app.run_test(size=size) as pilot:
        driver = WidgetDriver(app, pilot)
        if screen is not None:
            app.show_screen(screen())
        await pilot.pause()
        yield driver
