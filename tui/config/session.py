"""The session: what the program remembers from one start to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from tui.storage.folder import TinyDbFolder
from tui.storage.tables import DamagedFileError, StorageError

SCHEMA = 1
MAX_CURSORS = 400
MAX_QUERIES = 100
MAX_QUERY_LENGTH = 1000

_STORED_NAMES = {"scope": "shelf", "cursors": "places"}
"""Names in the session file, which keeps its format, of fields that have other names here."""


@dataclass(repr=False)
class Session:
    """What is remembered. Fields are None or empty until there is something to remember.

    Attributes:
        theme: the name of the theme that was chosen last.
        min_votes: the vote threshold.
        sort: the sort order, such as ``-votes,date``.
        period: the year, month or day that was shown last.
        scope: query, name and ``similar_to`` of the last scope; empty if it was only a period.
        newest: the newest day with a digest at the end of the last session, from versions that
            did not log visits; None as soon as a visit is logged.
        cursors: by the key of a scope, the id of the paper under the cursor; oldest first.
        table_share: the height of the table in percent of table and viewer.
        sidebar: whether the sidebar is shown.
        layout: where the summary is, if the reader has chosen: ``beside`` or ``below`` the list.
        sources: the sources to which period, scope, newest day and cursors belong.
        queries: the queries that were typed last, oldest first.
        commands: the commands that were typed last, oldest first.
    """

    theme: str | None = None
    min_votes: int | None = None
    sort: str | None = None
    period: str | None = None
    scope: list[str] = field(default_factory=list)
    newest: str | None = None
    cursors: dict[str, str] = field(default_factory=dict)
    table_share: int | None = None
    sidebar: bool = True
    layout: str | None = None
    sources: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def reset_unless_same_sources(self, sources: Sequence[str]) -> None:
        """Forget what belongs to other sources than these."""
        if self.sources != list(sources):
            self.period = self.newest = None
            self.scope = []
            self.cursors = {}
            self.sources = list(sources)

    def remember_cursor(self, key: str, paper_id: str) -> None:
        """Remember the paper under the cursor of a scope, for the last MAX_CURSORS scopes."""
        self.cursors.pop(key, None)
        self.cursors[key] = paper_id
        while len(self.cursors) > MAX_CURSORS:
            del self.cursors[next(iter(self.cursors))]

    def remember_query(self, text: str) -> None:
        """Remember a query, unless it is empty or very long, for the last MAX_QUERIES queries."""
        self.queries = _remembered(self.queries, text)

    def remember_command(self, text: str) -> None:
        """Remember a command, as ``remember_query`` does a query."""
        self.commands = _remembered(self.commands, text)


def _remembered(texts: list[str], text: str) -> list[str]:
    """Return the texts that are remembered after another one was typed, oldest first."""
    if not text or len(text) > MAX_QUERY_LENGTH:
        return texts
    return [*(other for other in texts if other != text), text][-MAX_QUERIES:]


def load_session(folder: Path) -> Session:
    """Load the session; invalid values, or a file that cannot be read, count as not remembered."""
    try:
        document = TinyDbFolder(folder, SCHEMA).read("session").get("session", {}).get("", {})
    except (StorageError, OSError):
        return Session()
    types: dict[str, type] = {"min_votes": int, "table_share": int, "sidebar": bool}
    types |= {"cursors": dict, "sources": list, "scope": list}
    types |= {"queries": list, "commands": list}
    values: dict[str, Any] = {}
    for each in fields(Session):
        value = document.get(_STORED_NAMES.get(each.name, each.name))
        # Not isinstance(), because a bool is an int.
        if type(value) is types.get(each.name, str):
            values[each.name] = value
    texts = [*values.get("cursors", {}).values(), *values.get("sources", [])]
    texts += values.get("scope", [])
    if not all(isinstance(text, str) for text in texts):
        values = {name: values[name] for name in values.keys() - {"cursors", "sources", "scope"}}
    for name in ("queries", "commands"):
        if not all(isinstance(text, str) for text in values.get(name, [])):
            del values[name]
    return Session(**values)


def save_session(folder: Path, session: Session) -> None:
    """Save the session.

    Raises:
        StorageError: another process is writing, or the file is from a newer version.
        OSError: the folder cannot be written.
    """
    document = {_STORED_NAMES.get(name, name): value for name, value in asdict(session).items()}
    store = TinyDbFolder(folder, SCHEMA)
    with store.locked(timeout=2):
        try:
            store.read("session")
        except DamagedFileError:
            store.file("session").unlink()
        with store.edit("session") as database:
            database.keyed("session").put([("", document)])
