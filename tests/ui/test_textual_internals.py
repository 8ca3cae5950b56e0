"""One test of each private part of Textual and Rich in use; an upgrade may break them."""

from __future__ import annotations

import ast
import inspect
import os
import pty
import re
import sys
import weakref
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from textwrap import dedent
from threading import Thread
from types import ModuleType
from typing import Any

import pytest
from rich.style import Style
from textual import events
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widgets import TextArea

import tui.ui
from tui.ui import textual_internals as internals
from tui.ui.app import BroadsheetApp
from tui.ui.drivers.terminal_driver import TerminalDriver


class SampleApp(App[None]):
    BINDINGS = [("x", "set('by binding')", "")]  # noqa: RUF012  # as Textual's own tests write it

    def __init__(self) -> None:
        super().__init__()
        self.value = ""

    def action_set(self, value: str) -> None:
        self.value = value


@pytest.fixture
async def driver(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A driver that is not started, on a pseudo-terminal."""
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w+b", buffering=0) as stream:
        monkeypatch.setattr("sys.__stdin__", stream)
        yield LinuxDriver(SampleApp())
    os.close(leader)


def keys(sequence: str) -> list[str]:
    found = internals.EscapeParser().parse(sequence)
    return [event.key for event in found if isinstance(event, events.Key)]


def test_key_sequence_becomes_a_key_event() -> None:
    assert keys("\x1b[A") == ["up"]
    assert keys("j") == ["j"]


def test_escape_and_alt_become_keys_at_once() -> None:
    assert keys("\x1b") == ["escape"]
    assert keys("\x1bj") == ["alt+j"]


@pytest.mark.parametrize(
    "sequence", ["\x1b[97;5:3u", "\x1b[1114112u", "\x1b[?62;22c", f"\x1b[{'1;' * 40}c"]
)
def test_sequence_that_textual_does_not_know_is_dropped(sequence: str) -> None:
    parser = internals.EscapeParser()
    assert not parser.parse(sequence)
    [event] = parser.parse("\x1b[A")
    assert isinstance(event, events.Key)
    assert event.key == "up"


async def test_error_from_outside_ends_the_app() -> None:
    with pytest.raises(RuntimeError, match="from outside"):
        async with SampleApp().run_test() as pilot:
            internals.handle_exception(pilot.app, RuntimeError("from outside"))


async def test_recorded_error_is_raised_again_by_run_test() -> None:
    async def record_two() -> None:
        async with SampleApp().run_test() as pilot:
            for message in ("the first", "the second"):
                internals.record_exception(pilot.app, RuntimeError(message))

    with pytest.raises(RuntimeError, match="the first"):
        await record_two()


async def test_binding_of_a_key_runs_at_once() -> None:
    app = SampleApp()
    async with app.run_test() as pilot:
        app.set_focus(None)
        await pilot.pause()
        assert await internals.run_binding(app, "x")
        assert app.value == "by binding"
        assert not await internals.run_binding(app, "y")


async def test_running_app_has_a_driver() -> None:
    app = SampleApp()
    assert internals.current_driver(app) is None
    async with app.run_test():
        assert internals.current_driver(app) is not None


async def test_output_of_a_driver_can_be_wrapped(driver: LinuxDriver) -> None:
    internals.wrap_output(driver, lambda stream: ("wrapped", stream))
    wrapped: list[object] = []
    internals.wrap_output(driver, wrapped.append)
    assert wrapped == [("wrapped", sys.__stderr__)]
    assert "WriterThread(self._file)" in inspect.getsource(LinuxDriver.start_application_mode)


async def test_driver_that_has_not_started_neither_reads_nor_writes(driver: LinuxDriver) -> None:
    assert not internals.is_writing(driver)
    assert not internals.is_reading_keys(driver)


async def test_driver_reads_as_long_as_its_thread_runs(driver: LinuxDriver) -> None:
    thread = Thread(target=lambda: None)
    driver._key_thread = thread
    thread.start()
    thread.join()
    assert not internals.is_reading_keys(driver)
    for method, assignment in (
        (LinuxDriver.start_application_mode, "self._key_thread = Thread("),
        (LinuxDriver.start_application_mode, "self._writer_thread = WriterThread("),
        (LinuxDriver.close, "self._writer_thread"),
    ):
        assert assignment in inspect.getsource(method)


async def test_mouse_can_be_disabled(driver: LinuxDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(driver, "write", written.append)
    internals.disable_mouse(driver)
    assert "\x1b[?1000l" in written


def test_link_has_the_id_that_was_set() -> None:
    style = Style(link="https://example.org").copy()
    internals.set_link_id(style, "abc")
    assert "id=abc;https://example.org" in style.render("text")


@pytest.mark.parametrize("disabled", [True, False])
async def test_popups_can_be_disabled(*, disabled: bool) -> None:
    app = SampleApp()
    async with app.run_test(tooltips=True, notifications=True) as pilot:
        if disabled:
            internals.disable_popups(app)
        await app.push_screen(Screen())
        await pilot.pause()
        ids = {widget.id for widget in app.screen.walk_children()}
        assert ({"textual-tooltip", "textual-toastrack"} <= ids) is not disabled


async def test_widget_that_watches_the_app_can_be_forgotten() -> None:
    app = SampleApp()
    async with app.run_test() as pilot:
        area = TextArea()
        await app.mount(area)
        watchers = getattr(app, "__watchers").values()  # as Textual calls it
        assert any(widget is area for each in watchers for widget, _ in each)
        await area.remove()
        await pilot.pause()
        internals.forget_watcher(app, area)
        assert not any(widget is area for each in watchers for widget, _ in each)


def test_styles_of_backgrounds_do_not_keep_widgets() -> None:
    internals.share_background_styles()
    cache = StylesCache()
    reference = weakref.ref(cache)
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    inner, outer = cache.get_inner_outer(black, white)
    assert (inner.background, outer.background) == (white, black)
    assert StylesCache().get_inner_outer(black, white)[0] is inner
    del cache
    assert reference() is None


@pytest.mark.parametrize(
    ("ours", "theirs", "name"),
    [
        (BroadsheetApp, App, "_handle_exception"),
        (TerminalDriver, LinuxDriver, "_get_terminal_size"),
    ],
)
def test_overridden_method_has_the_same_parameters(ours: type, theirs: type, name: str) -> None:
    assert name in vars(ours)
    ours_, theirs_ = (inspect.signature(getattr(each, name)) for each in (ours, theirs))
    assert list(ours_.parameters) == list(theirs_.parameters)


def test_textual_calls_the_overridden_methods() -> None:
    from textual import message_pump

    assert "._handle_exception(error)" in inspect.getsource(message_pump)
    assert "self._get_terminal_size()" in inspect.getsource(LinuxDriver)


OVERRIDDEN = {"_handle_exception", "_get_terminal_size"}


def modules() -> Iterator[ModuleType]:
    for module in walk_packages(tui.ui.__path__, "tui.ui."):
        if module.name != internals.__name__:
            yield import_module(module.name)


@cache
def private_names(textual_class: type) -> frozenset[str]:
    """Return the private names that a class of Textual's defines or assigns to ``self``."""
    assigned = re.findall(
        r"self\.(_[a-z]\w*)\b(?:: [^=\n]+)? =[^=]", inspect.getsource(textual_class)
    )
    return frozenset({*vars(textual_class), *assigned})


def used_names(ours: type) -> set[str]:
    """Return the private names that one of our classes uses or defines."""
    tree = ast.parse(dedent(inspect.getsource(ours)))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    methods = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return {name for name in attributes | methods if re.match("_[a-z]", name)}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_no_other_module_uses_private_parts(module: ModuleType) -> None:
    assert not re.search(r"(from|import) (textual|rich)[\w.]*\._", inspect.getsource(module))
    for _name, value in inspect.getmembers(module, inspect.isclass):
        if value.__module__ != module.__name__:
            continue
        for base in value.__mro__:
            if base.__module__.startswith(("textual", "rich")):
                assert not (used_names(value) & private_names(base)) - OVERRIDDEN, base
