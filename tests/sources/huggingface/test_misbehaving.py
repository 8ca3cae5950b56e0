"""A hub that fails, lies or means ill; and lines that do."""

from __future__ import annotations

import gzip
import subprocess
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.sources.huggingface.fetcher import TOKEN, Fetcher
from tests.sources.huggingface.papers import answer
from tests.sources.huggingface.server import (
    EMPTY,
    Hub,
    Proxy,
    Turn,
    closed_port,
    cut_off,
    dripping,
    endless,
    failing,
    saying,
    sent_on,
    silent,
)
from tests.support.requirements import require_programs
from tui.sources.huggingface.client import HubEndpoint, HubError, endpoint_from_environment
from tui.sources.huggingface.retry import retry_after_seconds

DAY = "2025-05-01"
GOOD = answer(DAY, range(3))
TWICE = gzip.compress(gzip.compress(GOOD))


@pytest.fixture(autouse=True)
def _good(hub: Hub) -> None:
    hub.days[DAY] = GOOD


# What passes


def in_seconds(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    "turns",
    [
        [failing(500), failing(503)],
        [failing(502), cut_off(GOOD)],
        [failing(429, Retry_After="0")],
        [failing(503, Retry_After="Thu, 01 May 2025 10:00:00 GMT")],
        [failing(429, RateLimit='"api";r=0;t=0')],
        [failing(429, Retry_After="soon")],
    ],
)
def test_what_fails_is_asked_for_again(hub: Hub, fetcher: Fetcher, turns: list[Turn]) -> None:
    hub.turns[DAY] = list(turns)
    assert list(fetcher.fetch(DAY).papers.values()) == [3]
    assert len(hub.asked) == len(turns) + 1
    assert len([moved for moved in fetcher.moves if moved.wait_seconds]) <= len(turns)
    assert fetcher.kept == {f"{DAY}.json": GOOD}


@pytest.mark.parametrize(
    ("turn", "patience"), [(silent, {"read_timeout": 1.0}), (dripping, {"total_timeout": 1.0})]
)
def test_who_says_nothing_or_too_little_is_asked_again(
    hub: Hub, fetcher: Fetcher, turn: Turn, patience: dict[str, Any]
) -> None:
    fetcher.patience = fetcher.patience._replace(**patience)
    hub.turns[DAY] = [turn]
    assert list(fetcher.fetch(DAY).papers.values()) == [3]
    assert hub.days_asked == [DAY] * 2


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (failing(500), "it answers 500 Internal Server Error"),
        (failing(429), "it answers 429 Too Many Requests"),
        (cut_off(GOOD), "its response is truncated or damaged"),
        (silent, "it stopped sending"),
        (dripping, "it takes too long to answer"),
    ],
)
def test_what_goes_on_failing_is_one_sentence(
    hub: Hub, fetcher: Fetcher, turn: Turn, told: str
) -> None:
    fetcher.patience = fetcher.patience._replace(read_timeout=0.3, total_timeout=0.6)
    hub.turns[DAY] = [turn] * 9
    assert fetcher.fail(DAY) == f"127.0.0.1:{hub.port} is not available now: {told}"
    assert len(hub.asked) == fetcher.patience.attempts


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
def test_how_long_an_answer_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(headers) == seconds


def test_a_date_is_waited_for() -> None:
    assert 90 < (retry_after_seconds({"retry-after": in_seconds(100)}) or 0) <= 100


@pytest.mark.parametrize("wait", ["55", "date"])
def test_who_asks_for_a_long_wait_is_not_asked_again(hub: Hub, fetcher: Fetcher, wait: str) -> None:
    told = in_seconds(3600) if wait == "date" else wait
    hub.turns[DAY] = [failing(429, Retry_After=told)]
    why = fetcher.fail(DAY)
    assert "429 Too Many Requests; it asks to wait " in why
    assert len(hub.asked) == 1


def test_a_wait_that_is_asked_for_is_told(hub: Hub, fetcher: Fetcher) -> None:
    hub.turns[DAY] = [failing(429, Retry_After="1")]
    fetcher.fetch(DAY)
    assert [moved.wait_seconds for moved in fetcher.moves] == [0, 1]


def test_waits_grow_and_are_never_longer_than_the_longest(fetcher: Fetcher) -> None:
    patience = fetcher.patience._replace(first_wait=1, max_wait=5)
    for turn, (least, most) in {2: (0.7, 1.3), 3: (1.4, 2.6), 4: (2.9, 5), 9: (5, 5)}.items():
        assert all(least <= patience.wait_before(turn) <= most for _ in range(50))


# What does not


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (saying(b"<!doctype html><title>Sign in</title>"), "sent a web page instead"),
        (saying(b"  <html>", Content_Type="text/html"), "sent a web page instead"),
        (saying(b'{"error": "no"}'), "is not a list of papers"),
        (saying(b'[{"id": "2511.00001"}]'), "is not a list of papers"),
        (saying(b'[{"paper": {"id": 3}}]'), "is not a list of papers"),
        (saying(b"[1, 2]"), "is not a list of papers"),
        (saying(b'"[]"'), "is not a list of papers"),
        (saying(b""), "is not JSON"),
        (saying(b"papers"), "is not JSON"),
        (saying(GOOD[:-20]), "is truncated or damaged"),
        (saying(GOOD.replace("선".encode(), b"\xff")), "is truncated or damaged"),
        (saying(b"[" * 100_000), "is truncated or damaged"),
        (saying(GOOD, Content_Encoding="gzip"), "has an unsupported compression"),
        (saying(TWICE, Content_Encoding="gzip, gzip"), "has an unsupported compression"),
        (saying(gzip.compress(GOOD)[:-30], Content_Encoding="gzip"), "truncated or damaged"),
        (saying(gzip.compress(GOOD)), "is not JSON"),
        (saying(b"x", Content_Length="99999999999"), "is too large"),
        (endless, "is too large"),
        (failing(404), "answers 404 Not Found"),
        (failing(400), "answers 400 Bad Request"),
        (failing(299), "answers 299"),
        (failing(401), "answers 401 Unauthorized; is HF_TOKEN right?"),
        (sent_on("ftp://127.0.0.1/x"), "redirects to an address that is not allowed"),
        (sent_on("file:///etc/passwd"), "redirects to an address that is not allowed"),
        (sent_on("http://[::1"), "truncated or damaged"),
    ],
)
def test_what_is_no_list_of_papers_is_refused(
    hub: Hub, fetcher: Fetcher, turn: Turn, told: str
) -> None:
    hub.turns[DAY] = [turn] * 9
    assert told in fetcher.fail(DAY)
    hub.turns.clear()
    fetcher.fetch(DAY)
    assert fetcher.kept == {f"{DAY}.json": GOOD}
    hub.turns[DAY] = [turn] * 9
    fetched = fetcher.fetch(DAY, again=True)
    assert fetched.failures
    assert fetcher.kept == {f"{DAY}.json": GOOD}


def test_a_server_cannot_make_the_terminal_obey(hub: Hub, fetcher: Fetcher) -> None:
    hub.turns[DAY] = [failing(404, b"\x1b[2J", X_Evil="\x1b[2J")]
    assert fetcher.fail(DAY).isprintable()


# Sent on


def test_going_on_within_the_hub_keeps_the_token(hub: Hub, fetcher: Fetcher) -> None:
    there = f"/moved/api/daily_papers?date={DAY}"
    hub.turns[""] = [sent_on(there, 301), sent_on(there, 307)]
    fetcher.fetch(DAY)
    assert fetcher.kept == {f"{DAY}.json": GOOD}
    assert [asked.headers.get("authorization") for asked in hub.asked] == [f"Bearer {TOKEN}"] * 3


def test_nobody_else_is_told_the_token(hub: Hub, fetcher: Fetcher) -> None:
    with Hub(days={DAY: GOOD}) as other:
        hub.turns[DAY] = [sent_on(f"{other.url}/papers?date={DAY}")]
        fetcher.fetch(DAY)
        assert fetcher.kept == {f"{DAY}.json": GOOD}
        [asked] = other.asked
        assert "authorization" not in asked.headers
        assert TOKEN not in str(asked.headers)


def test_who_sends_on_and_back_gets_no_token_by_way_of_others(hub: Hub, fetcher: Fetcher) -> None:
    with Hub() as other:
        hub.turns[DAY] = [sent_on(f"{other.url}/x?date={DAY}")]
        other.turns[DAY] = [sent_on(f"{hub.url}/y?date={DAY}")]
        fetcher.fetch(DAY)
    tokens = [asked.headers.get("authorization") for asked in hub.asked]
    assert tokens == [f"Bearer {TOKEN}", None]


def test_a_safe_line_is_not_left(
    hub: Hub, fetcher: Fetcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_programs("openssl")
    pair = tmp_path / "pair.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", pair, "-out", pair,
         "-subj", "/CN=hub", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    monkeypatch.setenv("SSL_CERT_FILE", str(pair))
    with Hub(days={DAY: GOOD}, pair=pair) as safe:
        fetcher.fetch(DAY, url=safe.url)
        assert fetcher.kept == {f"{DAY}.json": GOOD}
        safe.turns[DAY] = [sent_on(f"{hub.url}/x?date={DAY}")]
        fetched = fetcher.fetch(DAY, url=safe.url, again=True)
        assert fetched.failures[0].message.endswith("redirects to an address that is not allowed")
        assert hub.asked == []


def test_circles_end(hub: Hub, fetcher: Fetcher) -> None:
    hub.turns[""] = [sent_on(f"/round?date={DAY}")] * 99
    assert fetcher.fail(DAY).endswith(": too many redirects")
    assert len(hub.asked) < 10


# Who is asked


def test_offline_is_told_at_once(fetcher: Fetcher) -> None:
    port = closed_port()
    why = fetcher.fail(DAY, url=f"http://127.0.0.1:{port}")
    assert why == f"127.0.0.1:{port} cannot be reached (Connection refused); are you online?"
    assert not any(moved.wait_seconds for moved in fetcher.moves)


def test_a_name_that_nobody_has(fetcher: Fetcher) -> None:
    why = fetcher.fail(DAY, url="http://no-hub.invalid")
    assert why.startswith("no-hub.invalid cannot be reached (")


def test_no_token_goes_where_the_line_is_not_safe(hub: Hub, fetcher: Fetcher) -> None:
    why = fetcher.fail(DAY, url=f"https://127.0.0.1:{hub.port}")
    assert why.startswith(f"no secure connection to 127.0.0.1:{hub.port}: ")
    assert hub.asked == []


def test_the_proxy_of_the_environment_is_used(
    hub: Hub, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        fetcher.fetch(DAY)
        assert proxy.seen == [f"{hub.url}/api/daily_papers?date={DAY}&limit=100"]
        assert fetcher.kept == {f"{DAY}.json": GOOD}
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        fetcher.fetch(DAY, again=True)
        assert len(proxy.seen) == 1


def test_a_proxy_that_refuses(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    with Proxy() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        why = fetcher.fail(DAY, url="https://hub.invalid")
        assert why == "the environment's proxy refuses: 403 Forbidden"
        assert proxy.seen == ["hub.invalid:443"]


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "gopher://x", "http://[::1"])
def test_a_proxy_that_cannot_be_one(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(HubError, match="the environment's proxy or certificates cannot"):
        fetcher.fetch(DAY)


def test_certificates_that_are_not_there(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/certificates.pem")
    with pytest.raises(HubError, match="No such file or directory"):
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
def test_the_hub_that_the_environment_names(
    environment: dict[str, str], url: str, token: str
) -> None:
    assert endpoint_from_environment(environment) == HubEndpoint(url, token)


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
        {"HF_TOKEN": "hf_\nX-Evil: 1"},
        {"HF_TOKEN": "토큰"},
    ],
)
def test_an_environment_that_names_none(environment: dict[str, str]) -> None:
    with pytest.raises(HubError) as raised:
        endpoint_from_environment(environment)
    assert str(raised.value).isprintable()
    assert environment.get("HF_TOKEN", "no token") not in str(raised.value)


def test_the_token_is_never_printed() -> None:
    address = HubEndpoint("https://me:secret@hub.example", TOKEN)
    assert TOKEN not in repr(address)
    assert "secret" not in address.host + repr(address)


def test_an_empty_day_is_asked_for_once_it_may_have_papers(hub: Hub, fetcher: Fetcher) -> None:
    hub.days[DAY] = EMPTY
    assert fetcher.fetch(DAY).empty
    assert fetcher.fetch(DAY).up_to_date
    assert len(hub.asked) == 1
