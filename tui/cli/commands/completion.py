"""``broadsheet completion``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from tui.cli.arguments import command_parser
from tui.cli.commands import BROWSE, COMMANDS
from tui.cli.output import print_line, print_text

SHELLS = ("bash", "zsh", "fish")

_FILE_METAVARS = {"PATH", "FILE", "FOLDER"}
"""Arguments with one of these metavars are completed with file names."""

DAYS = ("today", "yesterday")
RELATIVE_DATES = (*DAYS, "week", "month", "year", "7d", "30d")
"""Dates to complete; any other date is valid as well."""

# The first word is a command or a path, but for Bash and Zsh shtab completes only one of the two.

_ZSH_PREAMBLE = """\
_broadsheet_first() {
  _alternative 'commands:command:_shtab_broadsheet_commands' 'files:file:_files'
}
_shtab_broadsheet_options+=(': :_broadsheet_first' '*::: :->broadsheet')
_shtab_broadsheet_defaults_added=1"""

_BASH_POSTSCRIPT = "complete -o bashdefault -o default -F _shtab_broadsheet broadsheet"
"""Replaces the last line of shtab's script, so that Bash completes files if no command matches."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def run(arguments: argparse.Namespace) -> None:
    """Print a script that makes a shell complete commands, options and file names."""
    import shtab

    from tui.config.manual import TOPICS

    parser = command_parser(BROWSE)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, summary in COMMANDS.items():
        subparser = commands.add_parser(name, help=summary, description=summary)
        import_module(f"tui.cli.commands.{name}").add_arguments(subparser)
    for action in _all_actions(parser):
        if _FILE_METAVARS & set(str(action.metavar).split("|")):
            # The attribute in which shtab expects the completion of an argument.
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar == "TOPIC":
            action.choices = tuple(TOPICS)
        elif action.dest == "date":
            is_browse = action in parser._actions
            action.choices = RELATIVE_DATES if is_browse else DAYS
    if arguments.shell != "fish":
        for action in parser._get_positional_actions():
            if action.metavar == "PATH":
                parser._remove_action(action)
    preamble = _ZSH_PREAMBLE if arguments.shell == "zsh" else ""
    print_text([shtab.complete(parser, arguments.shell, preamble=preamble), "\n"])
    if arguments.shell == "bash":
        print_line(_BASH_POSTSCRIPT)


def _all_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for subparser in action.choices.values():
                yield from _all_actions(subparser)
