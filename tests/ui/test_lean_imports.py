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


def test_unneeded_modules_are_not_imported() -> None:
    program = (
        "import tui.ui.app;"
        "print(*{'ssl', 'textual.command', 'textual.types', 'textual.widgets._select'}"
        " & {*sys.modules})"
    )
    assert run(program) == "textual.command"
    assert len(run(program, **{PLAIN: "1"}).split()) == 4


def test_unneeded_modules_can_be_imported_later() -> None:
    program = (
        "import ssl, textual.types; ssl.create_default_context();"
        "from textual.widgets import DirectoryTree, Input, Select;"
        "print(textual.types.NoSelection.__module__, textual.types.IgnoreReturnCallbackType)"
    )
    assert run(program) == run(program, **{PLAIN: "1"}) != ""


def test_module_that_was_imported_before_is_kept() -> None:
    assert run("import_textual(); print('textual.command' in sys.modules)") == "True"
    program = "import ssl, textual.types; before = ssl; import_textual(); print(ssl is before)"
    assert run(program) == "True"


def test_textual_is_imported_as_usual_if_it_needs_more_than_before() -> None:
    program = (
        "import sys; from types import ModuleType; from tui.ui import lean_imports;"
        "forgetful = {'__setattr__': lambda *_: None};"
        "lean_imports.ModuleType = type('Forgetful', (ModuleType,), forgetful);"
        "lean_imports.import_textual();"
        "import tui.ui.app; print('textual.widgets._select' in sys.modules)"
    )
    assert run_alone(program) == "True"
