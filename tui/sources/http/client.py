"""HTTP client: one request at a time, with timeouts, retries, intervals and size limits."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping

import httpx

from tui.i18n import _
from tui.sources.http.connections import Connections, proxy_for
from tui.sources.http.errors import HttpError, TransientError, UnreachableError
from tui.sources.http.exchange import (
    NO_VALIDATORS,
    CacheValidators,
    HttpRequest,
    HttpResponse,
    send,
    unsafe_redirect,
)
from tui.sources.http.network_errors import error_causes, first_line, network_reason
from tui.sources.http.pacing import HOST_INTERVALS, reserve_request
from tui.sources.http.retry import DEFAULT_POLICY, RetryPolicy

MAX_RESPONSE_BYTES = 8_000_000
"""Default limit of the size of a response."""


class HttpClient:
    """Connections to servers.

    Args:
        policy: timeouts and retries.
        on_wait: called with the number of seconds before each pause between two attempts.
        intervals: seconds between the starts of two requests to a host, by domain.

    Raises:
        UnreachableError: the environment's certificates cannot be used.
    """

    def __init__(
        self,
        policy: RetryPolicy = DEFAULT_POLICY,
        on_wait: Callable[[float], object] = lambda _seconds: None,
        intervals: Mapping[str, float] = HOST_INTERVALS,
    ) -> None:
        self._policy = policy
        self._on_wait = on_wait
        self._intervals = intervals
        self._reached_hosts: set[str] = set()
        self._connections = Connections(policy)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.aclose()

    def check_proxy(self, url: str) -> None:
        """Check the proxy for a server, so that it is not reported for every request.

        Raises:
            UnreachableError: the environment's proxy cannot be used.
        """
        self._connections.client_for(httpx.URL(url))

    async def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        validators: CacheValidators = NO_VALIDATORS,
        token: str = "",
        max_bytes: int = MAX_RESPONSE_BYTES,
        allowed_hosts: tuple[str, ...] | None = (),
    ) -> HttpResponse | None:
        """Request a URL; return None if it has the version of the saved response.

        Transient failures are repeated as the policy allows.

        Args:
            url: a valid ``http`` or ``https`` URL.
            accept: the media types to ask for.
            params: parameters of the query.
            headers: further headers.
            validators: those of the saved response, for a conditional request.
            token: an access token, which no other host gets.
            max_bytes: the largest acceptable response, after decompression.
            allowed_hosts: domains that redirects may lead to, besides the host itself; None for
                any. ``https`` is never left, and other schemes are never followed.

        Raises:
            UnreachableError: the server cannot be reached, or refuses access.
            HttpError: it did not send what was requested.
        """
        all_headers = {"Accept": accept, **(headers or {})}
        request = HttpRequest(url, params, all_headers, validators, token, max_bytes, allowed_hosts)
        attempt = 1
        while True:
            await asyncio.sleep(reserve_request(httpx.URL(url).host, self._intervals))
            try:
                async with asyncio.timeout(self._policy.total_timeout):
                    return await self._request(request)
            except TimeoutError:
                failure = TransientError(_("it takes too long to answer"))
            except TransientError as error:
                failure = error
            attempt += 1
            wait = self._policy.wait_before(attempt) if failure.wait is None else failure.wait
            if attempt > self._policy.attempts or wait > self._policy.max_wait:
                message = _("{host} is not available now: {why}")
                if failure.wait is not None and wait > 0:
                    message += _("; it asks to wait {seconds} seconds")
                raise UnreachableError(message, host=request.host, why=failure, seconds=round(wait))
            self._on_wait(wait)
            await asyncio.sleep(wait)

    async def _request(self, request: HttpRequest) -> HttpResponse | None:
        """Send one request, translating the errors of httpx."""
        host = request.host
        try:
            return await send(request, self._connections, lambda: self._reached_hosts.add(host))
        except httpx.ConnectTimeout as error:
            raise self._connection_error(request, _("it does not answer"), error) from error
        except httpx.TimeoutException as error:
            raise TransientError(_("it stopped sending")) from error
        except httpx.ConnectError as error:
            raise self._connection_error(request, network_reason(error), error) from error
        except httpx.ProxyError as error:
            message = _("the environment's proxy refuses: {why}")
            raise UnreachableError(message, why=first_line(error)) from error
        except httpx.DecodingError as error:
            message = _("the response of {host} has an unsupported compression")
            raise HttpError(message, host=host) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError) as error:
            # The only address that has not been checked is that of a redirect.
            raise unsafe_redirect(host) from error
        except httpx.RemoteProtocolError as error:
            if "location header" in str(error):
                raise unsafe_redirect(host) from error
            raise TransientError(_("its response is truncated or damaged")) from error
        except httpx.HTTPError as error:
            message = _("the connection was lost ({why})")
            raise TransientError(message.format(why=network_reason(error))) from error

    def _connection_error(self, request: HttpRequest, why: str, error: Exception) -> Exception:
        """Return what to raise if no connection could be established."""
        host = request.host
        tls_error = next(
            (each for each in error_causes(error) if isinstance(each, ssl.SSLError)), None
        )
        if tls_error is not None:
            message = _("no secure connection to {host}: {why}")
            reason = getattr(tls_error, "verify_message", "") or tls_error.reason or why
            return UnreachableError(message, host=host, why=reason)
        if host in self._reached_hosts:
            return TransientError(why)
        proxy = proxy_for(httpx.URL(request.url))
        if proxy is not None:
            message = _("{host} cannot be reached through {proxy} ({why})")
            via = httpx.URL(proxy).copy_with(userinfo=b"", path="", query=None, fragment=None)
            return UnreachableError(message, host=host, proxy=via, why=why)
        # Without any connection so far the reader is probably offline, and retries are pointless.
        message = _("{host} cannot be reached ({why}); are you online?")
        return UnreachableError(message, host=host, why=why)
