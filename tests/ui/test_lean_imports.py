from __future__ import annotations

import os
import subprocess
import sys

from tui.runtime.tuning import PLAIN

IMPORT = "import sys; from tui.ui.lean_imports import import_textual; import_textual();"


def run(program: str, **variables: str) -> str:
    return run_alone(IMPORT + program, **variables)


def run_alone(program: str, **variables: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != PLAIN}
    command = [sys.executable, "-c", program]
    process = subprocess.run(
        command, env={**environment, **variables}, capture_output=True, text=True, check=True
    )
    return process.stdout.strip()


UNNEEDED = {"ssl", "textual.command", "textual.types", "textual.widgets._input"}


def test_unneeded_modules_are_not_imported() -> None:
    program = f"import tui.ui.app; print(*{UNNEEDED} & {{*sys.modules}})"
    assert run(program) == ""
    assert {*run(program, **{PLAIN: "1"}).split()} == UNNEEDED


def test_unneeded_modules_can_be_imported_later() -> None:
    program = (
        "import ssl, textual.types; ssl.create_default_context();"
        "from textual.command import CommandPalette, Provider;"
        "from textual.widgets import DirectoryTree, Input, Select;"
        "from tui.ui.screens.command_palette import KeyCommands;"
        "print(Provider.__mro__, CommandPalette.__mro__, textual.types.NoSelection.__module__)"
    )
    assert run(program) == run(program, **{PLAIN: "1"}) != ""


def test_module_that_was_imported_before_is_kept() -> None:
    assert (
        run(
            "before = sys.modules['textual']; import_textual(); "
            "print(before is sys.modules['textual'])"
        )
        == "True"
    )
    program = "import ssl, textual.command; before = ssl; import_textual(); print(ssl is before)"
    assert run(program) == "True"


def test_textual_is_imported_as_usual_if_it_needs_more_than_before() -> None:
    program = (
        "import sys; from tui.ui import lean_imports;"
        "lean_imports.PALETTE_NAMES = lean_imports.PALETTE_NAMES[1:];"
        "lean_imports.import_textual();"
        "import tui.ui.app, textual.app;"
        "print(textual.app.CommandPalette.__module__, 'textual.widgets._input' in sys.modules)"
    )
    assert run_alone(program) == "textual.command True"
