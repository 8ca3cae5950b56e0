"""The stylesheets name classes that exist."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from textual.widget import Widget

import tui.ui
from tui.ui.app import BroadsheetApp

STYLES = sorted((Path(__file__).parents[2] / "styles").glob("*.tcss"))


def widget_names() -> set[str]:
    """Return the names of the app and of all imported widget classes, Textual's included."""
    for module in pkgutil.walk_packages(tui.ui.__path__, "tui.ui."):
        importlib.import_module(module.name)
    names = {BroadsheetApp.__name__}
    classes: list[type[Widget]] = [Widget]
    while classes:
        one = classes.pop()
        names.add(one.__name__)
        classes += one.__subclasses__()
    return names


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_type_selectors_name_existing_classes(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{}]*)\{", text))
    named = set(re.findall(r"(?<![\w.#:$-])[A-Z]\w+", selectors))
    assert named <= widget_names()
