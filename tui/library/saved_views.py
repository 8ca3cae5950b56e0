"""Views that the reader keeps under a name: a TOML file that a person may edit and share.

One line a view: ``"Spring RL" = "is:starred date:2025-03..2025-05 sort:-votes"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.i18n import _
from tui.models import Problem

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import String

    from tui.query import Query

LONGEST_NAME = 60

_HEADING = "# Views of Broadsheet: a name, and the query that it stands for.\n"
_KEY = re.compile(r"""[\s\[]*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*[=.\]]""")


class SavedView(NamedTuple):
    """A query and its order, under a name."""

    name: str
    query: Query


class _BadEntryError(ValueError):
    """What is wrong with an entry of the file, or with a name."""


def load_views(file: Path) -> tuple[list[SavedView], list[Problem]]:
    """Read the views that are kept.

    Args:
        file: the TOML file; one that is missing holds no views.

    Returns:
        The views in the file's order, and a problem for every entry that is not understood.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        told = _("cannot be read: {error}").format(error=error)
        return [], [Problem(str(file), 0, told)]
    # Many readers keep no views, and the first screen need not wait for this.
    import tomllib

    try:
        tree = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Besides what is no TOML: a number of thousands of digits, brackets within brackets.
        line = re.search(r"at line ([0-9]+)", str(error))
        told = _("is not valid TOML: {error}; no views are read").format(error=error)
        return [], [Problem(str(file), int(line[1]) if line else 0, told)]
    views: dict[str, SavedView] = {}
    problems = []
    for key, value in tree.items():
        try:
            view = _view(key, value)
            if view.name in views:
                raise _BadEntryError(_("another view is called so; this one is left out"))
            views[view.name] = view
        except _BadEntryError as error:
            told = f"{_one_line(key)}: {error}"
            problems.append(Problem(str(file), _line_of(text, key), told))
    return list(views.values()), problems


def _view(key: str, value: Any) -> SavedView:
    """Return the view of an entry.

    Raises:
        _BadEntryError: it is none.
    """
    if isinstance(value, dict):
        raise _BadEntryError(_("is a table; a name with a dot in it needs quotes around it"))
    if not isinstance(value, str):
        raise _BadEntryError(_('must be a query in a text, as "is:starred sort:-votes"'))
    from tui.query import QueryError, parse

    try:
        return SavedView(view_name(key), parse(_one_line(value)))
    except QueryError as error:
        raise _BadEntryError(str(error)) from error


def view_name(text: str) -> str:
    """Return a view's name as it is kept and shown.

    Raises:
        ValueError: there is nothing to be shown, or too much; in a sentence.
    """
    name = " ".join(_one_line(text).split())
    if not name:
        raise _BadEntryError(_("A view needs a name."))
    if len(name) > LONGEST_NAME:
        told = _("A view's name has {longest} characters at most.")
        raise _BadEntryError(told.format(longest=LONGEST_NAME))
    return name


def _one_line(text: str) -> str:
    """Return a text without what a terminal could obey: the file may be somebody else's."""
    from tui.sanitize import clean

    return clean(text).replace("\n", " ").replace("\t", " ")


def _keys_of(document: TOMLDocument, name: str) -> list[str]:
    """Return the keys of the views that are shown with a name."""
    keys = []
    for key, value in document.items():
        with suppress(_BadEntryError):
            if isinstance(value, str) and view_name(key) == name:
                keys.append(key)
    return keys


def _line_of(text: str, key: str) -> int:
    """Return the line on which a key is set, for a message; 0 if it is not found."""
    import tomllib

    for number, line in enumerate(text.split("\n"), start=1):
        if match := _KEY.match(line):
            try:
                [found] = tomllib.loads(f"{match[1]} = 0")
            except tomllib.TOMLDecodeError:
                continue
            if found == key:
                return number
    return 0


def save_view(file: Path, name: str, query: Query) -> bool:
    """Keep a view under a name, and leave what else stands in the file as it is.

    Args:
        file: the TOML file; it is made if it is missing.
        name: one line of text; what a terminal could obey is taken out.
        query: what to keep, with its order.

    Returns:
        Whether another view had this name; it is no more.

    Raises:
        ValueError: the name is empty or too long, or the file is no TOML; in a sentence.
        StorageError: another process is writing.
        OSError: it cannot be read or written.
    """
    shown = view_name(name)

    def put(document: TOMLDocument) -> bool:
        there = _keys_of(document, shown)
        if not there and shown in document:
            raise ValueError(
                _("{file}: what is called {name} there is no view.").format(file=file, name=shown)
            )
        document[there[0] if there else shown] = _toml_text(_one_line(str(query)))
        return bool(there)

    return _edit(file, put)


def remove_view(file: Path, name: str) -> bool:
    """Forget the view of a name.

    Args:
        file: the TOML file.
        name: the view's.

    Returns:
        Whether there was such a view.

    Raises:
        ValueError: the file is no TOML; in a sentence.
        StorageError: another process is writing.
        OSError: it cannot be read or written.
    """

    def take(document: TOMLDocument) -> bool:
        there = _keys_of(document, name)
        for key in there:
            del document[key]
        return bool(there)

    return file.exists() and _edit(file, take)


def _toml_text(text: str) -> String:
    """Return a text as TOML writes it; exact phrases are easier to read between single quotes."""
    import tomlkit

    literal = '"' in text and "'" not in text and text.isprintable()
    return tomlkit.string(text, literal=literal)


def _edit(file: Path, change: Callable[[TOMLDocument], bool]) -> bool:
    """Change the file while no other process does; return what ``change`` returns.

    Raises:
        ValueError: the file is no TOML.
        StorageError: another process is writing.
        OSError: it cannot be read or written.
    """
    # tomlkit keeps comments, and takes 40 ms to import: only this needs it.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from tui.storage.folder import file_locked
    from tui.storage.tables import replace_file, sync_folder

    with file_locked(file) as target:
        try:
            before = target.read_text(encoding="utf-8-sig") if target.exists() else _HEADING
            document = tomlkit.parse(before)
        except (TOMLKitError, UnicodeDecodeError) as error:
            told = _("{file} is not valid TOML: {error}. It is left as it is.")
            raise ValueError(told.format(file=file, error=error)) from error
        result = change(document)
        after = tomlkit.dumps(document)
        if after != before:
            replace_file(target, after.encode())
            sync_folder(target.parent)
        return result
