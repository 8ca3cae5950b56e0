"""What Broadsheet runs on: packages, styles, the terminal; and its log."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from tui.cli.commands.doctor.check_result import CheckResult
from tui.config.paths import log_file
from tui.config.resources import sample_data, stylesheets
from tui.storage.folder import TinyDbFolder
from tui.terminal.capabilities import ALL, NONE, UNUSABLE, is_utf8, terminal_of

_PACKAGES = (
    "broadsheet",
    "textual",
    "rich",
    "tinydb",
    "orjson",
    "filelock",
    "platformdirs",
    "markdown-it-py",
)

COLUMNS, LINES = 40, 12
"""The smallest screen on which there is room for papers."""


def versions() -> CheckResult:
    """Tell the versions of what we are made of."""
    told, missing = [], []
    for name in _PACKAGES:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    told.append(f"Python {platform.python_version()}")
    if missing:
        told.append(f"missing: {' '.join(missing)}; install Broadsheet anew")
    return CheckResult(not missing, "versions", ", ".join(told))


def styles() -> Iterator[CheckResult]:
    """Tell whether what comes with the program is there."""
    sheets = stylesheets()
    told = str(sheets[0].parent) if sheets else "missing; install Broadsheet anew"
    yield CheckResult(bool(sheets), "styles", told)
    is_there = sample_data().is_dir()
    told = "" if is_there else " (missing; install Broadsheet anew)"
    yield CheckResult(is_there, "sample data", f"{sample_data()}{told}")


def log() -> CheckResult:
    """Tell where failures are logged, and when the last one was."""
    file = log_file()
    try:
        logged = datetime.fromtimestamp(file.stat().st_mtime)
    except FileNotFoundError:
        told = "nothing was logged"
    except OSError as error:
        return CheckResult(
            False, "log", f"{file}: {error.strerror}; see to it that you can read it"
        )
    else:
        told = f"last written {logged:%Y-%m-%d %H:%M}; send it along if you report a mistake"
    if not TinyDbFolder(file.parent, 0).is_writable():
        return CheckResult(False, "log", f"{file}: cannot be written; chmod -R u+rwX {file.parent}")
    return CheckResult(True, "log", f"{file}: {told}")


def terminal() -> CheckResult:
    """Tell what the terminal can show."""
    where = _where()
    if not sys.stdout.isatty():
        return CheckResult(True, "terminal", f"none: output goes to a file or a pipe{where}")
    size = shutil.get_terminal_size()
    name, encoding = os.environ.get("TERM", ""), sys.stdout.encoding
    can = terminal_of(os.environ, encoding)
    colours = {NONE: "no colours", ALL: "all colours"}.get(can.colours, f"{can.colours} colours")
    signs = "all signs" if can.has_signs else "signs of ASCII"
    told = f"{name or 'unknown'}, {size.columns} × {size.lines}, {encoding}, {colours}, {signs}"
    to_do = []
    if name in UNUSABLE:
        to_do.append("set TERM to what your terminal is, as xterm-256color")
    if size.columns < COLUMNS or size.lines < LINES:
        to_do.append(f"make it {COLUMNS} × {LINES} or larger")
    if not is_utf8(encoding):
        to_do.append("set LANG to one with UTF-8, as C.UTF-8")
    return CheckResult(not to_do, "terminal", "; ".join([told + where, *to_do]))


def _where() -> str:
    """Tell what lies between us and the reader."""
    remote = ", over SSH" if terminal_of(os.environ, "").is_remote else ""
    return remote + (", inside tmux" if os.environ.get("TMUX") else "")
