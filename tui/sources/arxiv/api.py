"""Requests to arXiv's API: https://info.arxiv.org/help/api/user-manual.html."""

from __future__ import annotations

from collections.abc import Mapping

from tui.i18n import _
from tui.sources.feeds.document import Feed, FeedError, add_items, parse_feed
from tui.sources.http.client import HttpClient
from tui.sources.http.errors import HttpError
from tui.sources.http.exchange import HttpResponse, too_large
from tui.sources.http.mirrors import printable_host

PAGE_SIZE = 500
"""Papers in one answer. More take the API so long that it often gives up."""

MAX_PAPERS = 5000
"""Papers of one query; a busy day of the largest category has a tenth of that."""

MAX_BYTES = 16_000_000
"""Size of one response, and of all responses to a query."""

ALLOWED_HOSTS = ("arxiv.org",)


async def query(client: HttpClient, url: str, params: Mapping[str, str]) -> tuple[bytes, Feed]:
    """Return all papers that a query finds: the first answer, with the entries of the others.

    Args:
        client: the connections.
        url: the URL of the API.
        params: the query's parameters, without those that select a page.

    Raises:
        HttpError: the API did not answer as it should.
    """
    data, feed = await _page(client, url, params, 0)
    total = _total(feed)
    number = len(feed.items)
    while number < min(total, MAX_PAPERS):
        more, page = await _page(client, url, params, number)
        if not page.items:
            # The API is known for empty pages; the next attempt usually has them.
            message = _("{host} sent {number} of {total} papers; try again later")
            raise HttpError(message, host=printable_host(url), number=number, total=total)
        number += len(page.items)
        data = add_items(data, (more[item.start : item.end] for item in page.items))
        if len(data) > MAX_BYTES:
            raise too_large(printable_host(url))
    return data, parsed_feed(data, url)


async def _page(
    client: HttpClient, url: str, params: Mapping[str, str], start: int
) -> tuple[bytes, Feed]:
    page = {**params, "start": str(start), "max_results": str(PAGE_SIZE)}
    response = await client.get(
        url,
        accept="application/atom+xml",
        params=page,
        max_bytes=MAX_BYTES,
        allowed_hosts=ALLOWED_HOSTS,
    )
    return checked_feed(response, url)


def checked_feed(response: HttpResponse | None, url: str) -> tuple[bytes, Feed]:
    """Return a response and its items.

    Raises:
        HttpError: it is not a feed.
    """
    data = response.data if response else b""
    return data, parsed_feed(data, response.url if response else url)


def parsed_feed(data: bytes, url: str) -> Feed:
    """Return the items of what a server sent.

    Raises:
        HttpError: it is not a feed.
    """
    try:
        return parse_feed(data)
    except FeedError as error:
        message = _("the response of {host} is not a feed")
        raise HttpError(message, host=printable_host(url)) from error


def _total(feed: Feed) -> int:
    text = feed.text("opensearch:totalResults")
    return int(text) if text.isdecimal() and len(text) < 9 else len(feed.items)
