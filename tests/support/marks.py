"""Edits that set all marks of papers."""

from __future__ import annotations

from collections.abc import Iterable

from tui.marks.edits import MarkEdit, set_note, set_read, set_starred, set_tags
from tui.models import Marks


def set_marks(papers: Iterable[str], marks: Marks) -> list[MarkEdit]:
    """Return edits that set every field of papers' marks."""
    ids = list(papers)
    return [
        *set_read(ids, marks.read),
        *set_starred(ids, marks.starred),
        *set_tags(ids, marks.tags),
        *set_note(ids, marks.note),
    ]
