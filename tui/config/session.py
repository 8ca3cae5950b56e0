"""What the program remembers by itself: where the reader was, threshold, sort, theme, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError

SCHEMA = 1
PLACES_KEPT = 400


@dataclass(repr=False)
class Session:
    """The remembered things; each None or empty until there is something to remember.

    Attributes:
        theme: name of the theme that was last chosen.
        min_votes: the vote threshold.
        sort: the order, as ``-votes,date``.
        period: year, month or day that was last looked at.
        shelf: query, name and likeness of the shelf that was last looked at; empty if it was the
            period alone.
        newest: the newest day there was at the last visit.
        places: by the key of a shelf (of a date, the period), the paper the cursor was on.
        table_share: height of the table, in percent of what table and viewer share.
        sidebar: whether the sidebar is shown.
        sources: of which sources period, newest and places are.
    """

    theme: str | None = None
    min_votes: int | None = None
    sort: str | None = None
    period: str | None = None
    shelf: list[str] = field(default_factory=list)
    newest: str | None = None
    places: dict[str, str] = field(default_factory=dict)
    table_share: int | None = None
    sidebar: bool = True
    sources: list[str] = field(default_factory=list)

    def of_sources(self, sources: Sequence[str]) -> None:
        """Forget places in other sources than these."""
        if self.sources != list(sources):
            self.period = self.newest = None
            self.shelf = []
            self.places = {}
            self.sources = list(sources)

    def remember_place(self, period: str, arxiv_id: str) -> None:
        """Note the paper of a period; the periods longest not looked at are forgotten."""
        self.places.pop(period, None)
        self.places[period] = arxiv_id
        while len(self.places) > PLACES_KEPT:
            del self.places[next(iter(self.places))]


def load_session(folder: Path) -> Session:
    """Return what is remembered in a folder; what cannot be read is not remembered."""
    try:
        document = TinyDbFolder(folder, SCHEMA).read("session").get("session", {}).get("", {})
    except (StorageError, OSError):
        return Session()
    return Session(**_well_typed(document))


def _well_typed(document: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a document that are of the kind a session holds."""
    kinds = {"min_votes": int, "table_share": int, "places": dict, "sidebar": bool}
    kinds |= {"sources": list, "shelf": list}
    values = {
        each.name: document[each.name]
        for each in fields(Session)
        # Exactly, for a bool is an int.
        if type(document.get(each.name)) is kinds.get(each.name, str)
    }
    texts = [*values.get("places", {}).values(), *values.get("sources", [])]
    texts += values.get("shelf", [])
    if not all(isinstance(text, str) for text in texts):
        values = {name: values[name] for name in values.keys() - {"places", "sources", "shelf"}}
    return values


def save_session(folder: Path, session: Session) -> None:
    """Remember a session.

    Raises:
        StorageError: another process is writing, or a newer one wrote.
        OSError: the folder cannot be written.
    """
    store = TinyDbFolder(folder, SCHEMA)
    with store.locked(timeout=2):
        try:
            store.read("session")
        except StorageError as error:
            if not error.can_rebuild:
                raise
            store.file("session").unlink()
        with store.edit("session") as database:
            database.keyed("session").put([("", asdict(session))])
