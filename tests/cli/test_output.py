from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

import pytest

import tui.cli
from tests.hostile.stream import invisible_characters
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tui.cli.output import CommandError, command_errors, plural

FOLDER = Path(tui.cli.__path__[0])


def test_plural_depends_on_the_number() -> None:
    assert [plural(number, "paper") for number in (0, 1, 2)] == ["0 papers", "1 paper", "2 papers"]


def test_errors_become_command_errors_with_path_and_advice() -> None:
    with (
        pytest.raises(CommandError, match=r"^cannot write /full: no space left"),
        command_errors(prefix="cannot write "),
    ):
        raise OSError(28, "No space left on device", "/full")
    with pytest.raises(KeyError), command_errors():
        raise KeyError


def _printing_calls(file: Path) -> set[str]:
    """Return the calls in a module that could print a value as it is."""
    nodes = ast.walk(ast.parse(file.read_text()))
    calls = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    return calls & {
        "print", "Text", "Console", "Text.from_markup",
        *(f"sys.{name}.{method}"
          for name in ("stdout", "stderr", "stdout.buffer", "__stdout__")
          for method in ("write", "writelines")),
    }  # fmt: skip


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.py")), ids=lambda file: file.stem)
def test_only_one_module_prints(file: Path) -> None:
    assert file.name == "output.py" or not _printing_calls(file)


@pytest.mark.parametrize("value", ["\x9b31m \u202e \U000e0041 é\xa0x", "a\nb"])
def test_json_on_a_terminal_has_the_same_values(home: Home, value: str) -> None:
    script = f"from tui.cli.output import print_json; print_json([{value!r}])"
    command = [sys.executable, "-c", script]
    with PseudoTerminal(command, environment=home.environment) as terminal:
        assert terminal.wait() == 0
        printed = terminal.raw.decode()
    assert json.loads(printed) == [value]
    assert invisible_characters(terminal.raw) == set()
    exact = Home(home.root, program=(sys.executable, "-c", script)).run()
    assert exact.out == json.dumps([value], ensure_ascii=False, indent=2) + "\n"
