"""Fetch feeds that the reader subscribes to, and keep what is new in them, one file for each day.

A feed has only its latest items. Every day's file has those items, as they were served, that no
recent file has yet, so that older ones stay and none is kept every day again.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tui.i18n import _
from tui.sources.feeds.document import (
    Feed,
    FeedError,
    add_items,
    parse_feed,
    select_items,
)
from tui.sources.http.client import HttpClient
from tui.sources.http.downloads import Download
from tui.sources.http.errors import HttpError
from tui.sources.http.exchange import NO_VALIDATORS, CacheValidators
from tui.sources.http.mirrors import printable_host
from tui.sources.http.saved import ResponseRecord, ResponseRecords, save_response, saved_response

MAX_BYTES = 8_000_000
RECENT_FILES = 30
"""Files in which an item is looked for before it is kept."""

_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1"
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")


def feed_folder(folder: Path, url: str) -> Path:
    """Return the folder of a feed's files, in the folder of all feeds."""
    host = re.sub(r"[^a-z0-9.-]", "-", (urlsplit(url).hostname or "").lower())[:40]
    return folder / f"{host}-{zlib.crc32(url.encode()):08x}"


def feed_downloads(urls: Sequence[str], folder: Path) -> list[Download]:
    """Return the downloads of feeds.

    Args:
        urls: their URLs.
        folder: the folder of all feeds.
    """
    return [
        Download(printable_host(url) + urlsplit(url).path, partial(_fetch, url, folder), url)
        for url in urls
    ]


async def _fetch(
    url: str, folder: Path, client: HttpClient, records: ResponseRecords
) -> int | None:
    """Fetch a feed; see `Download`."""
    own = feed_folder(folder, url)
    record = records.get(url)
    known = CacheValidators(*record[1:3]) if record and own.exists() else NO_VALIDATORS
    response = await client.get(
        url, accept=_ACCEPT, validators=known, max_bytes=MAX_BYTES, allowed_hosts=None
    )
    if response is None:
        return None
    papers = _save(own, response.data, url)
    records.set(url, ResponseRecord(url, *response.validators))
    return papers


def _save(folder: Path, data: bytes, url: str) -> int | None:
    """Save what is new in a feed; return its number of items, or None without any.

    Raises:
        HttpError: it is not a feed.
    """
    file = folder / f"{datetime.now(UTC).date()}.xml"
    try:
        feed = parse_feed(data)
    except FeedError as error:
        if _FEED_START.search(data[:MAX_BYTES]) is None:
            message = _("the response of {host} is not a feed")
            raise HttpError(message, host=printable_host(url)) from error
        # The general reader finds papers in what is not well-formed, too.
        return 1 if save_response(_other_file(file, data), data) else None
    seen = _recent_items(folder)
    new = [each for each in feed.items if hash(data[each.start : each.end]) not in seen]
    if not new:
        return None
    before = saved_response(file, MAX_BYTES)
    items = [data[item.start : item.end] for item in new]
    if before is not None and _parsed(before) is not None:
        save_response(file, add_items(before, items))
    else:
        selected = select_items(data, feed, new.__contains__)
        save_response(_other_file(file, selected), selected)
    return len(new)


def _other_file(file: Path, data: bytes) -> Path:
    """Return a file for what cannot be added to the items that a file has."""
    if not file.exists() or saved_response(file, len(data)) == data:
        return file
    return file.with_stem(f"{file.stem}-{zlib.crc32(data):08x}")


def _recent_items(folder: Path) -> set[int]:
    """Return hashes of the items in the newest files of a feed."""
    hashes: set[int] = set()
    for file in sorted(folder.glob("*.xml"), reverse=True)[:RECENT_FILES]:
        data = saved_response(file, MAX_BYTES) or b""
        feed = _parsed(data)
        hashes.update(hash(data[item.start : item.end]) for item in (feed.items if feed else ()))
    return hashes


def _parsed(data: bytes) -> Feed | None:
    try:
        return parse_feed(data)
    except FeedError:
        return None
