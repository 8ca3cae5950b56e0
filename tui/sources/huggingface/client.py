"""Asks the hub for the papers of a day, politely: one thing at a time, and never for long."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import Callable, Iterator
from http import HTTPStatus
from importlib.metadata import version
from types import TracebackType
from typing import NamedTuple, Self

import httpx

from tui.i18n import _
from tui.sanitize import escape_unprintable
from tui.sources.huggingface.endpoint import HubEndpoint, HubError, host_of
from tui.sources.huggingface.response import (
    MAX_RESPONSE_BYTES,
    HubResponse,
    join_pages,
    parse_response,
)
from tui.sources.huggingface.retry import RetryPolicy, retry_after_seconds

PATH = "/api/daily_papers"

PAGE_SIZE = 100
"""Most papers that the hub tells at once."""

MAX_PAGES = 20

MAX_REDIRECTS = 5

_RETRIED_STATUSES = {408, 425, 429, 500, 502, 503, 504}
"""Answers after which it is worth asking again."""

_ACCEPTED_ENCODINGS = {"", "identity", "gzip"}
"""What is packed twice unpacks to a million times as much, before anybody can look how much."""


class HubUnreachableError(HubError):
    """The hub cannot be asked at all, or not now: asking for another day is of no use."""


class _TransientError(Exception):
    """Something failed that may go well the next time; the text is a sentence.

    Attributes:
        wait: for how many seconds the hub asked to be left alone; None if it did not.
    """

    def __init__(self, words: str, wait: float | None = None) -> None:
        super().__init__(words)
        self.wait = wait


class CacheValidators(NamedTuple):
    """By what the hub tells whether an answer is still the one it gave; empty where it did not.

    Attributes:
        etag: the answer's name.
        modified: when it was last changed.
    """

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What to send, so that an answer that is still the same is not sent again."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


class HubClient:
    """A line to the hub.

    Args:
        address: the hub.
        patience: how long to wait for it.
        waiting: is told how many seconds are waited until it is asked again.

    Raises:
        OutOfReachError: what the environment says of proxies or certificates cannot be used.
    """

    def __init__(
        self, address: HubEndpoint, patience: RetryPolicy, waiting: Callable[[float], object]
    ) -> None:
        self._address = address
        self._patience = patience
        self._waiting = waiting
        self._was_reached = False
        headers = {
            "User-Agent": f"broadsheet/{version('broadsheet')}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        }
        timeout = httpx.Timeout(patience.read_timeout, connect=patience.connect_timeout)
        try:
            self._client = httpx.AsyncClient(headers=headers, timeout=timeout)
        except (ImportError, ValueError, OSError, httpx.InvalidURL) as error:
            # A kind of proxy that is not known, or certificates that are not there.
            words = _("the proxy or certificates of the environment cannot be used: {why}")
            raise HubUnreachableError(words.format(why=_why(error))) from error

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def papers(
        self, day: str, known: CacheValidators
    ) -> tuple[HubResponse, CacheValidators] | None:
        """Ask for the papers of a day.

        Args:
            day: as ``2025-05-22``.
            known: of the answer that is there already.

        Returns:
            The answer, and by what to ask whether it is still the same; None if it is.

        Raises:
            OutOfReachError: the hub cannot be asked.
            HubError: it does not tell this day's papers.
        """
        first = await self._page(day, 0, known.headers)
        if first is None:
            return None
        answer, validators = first
        pages = [answer]
        while pages[-1].papers >= PAGE_SIZE and len(pages) < MAX_PAGES:
            further = await self._page(day, len(pages), {})
            # Who does not know of pages tells the first one again.
            if further is None or further[0].data == pages[-1].data:
                break
            pages.append(further[0])
            # They are those of one page, and the others may change without it.
            validators = CacheValidators()
        return join_pages(pages), validators

    async def _page(
        self, day: str, page: int, headers: dict[str, str]
    ) -> tuple[HubResponse, CacheValidators] | None:
        """Ask until there is an answer, or it has been asked often enough."""
        wanted = {"date": day, "limit": str(PAGE_SIZE), **({"p": str(page)} if page else {})}
        turn = 1
        while True:
            try:
                async with asyncio.timeout(self._patience.total_timeout):
                    return await self._ask(wanted, headers)
            except TimeoutError:
                passing = _TransientError(_("it takes too long to answer"))
            except _TransientError as error:
                passing = error
            turn += 1
            wait = self._patience.wait_before(turn) if passing.wait is None else passing.wait
            if turn > self._patience.attempts or wait > self._patience.max_wait:
                raise self._given_up(passing, wait)
            self._waiting(wait)
            await asyncio.sleep(wait)

    def _given_up(self, passing: _TransientError, wait: float) -> HubUnreachableError:
        words = _("{host} cannot be asked now: {why}")
        told = words.format(host=self._address.host, why=passing)
        if passing.wait is not None and wait > 0:
            told += _("; it asks to wait for {seconds} seconds").format(seconds=round(wait))
        return HubUnreachableError(told)

    async def _ask(
        self, wanted: dict[str, str], headers: dict[str, str]
    ) -> tuple[HubResponse, CacheValidators] | None:
        try:
            return await self._answer(wanted, headers)
        except httpx.ConnectTimeout as error:
            raise self._unreached(_("it does not answer"), error) from error
        except httpx.TimeoutException as error:
            raise _TransientError(_("it says nothing")) from error
        except httpx.ConnectError as error:
            raise self._unreached(_why(error), error) from error
        except httpx.ProxyError as error:
            words = _("the proxy of the environment refuses: {why}")
            raise HubUnreachableError(words.format(why=_first_line(error))) from error
        except httpx.DecodingError as error:
            words = _("the answer of {host} is packed in a way that cannot be read")
            raise HubError(words.format(host=self._address.host)) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise HubError(self._elsewhere()) from error
        except httpx.RemoteProtocolError as error:
            raise _TransientError(_("its answer is cut off or damaged")) from error
        except httpx.HTTPError as error:
            raise _TransientError(_("the line broke ({why})").format(why=_why(error))) from error

    def _unreached(self, why: str, error: Exception) -> Exception:
        """Return what to raise where no line to the hub was had."""
        host = self._address.host
        untrusted = next((one for one in _causes(error) if isinstance(one, ssl.SSLError)), None)
        if untrusted is not None:
            words = _("no safe line to {host}: {why}")
            because = getattr(untrusted, "verify_message", "") or untrusted.reason or why
            return HubUnreachableError(words.format(host=host, why=because))
        if self._was_reached:
            return _TransientError(why)
        # Who never had a line is offline, and need not wait to be told.
        words = _("{host} cannot be reached ({why}); are you online?")
        return HubUnreachableError(words.format(host=host, why=why))

    def _elsewhere(self) -> str:
        return _("{host} sends on to a place that is not asked").format(host=self._address.host)

    async def _answer(
        self, wanted: dict[str, str], headers: dict[str, str]
    ) -> tuple[HubResponse, CacheValidators] | None:
        """Ask once, wherever that is sent on to."""
        if self._address.token:
            headers = {**headers, "Authorization": f"Bearer {self._address.token}"}
        url = self._address.url + PATH
        request = self._client.build_request("GET", url, params=wanted, headers=headers)
        for _hop in range(MAX_REDIRECTS + 1):
            response = await self._client.send(request, stream=True)
            self._was_reached = True
            try:
                onward = response.next_request
                if onward is None:
                    return await self._taken(response)
            finally:
                await response.aclose()
            is_worse = request.url.scheme == "https" and onward.url.scheme != "https"
            if is_worse or onward.url.scheme not in {"http", "https"}:
                raise HubError(self._elsewhere())
            # httpx has taken the token away, if it is another host.
            request = onward
        raise HubError(_("{host} sends on in circles").format(host=self._address.host))

    async def _taken(self, response: httpx.Response) -> tuple[HubResponse, CacheValidators] | None:
        """Return what an answer holds; None if it is the one that is there already."""
        host = host_of(str(response.url))
        status = response.status_code
        if status == HTTPStatus.NOT_MODIFIED:
            return None
        if status != HTTPStatus.OK:
            raise self._refused(status, response)
        if response.headers.get("content-encoding", "").strip().lower() not in _ACCEPTED_ENCODINGS:
            raise httpx.DecodingError("not as it was asked for")
        too_large = HubError(_("the answer of {host} is much too large").format(host=host))
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length[:12]) > MAX_RESPONSE_BYTES:
            raise too_large
        data = bytearray()
        async for piece in response.aiter_bytes():
            data += piece
            if len(data) > MAX_RESPONSE_BYTES:
                raise too_large
        told = (response.headers.get(name, "") for name in ("etag", "last-modified"))
        # What is no text of a header could not be sent back.
        validators = CacheValidators(
            *(text if text.isascii() and text.isprintable() else "" for text in told)
        )
        return parse_response(bytes(data), host), validators

    def _refused(self, status: int, response: httpx.Response) -> Exception:
        # Not the server's own words: they may be anything.
        known = status in HTTPStatus.__members__.values()
        told = f"{status} {HTTPStatus(status).phrase}" if known else str(status)
        if status in _RETRIED_STATUSES:
            return _TransientError(
                _("it answers {status}").format(status=told), retry_after_seconds(response.headers)
            )
        words = _("{host} answers {status}")
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            if self._address.token:
                words = _("{host} answers {status}; is HF_TOKEN right?")
            return HubUnreachableError(words.format(host=self._address.host, status=told))
        return HubError(words.format(host=self._address.host, status=told))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _why(error: Exception) -> str:
    """Return what the system says of an error of the line."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno:
            # What asyncio says of it names an address, but not what is wrong with it.
            is_name = isinstance(cause, socket.gaierror)
            return str(cause.strerror) if is_name else os.strerror(cause.errno)
    return _first_line(error) or type(error).__name__


def _first_line(error: Exception) -> str:
    return escape_unprintable(next(iter(str(error).splitlines()), ""))
