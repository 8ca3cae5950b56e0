"""What the reader adds to papers: read, starred, tags and a note. Kept by month, never derived."""

from tui.marks.edits import (
    NO_MARKS,
    Change,
    How,
    set_read,
    set_starred,
    toggled_read,
    toggled_star,
    with_note,
    with_tags,
)
from tui.marks.pending import NotPersistedError
from tui.marks.store import MarkStore
from tui.marks.tags import parse_tags, tags_in_use

__all__ = [
    "NO_MARKS",
    "Change",
    "How",
    "MarkStore",
    "NotPersistedError",
    "parse_tags",
    "set_read",
    "set_starred",
    "tags_in_use",
    "toggled_read",
    "toggled_star",
    "with_note",
    "with_tags",
]
