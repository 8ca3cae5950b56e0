"""Completion scripts, in real shells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tests.support.requirements import require_programs
from tui.cli.commands import COMMANDS
from tui.cli.commands.completion import SHELLS

START = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}

LOAD = {
    "bash": "PS1='$ '; eval \"$(cat ./script)\"",
    "zsh": "PS1='$ '; autoload -U compinit; compinit -u -D; eval \"$(cat ./script)\"",
    "fish": "function fish_prompt; echo '$ '; end; source ./script",
}
"""Commands that load the script and set a prompt that shows when the shell is ready."""


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, home: Home) -> Iterator[PseudoTerminal]:
    """Return a shell with the script loaded, in a folder that contains a file and a folder."""
    name = request.param
    require_programs(name)
    result = home.run("completion", name)
    assert (result.code, result.err) == (0, "")
    (home.root / "script").write_text(result.out, encoding="utf-8")
    (home.root / "digests in May").mkdir()
    (home.root / "note.md").touch()
    (home.root / "home").mkdir(exist_ok=True)
    programs = home.root / "bin"
    programs.mkdir()
    program = programs / "broadsheet"
    # Completion must never run the program.
    program.write_text("#!/bin/sh\ntouch ./was-run\n", encoding="utf-8")
    program.chmod(0o755)
    environment = home.environment
    environment["PATH"] = f"{programs}:{environment['PATH']}"
    with PseudoTerminal(START[name], environment=environment, at=home.root) as terminal:
        terminal.send(f"{LOAD[name]}; echo rea''dy\r")
        terminal.wait_for("ready")
        yield terminal
        assert not (home.root / "was-run").exists()


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("broadsheet li", "broadsheet list"),
        ("broadsheet compl", "broadsheet completion"),
        ("broadsheet completion z", "broadsheet completion zsh"),
        # Zsh first displays the description.
        ("broadsheet list --form", "--format"),
        ("broadsheet list --format js", "broadsheet list --format json"),
        ("broadsheet show --format m", "broadsheet show --format markdown"),
        ("broadsheet help rel", "broadsheet help reliability"),
        ("broadsheet --min", "broadsheet --min-votes"),
        ("broadsheet export -o no", "broadsheet export -o note.md"),
        ("broadsheet add no", "broadsheet add note.md"),
        ("broadsheet no", "broadsheet note.md"),
        ("broadsheet list -p dig", "broadsheet list -p digests\\ in\\ May/"),
    ],
)
def test_tab_completes_the_last_word(shell: PseudoTerminal, text: str, completed: str) -> None:
    shell.send(text + "\t")
    shell.wait_for(completed)


def test_choices_are_listed(shell: PseudoTerminal) -> None:
    shell.send("broadsheet list --format \t\t")
    shell.wait_for(lambda text: all(choice in text for choice in ("table", "json", "csv", "ids")))


def test_commands_are_listed(shell: PseudoTerminal) -> None:
    shell.send("broadsheet \t\t")
    shell.wait_for(lambda text: all(command in text for command in COMMANDS))


@pytest.mark.parametrize("shell_name", SHELLS)
def test_every_command_and_option_is_in_the_script(home: Home, shell_name: str) -> None:
    script = home.run("completion", shell_name).out
    for command in COMMANDS:
        assert command in script
    for option in ("min-votes", "rebuild", "limit", "output", "init"):
        assert option in script


def test_unknown_shell_is_rejected(home: Home) -> None:
    result = home.run("completion", "tcsh")
    assert (result.code, result.out) == (2, "")
    assert "invalid choice: 'tcsh'" in result.err


def test_script_can_be_redirected_to_a_file(home: Home, tmp_path: Path) -> None:
    script = tmp_path / "c"
    assert home.shell(f"broadsheet completion bash > '{script}' && bash -n '{script}'").code == 0
