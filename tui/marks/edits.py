"""Edits of marks as records: how they are made, applied, undone and kept until they are written.

Pure but for the clock.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from tui.marks.added_fields import MAX_VERSION
from tui.marks.tags import by_normalized_tag
from tui.models import NO_MARKS, Marks, Paper

MarkField: TypeAlias = Literal["read", "starred", "tags", "note", "hidden", "later", "version"]

MarkValue: TypeAlias = Any
"""The value of a field: a bool, a tuple of tags, the text of a note, a place, or a version."""


class MarkEdit(NamedTuple):
    """One field of one paper's marks gets a new value.

    Attributes:
        paper: canonical id.
        field: name of the field of ``Marks``.
        value: the new value.
        at: when the edit was made, in milliseconds since 1970 (UTC).
        replaces: the value that the reader saw when editing; None to overwrite any value. An
            applied edit has the value that it found here, which is what undoing it restores.
        is_undo: whether the edit undoes another one: if the field was changed since, it keeps that
            later change.
    """

    paper: str
    field: MarkField
    value: MarkValue
    at: int
    replaces: MarkValue = None
    is_undo: bool = False

    @property
    def is_effective(self) -> bool:
        """Whether an applied edit changed anything."""
        return bool(self.value != self.replaces)

    def inverted(self) -> MarkEdit:
        """Return the edit that undoes this applied one."""
        return MarkEdit(self.paper, self.field, self.replaces, now(), self.value, is_undo=True)


RELEASE_TIME = 1_767_225_600_000
"""The beginning of 2026; a clock that is earlier is wrong."""

MAX_CLOCK_ERROR = 100 * 365 * 86_400_000
"""How far clocks are believed, in milliseconds: 100 years. Clocks that lose their time stop at
1970, 2000, 2038 or 2106."""


def now() -> int:
    """Return the time in milliseconds since 1970 (UTC).

    Of a clock that cannot be right, the time is that of this version: no other machine would
    believe it.
    """
    time_now = time.time_ns() // 1_000_000
    return time_now if time_now <= RELEASE_TIME + MAX_CLOCK_ERROR else RELEASE_TIME


def set_read(papers: Iterable[str], read: bool) -> list[MarkEdit]:  # noqa: FBT001
    """Return edits that mark papers as read or unread."""
    return _edits(papers, "read", read)


def set_versions_known(papers: Iterable[Paper]) -> list[MarkEdit]:
    """Return edits that record the newer versions of papers as known to the reader."""
    versions = ((paper.paper_id, paper.newer_version) for paper in papers)
    return [
        edit
        for paper_id, version in versions
        if version is not None and version[0] <= MAX_VERSION
        for edit in _edits([paper_id], "version", version[0])
    ]


def set_starred(papers: Iterable[str], starred: bool) -> list[MarkEdit]:  # noqa: FBT001
    """Return edits that star or unstar papers."""
    return _edits(papers, "starred", starred)


def set_hidden(papers: Iterable[str], hidden: bool) -> list[MarkEdit]:  # noqa: FBT001
    """Return edits that hide papers, or show them again."""
    return _edits(papers, "hidden", hidden)


def set_tags(
    papers: Iterable[str], tags: Iterable[str], replaces: Iterable[str] | None = None
) -> list[MarkEdit]:
    """Return edits that give papers these tags.

    Args:
        papers: paper ids.
        tags: as ``parse_tags`` returns them.
        replaces: the tags that the reader saw. Tags that another process added or removed since
            stay added or removed. Without it, the papers have exactly ``tags`` afterwards.

    Raises:
        MarkTooLargeError: there are too many tags, or one is too long.
    """
    from tui.marks.limits import check_tags

    new, old = tuple(tags), None if replaces is None else tuple(replaces)
    check_tags(new, old)
    return _edits(papers, "tags", new, old)


def set_note(papers: Iterable[str], text: str, replaces: str | None = None) -> list[MarkEdit]:
    """Return edits that set the note of papers; a blank text deletes it.

    Args:
        papers: paper ids.
        text: any text; escape sequences and control characters are removed.
        replaces: the note that the reader saw. A different note was written by another process
            since, and stays above the new one. Without it, any note is overwritten.

    Raises:
        MarkTooLargeError: the note is too long.
    """
    from tui.marks.limits import check_note
    from tui.sanitize import clean

    note = clean(text).rstrip()
    check_note(note, replaces)
    return _edits(papers, "note", note if note.strip() else "", replaces)


def _edits(
    papers: Iterable[str], field: MarkField, value: MarkValue, replaces: MarkValue = None
) -> list[MarkEdit]:
    at = now()
    return [MarkEdit(paper, field, value, at, replaces) for paper in papers]


def apply_edits(
    edits: Iterable[MarkEdit], marks: Mapping[str, Marks]
) -> tuple[dict[str, Marks], list[MarkEdit]]:
    """Apply edits, one after the other.

    Args:
        edits: the edits, the oldest first.
        marks: the current marks by paper id.

    Returns:
        The new marks of the papers edited, and for each edit the one applied: with the value that
        it found and the value that it left.
    """
    edited: dict[str, Marks] = {}
    applied = []
    for edit in edits:
        before = edited.get(edit.paper) or marks.get(edit.paper, NO_MARKS)
        current = getattr(before, edit.field)
        value = _resolve(edit, current)
        fields: dict[str, MarkValue] = {edit.field: value}
        edited[edit.paper] = before._replace(**fields)
        applied.append(edit._replace(value=value, replaces=current))
    return edited, applied


def _resolve(edit: MarkEdit, current: MarkValue) -> MarkValue:
    """Return a field's new value, merged if another process changed it since the edit was made."""
    if edit.replaces is None or current == edit.replaces:
        return edit.value
    if edit.field == "tags":
        return _merge_tags(edit, current)
    if edit.field == "note":
        if edit.is_undo or not edit.value:
            return current
        return f"{current}\n\n{edit.value}" if current else edit.value
    if edit.field == "later" and (edit.is_undo or not edit.replaces):
        # Another process has added or moved the paper since.
        return current
    return edit.value


def _merge_tags(edit: MarkEdit, current: tuple[str, ...]) -> tuple[str, ...]:
    """Add to the current tags those that an edit adds, and remove those that it removes."""
    replaced, wanted, present = map(by_normalized_tag, (edit.replaces, edit.value, current))
    kept = {key: tag for key, tag in present.items() if key not in replaced or key in wanted}
    added = {key: tag for key, tag in wanted.items() if key not in replaced and key not in present}
    merged = {**kept, **added}
    if edit.is_undo:
        return tuple(merged.values())
    # The reader's tags come first, as they spelled them.
    mine = {key: tag for key, tag in wanted.items() if key in merged}
    return (*mine.values(), *(tag for key, tag in merged.items() if key not in mine))


class PendingEdits:
    """Edits not yet written to disk. Immutable.

    Args:
        by_paper: the edits of each paper, the oldest first.
    """

    def __init__(self, by_paper: Mapping[str, tuple[MarkEdit, ...]] = MappingProxyType({})) -> None:
        self._by_paper = by_paper

    def __len__(self) -> int:
        """Return the number of papers that have pending edits."""
        return len(self._by_paper)

    @property
    def edits(self) -> list[MarkEdit]:
        """All edits; those of one paper in order."""
        return [edit for edits in self._by_paper.values() for edit in edits]

    def and_then(self, edits: Iterable[MarkEdit]) -> PendingEdits:
        """Return these edits followed by others."""
        by_paper = dict(self._by_paper)
        for edit in edits:
            by_paper[edit.paper] = (*by_paper.get(edit.paper, ()), edit)
        return PendingEdits(by_paper)

    def over(self, paper: str, marks: Marks) -> Marks:
        """Return a paper's marks with the pending edits applied to those on disk."""
        edits = self._by_paper.get(paper)
        return apply_edits(edits, {paper: marks})[0][paper] if edits else marks

    def over_all(self, marks: Mapping[str, Marks]) -> Mapping[str, Marks]:
        """Return the marks of all papers that have any, with the pending edits applied."""
        if not self._by_paper:
            return marks
        merged = {**marks, **apply_edits(self.edits, marks)[0]}
        return {paper: each for paper, each in merged.items() if each != NO_MARKS}
