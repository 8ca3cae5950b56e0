"""``broadsheet completion``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import shtab

from tui.cli.arguments import whole_parser
from tui.cli.output import OK

FILES = {"PATH", "FILE", "FOLDER"}
"""What arguments are called that files complete; some may be something else as well."""

# A first word is a command or a path, and what shtab writes offers either the one or the other; but
# for Fish both.

_FIRST_IN_ZSH = """\
_broadsheet_first() {
  _alternative 'commands:command:_shtab_broadsheet_commands' 'files:file:_files'
}
_shtab_broadsheet_options+=(': :_broadsheet_first' '*::: :->broadsheet')
_shtab_broadsheet_defaults_added=1"""

_FIRST_IN_BASH = "complete -o bashdefault -o default -F _shtab_broadsheet broadsheet"
"""Has Bash offer files where no command fits, in place of what shtab ends with."""


def run(arguments: argparse.Namespace) -> int:
    """Print the script by which a shell completes our commands, options and files."""
    parser = whole_parser()
    for action in _actions(parser):
        if FILES & set(str(action.metavar).split("|")):
            # The name by which shtab finds what completes an argument.
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    if arguments.shell != "fish":
        for action in parser._get_positional_actions():
            if action.metavar == "PATH":
                parser._remove_action(action)
    first = _FIRST_IN_ZSH if arguments.shell == "zsh" else ""
    print(shtab.complete(parser, arguments.shell, preamble=first))
    if arguments.shell == "bash":
        print(_FIRST_IN_BASH)
    return OK


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
