"""How deep our classes are below Textual's."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import walk_packages

from textual.app import App
from textual.widget import Widget

import tui.ui

MAX_DEPTH = 2
"""Our classes in one line of inheritance below a class of Textual's."""


def our_classes() -> Iterator[type]:
    for module in walk_packages(tui.ui.__path__, "tui.ui."):
        for _name, value in getmembers(import_module(module.name), isclass):
            if value.__module__ == module.name and issubclass(value, App | Widget):
                yield value


def test_no_widget_or_app_is_deep_below_textuals() -> None:
    found = {
        value: [base for base in value.__mro__ if base.__module__.startswith("tui.")]
        for value in our_classes()
    }
    assert len(found) > 10
    assert not {value.__name__ for value, bases in found.items() if len(bases) > MAX_DEPTH}
