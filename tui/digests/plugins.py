"""Dialects of other packages: entry points of the group ``broadsheet.dialects``.

They are imported only when no built-in dialect claims a file. A plug-in that cannot be imported, or
fails, affects its own files and nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tui.digests.registry import FALLBACK, GENERAL, UNAFFECTED_BY_PLUGINS, VERSION, Dialect
from tui.i18n import N_
from tui.models import Digest, MessageValue, Problem

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINT_GROUP = "broadsheet.dialects"

_MAX_REASON_CHARS = 120
_BUILT_IN_NAMES = UNAFFECTED_BY_PLUGINS | {FALLBACK.name, GENERAL.name}

_problems: dict[str, Problem] = {}
"""By the name of the plug-in."""


@cache
def fingerprint() -> str:
    """Return a text that changes when a dialect is added or removed, built-in or not.

    Scans `sys.path` for packages with entry points of the group instead of importing
    `importlib.metadata`, which takes 50 ms on every sync, while hardly anyone has a plug-in.
    """
    packages = sorted(name for folder in sys.path for name in _plugin_packages(folder or "."))
    if not packages:
        return str(VERSION)
    import hashlib

    return f"{VERSION}-{hashlib.blake2b(b''.join(packages), digest_size=8).hexdigest()}"


def version_of(fingerprint: str) -> str:
    """Return the part of a fingerprint that is the version of the built-in dialects."""
    return fingerprint.partition("-")[0]


def _plugin_packages(folder: str) -> list[bytes]:
    """Return the name and entry points of each package in a folder that has dialects."""
    packages = []
    try:
        with os.scandir(folder) as files:
            names = [file.name for file in files if file.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return []
    for name in names:
        try:
            with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:  # noqa: PTH118, PTH123
                entry_points = file.read()
        except OSError:
            continue
        if ENTRY_POINT_GROUP.encode() in entry_points:
            packages.append(os.fsencode(name) + b"\n" + entry_points)
    return packages


@cache
def load_dialects() -> tuple[Dialect, ...]:
    """Import the dialects of other packages; `plugin_problems` has those that failed."""
    if fingerprint() == str(VERSION):
        return ()
    from importlib.metadata import entry_points

    loaded: dict[str, Dialect] = {}
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name):
        dialect = _load(point)
        if dialect and dialect.name in _BUILT_IN_NAMES | loaded.keys():
            template = N_("another dialect has the same name; skipped. Rename this one")
            _problems[point.name] = _problem(point.name, template)
        elif dialect:
            loaded[dialect.name] = _guarded(dialect)
    return tuple(loaded.values())


def plugin_problems() -> list[Problem]:
    """Return the failures of plug-ins in this process, sorted by name."""
    return [_problems[name] for name in sorted(_problems)]


def take_failures() -> dict[str, Problem]:
    """Return the failures of plug-ins in this process by name, and forget them."""
    failures = dict(_problems)
    _problems.clear()
    return failures


def add_failures(failures: Mapping[str, Problem]) -> None:
    """Add failures of plug-ins, perhaps from another process."""
    _problems.update(failures)


def are_loaded() -> bool:
    """Return whether `load_dialects` has run, so that its failures are known."""
    return load_dialects.cache_info().currsize > 0


def _load(point: EntryPoint) -> Dialect | None:
    try:
        dialect = point.load()
        if not isinstance(dialect, Dialect):
            raise TypeError("it is not a Dialect")
        if not str(dialect.name).isidentifier():
            raise ValueError("its name is not a Python identifier")
    except (Exception, SystemExit) as error:  # importing a package may raise anything
        template = N_("cannot load this dialect ({reason}); update or remove its package")
        _problems[point.name] = _problem(point.name, template, reason=_reason(error))
        return None
    return dialect


def _guarded(dialect: Dialect) -> Dialect:
    """Return a dialect that reports its exceptions as problems."""

    def claims(text: str) -> bool:
        try:
            return bool(dialect.claims(text))
        except (Exception, SystemExit) as error:
            template = N_("this dialect fails ({reason}); update or remove its package")
            _problems[dialect.name] = _problem(dialect.name, template, reason=_reason(error))
            return False

    def read(text: str, path: str) -> Digest:
        from tui.digests.plugin_validation import validate_digest

        try:
            return validate_digest(dialect.read(text, path), dialect.name, path)
        except (Exception, SystemExit) as error:
            template = N_(
                "the dialect {name} failed ({reason}); update its package or report the error to"
                " its author"
            )
            values: dict[str, MessageValue] = {"name": dialect.name, "reason": _reason(error)}
            return Digest(path, dialect.name, problems=(Problem(path, 0, template, values),))

    return replace(dialect, claims=claims, read=read)


def _problem(name: str, template: str, **values: MessageValue) -> Problem:
    from tui.sanitize import escape_unprintable

    return Problem(f"{ENTRY_POINT_GROUP}: {escape_unprintable(name)}", 0, template, values)


def _reason(error: BaseException) -> str:
    from tui.digests.parsing.markdown_lines import truncate
    from tui.sanitize import escape_unprintable

    name = type(error).__name__
    text = escape_unprintable(f"{name}: {error}" if str(error) else name)
    return truncate(text, _MAX_REASON_CHARS)
