"""Run the program with one of its functions replaced by a function that raises."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support.home import Home

SECRET = "nobody-may-read-this"
"""Part of the error's arguments, variables and message, which the log must not contain."""

INTERNAL_ERROR = 3
"""Exit code after an unexpected error."""

_SCRIPT = """
import inspect, os, sys
from importlib import import_module

function, error_type, secret, trigger, *arguments = sys.argv[1:]
module, _, path = function.partition(":")
*parents, name = path.split(".")
owner = import_module(module)
for parent in parents:
    owner = getattr(owner, parent)
original = getattr(owner, name)

def fail(*args, **kwargs):
    local_variable = [secret, args, kwargs]
    if trigger and not os.path.exists(trigger):
        return original(*args, **kwargs)
    if trigger:
        with open(trigger, "a") as counter:
            counter.write(".")
    if error_type == "OSError":
        raise OSError(28, "No space left on device", secret)
    if error_type == "RecursionError":
        return fail(*args, **kwargs)
    try:
        {}[secret]
    except KeyError as error:
        raise getattr(__builtins__, error_type)(f"about {secret}") from error

async def fail_async(*args, **kwargs):
    return fail(*args, **kwargs)

setattr(owner, name, fail_async if inspect.iscoroutinefunction(original) else fail)

from tui.cli.main import main
sys.exit(main(arguments))
"""


def with_fault(
    home: Home, function: str, error_type: str = "ValueError", trigger: Path | None = None
) -> Home:
    """Return the same home with a program in which a function raises.

    Args:
        home: the user's folders.
        function: for example ``tui.library.library:Library.papers``.
        error_type: name of the built-in exception.
        trigger: a file; the function fails only once it exists, and appends a byte at each failure.
    """
    program = (sys.executable, "-c", _SCRIPT, function, error_type, SECRET, str(trigger or ""))
    return Home(home.root, home.extra_environment, program)


def log_path(home: Home) -> Path:
    """Return the path of a home's crash log."""
    return home.state / "log" / "broadsheet.log"


def read_log(home: Home) -> str:
    """Return the crash log; check that only its owner can read it and that it has no secret."""
    file = log_path(home)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    text = file.read_text(encoding="utf-8")
    assert SECRET not in text
    return text
