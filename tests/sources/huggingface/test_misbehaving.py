"""Hubs and connections that fail, respond incorrectly, or are malicious."""

from __future__ import annotations

import gzip
import subprocess
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.sources.huggingface.fetcher import TOKEN, Fetcher
from tests.sources.huggingface.papers import day_response
from tests.sources.huggingface.server import (
    EMPTY,
    Hub,
    Proxy,
    SendResponse,
    SocksProxy,
    closed_port,
    dripping,
    endless,
    failing,
    redirecting,
    sending,
    silent,
    truncating,
)
from tests.support.requirements import require_programs
from tui.sources.http.errors import HttpError
from tui.sources.http.mirrors import Endpoint
from tui.sources.http.retry import retry_after_seconds
from tui.sources.huggingface.endpoint import endpoint_from_environment

pytestmark = pytest.mark.slow

DAY = "2025-05-01"
VALID_RESPONSE = day_response(DAY, range(3))
COMPRESSED_TWICE = gzip.compress(gzip.compress(VALID_RESPONSE))


@pytest.fixture(autouse=True)
def _serve_valid_response(hub: Hub) -> None:
    hub.days[DAY] = VALID_RESPONSE


# Transient failures


def in_seconds(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    "responses",
    [
        [failing(500), failing(503)],
        [failing(502), truncating(VALID_RESPONSE)],
        [failing(429, Retry_After="0")],
        [failing(503, Retry_After="Thu, 01 May 2025 10:00:00 GMT")],
        [failing(429, RateLimit='"api";r=0;t=0')],
        [failing(429, Retry_After="soon")],
    ],
)
def test_transient_failures_are_retried(
    hub: Hub, fetcher: Fetcher, responses: list[SendResponse]
) -> None:
    hub.responses[DAY] = list(responses)
    assert list(fetcher.fetch(DAY).papers.values()) == [3]
    assert len(hub.requests) == len(responses) + 1
    assert len([report for report in fetcher.progress if report.wait_seconds]) <= len(responses)
    assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}


@pytest.mark.parametrize(
    ("response", "policy"), [(silent, {"read_timeout": 1.0}), (dripping, {"total_timeout": 1.0})]
)
def test_timeouts_are_retried(
    hub: Hub, fetcher: Fetcher, response: SendResponse, policy: dict[str, Any]
) -> None:
    fetcher.policy = fetcher.policy._replace(**policy)
    hub.responses[DAY] = [response]
    assert list(fetcher.fetch(DAY).papers.values()) == [3]
    assert len(hub.requested_days) >= 2


@pytest.mark.parametrize(
    ("response", "policy", "message"),
    [
        (failing(500), {}, "it answers 500 Internal Server Error"),
        (failing(429), {}, "it answers 429 Too Many Requests"),
        (truncating(VALID_RESPONSE), {}, "its response is truncated or damaged"),
        (silent, {"read_timeout": 0.3}, "it stopped sending"),
        (dripping, {"total_timeout": 0.6}, "it takes too long to answer"),
    ],
)
def test_persistent_failure_is_one_sentence(
    hub: Hub, fetcher: Fetcher, response: SendResponse, policy: dict[str, Any], message: str
) -> None:
    fetcher.policy = fetcher.policy._replace(**policy)
    hub.responses[DAY] = [response] * 9
    assert fetcher.fail(DAY) == f"127.0.0.1:{hub.port} is not available now: {message}"
    assert len(hub.requests) == fetcher.policy.attempts


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": " 120 "}, 120),
        ({"retry-after": "9" * 5000}, 999_999_999),
        ({"retry-after": "Thu, 01 May 2025 10:00:00 GMT"}, 0),
        ({"retry-after": "-3"}, None),
        ({"retry-after": f"Thu, 01 May 2025 {'9' * 20}:00:00 GMT"}, None),
        ({"retry-after": f"Thu, 01 May 2025 10:00:00 +{'9' * 20}"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "soon", "ratelimit": '"api";r=0;t=55'}, 55),
        ({"ratelimit": '"api"; r=3; t=12'}, 12),
        ({}, None),
    ],
)
def test_retry_after_header_is_parsed(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(headers) == seconds


def test_retry_after_may_be_a_date() -> None:
    assert 90 < (retry_after_seconds({"retry-after": in_seconds(100)}) or 0) <= 100


@pytest.mark.parametrize("wait", ["55", "date"])
def test_long_waits_are_not_accepted(hub: Hub, fetcher: Fetcher, wait: str) -> None:
    message = in_seconds(3600) if wait == "date" else wait
    hub.responses[DAY] = [failing(429, Retry_After=message)]
    message = fetcher.fail(DAY)
    assert "429 Too Many Requests; it asks to wait " in message
    assert len(hub.requests) == 1


def test_wait_is_reported(hub: Hub, fetcher: Fetcher) -> None:
    hub.responses[DAY] = [failing(429, Retry_After="1")]
    fetcher.fetch(DAY)
    assert [report.wait_seconds for report in fetcher.progress] == [0, 1]


def test_waits_grow_up_to_the_maximum(fetcher: Fetcher) -> None:
    policy = fetcher.policy._replace(first_wait=1, max_wait=5)
    for response, (min_seconds, max_seconds) in {
        2: (0.7, 1.3),
        3: (1.4, 2.6),
        4: (2.9, 5),
        9: (5, 5),
    }.items():
        assert all(min_seconds <= policy.wait_before(response) <= max_seconds for _ in range(50))


# Permanent failures


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (sending(b"<!doctype html><title>Sign in</title>"), "sent a web page instead"),
        (sending(b"  <html>", Content_Type="text/html"), "sent a web page instead"),
        (sending(b'{"error": "no"}'), "is not a list of papers"),
        (sending(b'[{"id": "2511.00001"}]'), "is not a list of papers"),
        (sending(b'[{"paper": {"id": 3}}]'), "is not a list of papers"),
        (sending(b"[1, 2]"), "is not a list of papers"),
        (sending(b'"[]"'), "is not a list of papers"),
        (sending(b""), "is not JSON"),
        (sending(b"papers"), "is not JSON"),
        (sending(VALID_RESPONSE[:-20]), "is truncated or damaged"),
        (sending(VALID_RESPONSE.replace("선".encode(), b"\xff")), "is truncated or damaged"),
        (sending(b"[" * 100_000), "is truncated or damaged"),
        (sending(VALID_RESPONSE, Content_Encoding="gzip"), "has an unsupported compression"),
        (
            sending(COMPRESSED_TWICE, Content_Encoding="gzip, gzip"),
            "has an unsupported compression",
        ),
        (
            sending(gzip.compress(VALID_RESPONSE)[:-30], Content_Encoding="gzip"),
            "truncated or damaged",
        ),
        (sending(gzip.compress(VALID_RESPONSE)), "is not JSON"),
        (sending(b"x", Content_Length="99999999999"), "is too large"),
        (endless, "is too large"),
        (failing(404), "answers 404 Not Found"),
        (failing(400), "answers 400 Bad Request"),
        (failing(299), "answers 299"),
        (failing(401), "answers 401 Unauthorized; is HF_TOKEN right?"),
        (redirecting("ftp://127.0.0.1/x"), "redirects to an address that is not allowed"),
        (redirecting("file:///etc/passwd"), "redirects to an address that is not allowed"),
        (redirecting("http://[::1"), "redirects to an address that is not allowed"),
        (redirecting("http://xn--a/"), "redirects to an address that is not allowed"),
        (redirecting("http://xn--0.example/"), "redirects to an address that is not allowed"),
        (redirecting("http://a..example/"), "redirects to an address that is not allowed"),
        (redirecting(f"http://{'a' * 64}.example/"), "redirects to an address that is not"),
        (redirecting("http://127.0.0.1:0/"), "redirects to an address that is not allowed"),
        (redirecting("http://127.0.0.1:65536/"), "redirects to an address that is not allowed"),
        (redirecting("http://127.0.0.1:-1/"), "redirects to an address that is not allowed"),
        (redirecting("http://127.0.0.1:x/"), "redirects to an address that is not allowed"),
        (redirecting(f"http://127.0.0.1:{'9' * 5000}/"), "redirects to an address that is not"),
    ],
)
def test_invalid_responses_are_rejected(
    hub: Hub, fetcher: Fetcher, response: SendResponse, message: str
) -> None:
    hub.responses[DAY] = [response] * 9
    assert message in fetcher.fail(DAY)
    hub.responses.clear()
    fetcher.fetch(DAY)
    assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}
    hub.responses[DAY] = [response] * 9
    fetched = fetcher.fetch(DAY, refetch=True)
    assert fetched.failures
    assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}


PAGE = day_response(DAY, range(100))


@pytest.mark.parametrize(
    "field", [b'"%s"' % (b"y" * 7_800_000), b"[" + b"[]," * 200_000 + b"[]]"], ids=["text", "lists"]
)
def test_day_that_could_not_be_read_does_not_replace_a_good_one(
    hub: Hub, fetcher: Fetcher, field: bytes
) -> None:
    """Pages that are small enough add up to a day that is too large for the reader."""
    fetcher.fetch(DAY)
    large = [
        sending(PAGE[:-1] + b', {"paper": {"id": "2511.1%04d"}, "x": %s}]' % (number, field))
        for number in range(4)
    ]
    hub.responses[DAY] = large
    [failure] = fetcher.fetch(DAY, refetch=True).failures
    assert "is too large" in failure.message
    assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}


@pytest.mark.parametrize(
    "response",
    [
        b'[{"paper": {"id": "one"}}]',
        b'[{"x": "' + b"y" * 70_000 + b'", "paper": {"id": "2511.00001", "upvotes": 3}}]',
    ],
)
def test_day_without_papers_of_arxiv_does_not_replace_a_good_one(
    hub: Hub, fetcher: Fetcher, response: bytes
) -> None:
    fetcher.fetch(DAY)
    hub.responses[DAY] = [sending(response)]
    [failure] = fetcher.fetch(DAY, refetch=True).failures
    assert "is not a list of papers" in failure.message
    assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}


def test_server_text_is_escaped(hub: Hub, fetcher: Fetcher) -> None:
    hub.responses[DAY] = [failing(404, b"\x1b[2J", X_Evil="\x1b[2J")]
    assert fetcher.fail(DAY).isprintable()


# Redirects


def test_redirect_within_the_hub_keeps_the_token(hub: Hub, fetcher: Fetcher) -> None:
    target = f"/report/api/daily_papers?date={DAY}"
    hub.responses[""] = [redirecting(target, 301), redirecting(target, 307)]
    fetcher.fetch(DAY)
    assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}
    assert [request.headers.get("authorization") for request in hub.requests] == [
        f"Bearer {TOKEN}"
    ] * 3


def test_redirect_to_another_host_drops_the_token(hub: Hub, fetcher: Fetcher) -> None:
    with Hub(days={DAY: VALID_RESPONSE}) as other_hub:
        hub.responses[DAY] = [redirecting(f"{other_hub.url}/papers?date={DAY}")]
        fetcher.fetch(DAY)
        assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}
        [request] = other_hub.requests
        assert "authorization" not in request.headers
        assert TOKEN not in str(request.headers)


def test_redirect_back_from_another_host_has_no_token(hub: Hub, fetcher: Fetcher) -> None:
    with Hub() as other_hub:
        hub.responses[DAY] = [redirecting(f"{other_hub.url}/x?date={DAY}")]
        other_hub.responses[DAY] = [redirecting(f"{hub.url}/y?date={DAY}")]
        fetcher.fetch(DAY)
    tokens = [request.headers.get("authorization") for request in hub.requests]
    assert tokens == [f"Bearer {TOKEN}", None]


def test_https_is_not_downgraded(
    hub: Hub, fetcher: Fetcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_programs("openssl")
    certificate = tmp_path / "pair.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
         "-keyout", certificate, "-out", certificate, "-subj", "/CN=hub",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Hub(days={DAY: VALID_RESPONSE}, certificate=certificate) as https_hub:
        fetcher.fetch(DAY, url=https_hub.url)
        assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}
        https_hub.responses[DAY] = [redirecting(f"{hub.url}/x?date={DAY}")]
        fetched = fetcher.fetch(DAY, url=https_hub.url, refetch=True)
        assert fetched.failures[0].message.endswith("redirects to an address that is not allowed")
        assert hub.requests == []


def test_redirect_loop_ends(hub: Hub, fetcher: Fetcher) -> None:
    hub.responses[""] = [redirecting(f"/round?date={DAY}")] * 99
    assert fetcher.fail(DAY).endswith(": too many redirects")
    assert len(hub.requests) < 10


# Connections and the environment


def test_offline_is_reported_without_retries(fetcher: Fetcher) -> None:
    port = closed_port()
    message = fetcher.fail(DAY, url=f"http://127.0.0.1:{port}")
    assert message == f"127.0.0.1:{port} cannot be reached (Connection refused); are you online?"
    assert not any(report.wait_seconds for report in fetcher.progress)


def test_unknown_host_is_reported(fetcher: Fetcher) -> None:
    message = fetcher.fail(DAY, url="http://no-hub.invalid")
    assert message.startswith("no-hub.invalid cannot be reached (")


def test_invalid_certificate_is_rejected(hub: Hub, fetcher: Fetcher) -> None:
    message = fetcher.fail(DAY, url=f"https://127.0.0.1:{hub.port}")
    assert message.startswith(f"no secure connection to 127.0.0.1:{hub.port}: ")
    assert hub.requests == []


def test_environment_proxy_is_used(
    hub: Hub, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        fetcher.fetch(DAY)
        assert proxy.requested_urls == [f"{hub.url}/api/daily_papers?date={DAY}&limit=100"]
        assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        fetcher.fetch(DAY, refetch=True)
        assert len(proxy.requested_urls) == 1


def test_refusing_proxy_is_reported(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    with Proxy() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        message = fetcher.fail(DAY, url="https://hub.invalid")
        assert message == "the environment's proxy refuses: 403 Forbidden"
        assert proxy.requested_urls == ["hub.invalid:443"]


@pytest.mark.parametrize("scheme", ["socks", "socks5", "socks5h", "SOCKS5"])
def test_socks_proxy_is_used(
    hub: Hub, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    with SocksProxy() as proxy:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{proxy.port}/")
        fetcher.fetch(DAY, url=hub.url.replace("127.0.0.1", "hub.invalid"))
        # The proxy looks the name up.
        assert proxy.requested_hosts == ["hub.invalid"]
        assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}


def test_unreachable_socks_proxy_is_reported(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = closed_port()
    monkeypatch.setenv("ALL_PROXY", f"socks://me:secret@127.0.0.1:{port}")
    assert fetcher.fail(DAY, url="http://hub.invalid") == (
        f"hub.invalid cannot be reached through socks5://127.0.0.1:{port} (Connection refused)"
    )


def test_password_of_the_proxy_is_not_reported(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = closed_port()
    monkeypatch.setenv("ALL_PROXY", f"http://[me@127.0.0.1:{port}")
    assert fetcher.fail(DAY).endswith(f" through http://127.0.0.1:{port} (Connection refused)")


@pytest.mark.parametrize(
    "excluded",
    [
        "127.0.0.0/8", "10.0.0.0/8, 127.0.0.1/32", "127.0.0.1", "localhost 127.0.0.0/16", "a,*",
        "::1,127.1.2.3/8",
    ],
)  # fmt: skip
@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "gopher://x", "socks5h://[::1"])
def test_excluded_hub_needs_no_proxy(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, excluded: str, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    monkeypatch.setenv("NO_PROXY", excluded)
    fetcher.fetch(DAY)
    assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}


@pytest.mark.parametrize("excluded", ["126.0.0.0/8", "27.0.0.1", "::/0", "127.0.0.0/99", "", "/"])
def test_other_exclusions_do_not_apply(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, excluded: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("NO_PROXY", excluded)
    assert "cannot be reached through http://127.0.0.1:" in fetcher.fail(DAY)


def test_proxy_is_selected_for_each_redirect(
    hub: Hub, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy() as proxy:
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.0/8")
        target = hub.url.replace("127.0.0.1", "localhost")
        hub.responses[DAY] = [redirecting(f"{target}/x?date={DAY}")]
        fetcher.fetch(DAY)
        assert proxy.requested_urls == [f"{target}/x?date={DAY}"]
        assert fetcher.saved_files == {f"{DAY}.json": VALID_RESPONSE}


@pytest.mark.parametrize(
    "proxy",
    [
        "gopher://x", "http://[::1", "socks4://127.0.0.1:9", "http://xn--a:3128", "http://h:0",
        "http://h:99999", "socks5://", "http://a..example",
    ],
)  # fmt: skip
def test_invalid_proxy_is_reported(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(HttpError, match="the environment's proxy or certificates cannot"):
        fetcher.fetch(DAY)


def test_missing_certificates_are_reported(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/certificates.pem")
    with pytest.raises(HttpError, match="No such file or directory"):
        fetcher.fetch(DAY)


@pytest.mark.parametrize(
    ("environment", "url", "token"),
    [
        ({}, "https://huggingface.co", ""),
        ({"HF_ENDPOINT": ""}, "https://huggingface.co", ""),
        ({"HF_ENDPOINT": "http://mirror:8080/hf/"}, "http://mirror:8080/hf", ""),
        ({"HF_TOKEN": " hf_x\n"}, "https://huggingface.co", "hf_x"),
    ],
)
def test_environment_gives_url_and_token(environment: dict[str, str], url: str, token: str) -> None:
    assert endpoint_from_environment(environment) == Endpoint(url, token)


@pytest.mark.parametrize(
    "environment",
    [
        {"HF_ENDPOINT": "huggingface.co"},
        {"HF_ENDPOINT": "ftp://huggingface.co"},
        {"HF_ENDPOINT": "https://"},
        {"HF_ENDPOINT": "https://h:port"},
        {"HF_ENDPOINT": "https://h?x=1"},
        {"HF_ENDPOINT": "https://[::1"},
        {"HF_ENDPOINT": "https://h\x1b[2J"},
        {"HF_ENDPOINT": "https://xn--a"},
        {"HF_ENDPOINT": "https://xn--a.example"},
        {"HF_ENDPOINT": "https://a..example"},
        {"HF_ENDPOINT": f"https://{'a' * 64}.example"},
        {"HF_ENDPOINT": "https://\u2460\u0300.example"},
        {"HF_ENDPOINT": "https://a b"},
        {"HF_ENDPOINT": "https://h:0"},
        {"HF_ENDPOINT": "https://h:65536"},
        {"HF_ENDPOINT": "https://h:-1"},
        {"HF_ENDPOINT": f"https://h:{'9' * 5000}"},
        {"HF_TOKEN": "hf_\nX-Evil: 1"},
        {"HF_TOKEN": "토큰"},
    ],
)
def test_invalid_environment_is_rejected(environment: dict[str, str]) -> None:
    with pytest.raises(HttpError) as raised:
        endpoint_from_environment(environment)
    assert str(raised.value).isprintable()
    assert environment.get("HF_TOKEN", "no token") not in str(raised.value)


def test_token_is_not_printed() -> None:
    address = Endpoint("https://me:secret@hub.example", TOKEN)
    assert TOKEN not in repr(address)
    assert "secret" not in address.host + repr(address)


def test_empty_day_is_requested_until_it_is_final(hub: Hub, fetcher: Fetcher) -> None:
    hub.days[DAY] = EMPTY
    assert fetcher.fetch(DAY).empty
    assert fetcher.fetch(DAY).up_to_date
    assert len(hub.requests) == 1
