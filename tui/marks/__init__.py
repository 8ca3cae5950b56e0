"""The reader's marks on papers: read, starred, tags and a note. Stored by month, never derived."""

from tui.marks.edits import NO_MARKS, MarkEdit, set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore, NotPersistedError
from tui.marks.tags import parse_tags, tags_in_use

__all__ = [
    "NO_MARKS",
    "MarkEdit",
    "MarkStore",
    "NotPersistedError",
    "parse_tags",
    "set_note",
    "set_read",
    "set_starred",
    "set_tags",
    "tags_in_use",
]
