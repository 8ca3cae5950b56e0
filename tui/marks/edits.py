"""Changes of a paper's marks, and how one is taken back. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from tui.models import Marks

NO_MARKS = Marks()

How: TypeAlias = Callable[[Marks], Marks]
"""What makes of the marks that a paper has those that it shall have."""


class Change(NamedTuple):
    """What one paper's marks were and are.

    Attributes:
        arxiv_id: canonical, without a version.
        before: what was kept.
        after: what is kept now.
    """

    arxiv_id: str
    before: Marks
    after: Marks


def toggled_read(marks: Marks) -> Marks:
    """Return the marks with read for unread, or the other way round."""
    return marks._replace(read=not marks.read)


def toggled_star(marks: Marks) -> Marks:
    """Return the marks with a star, or without the one they have."""
    return marks._replace(starred=not marks.starred)


def set_read(read: bool) -> How:  # noqa: FBT001  # it is all there is to say
    """Return what makes any paper read, or unread."""
    return lambda marks: marks._replace(read=read)


def set_starred(starred: bool) -> How:  # noqa: FBT001  # as above
    """Return what gives any paper a star, or takes it."""
    return lambda marks: marks._replace(starred=starred)


def with_tags(tags: Iterable[str], instead_of: Iterable[str] | None = None) -> How:
    """Return what gives any paper these tags.

    Args:
        tags: as ``parse_tags`` returns them.
        instead_of: the tags that were seen. One of these that is not among the others is taken
            away; what a paper has besides stays, for somebody else gave it meanwhile. Without
            them, no other tag stays.
    """
    given = tuple(tags)
    seen = None if instead_of is None else set(instead_of)

    def how(marks: Marks) -> Marks:
        if seen is None:
            return marks._replace(tags=given)
        others = tuple(tag for tag in marks.tags if tag not in seen and tag not in given)
        return marks._replace(tags=(*given, *others))

    return how


def with_note(text: str, instead_of: str | None = None) -> How:
    """Return what gives any paper this note; a blank one takes the note that is there.

    Args:
        text: any text; what a terminal could obey is taken out.
        instead_of: the note that was seen. Another one was written by somebody else meanwhile,
            and stays above this. None for any.
    """
    # The first screen draws notes and writes none.
    from tui.sanitize import clean

    note = clean(text).rstrip()
    note = note if note.strip() else ""

    def how(marks: Marks) -> Marks:
        if instead_of is None or marks.note in {"", instead_of}:
            return marks._replace(note=note)
        return marks._replace(note=f"{marks.note}\n\n{note}" if note else marks.note)

    return how


def taken_back(change: Change, now: Marks) -> Marks:
    """Return the marks without a change, in the fields that are still as it left them.

    Args:
        change: what is to be taken back.
        now: the paper's marks, which may have been changed again since.
    """
    before, after = change.before, change.after
    return Marks(
        read=before.read if now.read == after.read else now.read,
        starred=before.starred if now.starred == after.starred else now.starred,
        tags=before.tags if now.tags == after.tags else _tags_back(change, now.tags),
        note=before.note if now.note == after.note else now.note,
    )


def _tags_back(change: Change, now: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tags without those that the change added, and with those that it removed."""
    from tui.query.normalize import fold

    before = {fold(tag): tag for tag in change.before.tags}
    after = {fold(tag) for tag in change.after.tags}
    there = {fold(tag): tag for tag in now}
    kept = [tag for key, tag in there.items() if key not in after or key in before]
    back = [tag for key, tag in before.items() if key not in after and key not in there]
    return (*kept, *back)
