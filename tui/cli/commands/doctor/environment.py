"""Checks of what Broadsheet runs on: packages, resource files, the log and the terminal."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from shlex import quote

from tui.cli.commands.doctor.check_result import CheckResult
from tui.config.paths import log_file
from tui.config.resources import sample_data, stylesheets
from tui.storage.disk_errors import reason
from tui.storage.folder import TinyDbFolder
from tui.terminal.capabilities import (
    MIN_COLUMNS,
    MIN_LINES,
    MONOCHROME,
    TRUE_COLOR,
    UNUSABLE_TERMS,
    detect_terminal,
    is_utf8,
)

_PACKAGES = """
    broadsheet textual rich tinydb orjson filelock platformdirs markdown-it-py
"""

_MISSING = "missing; reinstall Broadsheet"


def check_versions() -> CheckResult:
    """Return the versions of Broadsheet, its dependencies and Python."""
    found, missing = [], []
    for name in _PACKAGES.split():
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    found.append(f"Python {platform.python_version()}")
    if missing:
        found.append(f"missing: {' '.join(missing)}; reinstall Broadsheet")
    return CheckResult(not missing, "versions", ", ".join(found))


def check_resources() -> Iterator[CheckResult]:
    """Check that the files that come with the program are installed."""
    sheets = stylesheets()
    yield CheckResult(bool(sheets), "styles", str(sheets[0].parent) if sheets else _MISSING)
    is_present = sample_data().is_dir()
    note = "" if is_present else f" ({_MISSING})"
    yield CheckResult(is_present, "sample data", f"{sample_data()}{note}")


def check_log() -> CheckResult:
    """Check that the crash log can be written, and find when that was last done."""
    file = log_file()
    try:
        modified = datetime.fromtimestamp(file.stat().st_mtime)
    except FileNotFoundError:
        state = "no errors logged"
    except OSError as error:
        return CheckResult(False, "log", f"{file}: {reason(error)}; check its permissions")
    else:
        state = f"last written {modified:%Y-%m-%d %H:%M}; attach it to bug reports"
    if not TinyDbFolder(file.parent, 0).is_writable():
        remedy = f"chmod -R u+rwX {quote(str(file.parent))}"
        return CheckResult(False, "log", f"{file}: cannot be written; {remedy}")
    return CheckResult(True, "log", f"{file}: {state}")


def check_terminal() -> CheckResult:
    """Check the terminal's type, size and encoding."""
    connection = _connection()
    if not sys.stdout.isatty():
        details = f"none; output goes to a file or a pipe{connection}"
        return CheckResult(True, "terminal", details)
    size = shutil.get_terminal_size()
    name, encoding = os.environ.get("TERM", ""), sys.stdout.encoding
    terminal = detect_terminal(os.environ, encoding)
    colors = {MONOCHROME: "no colors", TRUE_COLOR: "all colors"}.get(
        terminal.colors, f"{terminal.colors} colors"
    )
    symbols = "Unicode symbols" if terminal.has_unicode else "ASCII symbols"
    found = f"{name or 'unknown'}, {size.columns} × {size.lines}, {encoding}, {colors}, {symbols}"
    remedies = []
    if name in UNUSABLE_TERMS:
        remedies.append("set TERM to your terminal's type, such as xterm-256color")
    if size.columns < MIN_COLUMNS or size.lines < MIN_LINES:
        remedies.append(f"enlarge it to at least {MIN_COLUMNS} × {MIN_LINES}")
    if not is_utf8(encoding):
        remedies.append("set LANG to a UTF-8 locale, such as C.UTF-8")
    return CheckResult(not remedies, "terminal", "; ".join([found + connection, *remedies]))


def _connection() -> str:
    """Return whether SSH or tmux is between us and the terminal, to be appended to a sentence."""
    ssh = ", over SSH" if detect_terminal(os.environ, "").is_remote else ""
    return ssh + (", inside tmux" if os.environ.get("TMUX") else "")
