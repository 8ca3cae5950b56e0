"""The command line. Each command is imported when it is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from tui.commands.output import FAILED, CommandError, warn

_DESCRIPTION = "Read the day's research papers in a terminal."


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"broadsheet {version('broadsheet')}")
        parser.exit()


def _votes(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is no number of votes")
    return int(text)


def _runner(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        found: Callable[[argparse.Namespace], int]
        found = getattr(import_module(f"tui.commands.{module}"), function)
        return found(arguments)

    return run


def _browser_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="broadsheet",
        description=_DESCRIPTION,
        epilog="Commands: list, show, sync, add, remove, sources, config, doctor; "
        "'broadsheet COMMAND -h' tells more. A first word that is none of them is a path.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    parser.add_argument("path", nargs="*", metavar="PATH", help="a digest, or a folder of them")
    parser.add_argument("--min-votes", type=_votes, metavar="N", help="the first vote threshold")
    parser.add_argument("--date", metavar="D", help="the first date: a day, a month or a year")
    parser.add_argument("--query", metavar="Q", help="show only what this query finds")
    parser.set_defaults(run=_runner("browser", "run"))
    return parser


def _command_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="broadsheet", description=_DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, words: str, module: str, function: str = "run") -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        command.set_defaults(run=_runner(module, function))
        return command

    def add_sources(command: argparse.ArgumentParser) -> None:
        command.add_argument("-p", "--path", action="append", default=[], metavar="PATH",
                             help="a digest or folder, instead of the configured ones")  # fmt: skip

    listing = add("list", "List papers.", "listing", "run_list")
    words = "what to look for; one that begins with '-' follows '--'"
    listing.add_argument("query", nargs="?", metavar="QUERY", help=words)
    add_sources(listing)
    listing.add_argument("--limit", type=_votes, metavar="N", help="print at most N papers")
    listing.add_argument("--format", choices=("table", "json", "csv", "ids"), default="table")
    show = add("show", "Show a paper with its summaries.", "listing", "run_show")
    show.add_argument("id", metavar="ID", help="an arXiv id, as 2505.04921")
    add_sources(show)
    show.add_argument("--format", choices=("markdown", "json"), default="markdown")
    syncing = add("sync", "Read changed digests; print counts and problems.", "syncing")
    add_sources(syncing)
    syncing.add_argument("--rebuild", action="store_true", help="read every digest anew")
    syncing.add_argument("--format", choices=("text", "json"), default="text")
    for name, words in (("add", "Add sources for the browser."), ("remove", "Remove sources.")):
        command = add(name, words, "sources", f"run_{name}")
        command.add_argument(
            "path", nargs="+", metavar="PATH", help="a digest, or a folder of them"
        )
    add("sources", "List the sources.", "sources", "run_sources")
    config = add("config", "Show the settings.", "settings")
    which = config.add_mutually_exclusive_group()
    which.add_argument("--path", action="store_true", help="print where the settings file is")
    which.add_argument("--show", action="store_true", help="print the settings (the default)")
    which.add_argument("--init", action="store_true", help="write a commented settings file")
    add("doctor", "Tell where things are, and whether they are well.", "doctor")
    return parser


COMMANDS = ("list", "show", "sync", "add", "remove", "sources", "config", "doctor")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; exits 2 with a sentence where it cannot be understood."""
    is_command = bool(arguments) and arguments[0] in COMMANDS
    parser = _command_parser() if is_command else _browser_parser()
    if is_command:
        _refuse_glued_path(parser, arguments)

    return parser.parse_args(arguments)


def _refuse_glued_path(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    """Refuse ``-pruning``: argparse would take it for ``-p runing``, and it is likely a query."""
    for word in arguments:
        if word == "--":
            return
        if word.startswith("-p") and len(word) > 2:
            parser.error(f"{word}: put a space after -p; a query that begins with '-' follows '--'")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Broadsheet.

    Args:
        arguments: the words of the command line; those of the process if None.

    Returns:
        The exit code: 0 fine, 1 nothing matched, 2 wrong usage or nothing could be read.
    """
    parsed = _parse(sys.argv[1:] if arguments is None else arguments)
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except CommandError as error:
        warn(str(error))
        return FAILED
    except BrokenPipeError:
        # Whoever read us has had enough. Nothing more must be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code
