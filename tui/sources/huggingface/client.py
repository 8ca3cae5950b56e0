"""HTTP client of the hub: one request at a time, with timeouts, retries and size limits."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple

import httpx
import orjson

from tui.i18n import _
from tui.paper_ids.arxiv import id_in_url, split_leading_id
from tui.sanitize import is_web_url
from tui.sources.huggingface.connections import Connections, proxy_for
from tui.sources.huggingface.endpoint import (
    HubEndpoint,
    HubError,
    HubUnreachableError,
    has_valid_address,
)
from tui.sources.huggingface.network_errors import error_causes, first_line, network_reason
from tui.sources.huggingface.retry import RetryPolicy, retry_after_seconds

PATH = "/api/daily_papers"

PAGE_SIZE = 100
"""The most papers that the hub returns at once."""

MAX_PAGES = 20

MAX_REDIRECTS = 5

MAX_RESPONSE_BYTES = 8_000_000
"""Fifty papers take half a megabyte, so a larger response is not a page of papers."""

MAX_DAY_BYTES = 16_000_000
"""Of all pages of a day. A file of this size can be read, whatever characters it has."""

MAX_HEAD_BYTES = 65_536
"""The reader recognizes the format by this part of a file."""

MAX_DAY_VALUES = 1_000_000
"""JSON values of all pages of a day, which take much more memory than their text."""

_RETRIED_STATUSES = {408, 425, 429, 500, 502, 503, 504}

_ACCEPTED_ENCODINGS = {"", "identity", "gzip"}
"""Data that is compressed twice may expand a million times before its size can be checked."""


class _TransientError(Exception):
    """A request failed, but may succeed if repeated.

    Attributes:
        wait: how many seconds the hub asked to wait; None if it did not.
    """

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class CacheValidators(NamedTuple):
    """Headers of a response that identify its version; empty if the hub sent none.

    Attributes:
        etag: the ``ETag`` header.
        last_modified: the ``Last-Modified`` header.
    """

    etag: str = ""
    last_modified: str = ""


class HubResponse(NamedTuple):
    """Papers as the hub sent them.

    Attributes:
        data: a JSON array.
        papers: the number of papers in it.
        validators: those of the response.
    """

    data: bytes
    papers: int
    validators: CacheValidators = CacheValidators()


def _value_count(data: bytes) -> int:
    """Return the number of values in a JSON text, or more."""
    return sum(map(data.count, (b",", b"[", b"{")))


def parse_response(data: bytes, host: str) -> HubResponse:
    """Check that a response is a list of papers.

    Args:
        data: the response's content.
        host: the server, for error messages.

    Raises:
        HubError: it is something else.
    """
    if _value_count(data) > MAX_DAY_VALUES:
        raise _too_large(host)
    try:
        rows = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if data.lstrip()[:1] == b"<":
            message = _("{host} sent a web page instead of papers")
        elif data.lstrip()[:1] == b"[":
            message = _("the response of {host} is truncated or damaged")
        else:
            message = _("the response of {host} is not JSON")
        raise HubError(message, host=host) from error
    # What is saved replaces papers that may be good, so it must be something that can be read.
    is_readable = isinstance(rows, list) and all(map(_is_paper, rows))
    is_readable = is_readable and (not rows or any(map(_has_arxiv_id, rows)))
    if not is_readable or (rows and b'"paper"' not in data[:MAX_HEAD_BYTES]):
        raise HubError(_("the response of {host} is not a list of papers"), host=host)
    return HubResponse(data, len(rows))


def _too_large(host: str) -> HubError:
    return HubError(_("the response of {host} is too large"), host=host)


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
        HubUnreachableError: the environment's proxy or certificates cannot be used.
    """

    def __init__(
        self, endpoint: HubEndpoint, policy: RetryPolicy, on_wait: Callable[[float], object]
    ) -> None:
        self._endpoint = endpoint
        self._policy = policy
        self._on_wait = on_wait
        self._was_reached = False
        self._connections = Connections(policy)
        # Now, so that an unusable proxy is not reported for every day.
        self._connections.client_for(httpx.URL(endpoint.url))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.aclose()

    async def papers(self, day: str, known: CacheValidators) -> HubResponse | None:
        """Fetch the papers of a day; return None if they are those of the saved response.

        Args:
            day: such as ``2025-05-22``.
            known: validators of the saved response.

        Raises:
            HubUnreachableError: the hub cannot be reached.
            HubError: the hub did not send the papers of this day.
        """
        # These make the hub answer "not modified" if the version is the same.
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        first = await self._page(day, 0, {name: value for name, value in headers.items() if value})
        if first is None:
            return None
        pages = [first]
        while pages[-1].papers >= PAGE_SIZE and len(pages) < MAX_PAGES:
            page = await self._page(day, len(pages), {})
            # A server without pagination returns the first page again.
            if page is None or page.data == pages[-1].data:
                break
            pages.append(page)
            is_too_large = sum(len(page.data) for page in pages) > MAX_DAY_BYTES
            if is_too_large or sum(_value_count(page.data) for page in pages) > MAX_DAY_VALUES:
                raise _too_large(self._endpoint.host)
        if len(pages) == 1:
            return first
        # The papers are not reformatted. The hub's validators cover a single page only.
        contents = [page.data.strip()[1:-1].strip() for page in pages if page.papers]
        return HubResponse(b"[" + b",".join(contents) + b"]", sum(page.papers for page in pages))

    async def _page(self, day: str, page: int, headers: dict[str, str]) -> HubResponse | None:
        """Fetch one page, repeating transient failures as the policy allows."""
        params = {"date": day, "limit": str(PAGE_SIZE), **({"p": str(page)} if page else {})}
        attempt = 1
        while True:
            try:
                async with asyncio.timeout(self._policy.total_timeout):
                    return await self._request(params, headers)
            except TimeoutError:
                failure = _TransientError(_("it takes too long to answer"))
            except _TransientError as error:
                failure = error
            attempt += 1
            wait = self._policy.wait_before(attempt) if failure.wait is None else failure.wait
            if attempt > self._policy.attempts or wait > self._policy.max_wait:
                message = _("{host} is not available now: {why}")
                if failure.wait is not None and wait > 0:
                    message += _("; it asks to wait {seconds} seconds")
                host = self._endpoint.host
                raise HubUnreachableError(message, host=host, why=failure, seconds=round(wait))
            self._on_wait(wait)
            await asyncio.sleep(wait)

    async def _request(self, params: dict[str, str], headers: dict[str, str]) -> HubResponse | None:
        """Send one request, translating the errors of httpx."""
        try:
            return await self._send(params, headers)
        except httpx.ConnectTimeout as error:
            raise self._connection_error(_("it does not answer"), error) from error
        except httpx.TimeoutException as error:
            raise _TransientError(_("it stopped sending")) from error
        except httpx.ConnectError as error:
            raise self._connection_error(network_reason(error), error) from error
        except httpx.ProxyError as error:
            message = _("the environment's proxy refuses: {why}")
            raise HubUnreachableError(message, why=first_line(error)) from error
        except httpx.DecodingError as error:
            message = _("the response of {host} has an unsupported compression")
            raise HubError(message, host=self._endpoint.host) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise self._unsafe_redirect() from error
        except UnicodeError as error:
            # The only address that has not been checked is that of a redirect.
            raise self._unsafe_redirect() from error
        except httpx.RemoteProtocolError as error:
            if "location header" in str(error):
                raise self._unsafe_redirect() from error
            raise _TransientError(_("its response is truncated or damaged")) from error
        except httpx.HTTPError as error:
            message = _("the connection was lost ({why})")
            raise _TransientError(message.format(why=network_reason(error))) from error

    def _connection_error(self, why: str, error: Exception) -> Exception:
        """Return what to raise if no connection could be established."""
        host = self._endpoint.host
        tls_error = next(
            (each for each in error_causes(error) if isinstance(each, ssl.SSLError)), None
        )
        if tls_error is not None:
            message = _("no secure connection to {host}: {why}")
            reason = getattr(tls_error, "verify_message", "") or tls_error.reason or why
            return HubUnreachableError(message, host=host, why=reason)
        if self._was_reached:
            return _TransientError(why)
        proxy = proxy_for(httpx.URL(self._endpoint.url))
        if proxy is not None:
            message = _("{host} cannot be reached through {proxy} ({why})")
            via = httpx.URL(proxy).copy_with(userinfo=b"", path="", query=None, fragment=None)
            return HubUnreachableError(message, host=host, proxy=via, why=why)
        # Without any connection so far the reader is probably offline, and retries are pointless.
        message = _("{host} cannot be reached ({why}); are you online?")
        return HubUnreachableError(message, host=host, why=why)

    def _unsafe_redirect(self) -> HubError:
        message = _("{host} redirects to an address that is not allowed")
        return HubError(message, host=self._endpoint.host)

    async def _send(self, params: dict[str, str], headers: dict[str, str]) -> HubResponse | None:
        """Send one request and follow redirects."""
        if self._endpoint.token:
            headers = {**headers, "Authorization": f"Bearer {self._endpoint.token}"}
        url = self._endpoint.url + PATH
        client = self._connections.client_for(httpx.URL(url))
        request = client.build_request("GET", url, params=params, headers=headers)
        for _redirect in range(MAX_REDIRECTS + 1):
            response = await client.send(request, stream=True)
            self._was_reached = True
            try:
                redirected = response.next_request
                if redirected is None:
                    return await self._read_response(response)
            finally:
                await response.aclose()
            is_downgrade = request.url.scheme == "https" and redirected.url.scheme != "https"
            is_allowed = is_web_url(str(redirected.url)) and has_valid_address(redirected.url)
            if is_downgrade or not is_allowed:
                raise self._unsafe_redirect()
            client = self._connections.client_for(redirected.url)
            # httpx has removed the token if this is another host.
            request = redirected
        raise HubError(_("{host}: too many redirects"), host=self._endpoint.host)

    async def _read_response(self, response: httpx.Response) -> HubResponse | None:
        """Return the content of a response; None if it is the saved one."""
        host = response.url.netloc.decode("ascii")
        status = response.status_code
        if status == HTTPStatus.NOT_MODIFIED:
            return None
        if status != HTTPStatus.OK:
            raise self._status_error(status, response)
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in _ACCEPTED_ENCODINGS:
            raise httpx.DecodingError(f"unsupported encoding: {encoding}")
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length[:12]) > MAX_RESPONSE_BYTES:
            raise _too_large(host)
        data = bytearray()
        async for chunk in response.aiter_bytes():
            data += chunk
            if len(data) > MAX_RESPONSE_BYTES:
                raise _too_large(host)
        headers = (response.headers.get(name, "") for name in ("etag", "last-modified"))
        # Other values could not be sent back as headers.
        validators = CacheValidators(
            *(value if value.isascii() and value.isprintable() else "" for value in headers)
        )
        return parse_response(bytes(data), host)._replace(validators=validators)

    def _status_error(self, status: int, response: httpx.Response) -> Exception:
        # The standard phrase, because the server's own text is untrusted.
        text = f"{status} {httpx.codes.get_reason_phrase(status)}".rstrip()
        if status in _RETRIED_STATUSES:
            message = _("it answers {status}").format(status=text)
            return _TransientError(message, retry_after_seconds(response.headers))
        message = _("{host} answers {status}")
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            if self._endpoint.token:
                message = _("{host} answers {status}; is HF_TOKEN right?")
            return HubUnreachableError(message, host=self._endpoint.host, status=text)
        return HubError(message, host=self._endpoint.host, status=text)
