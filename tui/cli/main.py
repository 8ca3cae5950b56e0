"""Entry point: run a command, and turn errors into one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from types import SimpleNamespace
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.commands import BROWSE, COMMANDS, RESTRICTED
from tui.runtime import first_frame
from tui.runtime.crash_log import record

if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from sys import UnraisableHookArgs

    from tui.config.policy import Policy

INTERRUPTED = 130
"""The exit code that shells use for a program ended by Ctrl+C."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run Broadsheet.

    Args:
        argv: the command line without the program's name; None means ``sys.argv``.

    Returns:
        The exit code: 0 success, 1 nothing matched, 2 wrong usage or nothing could be read or
        written, 3 internal error, 130 interrupted.
    """
    words = sys.argv[1:] if argv is None else argv
    argv, is_restricted = _without_flag(words)
    name = argv[0] if argv and argv[0] in COMMANDS else ""
    shown_name = name or "the browser"
    try:
        _prepare_streams()
        _log_unraisable_errors(shown_name)
        if sys.flags.inspect and _load_policy(is_requested=is_restricted).is_restricted:
            # Python would start its interactive shell, whatever happens in the meantime.
            output.warn("does not run in an interactive Python in restricted mode")
            os._exit(output.FAILED)
        try:
            if not name:
                first_frame.show(words)
            if "SUDO_UID" in os.environ:
                from tui.storage.sudo import files_given_back

                with files_given_back(_own_folders()):
                    return _run(name, argv[1:] if name else argv, is_restricted=is_restricted)
            return _run(name, argv[1:] if name else argv, is_restricted=is_restricted)
        finally:
            first_frame.restore()
            output.flush()
    except BrokenPipeError:
        # The program that reads our output has exited.
        output.redirect_to_null(sys.stdout, sys.stderr)
        return output.OK
    except OSError as error:
        output.redirect_to_null(sys.stdout)
        output.warn(output.describe_error(error))
        return output.FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        output.warn_of_crash(record(error, shown_name, _log_file), shown_name)
        return output.INTERNAL_ERROR


def _without_flag(argv: Sequence[str]) -> tuple[Sequence[str], bool]:
    """Return a command line without ``--restricted`` before ``--``, and whether it was there."""
    end = argv.index("--") if "--" in argv else len(argv)
    options = [word for word in argv[:end] if word != RESTRICTED]
    return [*options, *argv[end:]], len(options) < end


def _load_policy(*, is_requested: bool) -> Policy:
    from tui.config.policy import load_policy

    return load_policy(is_requested=is_requested)


def _run(name: str, argv: Sequence[str], *, is_restricted: bool) -> int:
    arguments = _parse(name, argv)
    from tui.storage.permissions import use_own_folders

    use_own_folders(_own_folders)
    policy = arguments.policy = _load_policy(is_requested=is_restricted)
    if policy.is_restricted:
        from tui.runtime.confinement import confine

        confine()
    if refusal := policy.refusal(name, arguments):
        first_frame.restore()
        output.warn(refusal)
        return output.FAILED
    command = import_module(f"tui.cli.commands.{name or BROWSE}")
    try:
        if getattr(arguments, "pager", False) and policy.may_run_programs:
            from tui.cli.pager import page_output

            with page_output():
                code = command.run(arguments)
        else:
            code = command.run(arguments)
    except output.CommandError as error:
        # The screen of the first frame would take the message with it.
        first_frame.restore()
        output.warn(error)
        return output.FAILED
    return code or output.OK


def _parse(name: str, argv: Sequence[str]) -> argparse.Namespace | SimpleNamespace:
    """Parse the arguments of a command, or of the browser if the name is empty."""
    if not name and not any(word.startswith("-") for word in argv):
        return paths_only(argv)
    from tui.cli.arguments import parse_browse, parse_command

    return parse_command(name, argv) if name else parse_browse(argv)


def paths_only(paths: Sequence[str]) -> SimpleNamespace:
    """Return what the browser's parser returns for paths, without importing argparse."""
    return SimpleNamespace(path=list(paths), min_votes=None, date=None, query=None)


def _log_unraisable_errors(command: str) -> None:
    """Write errors that cannot be caught to the log, instead of printing their traceback."""

    def log(unraisable: UnraisableHookArgs) -> None:
        # KeyboardInterrupt is not an Exception and is ignored.
        if isinstance(unraisable.exc_value, Exception):
            record(unraisable.exc_value, command, _log_file)

    sys.unraisablehook = log


def _log_file() -> Path:
    from tui.config.paths import log_file

    return log_file()


def _own_folders() -> list[Path]:
    from tui.config.paths import own_folders

    return own_folders()


def _prepare_streams() -> None:
    """Replace closed output streams, and escape characters that they cannot encode."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # The parent process closed it.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, TextIOWrapper):
            is_utf8 = stream.encoding.lower() in {"utf-8", "utf8"}
            if stream.errors == "strict" or (stream.errors == "surrogateescape" and not is_utf8):
                stream.reconfigure(errors="backslashreplace")
