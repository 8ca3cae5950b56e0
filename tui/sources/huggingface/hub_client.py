"""Client of the hub: requests the papers of a day, and checks what it sends."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson

from tui.i18n import _
from tui.paper_ids.arxiv import id_in_url, split_leading_id
from tui.sources.http.client import HttpClient
from tui.sources.http.errors import HttpError, UnreachableError
from tui.sources.http.exchange import NO_VALIDATORS, CacheValidators, too_large
from tui.sources.http.mirrors import Endpoint, printable_host
from tui.sources.http.retry import RetryPolicy

PATH = "/api/daily_papers"

PAGE_SIZE = 100
"""The most papers that the hub returns at once."""

MAX_PAGES = 20

MAX_RESPONSE_BYTES = 8_000_000
"""Fifty papers take half a megabyte, so a larger response is not a page of papers."""

MAX_DAY_BYTES = 16_000_000
"""Size of all pages of a day. A file of this size can be read, whatever characters it has."""

MAX_HEAD_BYTES = 65_536
"""The reader recognizes the format by this part of a file."""

MAX_DAY_VALUES = 1_000_000
"""JSON values of all pages of a day, which take much more memory than their text."""


class HubResponse(NamedTuple):
    """Papers as the hub sent them.

    Attributes:
        data: a JSON array.
        papers: the number of papers in it.
        validators: those of the response.
    """

    data: bytes
    papers: int
    validators: CacheValidators = NO_VALIDATORS


def _value_count(data: bytes) -> int:
    """Return the number of values in a JSON text, or more."""
    return sum(map(data.count, (b",", b"[", b"{")))


def parse_response(data: bytes, host: str) -> HubResponse:
    """Check that a response is a list of papers.

    Args:
        data: the response's content.
        host: the server, for error messages.

    Raises:
        HttpError: it is something else.
    """
    if _value_count(data) > MAX_DAY_VALUES:
        raise too_large(host)
    try:
        rows = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if data.lstrip()[:1] == b"<":
            message = _("{host} sent a web page instead of papers")
        elif data.lstrip()[:1] == b"[":
            message = _("the response of {host} is truncated or damaged")
        else:
            message = _("the response of {host} is not JSON")
        raise HttpError(message, host=host) from error
    # What is saved replaces papers that may be good, so it must be something that can be read.
    is_readable = isinstance(rows, list) and all(map(_is_paper, rows))
    is_readable = is_readable and (not rows or any(map(_has_arxiv_id, rows)))
    if not is_readable or (rows and b'"paper"' not in data[:MAX_HEAD_BYTES]):
        raise HttpError(_("the response of {host} is not a list of papers"), host=host)
    return HubResponse(data, len(rows))


def _is_paper(row: object) -> bool:
    paper = row.get("paper") if isinstance(row, dict) else None
    return isinstance(paper, dict) and isinstance(paper.get("id"), str)


def _has_arxiv_id(row: dict[str, Any]) -> bool:
    """Return whether a paper has an id of arXiv, without which it cannot be listed."""
    arxiv_id = row["paper"]["id"]
    return bool(split_leading_id(arxiv_id.strip()) or id_in_url(arxiv_id))


class HubClient:
    """A connection to the hub.

    Args:
        endpoint: the hub.
        policy: timeouts and retries.
        on_wait: called with the number of seconds before each pause.

    Raises:
        UnreachableError: the environment's proxy or certificates cannot be used.
    """

    def __init__(
        self, endpoint: Endpoint, policy: RetryPolicy, on_wait: Callable[[float], object]
    ) -> None:
        self._endpoint = endpoint
        self._http = HttpClient(policy, on_wait)
        self._http.check_proxy(endpoint.url)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def papers(self, day: str, known: CacheValidators) -> HubResponse | None:
        """Fetch the papers of a day; return None if they are those of the saved response.

        Args:
            day: such as ``2025-05-22``.
            known: validators of the saved response.

        Raises:
            UnreachableError: the hub cannot be reached.
            HttpError: the hub did not send the papers of this day.
        """
        first = await self._page(day, 0, known)
        if first is None:
            return None
        pages = [first]
        while pages[-1].papers >= PAGE_SIZE and len(pages) < MAX_PAGES:
            page = await self._page(day, len(pages))
            # A server without pagination returns the first page again.
            if page is None or page.data == pages[-1].data:
                break
            pages.append(page)
            is_too_large = sum(len(page.data) for page in pages) > MAX_DAY_BYTES
            if is_too_large or sum(_value_count(page.data) for page in pages) > MAX_DAY_VALUES:
                raise too_large(self._endpoint.host)
        if len(pages) == 1:
            return first
        # The papers are not reformatted. The hub's validators cover a single page only.
        contents = [page.data.strip()[1:-1].strip() for page in pages if page.papers]
        return HubResponse(b"[" + b",".join(contents) + b"]", sum(page.papers for page in pages))

    async def _page(
        self, day: str, page: int, known: CacheValidators = NO_VALIDATORS
    ) -> HubResponse | None:
        """Fetch one page; return None if it is that of the saved response."""
        params = {"date": day, "limit": str(PAGE_SIZE), **({"p": str(page)} if page else {})}
        try:
            response = await self._http.get(
                self._endpoint.url + PATH,
                accept="application/json",
                params=params,
                validators=known,
                token=self._endpoint.token,
                max_bytes=MAX_RESPONSE_BYTES,
                allowed_hosts=None,
            )
        except UnreachableError as error:
            if error.status_code and self._endpoint.token:
                message = _("{host} answers {status}; is HF_TOKEN right?")
                status = f"{error.status_code} {HTTPStatus(error.status_code).phrase}"
                raise UnreachableError(message, host=self._endpoint.host, status=status) from error
            raise
        if response is None:
            return None
        page_response = parse_response(response.data, printable_host(response.url))
        return page_response._replace(validators=response.validators)
