"""The command line. Each command is imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

from tui.cli.arguments import BROWSER, COMMANDS, parser_of
from tui.cli.output import (
    BROKEN,
    FAILED,
    OK,
    CommandError,
    printable,
    reason,
    warn,
    warn_of_failure,
)
from tui.runtime.crash_report import record

if TYPE_CHECKING:
    import argparse
    from sys import UnraisableHookArgs
    from typing import TypeAlias

    _Parsed: TypeAlias = argparse.Namespace | SimpleNamespace

INTERRUPTED = 130
"""What a shell says of a program that Ctrl+C ended."""


def _parse(words: Sequence[str]) -> _Parsed:
    """Parse the command line; exits 2 with a sentence where it cannot be understood."""
    if not words or words[0] not in COMMANDS:
        are_paths = not any(word.startswith("-") for word in words)
        return _only(words) if are_paths else _parse_browser(words)
    name, *rest = words
    parser = parser_of(name)
    named = _named(parser, rest)
    takes_query = any(action.dest == "query" for action in named._actions)
    hint = "a query that begins with '-' follows '--'" if takes_query else ""
    # Of '-pruning', argparse would make '-p runing', and of '-hallucination' a call for help.
    short = tuple(each for each in named._option_string_actions if len(each) == 2)
    for word in rest:
        if word == "--":
            break
        if word.startswith(short) and len(word) > 2 and not word.startswith("--"):
            _refuse(named, word, hint or f"put a space after '{word[:2]}'")
    parsed, odd = parser.parse_known_args(rest)
    if odd:
        if takes_query and not odd[0].startswith("-"):
            named.error(f"{printable(odd[0])}: put quotes around a query of several words")
        _refuse(named, odd[0], hint)
    return parsed


def _only(paths: Sequence[str]) -> SimpleNamespace:
    """Return what the browser's parser makes of paths alone, without the time it takes."""
    return SimpleNamespace(
        path=list(paths), min_votes=None, date=None, query=None, run="browse:run"
    )


def _parse_browser(words: Sequence[str]) -> argparse.Namespace:
    parser = parser_of(BROWSER)
    # Paths may stand before and after options; what follows '--' is too much for argparse then.
    end = words.index("--") if "--" in words else len(words)
    parsed, odd = parser.parse_known_intermixed_args(words[:end])
    if odd:
        _refuse(parser, odd[0], "a path that begins with '-' follows '--'")
    parsed.path += words[end + 1 :]
    return parsed


def _named(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of the command within a command that the first word names, if any."""
    import argparse

    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and words:
            found: argparse.ArgumentParser = action.choices.get(words[0], parser)
            return found
    return parser


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
    module, _, function = parsed.run.partition(":")
    try:
        run = getattr(import_module(f"tui.cli.commands.{module}"), function)
        code: int = _paged(run, parsed) if getattr(parsed, "pager", False) else run(parsed)
    except CommandError as error:
        warn(str(error))
        return FAILED
    return code


def _paged(run: Callable[[_Parsed], int], parsed: _Parsed) -> int:
    # Few ask for it.
    from tui.cli.pager import paged

    with paged():
        return run(parsed)


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
