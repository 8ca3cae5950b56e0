"""All private parts of Textual and Rich that the program uses.

They were checked with Textual 8.2.8 and Rich 15.0.0. A later version may change them without
notice; ``tests/ui/test_textual_internals.py`` has a test of each that fails then. To upgrade, run
those tests, fix what fails here, and update the versions above.

Two private methods are overridden, and must stay methods of our classes:

- ``App._handle_exception`` in ``BroadsheetApp``: Textual would print the values of all variables.
- ``LinuxDriver._get_terminal_size`` in ``TerminalDriver``: Textual would believe exported variables
  instead of the terminal. It calls the method when the size may have changed, after which the
  contents of the terminal are unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from rich.style import Style
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.widget import Widget

__all__ = [
    "EscapeParser",
    "current_driver",
    "disable_mouse",
    "disable_popups",
    "forget_watcher",
    "handle_exception",
    "is_reading_keys",
    "is_writing",
    "record_exception",
    "run_binding",
    "set_link_id",
    "share_background_styles",
    "wrap_output",
]


class EscapeParser:
    """Textual's parser of terminal input, given one complete sequence at a time.

    By itself it takes a sequence that it does not know for keys, waits for more of it, or raises
    an error, which would end the program.
    """

    MAX_LENGTH = 32
    """Longer sequences are taken for keys, whatever they are."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def parse(self, sequence: str) -> list[Message]:
        """Return the events of a character or an escape sequence; none if it is unknown."""
        parser = self._parser
        if len(sequence) > self.MAX_LENGTH:
            return []
        try:
            found = list(parser.feed(sequence))
            if parser._awaiting.timeout is not None and len(sequence) <= 2:
                # Escape, alone or before another key, is only complete when nothing follows.
                parser._timeout_time = 0.0
                found += parser.tick()
        except Exception:  # whatever a terminal sends must not end the program
            found = []
            self._restart()
        if parser._awaiting.timeout is not None:
            self._restart()
        return found

    def _restart(self) -> None:
        """Forget the current sequence, but not the size of the terminal's cells."""
        parser = self._parser
        parser._tokens.clear()
        parser._gen = parser.parse(parser._tokens.append)
        parser._awaiting = next(parser._gen)
        parser._timeout_time = None


def handle_exception(app: App[Any], error: Exception) -> None:
    """Let the app end with an error that was raised outside its message loop.

    Textual only does so itself for errors in message handlers and workers.
    """
    app._handle_exception(error)


def record_exception(app: App[Any], error: Exception) -> None:
    """Record an error so that ``App.run_test`` raises it, as Textual's own handler does."""
    if app._exception is None:
        app._exception = error
        app._exception_event.set()


async def run_binding(app: App[Any], key: str) -> bool:
    """Run the binding of a key in the current screen; return whether there is one.

    ``App.simulate_key`` would queue the key behind those that already wait.
    """
    return await app._check_bindings(key)


def disable_popups(app: App[Any]) -> None:
    """Give screens no widgets for toasts and tooltips, which ``App.run_test`` can do, too."""
    app._disable_notifications = app._disable_tooltips = True


def current_driver(app: App[Any]) -> Driver | None:
    """Return the driver of a running app."""
    return app._driver


def wrap_output(driver: LinuxDriver, wrap: Callable[[Any], Any]) -> None:
    """Replace the stream that a driver writes to by a wrapper; call it before it starts.

    A driver always writes to ``sys.__stderr__``.
    """
    driver._file = wrap(driver._file)


def is_writing(driver: LinuxDriver) -> bool:
    """Return whether a driver has started: ``write`` fails before that, and in the background."""
    return driver._writer_thread is not None


def is_reading_keys(driver: LinuxDriver) -> bool:
    """Return whether the thread that reads the keys is running."""
    thread = driver._key_thread
    return thread is not None and thread.is_alive()


def disable_mouse(driver: LinuxDriver) -> None:
    """Stop the terminal from reporting the mouse; Textual does so only after it stops reading."""
    driver._disable_mouse_support()


def forget_watcher(app: App[Any], widget: Widget) -> None:
    """Remove the callbacks of a widget that watches attributes of the app.

    Textual removes them when the attribute changes, which the focus of the terminal may never do.
    """
    for watchers in getattr(app, "__watchers", {}).values():
        watchers[:] = [watcher for watcher in watchers if watcher[0] is not widget]


def set_link_id(style: Style, link_id: str) -> None:
    """Set the id by which a terminal joins the parts of a hyperlink; Rich makes up random ones."""
    style._link_id = link_id


def share_background_styles() -> None:
    """Let Textual cache the styles of backgrounds without the widget that has drawn them.

    Its own cache keeps a thousand widgets, with all lines that they have drawn, after they were
    removed: tens of megabytes.
    """
    method: Any = StylesCache.get_inner_outer
    if hasattr(method, "cache_info"):
        styles = lru_cache(maxsize=1024)(partial(method.__wrapped__, None))
        shared: Any = lambda _widget, *colors: styles(*colors)  # noqa: E731
        StylesCache.get_inner_outer = shared  # type: ignore[method-assign]
