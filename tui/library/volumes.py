"""The volumes of all sources of a library."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from operator import attrgetter
from typing import TypeAlias

from tui.cache.entries import VOLUME_STEP, volume_name
from tui.models import Paper

Volume: TypeAlias = tuple[int, str]
"""The number of a source in the library, and a volume of its cache."""


def volumes_of(papers: Iterable[Paper]) -> set[Volume]:
    """Return the volumes with the entries of some papers."""
    entries = list(chain.from_iterable(map(attrgetter("entries"), papers)))
    # Nearly all entries are in the first volume of a few months.
    if max(map(attrgetter("number"), entries), default=0) < VOLUME_STEP:
        days = set(map(attrgetter("source", "date"), entries))
        return {(source, day[:7]) for source, day in days}
    volumes = {(entry.source, entry.date, entry.number // VOLUME_STEP) for entry in entries}
    return {(source, volume_name(day[:7], volume)) for source, day, volume in volumes}
