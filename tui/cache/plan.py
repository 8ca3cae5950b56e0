"""The plan of a sync: which files to read and which to drop. Pure."""

from __future__ import annotations

from typing import NamedTuple

from tui.cache.manifest import FileRecord, FileRecords, Manifest
from tui.digests.registry import UNAFFECTED_BY_PLUGINS
from tui.sources.scan import FoundFile, ScanResult


class SyncPlan(NamedTuple):
    """What has to be done to bring a cache up to date.

    Attributes:
        stale: files to read, in the order in which they were found.
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
    stale = [file for file in scan.files if not is_fresh(reusable.get(file.name), file)]
    missing = manifest.files.keys() - {file.name for file in scan.files}
    gone = sorted(name for name in missing if not scan.may_hold(name))
    return SyncPlan(stale, gone, reusable)


def is_fresh(record: FileRecord | None, file: FoundFile) -> bool:
    """Return whether a file is certainly unchanged since it was read."""
    return (
        record is not None
        and record["settled"]
        and record["size"] == file.size
        and record["mtime"] == file.mtime
    )


def _reusable_records(manifest: Manifest, fingerprint: str) -> FileRecords:
    """Return the records that stay valid although the set of dialects may have changed."""
    if manifest.dialects.fingerprint == fingerprint:
        return manifest.files
    return {
        name: record
        for name, record in manifest.files.items()
        if record["dialect"] in UNAFFECTED_BY_PLUGINS
    }
