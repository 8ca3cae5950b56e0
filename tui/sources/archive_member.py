"""The files in an archive of any format, and the reasons to skip one.

Archives are untrusted: paths that lead out of the archive, links and devices are skipped, and all
sizes are bounded, whatever the archive declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from tui.i18n import N_, _
from tui.sources.scan import SkipReason

MAX_ARCHIVE_BYTES = 1 << 30
MAX_MEMBER_BYTES = 64 << 20
MAX_TOTAL_BYTES = 1 << 30
"""Of all members together, uncompressed."""

MAX_MEMBERS = 65_000

MAX_COMPRESSION_RATIO = 200
"""Text compresses by about 10, a decompression bomb by about 1000."""

RATIO_EXEMPT_BYTES = 1 << 20
"""Smaller members may have any compression ratio."""

ESCAPES = SkipReason(N_("leads out of the archive; skipped"))
NOT_A_FILE = SkipReason(N_("is a link or a device; skipped"))
NESTED = SkipReason(N_("is an archive within an archive; skipped"))
ENCRYPTED = SkipReason(N_("is encrypted; skipped"))
UNSUPPORTED_COMPRESSION = SkipReason(N_("is compressed with an unsupported method; skipped"))
DUPLICATE = SkipReason(N_("occurs again later in the archive; only the last one is read"))
TOO_LARGE = SkipReason(N_("is larger than {size} MB; skipped"), {"size": MAX_MEMBER_BYTES >> 20})
BOMB = SkipReason(
    N_("is more than {n} times as large as its compressed data; skipped"),
    {"n": MAX_COMPRESSION_RATIO},
)


class ArchiveMember(NamedTuple):
    """A file in an archive.

    Attributes:
        name: its path in the archive.
        key: how its format finds it.
        size: in bytes, as declared by the archive.
        content_id: identifies the content without reading it; empty if nothing does.
        skip_reason: why it is not read, or None.
    """

    name: str
    key: int
    size: int
    content_id: str = ""
    skip_reason: SkipReason | None = None


class UnreadableMemberError(OSError):
    """An archive or one of its members cannot be read; ``strerror`` says why."""

    def __init__(self, why: str) -> None:
        super().__init__(None, why)


def damaged(error: Exception) -> UnreadableMemberError:
    """Return the error to raise if a library reports an invalid or damaged archive."""
    from tui.sanitize import escape_unprintable

    return damaged_because(escape_unprintable(str(error)) or type(error).__name__)


def damaged_because(why: str) -> UnreadableMemberError:
    """Return the error to raise for an invalid or damaged archive."""
    return UnreadableMemberError(_("is damaged ({why})").format(why=why))


class Archive(Protocol):
    """An open archive of one format."""

    is_sequential: bool
    """Whether members have to be read in the order in which they are listed."""

    def members(self) -> Iterator[ArchiveMember]:
        """Yield all members except folders. Raises OSError if the list is damaged."""

    def read(self, member: ArchiveMember) -> bytes:
        """Return a member's content. Raises OSError if it cannot be read."""

    def close(self) -> None:
        """Close the file."""
