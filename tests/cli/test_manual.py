"""The manual page, formatted by groff and man."""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.requirements import require_programs
from tui.cli.arguments import command_parser
from tui.cli.commands import BROWSE, COMMANDS


@pytest.fixture
def file(home: Home) -> Path:
    result = home.run("man")
    assert (result.code, result.err) == (0, "")
    file = home.root / "broadsheet.1"
    file.write_text(result.out, encoding="utf-8")
    return file


def test_groff_prints_no_warnings(file: Path) -> None:
    require_programs("groff")
    command = ["groff", "-man", "-ww", "-Tutf8", "-Z", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stderr == ""


def argument_names(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the names of all arguments and subcommands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command, within in action.choices.items():
                yield command
                yield from argument_names(within)
        else:
            yield from action.option_strings or [str(action.metavar or action.dest)]


def test_man_shows_every_command_and_option(file: Path, home: Home) -> None:
    require_programs("man")
    environment = {**home.environment, "MANWIDTH": "200", "MANPAGER": "cat", "TERM": "dumb"}
    command = ["man", "-l", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    # Bold characters are overstruck.
    text = re.sub(".\b", "", result.stdout)
    assert "read the day's research papers in a terminal" in text
    for name in (BROWSE, *COMMANDS):
        parser = command_parser(name)
        heading = f"   {parser.prog}\n" if name in COMMANDS else "DESCRIPTION\n"
        section = text.partition(heading)[2]
        section = re.split(r"\n   broadsheet |\nCOMMANDS|\nEXIT STATUS", section)[0]
        for option in argument_names(parser):
            assert option in section, (name, option)


def test_page_can_be_piped_to_man(home: Home) -> None:
    require_programs("man")
    result = home.shell("broadsheet man | MANPAGER=cat man -l -")
    assert result.code == 0
    assert "EXIT STATUS" in re.sub(".\b", "", result.out)
