"""The reader's settings: a TOML file that a person writes, and what of it is understood.

What it does not set, a file for all readers of the machine may. See ``tui.config_file`` for what
the program writes into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from tui.i18n import LANGUAGES as _LANGUAGES
from tui.i18n import _
from tui.keys import BY_ID, KEYS
from tui.model import Problem
from tui.palettes import AUTO
from tui.palettes import NAMES as _THEMES
from tui.signs import CHOICES as SIGNS

SORTS = ("votes", "title", "authors", "date", "id")
"""What can be sorted by."""

COLUMNS = ("marks", "votes", "title", "authors", "tags", "date", "id")
LANGUAGES = ("auto", *_LANGUAGES)
THEMES = (AUTO, *_THEMES)

KITTY_KEYS = ("auto", "on", "off")
ANIMATIONS = ("auto", "on", "off")

POLL = "poll"

MOST_SECONDS = 3600


class MarksSettings(NamedTuple):
    """What the reader set of marks.

    Attributes:
        sync: a folder, absolute, or the address of a repository, in which machines share their
            marks; empty for none.
    """

    sync: str = ""


class Settings(NamedTuple):
    """What the reader set; the defaults where nothing is set.

    Attributes:
        sources: where digests lie, absolute.
        cache: a folder for the cache, absolute; None for the reader's own.
        share_cache: whether others may read what is cached.
        follow_links: whether links that lead out of a source are followed.
        fetch_folder: a folder for the digests that are fetched, absolute; None for the usual one.
        watch: whether what changes in the sources is seen at once; ``"poll"`` where the system
            does not tell, as on many network disks.
        theme: the first theme, ``auto`` by the terminal; the one chosen last in the program wins.
        columns: the table's columns, in order.
        min_votes: the first vote threshold, likewise.
        sort: the first order, likewise: columns with commas between, ``-`` before one for down.
        lang: the language of the screen; ``auto`` is the locale's.
        read_after: seconds for which a summary is seen until its paper counts as read; 0 is never.
        signs: those on the screen, ``unicode`` or ``ascii``; ``auto`` goes by the terminal.
        kitty_keys: whether the terminal is asked to tell keys more exactly, ``on`` or ``off``;
            ``auto`` is off where that loses what an input method composes.
        mouse: whether the mouse is for us; else the terminal selects text with it.
        animations: whether things move smoothly, ``on`` or ``off``; ``auto`` is off over SSH.
        marks: how marks are shared.
        keymap: keys by the ids of ``tui.keys``.
    """

    sources: tuple[Path, ...] = ()
    cache: Path | None = None
    share_cache: bool = False
    follow_links: bool = False
    fetch_folder: Path | None = None
    watch: bool | str = True
    theme: str = THEMES[0]
    columns: tuple[str, ...] = COLUMNS
    min_votes: int = 0
    sort: str = "-votes"
    lang: str = LANGUAGES[0]
    read_after: float = 2.0
    signs: str = SIGNS[0]
    kitty_keys: str = "auto"
    mouse: bool = True
    animations: str = "auto"
    marks: MarksSettings = MarksSettings()
    keymap: Mapping[str, str] = MappingProxyType({})


class _BadValueError(ValueError):
    """What is wrong with a value, and what would be right."""


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
        if key not in _CHECKS:
            told = _("no setting is called '{key}'").format(key=key) + _nearest(key, _CHECKS)
            problems.append(_problem(file, line, told))
            continue
        try:
            values[key] = _CHECKS[key](value, file)
        except _BadValueError as error:
            told = _("{key}: {error}; the default is used").format(key=key, error=error)
            problems.append(_problem(file, line, told))
    return values, text


def _problem(file: Path, line: int, told: str) -> Problem:
    """Return a problem; the file for all readers is somebody else's, and so are words of it."""
    # Where all is well, nobody needs it.
    from tui.untrusted import printable

    return Problem(str(file), line, printable(told))


def _line_of(text: str, key: str) -> int:
    """Return the line on which a key is set, for a message; 0 if it is not found."""
    lines = enumerate(text.splitlines(), start=1)
    marks = (f"{key}=", f'"{key}"=', f"[{key}]", f"'{key}'=")
    return next((n for n, line in lines if line.replace(" ", "").startswith(marks)), 0)


def _nearest(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest known word, or what is known."""
    import difflib

    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    if near:
        return _("; did you mean '{name}'?").format(name=near[0])
    if len(names) < 10:
        return _("; there is: {names}").format(names=", ".join(names))
    return _("; see {command}").format(command="broadsheet config --show")


def _one_of(known: tuple[str, ...]) -> Callable[[Any, Path], str]:
    def check(value: Any, _file: Path) -> str:
        if value in known:
            return str(value)
        told = _("there is no '{value}'").format(value=value)
        raise _BadValueError(told + _nearest(str(value), known))

    return check


def _strings(value: Any) -> list[str]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    raise _BadValueError(_('must be a list of texts, as ["a", "b"]'))


def sources_of(value: Any, file: Path) -> tuple[Path, ...]:
    """Return the sources that a settings file lists.

    Args:
        value: what stands there as ``sources``.
        file: the settings file, from which relative paths are meant.

    Raises:
        ValueError: it is no list of paths; in a sentence.
    """
    return tuple(_source(each, file) for each in _strings(value))


def _source(text: str, file: Path) -> Path:
    # A relative path is meant from the settings file: the program may be started anywhere.
    try:
        return file.parent / Path(text).expanduser()
    except RuntimeError:
        raise _BadValueError(_("whose home is '{path}'?").format(path=text)) from None


def _folder(value: Any, file: Path) -> Path:
    if isinstance(value, str) and value.strip():
        return _source(value, file)
    raise _BadValueError(_('must be a folder, as "/srv/broadsheet"'))


def _watch(value: Any, _file: Path) -> bool | str:
    if isinstance(value, bool):
        return value
    if value == POLL:
        return POLL
    raise _BadValueError(_('must be true, false or "poll"'))


def _yes_or_no(value: Any, _file: Path) -> bool:
    if isinstance(value, bool):
        return value
    raise _BadValueError(_("must be true or false"))


def _columns(value: Any, _file: Path) -> tuple[str, ...]:
    names = _strings(value)
    for name in names:
        if name not in COLUMNS:
            told = _("no column is called '{name}'").format(name=name)
            raise _BadValueError(told + _nearest(name, COLUMNS))
    if "title" not in names:
        raise _BadValueError(_("the title cannot be left out"))
    return tuple(dict.fromkeys(names))


def _min_votes(value: Any, _file: Path) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise _BadValueError(_("must be a whole number from 0 up"))


def _seconds(value: Any, _file: Path) -> float:
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 <= value <= MOST_SECONDS
    ):
        return float(value)
    told = _("must be a number of seconds from 0 to {most}")
    raise _BadValueError(told.format(most=MOST_SECONDS))


def _sort(value: Any, _file: Path) -> str:
    if not isinstance(value, str) or not value:
        raise _BadValueError(_('must be a text, as "-votes,title"'))
    for name in value.split(","):
        column = name.strip().removeprefix("-")
        if column not in SORTS:
            told = _("nothing to sort by is called '{name}'").format(name=column)
            raise _BadValueError(told + _nearest(column, SORTS))
    return value.replace(" ", "")


def _marks(value: Any, file: Path) -> MarksSettings:
    if not isinstance(value, dict):
        raise _BadValueError(_('must be a table, as [marks] and below it sync = "/srv/marks"'))
    for name in value:
        if name not in MarksSettings._fields:
            told = _("no setting is called '{key}'").format(key=name)
            raise _BadValueError(told + _nearest(name, MarksSettings._fields))
    sync = value.get("sync", "")
    if not isinstance(sync, str):
        raise _BadValueError(_("sync must be a folder, or the address of a repository"))
    # Few share their marks.
    from tui.git import is_url

    return MarksSettings(sync if not sync or is_url(sync) else str(_source(sync, file)))


def _keymap(value: Any, _file: Path) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise _BadValueError(_('must be a table, as [keymap] and below it "day.older" = "p"'))


def _good_keys(keymap: dict[str, Any]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the entries of a keymap that can be used, and (key, what is wrong) of the others."""
    good: dict[str, str] = {}
    odd = []
    for name, keys in keymap.items():
        if name not in BY_ID:
            told = _("keymap: nothing is called '{name}'").format(name=name)
            odd.append((name, told + _nearest(name, BY_ID)))
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
        for each in keymap.get(key.id, key.keys).split(","):
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


_CHECKS: dict[str, Callable[[Any, Path], Any]] = {
    "sources": sources_of,
    "cache": _folder,
    "share_cache": _yes_or_no,
    "follow_links": _yes_or_no,
    "fetch_folder": _folder,
    "watch": _watch,
    "theme": _one_of(THEMES),
    "columns": _columns,
    "min_votes": _min_votes,
    "sort": _sort,
    "lang": _one_of(LANGUAGES),
    "read_after": _seconds,
    "signs": _one_of(SIGNS),
    "kitty_keys": _one_of(KITTY_KEYS),
    "mouse": _yes_or_no,
    "animations": _one_of(ANIMATIONS),
    "marks": _marks,
    "keymap": _keymap,
}
