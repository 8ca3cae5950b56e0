"""Dialects of other packages, which name them as entry points of the group ``broadsheet.dialects``.

Nothing of them is imported until a file is claimed by no dialect of ours. One that cannot be
imported, or fails, costs its own files and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tui.digests.registry import FALLBACK, UNAFFECTED_BY_PLUGINS, VERSION
from tui.i18n import N_
from tui.models import Digest, Problem

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from tui.digests.dialect import Dialect
    from tui.models import MessageValue

ENTRY_POINT_GROUP = "broadsheet.dialects"

_LONGEST_WHY = 120

_failed: dict[str, Problem] = {}


@cache
def fingerprint() -> str:
    """Return what changes when a dialect is added or removed, ours or another's.

    It looks for packages with such entry points itself: `importlib.metadata` takes fifty
    milliseconds, which every sync would pay for what hardly anybody has.
    """
    digest = hashlib.blake2b(digest_size=8)
    found = sorted(told for place in sys.path for told in _packages_with_dialects(place or "."))
    for told in found:
        digest.update(told)
    return f"{VERSION}-{digest.hexdigest()}" if found else str(VERSION)


def _packages_with_dialects(place: str) -> list[bytes]:
    """Return the name and entry points of each package in a folder that brings dialects."""
    found = []
    try:
        with os.scandir(place) as listing:
            names = [
                each.name for each in listing if each.name.endswith((".dist-info", ".egg-info"))
            ]
    except OSError:
        return []
    for name in names:
        try:
            with open(os.path.join(place, name, "entry_points.txt"), "rb") as file:  # noqa: PTH118, PTH123
                entry_points = file.read()
        except OSError:
            continue
        if ENTRY_POINT_GROUP.encode() in entry_points:
            found.append(os.fsencode(name) + b"\n" + entry_points)
    return found


@cache
def load_dialects() -> tuple[Dialect, ...]:
    """Import the dialects of other packages; what cannot be is among the failures."""
    if fingerprint() == str(VERSION):
        return ()
    # Only where there is something to find, for it is slow to import.
    from importlib.metadata import entry_points

    loaded: dict[str, Dialect] = {}
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name):
        dialect = _load(point)
        if dialect is None:
            continue
        if dialect.name in UNAFFECTED_BY_PLUGINS | {FALLBACK.name} | loaded.keys():
            words = N_("another dialect has this name: it is left out; rename it")
            _failed[point.name] = _failure(point.name, words)
            continue
        loaded[dialect.name] = _guarded(dialect)
    return tuple(loaded.values())


def plugin_problems() -> list[Problem]:
    """Return what went wrong with the dialects of other packages in this process."""
    return [_failed[name] for name in sorted(_failed)]


def are_loaded() -> bool:
    """Tell whether they were asked for, so that the failures are known."""
    return load_dialects.cache_info().currsize > 0


def _load(point: EntryPoint) -> Dialect | None:
    # Every sync imports this module, and hardly any has packages to load.
    from tui.digests.dialect import Dialect

    try:
        dialect = point.load()
        if not isinstance(dialect, Dialect):
            raise TypeError("it is no Dialect")
        if not str(dialect.name).isidentifier():
            raise ValueError("its name is none that Python knows")
    except (Exception, SystemExit) as error:  # whatever a package does when it is imported
        words = N_("this dialect cannot be loaded ({why}): update or remove its package")
        _failed[point.name] = _failure(point.name, words, why=_why(error))
        return None
    return dialect


def _guarded(dialect: Dialect) -> Dialect:
    """Return a dialect whose failures are problems."""

    def claims(text: str) -> bool:
        try:
            return bool(dialect.claims(text))
        except (Exception, SystemExit) as error:
            words = N_("this dialect fails ({why}): update or remove its package")
            _failed[dialect.name] = _failure(dialect.name, words, why=_why(error))
            return False

    def read(text: str, path: str) -> Digest:
        from tui.digests.validation import validate_digest

        try:
            return validate_digest(dialect.read(text, path), dialect.name, path)
        except (Exception, SystemExit) as error:
            words = N_("the dialect {name} failed ({why}): its package has to be mended")
            values: dict[str, MessageValue] = {"name": dialect.name, "why": _why(error)}
            return Digest(path, dialect.name, problems=(Problem(path, 0, words, values),))

    return replace(dialect, claims=claims, read=read)


def _failure(name: str, words: str, **values: MessageValue) -> Problem:
    from tui.sanitize import escape_unprintable

    return Problem(f"{ENTRY_POINT_GROUP}: {escape_unprintable(name)}", 0, words, values)


def _why(error: BaseException) -> str:
    from tui.sanitize import escape_unprintable

    told = escape_unprintable(
        f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    )
    return told if len(told) <= _LONGEST_WHY else told[: _LONGEST_WHY - 1] + "…"
