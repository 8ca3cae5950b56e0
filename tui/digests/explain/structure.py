"""What a text consists of, as the general reader sees it: values of data, or a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from tui.digests.general.markdown_page import Page, page_of
from tui.digests.general.papers_in_text import feed_entries
from tui.digests.general.records.data_forms import data_in
from tui.digests.general.records.paper_records import find_records
from tui.digests.general.records.value_tree import starts_like_data

MAX_VALUES = 100_000
"""Values of a text that are examined."""


class Structure(NamedTuple):
    """What a text consists of.

    Attributes:
        values: its values if it is data, else None.
        page: the page if it is one, else None.
    """

    values: Sequence[object] | None = None
    page: Page | None = None


def structure_of(text: str) -> Structure:
    """Return what a decoded text with normalized line ends consists of."""
    first = None
    for data in data_in(text):
        values = list(islice(data, MAX_VALUES))
        first = first or values
        if next(find_records(values, text, lambda *_: ()), None) is not None:
            return Structure(values)
    # A page may look like data, too.
    if first and starts_like_data(text):
        return Structure(first)
    if items := feed_entries(text):
        return Structure(items)
    return Structure(None, page_of(text))
