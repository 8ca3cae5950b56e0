"""The reader's settings: a TOML file that a person writes, and what of it is understood.

What it does not set, a file for all readers of the machine may. See ``tui.config.writing`` for what
the program writes into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui.config.keybindings import BY_ID, KEYS, bound_keys
from tui.config.settings import Settings
from tui.config.validation import CHECKS, InvalidValueError, nearest
from tui.i18n import _
from tui.models import Problem


def load_settings(*files: Path) -> tuple[Settings, list[Problem]]:
    """Read the settings.

    Args:
        files: TOML files; what the first one sets wins, key by key. One that is missing sets
            nothing.

    Returns:
        The settings, and a problem, in the reader's language, for every key or value that is not
        understood; its default is used instead.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    keymap: dict[str, Any] = {}
    places: dict[str, tuple[Path, str]] = {}
    for file in reversed(files):
        found, text = _read(file, problems)
        own_keys = dict(_flat(found.pop("keymap", {})))
        places |= dict.fromkeys(own_keys, (file, text))
        keymap |= own_keys
        values |= found
    if keymap:
        values["keymap"], odd = _good_keys(keymap)
        for key, told in odd:
            file, text = places[key]
            problems.append(_problem(file, _line_of(text, key), told))
    return Settings(**values), problems


def _read(file: Path, problems: list[Problem]) -> tuple[dict[str, Any], str]:
    """Return what a file sets, and its text; what is odd in it is added to the problems."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, ""
    except (OSError, UnicodeDecodeError) as error:
        told = _("cannot be read: {error}").format(error=error)
        problems.append(_problem(file, 0, told))
        return {}, ""
    # Many readers have no settings, and the first screen need not wait for this.
    import tomllib

    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Besides what is no TOML: a number of thousands of digits, brackets within brackets.
        told = _("is not valid TOML: {error}; the defaults are used").format(error=error)
        problems.append(_problem(file, 0, told))
        return {}, text
    values: dict[str, Any] = {}
    for key, value in tree.items():
        line = _line_of(text, key)
        if key not in CHECKS:
            told = _("no setting is called '{key}'").format(key=key) + nearest(key, CHECKS)
            problems.append(_problem(file, line, told))
            continue
        try:
            values[key] = CHECKS[key](value, file)
        except InvalidValueError as error:
            told = _("{key}: {error}; the default is used").format(key=key, error=error)
            problems.append(_problem(file, line, told))
    return values, text


def _problem(file: Path, line: int, told: str) -> Problem:
    """Return a problem; the file for all readers is somebody else's, and so are words of it."""
    # Where all is well, nobody needs it.
    from tui.sanitize import escape_unprintable

    return Problem(str(file), line, escape_unprintable(told))


def _line_of(text: str, key: str) -> int:
    """Return the line on which a key is set, for a message; 0 if it is not found."""
    lines = enumerate(text.splitlines(), start=1)
    marks = (f"{key}=", f'"{key}"=', f"[{key}]", f"'{key}'=")
    return next((n for n, line in lines if line.replace(" ", "").startswith(marks)), 0)


def _good_keys(keymap: dict[str, Any]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the entries of a keymap that can be used, and (key, what is wrong) of the others."""
    good: dict[str, str] = {}
    odd = []
    for name, keys in keymap.items():
        if name not in BY_ID:
            told = _("keymap: nothing is called '{name}'").format(name=name)
            odd.append((name, told + nearest(name, BY_ID)))
        elif not isinstance(keys, str) or not all(map(str.strip, keys.split(","))):
            told = _('keymap: {name} must be keys in a text, as "{keys}"')
            odd.append((name, told.format(name=name, keys=BY_ID[name].keys)))
        else:
            good[name] = ",".join(key.strip() for key in keys.split(","))
    for name, key, other in _clashes(good):
        good.pop(name, None)
        told = _("keymap: '{key}' does '{other}' already; '{name}' keeps its own keys")
        odd.append((name, told.format(key=key, other=other, name=name)))
    return good, odd


def _clashes(keymap: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield what the reader gave a key to, that key, and what else it does already."""
    taken: dict[str, str] = {}
    # What the reader did not touch has its keys first.
    for key in sorted(KEYS, key=lambda key: key.id in keymap):
        for each in bound_keys(key.id, keymap).split(","):
            if each in taken and taken[each] != key.id:
                yield key.id, each, taken[each]
                break
            taken[each] = key.id


def _flat(keymap: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the entries; without quotes, TOML takes ``day.older`` for a table in a table."""
    for name, keys in keymap.items():
        if isinstance(keys, dict):
            yield from _flat(keys, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", keys
