"""The command line. Each command is imported when it is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

from tui.commands.output import (
    BROKEN,
    FAILED,
    OK,
    CommandError,
    printable,
    reason,
    warn,
    warn_of_failure,
)
from tui.failures import record

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

COMMANDS = {
    "list": "List papers.",
    "show": "Show a paper with its summaries.",
    "export": "Write papers as BibTeX, Markdown, CSV or JSON.",
    "sync": "Read changed digests; print counts and problems.",
    "add": "Add sources for the browser.",
    "remove": "Remove sources; their files stay.",
    "sources": "List the sources.",
    "config": "Show the settings.",
    "doctor": "Tell where things are, and whether they are well.",
}
"""What each command does, by its name."""

MOST_DIGITS = 9

INTERRUPTED = 130
"""What a shell says of a program that Ctrl+C ended."""

_DESCRIPTION = "Read the day's research papers in a terminal."


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"broadsheet {version('broadsheet')}")
        parser.exit()


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 0 up")
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
        epilog="commands:\n"
        + "".join(f"  {name:<9} {words}\n" for name, words in COMMANDS.items())
        + "\n'broadsheet COMMAND -h' tells more. A first word that is no command is a path.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    parser.add_argument("path", nargs="*", metavar="PATH", help="a digest, or a folder of them")
    parser.add_argument("--min-votes", type=_whole_number, metavar="N",
                        help="the first vote threshold")  # fmt: skip
    parser.add_argument("--date", metavar="D", help="the first date: a day, a month or a year")
    parser.add_argument("--query", metavar="Q", help="show only what this query finds")
    parser.set_defaults(run=_runner("browser", "run"))
    return parser


def _command_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of one command: the others need not be made."""

    def command(module: str, function: str = "run") -> argparse.ArgumentParser:
        parser = argparse.ArgumentParser(
            prog=f"broadsheet {name}", description=COMMANDS[name], allow_abbrev=False
        )
        parser.set_defaults(run=_runner(module, function))
        return parser

    match name:
        case "list":
            parser = command("listing", "run_list")
            _add_query(parser)
            _add_sources(parser)
            _add_limit(parser)
            _add_format(parser, "table", "json", "csv", "ids")
        case "show":
            parser = command("listing", "run_show")
            parser.add_argument("id", metavar="ID", help="an arXiv id, as 2505.04921")
            _add_sources(parser)
            _add_format(parser, "markdown", "json")
        case "export":
            parser = command("export")
            _add_query(parser)
            _add_sources(parser)
            _add_limit(parser)
            parser.add_argument("--format", choices=("bibtex", "markdown", "csv", "json"),
                                help="how to write them (default: as FILE is called, else "
                                "bibtex)")  # fmt: skip
            parser.add_argument("-o", "--output", metavar="FILE",
                                help="where to write them, in place of what is there "
                                "(default: standard output)")  # fmt: skip
        case "sync":
            parser = command("syncing")
            _add_sources(parser)
            parser.add_argument("--rebuild", action="store_true", help="read every digest anew")
            _add_format(parser, "text", "json")
        case "add":
            parser = command("sources", "run_add")
            _add_paths(parser)
        case "remove":
            parser = command("sources", "run_remove")
            _add_paths(parser)
        case "sources":
            parser = command("sources", "run_sources")
        case "config":
            parser = command("settings")
            which = parser.add_mutually_exclusive_group()
            which.add_argument("--path", action="store_true", help="print where they are kept")
            which.add_argument("--show", action="store_true", help="print them (the default)")
            which.add_argument("--init", action="store_true", help="write a commented file of them")
        case _:
            parser = command("doctor")
    return parser


def _add_query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="?", metavar="QUERY", help="what to look for, in one "
                        "argument; one that begins with '-' follows '--'")  # fmt: skip


def _add_limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=_whole_number, metavar="N",
                        help="at most N papers")  # fmt: skip


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-p", "--path", action="append", default=[], metavar="PATH",
                        help="a digest or folder, instead of the configured ones")  # fmt: skip


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", metavar="PATH", help="a digest, or a folder of them")


def _add_format(parser: argparse.ArgumentParser, *names: str) -> None:
    parser.add_argument("--format", choices=names, default=names[0],
                        help=f"how to print it (default: {names[0]})")  # fmt: skip


def _parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; exits 2 with a sentence where it cannot be understood."""
    if not words or words[0] not in COMMANDS:
        parser = _browser_parser()
        # Paths may stand before and after options; what follows '--' is too much for argparse then.
        end = words.index("--") if "--" in words else len(words)
        parsed, odd = parser.parse_known_intermixed_args(words[:end])
        if odd:
            _refuse(parser, odd[0], "a path that begins with '-' follows '--'")
        parsed.path += words[end + 1 :]
        return parsed
    name, *rest = words
    parser = _command_parser(name)
    takes_query = name in {"list", "export"}
    hint = "a query that begins with '-' follows '--'" if takes_query else ""
    # Of '-pruning', argparse would make '-p runing', and of '-hallucination' a call for help.
    short = ("-p", "-h", "-o") if name == "export" else ("-p", "-h")
    for word in rest:
        if word == "--":
            break
        if word.startswith(short) and len(word) > 2:
            _refuse(parser, word, hint or "put a space after '-p'")
    parsed, odd = parser.parse_known_args(rest)
    if odd:
        if takes_query and not odd[0].startswith("-"):
            parser.error(f"{printable(odd[0])}: put quotes around a query of several words")
        _refuse(parser, odd[0], hint)
    return parsed


def _refuse(parser: argparse.ArgumentParser, word: str, hint: str) -> NoReturn:
    is_option = word.startswith("-")
    told = (
        f"{printable(word)}: {'there is no such option' if is_option else 'is one word too many'}"
    )
    parser.error(f"{told}; {hint}" if hint else told)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Broadsheet.

    Args:
        arguments: the words of the command line; those of the process if None.

    Returns:
        The exit code: 0 fine, 1 nothing matched, 2 wrong usage or nothing could be read, 3 an
        error that nobody foresaw, 130 interrupted.
    """
    words = sys.argv[1:] if arguments is None else arguments
    command = words[0] if words and words[0] in COMMANDS else "the browser"
    try:
        _prepare_streams()
        _keep_quiet(command)
        try:
            return _run(words)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has had enough.
        _close_streams()
        return OK
    except OSError as error:
        _close_streams(sys.stdout)
        warn(reason(error))
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        warn_of_failure(record(error, command), command)
        return BROKEN


def _keep_quiet(command: str) -> None:
    """Have what fails where nobody can catch it logged, and not printed with a traceback."""

    def note(failed: UnraisableHookArgs) -> None:
        # An interrupt that comes so late is none any more.
        if isinstance(failed.exc_value, Exception):
            record(failed.exc_value, command)

    sys.unraisablehook = note


def _run(words: Sequence[str]) -> int:
    parsed = _parse(words)
    try:
        code: int = parsed.run(parsed)
    except CommandError as error:
        warn(str(error))
        return FAILED
    return code


def _prepare_streams() -> None:
    """Make sure that there is somewhere to write, and that no letter is too much for it."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # It was closed by whoever started us.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, TextIOWrapper):
            is_utf8 = stream.encoding.lower() in {"utf-8", "utf8"}
            if stream.errors == "strict" or (stream.errors == "surrogateescape" and not is_utf8):
                stream.reconfigure(errors="backslashreplace")


def _close_streams(*streams: object) -> None:
    """Let nothing more be written, not even what is still held back at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams or (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            os.dup2(nowhere, stream.fileno())
