"""What is in an archive, and what of it is refused, whatever its format.

Whoever packed it may mean ill, so nothing that it says of itself is believed: names that lead out
of it, links and devices are no digests, and every size is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from tui.i18n import N_, _
from tui.sources.scan import SkipReason

MAX_ARCHIVE = 1 << 30
MAX_MEMBER = 64 << 20
MAX_TOTAL = 1 << 30
"""Bytes: of the archive, of one file in it, and of all of them."""

MOST_MEMBERS = 65_000

MAX_RATIO = 200
"""How many times larger than packed something may be: text is ten times as large, a bomb a thousand
times."""

SMALL = 1 << 20
"""Bytes; nobody asks how what has no more was packed."""

ESCAPES = SkipReason(N_("leads out of the archive; it is left out"))
NO_FILE = SkipReason(N_("is a link or a device; it is left out"))
NESTED = SkipReason(N_("is an archive within an archive, and is not opened"))
ENCRYPTED = SkipReason(N_("is encrypted; it is left out"))
UNKNOWN_WAY = SkipReason(N_("is packed in a way that is not read; it is left out"))
TWICE = SkipReason(N_("is told again farther on in the archive; that is read"))
TOO_LARGE = SkipReason(N_("is larger than {size} MB; skipped"), {"size": MAX_MEMBER >> 20})
BOMB = SkipReason(N_("is more than {n} times larger than packed; it is left out"), {"n": MAX_RATIO})


class ArchiveMember(NamedTuple):
    """A file in an archive.

    Attributes:
        name: as it was packed.
        key: what its format finds it by.
        size: in bytes, as the archive tells.
        content: what tells its content without reading it; empty if nothing does.
        refused: why it is not read, or None.
    """

    name: str
    key: int
    size: int
    content_id: str = ""
    skip_reason: SkipReason | None = None


class UnreadableMemberError(OSError):
    """An archive, or something in it, cannot be read; ``strerror`` tells why."""

    def __init__(self, why: str) -> None:
        super().__init__(None, why)


def damaged(error: Exception) -> UnreadableMemberError:
    """Return what to raise where a library says that an archive is none, or torn."""
    from tui.sanitize import escape_unprintable

    why = escape_unprintable(str(error)) or type(error).__name__
    return UnreadableMemberError(_("is damaged ({why})").format(why=why))


class Archive(Protocol):
    """An archive of one format, opened."""

    in_order: bool
    """Whether members have to be read in the order in which they are listed."""

    def members(self) -> Iterator[ArchiveMember]:
        """Yield what is in it but for folders. Raises OSError if it cannot be listed to its end."""

    def read(self, member: ArchiveMember) -> bytes:
        """Return a member's content. Raises OSError if it cannot be read."""

    def close(self) -> None:
        """Close it."""
