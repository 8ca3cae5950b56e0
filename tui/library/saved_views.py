"""Saved views: a TOML file of names and queries that people can edit and share.

One view per line: ``"Spring RL" = "is:starred date:2025-03..2025-05 sort:-votes"``.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.config.toml_file import edit_toml, read_toml, replace_toml, toml_string
from tui.i18n import _
from tui.models import Problem

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

    from tui.query.query import Query

MAX_NAME_LENGTH = 60

_INITIAL_FILE = "# Views of Broadsheet: a name and its query.\n"


class SavedView(NamedTuple):
    """A named query with its sort order."""

    name: str
    query: Query


class ViewChange(NamedTuple):
    """A saved view was created, replaced or deleted.

    Attributes:
        name: its name.
        query: the text of its query afterwards; None if it was deleted.
        replaced: the text of its query before; None if there was none.
        text: the text of the file afterwards.
        replaced_text: the text of the file before.
    """

    name: str
    query: str | None
    replaced: str | None
    text: str
    replaced_text: str

    def inverted(self) -> ViewChange:
        """Return the change that undoes this one."""
        return ViewChange(self.name, self.replaced, self.query, self.replaced_text, self.text)


def load_views(file: Path) -> tuple[list[SavedView], list[Problem]]:
    """Load the saved views.

    Args:
        file: the TOML file; a missing one has no views.

    Returns:
        The views in the order of the file, and a problem for every invalid entry.
    """
    problems: list[Problem] = []
    toml = read_toml(file, _("no views are loaded"), problems)
    views: dict[str, SavedView] = {}
    for key, value in toml.values.items():
        try:
            view = _parse_view(key, value)
            if view.name in views:
                raise ValueError(_("another view has this name; this one is skipped"))
            views[view.name] = view
        except ValueError as error:
            problems.append(toml.problem(key, f"{_one_line(key)}: {error}"))
    return list(views.values()), problems


def _parse_view(key: str, value: Any) -> SavedView:
    """Return the view of an entry; raises ValueError (QueryError is one) if it is invalid."""
    if isinstance(value, dict):
        raise ValueError(_("is a table; a name that contains a dot needs quotes"))
    if not isinstance(value, str):
        raise ValueError(_('must be a query in quotes, such as "is:starred sort:-votes"'))
    from tui.query.parser import parse

    return SavedView(view_name(key), parse(_one_line(value)))


def view_name(text: str) -> str:
    """Return the name of a view as it is stored and shown.

    Raises:
        ValueError: the name is empty or too long.
    """
    name = " ".join(_one_line(text).split())
    if not name:
        raise ValueError(_("A view needs a name."))
    if len(name) > MAX_NAME_LENGTH:
        message = _("The name of a view can have at most {longest} characters.")
        raise ValueError(message.format(longest=MAX_NAME_LENGTH))
    return name


def _one_line(text: str) -> str:
    """Return a text without line breaks and escape sequences: others may have written the file."""
    from tui.sanitize import clean

    return clean(text).replace("\n", " ").replace("\t", " ")


def _keys_of(document: TOMLDocument, name: str) -> list[str]:
    """Return the keys of the views that have a name."""
    keys = []
    for key, value in document.items():
        with suppress(ValueError):
            if isinstance(value, str) and view_name(key) == name:
                keys.append(key)
    return keys


def save_view(file: Path, name: str, query: Query) -> ViewChange:
    """Save a view, and leave the rest of the file as it is.

    Args:
        file: the TOML file; it is created if it is missing.
        name: its name; line breaks and escape sequences are removed.
        query: its query, with the sort order.

    Returns:
        The change, which ``apply_change`` can undo.

    Raises:
        ValueError: the name is empty or too long, or the file is not valid TOML.
        StorageError: another process is writing.
        OSError: the file cannot be read or written.
    """
    name = view_name(name)
    with edit_toml(file, _INITIAL_FILE) as document:
        if not _keys_of(document, name) and name in document:
            message = _("{file}: the entry {name} is not a view.")
            raise ValueError(message.format(file=file, name=name))
        return _set_query(document, name, _one_line(str(query)))


def remove_view(file: Path, name: str) -> ViewChange | None:
    """Delete a saved view.

    Returns:
        The change, which ``apply_change`` can undo; None if there is no view of this name.

    Raises:
        ValueError: the file is not valid TOML.
        StorageError: another process is writing.
        OSError: the file cannot be read or written.
    """
    if not file.exists():
        return None
    with edit_toml(file, _INITIAL_FILE) as document:
        return _set_query(document, name, None) if _keys_of(document, name) else None


def apply_change(file: Path, change: ViewChange) -> ViewChange | None:
    """Make a change that was inverted, unless the view was changed since.

    Args:
        file: the TOML file.
        change: what ``ViewChange.inverted`` returned.

    Returns:
        The change that was made, which can be inverted again; None if nothing was changed.

    Raises:
        ValueError: the file is not valid TOML.
        StorageError: another process is writing.
        OSError: the file cannot be read or written.
    """
    # The whole text, so that the order of the views and their comments are restored as well.
    if replace_toml(file, change.replaced_text, change.text):
        return change
    with edit_toml(file, _INITIAL_FILE) as document:
        if _query_of(document, change.name) != change.replaced:
            return None
        return _set_query(document, change.name, change.query)


def _query_of(document: TOMLDocument, name: str) -> str | None:
    """Return the text of a view's query; None if there is no view of this name."""
    return next((_one_line(str(document[key])) for key in _keys_of(document, name)), None)


def _set_query(document: TOMLDocument, name: str, query: str | None) -> ViewChange:
    """Set the query of a view, or delete the view with None; return the change."""
    before, replaced = document.as_string(), _query_of(document, name)
    keys = _keys_of(document, name)
    if query is not None:
        document[keys[0] if keys else name] = toml_string(query)
    else:
        for key in keys:
            del document[key]
    return ViewChange(name, query, replaced, document.as_string(), before)
