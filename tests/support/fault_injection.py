"""The program with one function of it broken, as a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support.home import Home

SECRET = "nobody-may-read-this"
"""What a broken function holds and says."""

BROKEN = 3
"""The exit code of what nobody foresaw."""

_SCRIPT = """
import inspect, os, sys
from importlib import import_module

place, kind, secret, trigger, *words = sys.argv[1:]
module, _, path = place.partition(":")
*above, name = path.split(".")
owner = import_module(module)
for each in above:
    owner = getattr(owner, each)
whole = getattr(owner, name)

def fail(*given, **named):
    held = [secret, given, named]
    if trigger and not os.path.exists(trigger):
        return whole(*given, **named)
    if trigger:
        with open(trigger, "a") as counted:
            counted.write(".")
    if kind == "OSError":
        raise OSError(28, "No space left on device", secret)
    if kind == "RecursionError":
        return fail(*given, **named)
    try:
        {}[secret]
    except KeyError as error:
        raise getattr(__builtins__, kind)(f"about {secret}") from error

async def fail_later(*given, **named):
    return fail(*given, **named)

setattr(owner, name, fail_later if inspect.iscoroutinefunction(whole) else fail)

from tui.cli.main import main
sys.exit(main(words))
"""


def breaking(home: Home, place: str, kind: str = "ValueError", trigger: Path | None = None) -> Home:
    """Return the same home with a program in which a function raises.

    Args:
        home: a reader's.
        place: the function, as ``tui.library.library:Library.papers``.
        kind: what it raises.
        trigger: a file; only once it is there, the function fails, and then adds a byte to it.
    """
    script = (sys.executable, "-c", _SCRIPT, place, kind, SECRET, str(trigger or ""))
    return Home(home.root, home.more, script)


def log_of(home: Home) -> Path:
    """Return where the log of a home lies."""
    return home.state / "log" / "broadsheet.log"


def logged(home: Home) -> str:
    """Return the log, of which nobody else may read anything, and which holds no secret."""
    file = log_of(home)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    text = file.read_text(encoding="utf-8")
    assert SECRET not in text
    return text
