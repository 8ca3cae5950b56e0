"""Find out what changed in a source: which files to read, and whether their content is new."""

from __future__ import annotations

import re
import time
from typing import NamedTuple

from tui.cache.manifest import UNREAD, FileRecord, FileRecords, Manifest
from tui.digests.plugins import version_of
from tui.digests.registry import UNAFFECTED_BY_PLUGINS
from tui.i18n import N_
from tui.models import Digest, Problem
from tui.sources.scan import (
    UNKNOWN,
    FileStamp,
    FoundFile,
    ReadFile,
    ScanResult,
    SkipReason,
    has_same_times,
    is_unchanged,
)
from tui.storage.disk_errors import reason
from tui.storage.folder import MTIME_RESOLUTION_NS

_NO_DIGITS = re.compile(r"\D+")


class SyncPlan(NamedTuple):
    """What has to be done to bring a cache up to date.

    Attributes:
        stale: files to read, those first whose names have the latest date.
        gone: names of files that no longer exist, sorted.
        reusable: records that stay valid for files whose content is unchanged.
    """

    stale: list[FoundFile]
    gone: list[str]
    reusable: FileRecords

    @property
    def is_empty(self) -> bool:
        """Whether the cache is up to date."""
        return not (self.stale or self.gone)


def compare(
    manifest: Manifest, scan: ScanResult, fingerprint: str, *, rebuild: bool = False
) -> SyncPlan:
    """Compare the manifest with the files of the source.

    Args:
        manifest: the cache's manifest.
        scan: what the source contains now.
        fingerprint: of the current dialects.
        rebuild: whether to read every file.
    """
    reusable = {} if rebuild else _reusable_records(manifest, fingerprint)
    stale = [
        file
        for file in scan.files
        if (record := reusable.get(file.name)) is None or not is_unchanged(record, file)
    ]
    # The newest days are what a reader wants to see first. A month that several folders are about
    # is also written once, and not for each folder.
    stale.sort(key=_digits_of_name, reverse=True)
    missing = manifest.files.keys() - {file.name for file in scan.files}
    gone = sorted(name for name in missing if not scan.may_hold(name))
    return SyncPlan(stale, gone, reusable)


def _digits_of_name(file: FoundFile) -> str:
    """Return the digits of a file's name with its folders, which usually are a date."""
    return _NO_DIGITS.sub("", file.name)


def _reusable_records(manifest: Manifest, fingerprint: str) -> FileRecords:
    """Return the records that stay valid although the set of dialects may have changed."""
    read_with = manifest.dialects.fingerprint
    if read_with == fingerprint:
        return manifest.files
    # Another version may read what these dialects left out.
    is_same_version = version_of(read_with) == version_of(fingerprint)
    return {
        name: record
        for name, record in manifest.files.items()
        if record["dialect"] in UNAFFECTED_BY_PLUGINS
        and (is_same_version or all(is_note for *_problem, is_note in record["problems"]))
    }


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


class NewContent(NamedTuple):
    """A file that has to be parsed.

    Attributes:
        record: its new record; see ``CheckedFile``.
        content: its only item is the content, which the parser takes, so that it is released
            before the papers are in memory.
    """

    record: FileRecord
    content: list[bytes]


def read_if_changed(file: FoundFile, read: ReadFile, known: FileRecord | None) -> CheckedFile:
    """Read and parse a file that may differ from its record, or that has none.

    Args:
        file: the file.
        read: returns the content of a file.
        known: the file's record, if its entries may be kept.
    """
    checked = load_if_changed(file, read, known)
    return parse(file, checked) if isinstance(checked, NewContent) else checked


def parse(file: FoundFile, new: NewContent) -> CheckedFile:
    """Parse a file, whose content is released as early as possible."""
    from tui.digests import reader

    return CheckedFile(new.record, reader.read_or_report(new.content.pop(), file.name))


def load_if_changed(
    file: FoundFile, read: ReadFile, known: FileRecord | None
) -> CheckedFile | NewContent:
    """Read a file like ``read_if_changed``, but do not parse it."""
    # Any later change to a settled file will show in its mtime.
    settled = file.mtime < time.time_ns() - MTIME_RESOLUTION_NS
    stamp: FileStamp = {
        "size": file.size,
        "mtime": file.mtime,
        "settled": settled,
        "inode": file.inode,
        "ctime": file.ctime,
    }
    record: FileRecord = {**UNREAD, **stamp}
    if file.skip_reason is not None:
        return CheckedFile(record, _empty_digest(file, file.skip_reason))
    if known is not None and file.content_id and known["hash"] == file.content_id:
        return _restamped(known, stamp, file)
    try:
        data = read(file)
    except OSError as error:
        message = N_("cannot be read ({reason}); the next sync tries again")
        unreadable = _empty_digest(file, SkipReason(message, {"reason": reason(error)}))
        if known is not None and known["hash"]:
            return CheckedFile(problems=unreadable.problems)
        return CheckedFile({**record, "settled": False}, unreadable)
    # OpenSSL, which comes with it, takes several megabytes, and most syncs find nothing to read.
    import hashlib

    content_hash = file.content_id or hashlib.blake2b(data, digest_size=16).hexdigest()
    if known is not None and known["hash"] == content_hash:
        return _restamped(known, stamp, file)
    return NewContent({**record, "hash": content_hash}, [data])


def _restamped(known: FileRecord, stamp: FileStamp, file: FoundFile) -> CheckedFile:
    """Return the result for a file with unchanged content."""
    if has_same_times(known, file) and known["inode"] != file.inode:
        # No program can set the ctime, so this is the same file, and its number means nothing.
        stamp["inode"] = UNKNOWN
    return CheckedFile({**known, **stamp})


def _empty_digest(file: FoundFile, why: SkipReason) -> Digest:
    """Return the digest of a file that was not read, with one problem unless it has no message."""
    problems = (Problem(file.name, 0, *why),) if why.message else ()
    return Digest(file.name, None, problems=problems)
