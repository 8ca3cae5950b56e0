"""What the HTTP client offers besides what the tests of the hub need."""

from __future__ import annotations

import pytest

from tests.sources.huggingface.server import Hub, dripping, failing, redirecting, sending, silent
from tui.runtime.task import UNATTENDED, Task, TaskCancelledError
from tui.sources.arxiv.endpoint import arxiv_endpoint
from tui.sources.http.cancellation import run_until_cancelled
from tui.sources.http.client import HttpClient
from tui.sources.http.errors import HttpError
from tui.sources.http.exchange import CacheValidators, HttpResponse
from tui.sources.http.pacing import HOST_INTERVALS, reserve_request
from tui.sources.http.retry import RetryPolicy

POLICY = RetryPolicy(attempts=2, first_wait=0.01, max_wait=2)


def get(url: str, task: Task = UNATTENDED, **options: object) -> HttpResponse | None:
    """Request a URL with a new client."""

    async def request() -> HttpResponse | None:
        client = HttpClient(POLICY)
        try:
            return await client.get(url, **options)  # type: ignore[arg-type]
        finally:
            await client.aclose()

    return run_until_cancelled(request(), task)


def test_request_is_what_the_caller_says() -> None:
    with Hub() as hub:
        hub.responses[""] = [
            sending(b"<p>", Content_Type="Text/HTML; charset=utf-8", ETag='"1"'),
            failing(304, b""),
        ]
        response = get(
            f"{hub.url}/html/1", accept="text/html", params={"a": "b c"}, headers={"X-Y": "z"}
        )
        assert response == HttpResponse(
            b"<p>", f"{hub.url}/html/1?a=b+c", "text/html", CacheValidators('"1"')
        )
        assert get(f"{hub.url}/html/1", validators=response.validators) is None
    first, second = hub.requests
    assert first.target == "/html/1?a=b+c"
    assert first.headers["user-agent"].startswith("broadsheet/")
    assert (first.headers["accept"], first.headers["x-y"]) == ("text/html", "z")
    assert second.headers["if-none-match"] == '"1"'


def test_size_limit_is_that_of_the_request() -> None:
    with Hub() as hub:
        hub.responses[""] = [sending(b"12345")] * 2
        assert get(f"{hub.url}/", max_bytes=5) is not None
        with pytest.raises(HttpError, match="is too large"):
            get(f"{hub.url}/", max_bytes=4)


def test_redirects_lead_to_allowed_hosts_only() -> None:
    with Hub() as hub:
        target = hub.url.replace("127.0.0.1", "localhost")
        hub.responses[""] = [redirecting("/a"), sending(b"a"), redirecting(f"{target}/b")]
        assert get(f"{hub.url}/") is not None
        with pytest.raises(HttpError, match="redirects to an address that is not allowed"):
            get(f"{hub.url}/")
        hub.responses[""] = [redirecting(f"{target}/b"), sending(b"b")]
        response = get(f"{hub.url}/", allowed_hosts=("localhost",))
        assert response is not None
        assert response.url == f"{target}/b"


@pytest.mark.parametrize("send", [silent, dripping])
def test_request_is_cancelled_while_a_response_is_awaited(send: object) -> None:
    with Hub() as hub:
        hub.responses[""] = [send]  # type: ignore[list-item]
        with pytest.raises(TaskCancelledError):
            get(f"{hub.url}/", Task(is_cancelled=lambda: bool(hub.requests)))


def test_error_has_the_status() -> None:
    with Hub() as hub:
        hub.responses[""] = [failing(404)]
        with pytest.raises(HttpError) as raised:
            get(f"{hub.url}/")
    assert raised.value.status_code == 404


def test_requests_to_a_host_keep_their_interval() -> None:
    intervals = {"paced.example": 3.0}
    waits = [reserve_request("paced.example", intervals) for _ in range(2)]
    waits.append(reserve_request("api.paced.example", intervals))
    assert waits[0] == 0
    assert 2 < waits[1] <= 3
    assert 5 < waits[2] <= 6
    assert reserve_request("unpaced.example", intervals) == 0
    assert HOST_INTERVALS["arxiv.org"] == 3


def test_arxiv_may_be_a_mirror() -> None:
    assert arxiv_endpoint(environment={}).url == "https://arxiv.org"
    assert arxiv_endpoint("http://a/b/", {}).url == "http://a/b"
    assert arxiv_endpoint("http://a", {"ARXIV_ENDPOINT": " http://c "}).url == "http://c"
    with pytest.raises(HttpError, match="ARXIV_ENDPOINT is not the URL of a server"):
        arxiv_endpoint(environment={"ARXIV_ENDPOINT": "file:///etc"})
    with pytest.raises(HttpError, match="arxiv_endpoint is not the URL of a server"):
        arxiv_endpoint("file:///etc", {})
