"""One request and its response: redirects, limits, and the meaning of statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import NamedTuple

import httpx

from tui.i18n import _
from tui.sanitize import is_web_url
from tui.sources.http.connections import Connections
from tui.sources.http.errors import HttpError, TransientError, UnreachableError
from tui.sources.http.mirrors import has_valid_address, printable_host
from tui.sources.http.pacing import is_in_domain
from tui.sources.http.retry import retry_after_seconds

MAX_REDIRECTS = 5

_RETRIED_STATUSES = {408, 425, 429, 500, 502, 503, 504}

_ACCEPTED_ENCODINGS = {"", "identity", "gzip"}
"""Data that is compressed twice may expand a million times before its size can be checked."""


class CacheValidators(NamedTuple):
    """Headers of a response that identify its version; empty if the server sent none.

    Attributes:
        etag: the ``ETag`` header.
        last_modified: the ``Last-Modified`` header.
    """

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Request headers that make a server answer "not modified" for the same version."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


NO_VALIDATORS = CacheValidators()
"""For a request that is not conditional."""


class HttpRequest(NamedTuple):
    """What to request.

    Attributes:
        url: the URL, without the parameters.
        params: the parameters of its query.
        headers: further request headers.
        validators: those of the saved response; the response is None if it is the same.
        token: an access token, which no other host gets; may be empty.
        max_bytes: the largest acceptable response, after decompression.
        allowed_hosts: domains that redirects may lead to, besides the host itself; None for any.
    """

    url: str
    params: Mapping[str, str] | None
    headers: Mapping[str, str]
    validators: CacheValidators
    token: str
    max_bytes: int
    allowed_hosts: tuple[str, ...] | None

    @property
    def host(self) -> str:
        """The printable host name."""
        return printable_host(self.url)

    def may_redirect_to(self, url: httpx.URL, source: httpx.URL) -> bool:
        """Return whether a redirect is followed."""
        is_downgrade = source.scheme == "https" and url.scheme != "https"
        if is_downgrade or not is_web_url(str(url)) or not has_valid_address(url):
            return False
        if self.allowed_hosts is None or url.host == httpx.URL(self.url).host:
            return True
        return any(is_in_domain(url.host, name) for name in self.allowed_hosts)


class HttpResponse(NamedTuple):
    """What a server sent.

    Attributes:
        data: the content, decompressed.
        url: where it was found, after redirects.
        content_type: its media type, in lower case, without parameters; may be empty.
        validators: headers that identify its version.
    """

    data: bytes
    url: str
    content_type: str
    validators: CacheValidators


def too_large(host: str) -> HttpError:
    """Return the error of a response that exceeds the size limit."""
    return HttpError(_("the response of {host} is too large"), host=host)


def unsafe_redirect(host: str) -> HttpError:
    """Return the error of a redirect that is not followed."""
    return HttpError(_("{host} redirects to an address that is not allowed"), host=host)


async def send(
    request: HttpRequest, connections: Connections, on_response: Callable[[], object]
) -> HttpResponse | None:
    """Send one request and follow redirects; return None if the saved response is current.

    Args:
        request: what to request.
        connections: the connections.
        on_response: called when the server has answered, with whatever status.

    Raises:
        HttpError: the server did not send what was requested.
        TransientError: it may do so if asked again.
        httpx.HTTPError: the connection failed.
    """
    headers = {**request.headers, **request.validators.headers}
    if request.token:
        headers["Authorization"] = f"Bearer {request.token}"
    client = connections.client_for(httpx.URL(request.url))
    sent = client.build_request("GET", request.url, params=request.params, headers=headers)
    for _redirect in range(MAX_REDIRECTS + 1):
        response = await client.send(sent, stream=True)
        on_response()
        try:
            redirected = response.next_request
            if redirected is None:
                return await _read(response, request)
        finally:
            await response.aclose()
        if not request.may_redirect_to(redirected.url, sent.url):
            raise unsafe_redirect(request.host)
        client = connections.client_for(redirected.url)
        # httpx has removed the token if this is another host.
        sent = redirected
    raise HttpError(_("{host}: too many redirects"), host=request.host)


async def _read(response: httpx.Response, request: HttpRequest) -> HttpResponse | None:
    """Return the content of a response; None if it is the saved one."""
    host = response.url.netloc.decode("ascii")
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return None
    if response.status_code != HTTPStatus.OK:
        raise _status_error(response, request)
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _ACCEPTED_ENCODINGS:
        raise httpx.DecodingError(f"unsupported encoding: {encoding}")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length[:12]) > request.max_bytes:
        raise too_large(host)
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > request.max_bytes:
            raise too_large(host)
    headers = (response.headers.get(name, "") for name in ("etag", "last-modified"))
    # Other values could not be sent back as headers.
    validators = CacheValidators(
        *(value if value.isascii() and value.isprintable() else "" for value in headers)
    )
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return HttpResponse(bytes(data), str(response.url), content_type, validators)


def _status_error(response: httpx.Response, request: HttpRequest) -> Exception:
    status = response.status_code
    # The standard phrase, because the server's own text is untrusted.
    text = f"{status} {httpx.codes.get_reason_phrase(status)}".rstrip()
    if status in _RETRIED_STATUSES:
        message = _("it answers {status}").format(status=text)
        return TransientError(message, retry_after_seconds(response.headers))
    message = _("{host} answers {status}")
    is_refusal = status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
    error_class = UnreachableError if is_refusal else HttpError
    return error_class(message, status_code=status, host=request.host, status=text)
