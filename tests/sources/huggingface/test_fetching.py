"""Fetching days from a server on the loopback interface."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.sources.huggingface.fetcher import Fetcher
from tests.sources.huggingface.papers import day_response
from tests.sources.huggingface.server import EMPTY, Hub, failing, sending, silent
from tui.sources.huggingface import today

A, B, C, D = "2025-05-01", "2025-05-02", "2025-05-05", "2025-05-06"


@pytest.fixture
def full_hub(hub: Hub) -> Hub:
    """A hub with papers on four days."""
    for number, day in enumerate((A, B, C, D)):
        hub.days[day] = day_response(day, range(10 * number, 10 * number + 3))
    return hub


def set_fetch_time(file: Path, day: str, *, days_after: int) -> None:
    """Set the time at which a file was fetched, in days after the end of its day."""
    end = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1 + days_after)
    os.utime(file, (end.timestamp(), end.timestamp()))


def test_day_is_saved_byte_for_byte(full_hub: Hub, fetcher: Fetcher) -> None:
    # White space and the order of keys are preserved.
    full_hub.days[A] = b"  " + day_response(A, [1]).replace(b'": ', b'" :  ') + b"\n"
    fetched = fetcher.fetch(A)
    assert fetched.papers == {date.fromisoformat(A): 1}
    assert fetcher.saved_files == {f"{A}.json": full_hub.days[A]}
    [request] = full_hub.requests
    assert request.target == f"/api/daily_papers?date={A}&limit=100"
    assert request.headers["user-agent"].startswith("broadsheet/")
    assert request.headers["accept-encoding"] == "gzip"


def test_days_are_fetched_in_order_into_one_file_each(full_hub: Hub, fetcher: Fetcher) -> None:
    fetched = fetcher.fetch(D, C, B)
    assert list(map(str, fetched.papers)) == [D, C, B] == full_hub.requested_days
    assert sorted(fetcher.saved_files) == [f"{B}.json", f"{C}.json", f"{D}.json"]
    assert [(report.done, report.total) for report in fetcher.progress] == [(0, 3), (1, 3), (2, 3)]


@pytest.mark.usefixtures("full_hub")
def test_empty_day_leaves_no_file(fetcher: Fetcher) -> None:
    fetched = fetcher.fetch("2025-05-03", A)
    assert list(map(str, fetched.empty)) == ["2025-05-03"]
    assert fetched.failures == []
    assert list(fetcher.saved_files) == [f"{A}.json"]


def test_final_days_are_not_requested(full_hub: Hub, fetcher: Fetcher) -> None:
    fetcher.fetch(B, A, "2025-05-03")
    full_hub.requests.clear()
    fetched = fetcher.fetch(B, A, "2025-05-03")
    assert sorted(map(str, fetched.up_to_date)) == [A, B, "2025-05-03"]
    assert full_hub.requests == []
    fetched = fetcher.fetch(B, refetch=True)
    assert (fetched.up_to_date, full_hub.requested_days) == ([], [B])
    assert list(map(str, fetched.unchanged)) == [B]


def test_day_is_requested_until_it_is_final(full_hub: Hub, fetcher: Fetcher) -> None:
    fetcher.fetch(A)
    file = fetcher.folder / f"{A}.json"
    set_fetch_time(file, A, days_after=6)
    full_hub.requests.clear()
    assert list(map(str, fetcher.fetch(A).unchanged)) == [A]
    [request] = full_hub.requests
    assert request.headers["if-none-match"].startswith('W/"')
    # Only the time of the last verification has changed.
    full_hub.requests.clear()
    assert list(map(str, fetcher.fetch(A).up_to_date)) == [A]
    assert full_hub.requests == []


def test_changed_votes_are_fetched(full_hub: Hub, fetcher: Fetcher) -> None:
    day = str(today())
    full_hub.days[day] = day_response(day, [1, 2], votes=3)
    fetcher.fetch(day)
    full_hub.days[day] = day_response(day, [1, 2, 3], votes=30)
    assert list(fetcher.fetch(day).papers.values()) == [3]
    assert fetcher.saved_files[f"{day}.json"] == full_hub.days[day]


def test_last_modified_is_used_without_etags(full_hub: Hub, fetcher: Fetcher) -> None:
    full_hub.etags = False
    day, when = str(today()), "Thu, 01 May 2025 10:00:00 GMT"
    data = day_response(day, [1])
    full_hub.responses[day] = [
        sending(data, Last_Modified=when),
        failing(304, b"", Content_Length=""),
    ]
    fetcher.fetch(day)
    assert fetcher.fetch(day).unchanged
    assert full_hub.requests[1].headers["if-modified-since"] == when
    full_hub.days[day] = data
    fetcher.fetch(day)
    assert fetcher.saved_files == {f"{day}.json": data}


def test_validators_are_for_one_hub_only(full_hub: Hub, fetcher: Fetcher) -> None:
    day = str(today())
    full_hub.days[day] = day_response(day, [1])
    fetcher.fetch(day)
    with Hub(days={day: day_response(day, [2])}) as other_hub:
        fetcher.fetch(day, url=other_hub.url)
        assert "if-none-match" not in other_hub.requests[0].headers
    assert fetcher.saved_ids(day) == ["2511.00002"]


def test_saved_papers_stay_if_the_hub_removes_them(full_hub: Hub, fetcher: Fetcher) -> None:
    day = str(today())
    full_hub.days[day] = day_response(day, [1])
    fetcher.fetch(day)
    full_hub.days[day] = EMPTY
    assert list(map(str, fetcher.fetch(day).empty)) == [day]
    assert fetcher.saved_ids(day) == ["2511.00001"]


def test_interrupted_fetch_is_continued(full_hub: Hub, fetcher: Fetcher) -> None:
    full_hub.responses[B] = [failing(500)] * 3
    fetched = fetcher.fetch(D, C, B, A)
    assert (len(fetched.papers), fetched.not_requested) == (2, 1)
    assert "500 Internal Server Error" in fetched.failures[0].message
    full_hub.requests.clear()
    fetched = fetcher.fetch(D, C, B, A)
    assert (len(fetched.papers), len(fetched.up_to_date)) == (2, 2)
    assert full_hub.requested_days == [B, A]


def test_failed_day_does_not_stop_the_others(full_hub: Hub, fetcher: Fetcher) -> None:
    full_hub.responses[C] = [failing(404)]
    fetched = fetcher.fetch(D, C, B)
    assert list(map(str, fetched.papers)) == [D, B]
    assert [failure.message for failure in fetched.failures] == [
        f"127.0.0.1:{full_hub.port} answers 404 Not Found"
    ]
    assert fetched.not_requested == 0


def test_fetching_stops_after_consecutive_failures(full_hub: Hub, fetcher: Fetcher) -> None:
    full_hub.responses[""] = [failing(404)] * 10
    days = [f"2025-04-{number:02}" for number in range(10, 0, -1)]
    fetched = fetcher.fetch(*days)
    assert (len(fetched.failures), fetched.not_requested, len(full_hub.requests)) == (3, 7, 3)


def test_long_day_is_fetched_page_by_page(full_hub: Hub, fetcher: Fetcher) -> None:
    pages = [
        day_response(A, range(100)),
        day_response(A, range(100, 200)),
        day_response(A, range(200, 207)),
    ]
    full_hub.responses[A] = [sending(page, ETag='"of one page"') for page in pages]
    assert list(fetcher.fetch(A).papers.values()) == [207]
    assert len(set(fetcher.saved_ids(A))) == 207
    assert [request.page for request in full_hub.requests] == [0, 1, 2]
    # The ETag of one page does not cover the others.
    set_fetch_time(fetcher.folder / f"{A}.json", A, days_after=0)
    full_hub.requests.clear()
    fetcher.fetch(A)
    assert "if-none-match" not in full_hub.requests[0].headers


def test_hub_without_pagination_is_supported(full_hub: Hub, fetcher: Fetcher) -> None:
    full_hub.responses[A] = [sending(day_response(A, range(100)))] * 9
    fetcher.fetch(A)
    assert len(fetcher.saved_ids(A)) == 100
    assert len(full_hub.requests) == 2


def test_fetching_can_be_cancelled_while_waiting(full_hub: Hub, fetcher: Fetcher) -> None:
    fetcher.policy = fetcher.policy._replace(read_timeout=60, total_timeout=60)
    full_hub.responses[C] = [silent]
    fetched = fetcher.fetch(D, C, B, cancelled=lambda: C in full_hub.requested_days)
    assert fetched.cancelled
    assert list(map(str, fetched.papers)) == [D]
    assert list(fetcher.saved_files) == [f"{D}.json"]


def test_damaged_records_are_ignored(full_hub: Hub, fetcher: Fetcher) -> None:
    day = str(today())
    full_hub.days[day] = day_response(day, [1])
    fetcher.fetch(day)
    [file] = (fetcher.root / "records").glob("*.json")
    file.write_bytes(file.read_bytes()[:40])
    assert list(map(str, fetcher.fetch(day).unchanged)) == [day]
    assert "if-none-match" not in full_hub.requests[1].headers
    assert list(map(str, fetcher.fetch(day).unchanged)) == [day]
    assert "if-none-match" in full_hub.requests[2].headers


@pytest.mark.usefixtures("full_hub")
def test_file_in_place_of_the_folder_is_an_error(fetcher: Fetcher) -> None:
    fetcher.folder.write_text("mine")
    fetched = fetcher.fetch(A, B)
    [failure] = fetched.failures
    assert str(fetcher.folder) in failure.message
    assert fetched.not_requested == 1
    assert fetcher.folder.read_text() == "mine"
