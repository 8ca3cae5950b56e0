"""``[[commands]]`` in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.config.own_commands import OwnCommand
from tui.config.settings_file import load_settings, settings_in_effect

TEXT = """
[[commands]]
name = "Translate"
run = "llm {markdown_file}"
key = "ctrl+t"
mode = "summary"

[[commands]]
name = "Print"
run = "lp '{title}' | cat"
on = "selection"
input = "markdown"
shell = true
confirm = true
"""


def test_commands_are_loaded_and_shown(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(TEXT)
    settings, problems = load_settings(file)
    assert problems == []
    assert settings.commands == (
        OwnCommand("Translate", "llm {markdown_file}", "ctrl+t", "summary"),
        OwnCommand(
            "Print",
            "lp '{title}' | cat",
            on="selection",
            input="markdown",
            shell=True,
            confirm=True,
        ),
    )
    # What is shown can be used as a file.
    file.write_text("\n".join(settings_in_effect(settings)))
    assert load_settings(file)[0].commands == settings.commands


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('commands = "x"', "must be tables such as"),
        ("[[commands]]\nname = 'x'", "1: run is missing"),
        ("[[commands]]\nname = 'x'\nrun = 'x'\nmod = 'show'", "did you mean 'mode'?"),
        ("[[commands]]\nname = 'x'\nrun = 'x'\nmode = 'shw'", "did you mean 'show'?"),
        ("[[commands]]\nname = 'x'\nrun = 'x'\nshell = 1", "shell must be true or false"),
        ("[[commands]]\nname = 'x'\nrun = \"x 'y\"", "a quote is not closed"),
        ("[[commands]]\nname = 'x'\nrun = 'x'\nkey = 'j'", "already bound to 'move.down'"),
        ("[[commands]]\nname = 'x'\nrun = 'x'\nkey = 'y'", "already bound to 'copy.link'"),
        ("[[commands]]\nname = 'x'\nrun = 'x'\nkey = 'crtl+x'", "there is no key"),
        (
            "[[commands]]\nname = 'x'\nrun = 'x'\nkey = 'f5'\n"
            "[[commands]]\nname = 'y'\nrun = 'y'\nkey = 'f5'",
            "two commands have the key 'f5'",
        ),
        (
            "[[commands]]\nname = 'x'\nrun = 'x'\nmode = 'summary'\non = 'selection'",
            "a summary is of one paper",
        ),
    ],
)
def test_invalid_command_is_a_problem(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    settings, problems = load_settings(file)
    assert settings.commands == ()
    [problem] = problems
    assert message in problem.message
    assert problem.line > 0
