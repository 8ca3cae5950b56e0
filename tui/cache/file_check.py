"""Read one file of a source if its content changed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from typing import NamedTuple

from tui.cache.manifest import FileRecord, unread_file
from tui.i18n import N_
from tui.models import Digest, MessageValue, Problem
from tui.sources.scan import FoundFile
from tui.sources.source import ReadFile
from tui.storage.disk_errors import reason
from tui.storage.folder import MTIME_RESOLUTION_NS


class CheckedFile(NamedTuple):
    """The result of checking one file.

    Attributes:
        record: the file's new record, without the fields that describe its entries; None if the
            cached entries and record are unchanged.
        digest: the content to cache; None if the cached entries are unchanged.
        problems: problems of this check that are reported, but not cached.
    """

    record: FileRecord | None = None
    digest: Digest | None = None
    problems: tuple[Problem, ...] = ()


def read_if_changed(file: FoundFile, read: ReadFile, known: FileRecord | None) -> CheckedFile:
    """Read a file whose size or time differ from its record, or that has none.

    Args:
        file: the file.
        read: returns the content of a file.
        known: the file's record, if its entries may be kept.
    """
    record = unread_file(file.size, file.mtime, settled=_is_settled(file))
    if file.skip_reason is not None:
        return CheckedFile(record, _empty_digest(file, *file.skip_reason))
    if known is not None and file.content_id and known["hash"] == file.content_id:
        return CheckedFile(_restamp(known, record))
    try:
        data = read(file)
    except OSError as error:
        message = N_("cannot be read ({reason}); the next sync tries again")
        unreadable = _empty_digest(file, message, {"reason": reason(error)})
        if known is not None and known["hash"]:
            return CheckedFile(problems=unreadable.problems)
        return CheckedFile({**record, "settled": False}, unreadable)
    content_hash = file.content_id or hashlib.blake2b(data, digest_size=16).hexdigest()
    if known is not None and known["hash"] == content_hash:
        return CheckedFile(_restamp(known, record))
    from tui.digests import reader

    return CheckedFile({**record, "hash": content_hash}, reader.read(data, file.name))


def _is_settled(file: FoundFile) -> bool:
    """Return whether any later change to the file will show in its mtime."""
    return file.mtime < time.time_ns() - MTIME_RESOLUTION_NS


def _restamp(known: FileRecord, record: FileRecord) -> FileRecord:
    """Return the known record with another record's size and time."""
    return {
        **known,
        "size": record["size"],
        "mtime": record["mtime"],
        "settled": record["settled"],
    }


def _empty_digest(file: FoundFile, message: str, values: Mapping[str, MessageValue]) -> Digest:
    """Return the digest of a file that was not read, with one problem unless it has no message."""
    problems = (Problem(file.name, 0, message, values),) if message else ()
    return Digest(file.name, None, problems=problems)
