"""What each setting may be: a check of its value, and a sentence for one that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tui.config.settings import (
    ANIMATIONS,
    COLUMNS,
    KITTY_KEYS,
    LANGUAGES,
    MOST_SECONDS,
    POLL,
    SIGNS,
    SORTS,
    THEMES,
    MarksSettings,
)
from tui.i18n import _


class InvalidValueError(ValueError):
    """What is wrong with a value, and what would be right."""


def nearest(word: str, known: Iterable[str]) -> str:
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
        raise InvalidValueError(told + nearest(str(value), known))

    return check


def _strings(value: Any) -> list[str]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    raise InvalidValueError(_('must be a list of texts, as ["a", "b"]'))


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
        raise InvalidValueError(_("whose home is '{path}'?").format(path=text)) from None


def _folder(value: Any, file: Path) -> Path:
    if isinstance(value, str) and value.strip():
        return _source(value, file)
    raise InvalidValueError(_('must be a folder, as "/srv/broadsheet"'))


def _watch(value: Any, _file: Path) -> bool | str:
    if isinstance(value, bool):
        return value
    if value == POLL:
        return POLL
    raise InvalidValueError(_('must be true, false or "poll"'))


def _yes_or_no(value: Any, _file: Path) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidValueError(_("must be true or false"))


def _columns(value: Any, _file: Path) -> tuple[str, ...]:
    names = _strings(value)
    for name in names:
        if name not in COLUMNS:
            told = _("no column is called '{name}'").format(name=name)
            raise InvalidValueError(told + nearest(name, COLUMNS))
    if "title" not in names:
        raise InvalidValueError(_("the title cannot be left out"))
    return tuple(dict.fromkeys(names))


def _min_votes(value: Any, _file: Path) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise InvalidValueError(_("must be a whole number from 0 up"))


def _seconds(value: Any, _file: Path) -> float:
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 <= value <= MOST_SECONDS
    ):
        return float(value)
    told = _("must be a number of seconds from 0 to {most}")
    raise InvalidValueError(told.format(most=MOST_SECONDS))


def _sort(value: Any, _file: Path) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidValueError(_('must be a text, as "-votes,title"'))
    for name in value.split(","):
        column = name.strip().removeprefix("-")
        if column not in SORTS:
            told = _("nothing to sort by is called '{name}'").format(name=column)
            raise InvalidValueError(told + nearest(column, SORTS))
    return value.replace(" ", "")


def _marks(value: Any, file: Path) -> MarksSettings:
    if not isinstance(value, dict):
        raise InvalidValueError(_('must be a table, as [marks] and below it sync = "/srv/marks"'))
    for name in value:
        if name not in MarksSettings._fields:
            told = _("no setting is called '{key}'").format(key=name)
            raise InvalidValueError(told + nearest(name, MarksSettings._fields))
    sync = value.get("sync", "")
    if not isinstance(sync, str):
        raise InvalidValueError(_("sync must be a folder, or the address of a repository"))
    # Few share their marks.
    from tui.sources.git.command import is_url

    return MarksSettings(sync if not sync or is_url(sync) else str(_source(sync, file)))


def _keymap(value: Any, _file: Path) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise InvalidValueError(_('must be a table, as [keymap] and below it "day.older" = "p"'))


CHECKS: dict[str, Callable[[Any, Path], Any]] = {
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
