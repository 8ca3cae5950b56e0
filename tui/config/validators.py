"""Validators of settings: functions that turn a TOML value into that of a setting.

Each takes the value and the file that contains it, and raises InvalidValueError, whose message says
in the reader's language which values the setting can have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tui.i18n import _
from tui.query.columns import COLUMNS_BY_NAME, SORT_COLUMNS

POLL = "poll"
"""The value of ``watch`` for checking regularly."""

_COLUMNS = tuple(COLUMNS_BY_NAME)
_SORTS = tuple(name for name in SORT_COLUMNS if name in COLUMNS_BY_NAME)
_MAX_SECONDS = 3600
_MAX_KILOBYTES = 10_000


INTEREST_COLORS = ("red", "green", "yellow", "blue", "magenta", "cyan")

_MAX_QUERIES = 50


class Interest(NamedTuple):
    """What the reader looks for in every list.

    Attributes:
        query: a valid query: words, a phrase, an author or anything else.
        color: one of INTEREST_COLORS.
    """

    query: str
    color: str = "magenta"

    @property
    def term(self) -> str:
        """The query as one term of a longer query."""
        return f"({self.query})"


class InvalidValueError(ValueError):
    """A value that a setting cannot have; the message says which values it can have."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return the end of an error message about an unknown word: the closest one, or all of them."""
    import difflib

    names = list(known)
    closest = difflib.get_close_matches(word, names, n=1)
    if closest:
        return _("; did you mean '{name}'?").format(name=closest[0])
    if len(names) < 10:
        return _("; choose from: {names}").format(names=", ".join(names))
    return _("; see {command}").format(command="broadsheet config --show")


def one_of(known: tuple[str, ...]) -> Callable[[Any, Path], str]:
    """Return a validator of words that accepts those given."""

    def validate(value: Any, _file: Path) -> str:
        if value in known:
            return str(value)
        message = _("unknown value '{value}'").format(value=value)
        raise InvalidValueError(message + suggestion(str(value), known))

    return validate


def _strings(value: Any) -> list[str]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    raise InvalidValueError(_('must be a list of strings, such as ["a", "b"]'))


def queries(value: Any, _file: Path) -> tuple[str, ...]:
    """Return a list of valid queries without a sort order."""
    return tuple(map(_checked_query, _limited(_strings(value))))


def interests(value: Any, _file: Path) -> tuple[Interest, ...]:
    """Return a list of interests: queries, or tables with a query and a color."""
    if not isinstance(value, list):
        raise InvalidValueError(_interests_example())
    found = []
    for item in _limited(value):
        row = {"query": item} if isinstance(item, str) else item
        if not isinstance(row, dict) or not {"query"} <= row.keys() <= {"query", "color"}:
            raise InvalidValueError(_interests_example())
        if not all(isinstance(each, str) for each in row.values()):
            raise InvalidValueError(_interests_example())
        interest = Interest(**row)
        if interest.color not in INTEREST_COLORS:
            message = _("unknown color '{name}'").format(name=interest.color)
            raise InvalidValueError(message + suggestion(interest.color, INTEREST_COLORS))
        found.append(interest._replace(query=_checked_query(interest.query)))
    return tuple(found)


def _interests_example() -> str:
    text = _("must be a list such as {example}")
    return text.format(example='["diffusion", { query = "author:kim", color = "green" }]')


def _limited(items: list[Any]) -> list[Any]:
    if len(items) > _MAX_QUERIES:
        raise InvalidValueError(_("has more than {number} queries").format(number=_MAX_QUERIES))
    return items


def _checked_query(text: str) -> str:
    """Return a query that can be a term of a longer one."""
    from tui.query.invalid_query import QueryError
    from tui.query.parser import parse

    try:
        is_empty = not parse(text).clauses
        parse(f"({text})")
    except QueryError as error:
        raise InvalidValueError(f"{text}: {error}") from None
    if is_empty:
        raise InvalidValueError(_("has an empty query"))
    return text


def sources(value: Any, file: Path) -> tuple[Path, ...]:
    """Return the paths of sources; relative ones start from the folder of the settings file."""
    paths = _strings(value)
    if not all(map(str.strip, paths)):
        # It would be the folder of the settings.
        raise InvalidValueError(_("has an empty path"))
    return tuple(_path(path, file) for path in paths)


def _path(text: str, file: Path) -> Path:
    try:
        return file.parent / Path(text).expanduser()
    except RuntimeError:
        raise InvalidValueError(_("unknown home folder in '{path}'").format(path=text)) from None


def categories(value: Any, _file: Path) -> tuple[str, ...]:
    """Return names of arXiv categories, without duplicates."""
    names = _strings(value)
    for name in names:
        if not re.fullmatch(r"[a-z-]{2,10}(?:\.[A-Za-z-]{2,16})?", name):
            message = _("'{name}' is not an arXiv category such as cs.CL").format(name=name)
            raise InvalidValueError(message)
    return tuple(dict.fromkeys(names))


def web_addresses(value: Any, _file: Path) -> tuple[str, ...]:
    """Return URLs of web pages, without duplicates."""
    from tui.sanitize import is_web_url

    urls = _strings(value)
    for url in urls:
        if not is_web_url(url) or not url.isprintable():
            raise InvalidValueError(_("'{url}' is not a web address").format(url=url))
    return tuple(dict.fromkeys(urls))


def folder(value: Any, file: Path) -> Path:
    """Return the absolute path of a folder."""
    if isinstance(value, str) and value.strip():
        return _path(value, file)
    raise InvalidValueError(_('must be a folder, such as "/srv/broadsheet"'))


def watch(value: Any, _file: Path) -> Any:
    """Return a boolean or ``POLL``."""
    if isinstance(value, bool) or value == POLL:
        return value
    raise InvalidValueError(_('must be true, false or "poll"'))


def boolean(value: Any, _file: Path) -> bool:
    """Return a boolean."""
    if isinstance(value, bool):
        return value
    raise InvalidValueError(_("must be true or false"))


def columns(value: Any, _file: Path) -> tuple[str, ...]:
    """Return names of columns without duplicates, among them the title."""
    names = _strings(value)
    for name in names:
        if name not in _COLUMNS:
            message = _("unknown column '{name}'").format(name=name)
            raise InvalidValueError(message + suggestion(name, _COLUMNS))
    if "title" not in names:
        raise InvalidValueError(_("the title column is required"))
    return tuple(dict.fromkeys(names))


def votes(value: Any, _file: Path) -> int:
    """Return a number of votes, at least 0."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise InvalidValueError(_("must be a whole number, 0 or greater"))


def port(value: Any, _file: Path) -> int:
    """Return the number of a TCP port."""
    if type(value) is int and 0 < value < 65536:
        return value
    raise InvalidValueError(_("must be the number of a port, from 1 to 65535"))


def kilobytes(value: Any, _file: Path) -> int:
    """Return a number of kilobytes, at least 1."""
    if type(value) is int and 0 < value <= _MAX_KILOBYTES:
        return value
    message = _("must be a number of kilobytes from 1 to {maximum}")
    raise InvalidValueError(message.format(maximum=_MAX_KILOBYTES))


def seconds(value: Any, _file: Path) -> float:
    """Return a number of seconds, at most an hour."""
    # Not isinstance(), because a bool is an int.
    if type(value) in {int, float} and 0 <= value <= _MAX_SECONDS:
        return float(value)
    message = _("must be a number of seconds from 0 to {maximum}")
    raise InvalidValueError(message.format(maximum=_MAX_SECONDS))


def megabytes(value: Any, _file: Path) -> int:
    """Return a number of megabytes, at most a million."""
    if type(value) is int and 0 <= value <= 1_000_000:
        return value
    raise InvalidValueError(_("must be a whole number of megabytes from 0 to 1000000"))


def server(value: Any, _file: Path) -> str:
    """Return the URL of a server, without a slash at the end."""
    from tui.sanitize import is_web_url

    is_url = isinstance(value, str) and is_web_url(value) and value.isprintable()
    if is_url and not {"?", "#"} & set(value):
        return str(value).rstrip("/")
    raise InvalidValueError(_('must be the URL of a server, such as "https://arxiv.org"'))


def sort(value: Any, _file: Path) -> str:
    """Return an order: names of columns, separated by commas, each with ``-`` if it descends."""
    if not isinstance(value, str) or not value:
        raise InvalidValueError(_('must be a string such as "-votes,title"'))
    for key in value.split(","):
        name = key.strip().removeprefix("-")
        if name not in _SORTS:
            message = _("unknown sort column '{name}'").format(name=name)
            raise InvalidValueError(message + suggestion(name, _SORTS))
    return value.replace(" ", "")


def folder_or_url(value: Any, file: Path) -> str:
    """Return an absolute path, the URL of a git repository, or an empty string."""
    if not isinstance(value, str):
        raise InvalidValueError(_("must be a folder or the URL of a repository"))
    from tui.sources.git.command import is_repository_url

    return value if not value or is_repository_url(value) else str(_path(value, file))


def table(value: Any, example: str) -> dict[str, Any]:
    """Return a table of TOML; the example shows how it is written."""
    if isinstance(value, dict):
        return value
    message = _("must be a table with lines such as {example}")
    raise InvalidValueError(message.format(example=example))


def command(value: Any, _file: Path) -> str:
    """Return a command line, or an empty string."""
    import shlex

    if isinstance(value, str):
        try:
            if shlex.split(value) or not value:
                return value
        except ValueError:
            # An open quote.
            pass
    raise InvalidValueError(_('must be a command, such as "firefox --new-window"'))


def keymap(value: Any, _file: Path) -> Mapping[str, Any]:
    """Return a table of keys, whose entries are validated once those of all files are known."""
    return table(value, '[keymap] "day.older" = "f5"')
