"""Files that complete what digests say about papers, without listing these papers on a day.

They are digests in any dialect, with names such as ``2025-05-22.details.json``. The day in the name
is one on which other digests list the papers, so that the caches keep both close together.
"""

from __future__ import annotations

import re

from tui.digests.parsing.dates import day_in_path
from tui.models import UNDATED, UNLISTED, Digest

_NAME = re.compile(r"\.details\.[a-z]{2,6}\Z")


def is_details_file(path: str) -> bool:
    """Return whether a file has the name of one that only completes other digests."""
    return _NAME.search(path) is not None


def as_details(digest: Digest) -> Digest:
    """Return the digest of such a file: on the day of its name, with all papers unlisted.

    Notes are dropped, because nobody misses votes or authors in it.
    """
    day = day_in_path(digest.path) or UNDATED
    entries = (
        entry._replace(date=day, labels=tuple(dict.fromkeys((*entry.labels, UNLISTED))))
        for entry in digest.entries
    )
    problems = (problem for problem in digest.problems if not problem.is_note)
    return digest._replace(entries=tuple(entries), problems=tuple(problems))
