"""Fetch what arXiv knows about papers, 100 at a time.

The entries are kept as they were served, in one file for each day on which digests list the papers:
``2025-05-22.details.xml``. See `tui.digests.detail_files`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from functools import partial
from itertools import islice
from pathlib import Path

from tui.i18n import ngettext
from tui.sources.arxiv import api
from tui.sources.feeds.document import FeedItem, add_items, select_items
from tui.sources.http.client import HttpClient
from tui.sources.http.downloads import Download
from tui.sources.http.saved import (
    ResponseRecord,
    ResponseRecords,
    details_file_name,
    save_response,
    saved_response,
)

IDS_PER_REQUEST = 100
MAX_FILE_BYTES = 16_000_000

_ID = re.compile(r"arxiv\.org/abs/(\S{4,40}?)(?:v\d{1,3})?\Z")


def record_name(paper_id: str) -> str:
    """Return the name of the record that says when arXiv was asked about a paper."""
    return f"arxiv {paper_id}"


def details_downloads(wanted: Mapping[str, str], folder: Path, url: str) -> list[Download]:
    """Return the downloads for papers.

    Args:
        wanted: ids of arXiv, each with the day of the file that gets it; an empty day for none.
        folder: the folder of the files.
        url: the URL of the API.
    """
    remaining = iter(sorted(wanted.items(), key=lambda item: (item[1], item[0]), reverse=True))
    downloads = []
    while part := dict(islice(remaining, IDS_PER_REQUEST)):
        number = len(part)
        name = ngettext("arXiv: {number} paper", "arXiv: {number} papers", number)
        name = name.format(number=number)
        downloads.append(Download(name, partial(_fetch, part, folder, url), url))
    return downloads


async def _fetch(
    wanted: Mapping[str, str],
    folder: Path,
    url: str,
    client: HttpClient,
    records: ResponseRecords,
) -> int | None:
    """Fetch some papers; see `Download`."""
    data, feed = await api.query(client, url, {"id_list": ",".join(wanted)})
    found: dict[str, FeedItem] = {}
    for item in feed.items:
        match = _ID.search(item.text("id"))
        if match and match[1] in wanted:
            found[match[1]] = item
    changed = False
    for day in dict.fromkeys(wanted.values()):
        entries = {paper: item for paper, item in found.items() if wanted[paper] == day}
        if entries:
            items = {paper: data[each.start : each.end] for paper, each in entries.items()}
            empty = select_items(data, feed, lambda _item: False)
            changed |= _merge(folder / details_file_name(day, "xml"), items, empty)
    now = time.time()
    for paper_id in wanted:
        records.set(record_name(paper_id), ResponseRecord(url, empty_since=now))
    records.save()
    return len(found) if changed else None


def _merge(file: Path, items: Mapping[str, bytes], empty: bytes) -> bool:
    """Add entries to a file, in place of those of the same papers; return whether it changed.

    Args:
        file: the file.
        items: the entries by id.
        empty: the answer without entries, for a new file.
    """
    before = saved_response(file, MAX_FILE_BYTES)
    if before is None:
        return save_response(file, add_items(empty, items.values()))
    feed = api.parsed_feed(before, file.name)
    kept = {before[each.start : each.end] for each in feed.items}
    if kept.issuperset(items.values()):
        save_response(file, before)
        return False

    def is_other(item: FeedItem) -> bool:
        match = _ID.search(item.text("id"))
        return match is None or match[1] not in items

    return save_response(file, add_items(select_items(before, feed, is_other), items.values()))
