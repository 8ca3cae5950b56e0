"""What ``broadsheet`` itself may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments import COMMANDS
from tui.cli.arguments.common import whole_number


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"broadsheet {version('broadsheet')}")
        parser.exit()


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what the browser opens with."""
    parser.description = "Read the day's research papers in a terminal."
    parser.epilog = (
        "commands:\n"
        + "".join(f"  {name:<10} {words}\n" for name, words in COMMANDS.items())
        + "\n'broadsheet COMMAND -h' tells more. A first word that is no command is a path."
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--version", action=_Version, nargs=0,
                        default=argparse.SUPPRESS, help="print the version")  # fmt: skip
    parser.add_argument("path", nargs="*", metavar="PATH", help="a digest, or a folder of them")
    parser.add_argument("--min-votes", type=whole_number, metavar="N",
                        help="the first vote threshold")  # fmt: skip
    parser.add_argument("--date", metavar="D", help="the first date: a day, a month or a year")
    parser.add_argument("--query", metavar="Q", help="show only what this query finds")
    parser.set_defaults(run="browse:run")
