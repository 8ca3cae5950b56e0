"""How large marks can be.

Everything that reads marks holds those of a month in memory, and queries hold all of them. The
limits are far above what anybody writes, and below what another machine or a file could fill a disk
or memory with. Marks that are already stored are never cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.i18n import _

if TYPE_CHECKING:
    from tui.marks.timestamped_marks import TimestampedMarks

MAX_NOTE_BYTES = 64 << 10
"""UTF-8 bytes of a note that the reader sets."""

MAX_TAG_CHARACTERS = 100
"""Characters of a tag that the reader sets."""

MAX_TAGS = 100
"""Tags of a paper that the reader sets."""

FOREIGN_FACTOR = 4
"""How much more may come from other machines and files: earlier versions had no limits, a note that
two processes change at once has both texts, and removed tags count as well."""

MAX_STORE_BYTES = 32 << 20
"""Size of all marks files together: enough to mark 300,000 papers as read."""

PAPER_BYTES = 100
"""The least size that a paper is counted with."""

TAG_BYTES = 128
"""The size that a tag is counted with besides its characters: it takes as much memory."""

MAX_SHARD_PAPERS = 50_000
"""Papers of one month from elsewhere: twice as many as arXiv has."""


class MarkTooLargeError(ValueError):
    """A mark is too large; the message says which, and the limit."""


def check_note(note: str, replaced: str | None = None) -> None:
    """Check the length of a note; an older one that is too long may stay or become shorter.

    Raises:
        MarkTooLargeError: it is too long.
    """
    size = len(note.encode(errors="replace"))
    if size > max(MAX_NOTE_BYTES, len((replaced or "").encode())):
        message = _("the note is longer than {limit} KB")
        raise MarkTooLargeError(message.format(limit=MAX_NOTE_BYTES >> 10))


def check_tags(tags: Sequence[str], replaced: Sequence[str] | None = None) -> None:
    """Check the number and lengths of a paper's tags; older ones may stay.

    Raises:
        MarkTooLargeError: there are too many, or one is too long.
    """
    if len(tags) > max(MAX_TAGS, len(replaced or ())):
        message = _("a paper can have at most {limit} tags")
        raise MarkTooLargeError(message.format(limit=MAX_TAGS))
    if any(len(tag) > MAX_TAG_CHARACTERS and tag not in (replaced or ()) for tag in tags):
        message = _("a tag is longer than {limit} characters")
        raise MarkTooLargeError(message.format(limit=MAX_TAG_CHARACTERS))


def size_of(marks: TimestampedMarks) -> int:
    """Return about how many bytes a paper's marks take on disk and in memory."""
    tags = sum(
        TAG_BYTES + len(key.encode()) + len(tag[1].encode()) for key, tag in marks.tags.items()
    )
    return PAPER_BYTES + len(marks.note[1].encode()) + tags


def store_is_full() -> str:
    """Return the sentence for marks that would make all files together too large."""
    message = _("your marks would exceed {limit} MB; shorten or remove notes")
    return message.format(limit=MAX_STORE_BYTES >> 20)
