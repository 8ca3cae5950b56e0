"""Fetch the daily lists of arXiv's categories, one file for each category and day.

The newest list comes from the category's RSS feed, which distinguishes new papers, cross-lists
and replacements. Older lists are no longer served as feeds: the API returns the papers that were
submitted in time for them, but no replacements.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tui.sources.arxiv import api
from tui.sources.arxiv.announcements import current_day, midnight, submission_interval
from tui.sources.arxiv.servers import ArxivServers
from tui.sources.feeds.document import Feed, FeedItem, select_items
from tui.sources.http.client import HttpClient
from tui.sources.http.downloads import Download
from tui.sources.http.exchange import NO_VALIDATORS, CacheValidators
from tui.sources.http.saved import ResponseRecord, ResponseRecords, save_response

_CATEGORY = re.compile(r"[a-z]{2,10}(?:-[a-z]{1,10})?(?:\.[A-Za-z]{2,4}(?:-[a-z]{1,10})?)?")
_SETTLING_TIME = timedelta(days=2)
"""How long after its day papers may still be added to a list."""


def is_category(text: str) -> bool:
    """Return whether a text can be the name of a category (``cs.CL``) or an archive (``cs``)."""
    return _CATEGORY.fullmatch(text) is not None


class ListOptions(NamedTuple):
    """How to fetch lists.

    Attributes:
        folder: the folder with a folder for each category.
        servers: where to send requests.
        new_only: whether to keep only papers that are new, in their primary category.
        refetch: whether to fetch lists again that no longer change.
    """

    folder: Path
    servers: ArxivServers = ArxivServers()
    new_only: bool = False
    refetch: bool = False


def list_downloads(
    categories: Sequence[str], days: Sequence[date], options: ListOptions
) -> tuple[list[Download], int]:
    """Return the downloads of lists that are missing or may have changed, and how many are not.

    Args:
        categories: names of categories or archives.
        days: days with a list, the newest first.
        options: how to fetch them.
    """
    today = current_day()
    downloads, kept = [], 0
    for day in days:
        for category in categories:
            file = _file(options, category, day)
            if not options.refetch and _is_settled(file, day):
                kept += 1
                continue
            fetch = _fetch_feed if day == today else _fetch_day
            run = partial(fetch, options, category, day)
            downloads.append(Download(f"{category} {day}", run, options.servers.api))
    return downloads, kept


def _file(options: ListOptions, category: str, day: date) -> Path:
    return options.folder / category / f"{day}.xml"


def _is_settled(file: Path, day: date) -> bool:
    """Return whether a list was fetched so late that it no longer changes."""
    try:
        fetched_at = file.stat().st_mtime
    except OSError:
        return False
    return fetched_at >= (midnight(day) + _SETTLING_TIME).timestamp()


async def _fetch_feed(
    options: ListOptions, category: str, day: date, client: HttpClient, records: ResponseRecords
) -> int | None:
    """Fetch the feed of a category, which has the newest list; see `Download`."""
    url = f"{options.servers.rss}/{category}"
    name = f"{url} {options.new_only}"
    record = records.get(name)
    is_conditional = record and _file(options, category, day).exists() and not options.refetch
    known = CacheValidators(*record[1:3]) if record and is_conditional else NO_VALIDATORS
    response = await client.get(
        url,
        accept="application/rss+xml",
        validators=known,
        max_bytes=api.MAX_BYTES,
        allowed_hosts=api.ALLOWED_HOSTS,
    )
    if response is None:
        return None
    data, feed = api.checked_feed(response, url)
    papers = _save(options, category, _feed_day(feed) or day, data, feed)
    records.set(name, ResponseRecord(url, *response.validators))
    return papers


def _feed_day(feed: Feed) -> date | None:
    """Return the day of a feed's list; on weekends, its feed has none."""
    times = [item.text("pubDate", "published") for item in feed.items[:1]]
    for text in (*times, feed.text("pubDate")):
        try:
            return parsedate_to_datetime(text).date()
        except (ValueError, IndexError, OverflowError):
            continue
    return None


async def _fetch_day(
    options: ListOptions, category: str, day: date, client: HttpClient, records: ResponseRecords
) -> int | None:
    """Fetch the papers that were submitted for a day's list; see `Download`."""
    url = options.servers.api
    record = records.get(f"{url} {category} {day}")
    # A holiday has no list; there is no need to ask every time.
    if record and record.empty_since and not options.refetch:
        settled = (midnight(day) + _SETTLING_TIME).timestamp()
        if record.empty_since > settled:
            return None
    start, end = (f"{moment:%Y%m%d%H%M}" for moment in submission_interval(day))
    names = f"cat:{category}" if "." in category else f"(cat:{category} OR cat:{category}.*)"
    params = {
        "search_query": f"{names} AND submittedDate:[{start} TO {end}]",
        "sortBy": "submittedDate",
        "sortOrder": "descending",
    }
    data, feed = await api.query(client, url, params)
    if not feed.items:
        records.set(f"{url} {category} {day}", ResponseRecord(url, empty_since=time.time()))
    return _save(options, category, day, data, feed)


def _save(options: ListOptions, category: str, day: date, data: bytes, feed: Feed) -> int | None:
    """Save a list and return its number of papers; None if it is empty or unchanged."""
    if options.new_only:
        wanted = partial(_is_new, category)
        data = select_items(data, feed, wanted)
        number = sum(map(wanted, feed.items))
    else:
        number = len(feed.items)
    if not number or not save_response(_file(options, category, day), data):
        return None
    return number


def _is_new(category: str, item: FeedItem) -> bool:
    """Return whether an item is a paper that is new in its primary category."""
    if announced := item.text("arxiv:announce_type"):
        return announced == "new"
    primary = item.elements.get("arxiv:primary_category", ())
    names = [each.attributes.get("term", "") for each in primary]
    return any(category in {name, name.partition(".")[0]} for name in names)
