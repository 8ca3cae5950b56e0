"""Looks at a file that may have changed, and puts what now stands in it into a batch."""

from __future__ import annotations

import hashlib
import time

from tui.cache.manifest import Document, file_document
from tui.cache.report import SyncReport
from tui.cache.writer import WriteBatch
from tui.i18n import N_
from tui.models import Digest, MessageValue, Problem
from tui.sources.scan import FoundFile, reason
from tui.sources.source import ReadFile

CLOCK_GRAIN = 2_000_000_000
"""Nanoseconds. A file changed so shortly before it was read may change again unnoticed."""


def is_fresh(known: Document | None, file: FoundFile) -> bool:
    """Tell whether a file is surely what it was when it was read."""
    return (
        known is not None
        and known["settled"]
        and known["size"] == file.size
        and known["mtime"] == file.mtime
    )


def look_at(
    file: FoundFile, read: ReadFile, known: Document | None, batch: WriteBatch, report: SyncReport
) -> Digest | None:
    """Put what now stands in a file into the batch; return None if what is known shall stay."""
    settled = file.mtime < time.time_ns() - CLOCK_GRAIN
    unread = file_document(file.size, file.mtime, settled=settled, digest_hash="")
    if file.refused is not None:
        odd = _odd(file, file.refused.words, **file.refused.values)
        batch.read[file.name] = unread, odd
        return odd
    if file.content and known is not None and known["hash"] == file.content:
        _restamp(batch, file, known, unread)
        return None
    try:
        data = read(file)
    except OSError as error:
        words = N_("cannot be read ({reason}); it is tried again next time")
        odd = _odd(file, words, reason=reason(error))
        if known is not None and known["hash"]:
            report.problems += odd.problems
            return None
        batch.read[file.name] = {**unread, "settled": False}, odd
        return odd
    content = file.content or hashlib.blake2b(data, digest_size=16).hexdigest()
    if known is not None and known["hash"] == content:
        _restamp(batch, file, known, unread)
        return None
    # The readers are imported when there is something to read; mostly there is not.
    from tui.digests import reader

    digest = reader.read(data, file.name)
    batch.read[file.name] = {**unread, "hash": content}, digest
    return digest


def _restamp(batch: WriteBatch, file: FoundFile, known: Document, unread: Document) -> None:
    """Note that a file has another size or time, and the content that is known."""
    stamp = {key: unread[key] for key in ("size", "mtime", "settled")}
    batch.restamped[file.name] = {**known, **stamp}


def _odd(file: FoundFile, words: str, **values: MessageValue) -> Digest:
    """Return the digest that a file of which nothing was read stands for."""
    problems = (Problem(file.name, 0, words, values),) if words else ()
    return Digest(file.name, None, problems=problems)
