"""Days of a real server on loopback, as files."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.sources.huggingface.fetcher import Fetcher
from tests.sources.huggingface.papers import answer
from tests.sources.huggingface.server import EMPTY, Hub, failing, saying, silent
from tui.sources.huggingface.days import today

A, B, C, D = "2025-05-01", "2025-05-02", "2025-05-05", "2025-05-06"


@pytest.fixture
def full(hub: Hub) -> Hub:
    """A hub with papers on four days."""
    for number, day in enumerate((A, B, C, D)):
        hub.days[day] = answer(day, range(10 * number, 10 * number + 3))
    return hub


def aged(file: Path, day: str, *, days_after: int) -> None:
    """Make a file one that was fetched so many days after its day's end."""
    end = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1 + days_after)
    os.utime(file, (end.timestamp(), end.timestamp()))


def test_a_day_is_kept_as_it_was_served(full: Hub, fetcher: Fetcher) -> None:
    # Spaces and the order of keys are none of ours.
    full.days[A] = b"  " + answer(A, [1]).replace(b'": ', b'" :  ') + b"\n"
    fetched = fetcher.fetch(A)
    assert fetched.papers == {date.fromisoformat(A): 1}
    assert fetcher.kept == {f"{A}.json": full.days[A]}
    [asked] = full.asked
    assert asked.target == f"/api/daily_papers?date={A}&limit=100"
    assert asked.headers["user-agent"].startswith("broadsheet/")
    assert asked.headers["accept-encoding"] == "gzip"


def test_one_file_a_day_in_the_order_in_which_they_are_wanted(full: Hub, fetcher: Fetcher) -> None:
    fetched = fetcher.fetch(D, C, B)
    assert list(map(str, fetched.papers)) == [D, C, B] == full.days_asked
    assert sorted(fetcher.kept) == [f"{B}.json", f"{C}.json", f"{D}.json"]
    assert [(moved.done, moved.total) for moved in fetcher.moves] == [(0, 3), (1, 3), (2, 3)]


@pytest.mark.usefixtures("full")
def test_a_day_without_papers_leaves_no_file(fetcher: Fetcher) -> None:
    fetched = fetcher.fetch("2025-05-03", A)
    assert list(map(str, fetched.empty)) == ["2025-05-03"]
    assert fetched.failures == []
    assert list(fetcher.kept) == [f"{A}.json"]


def test_what_does_not_change_any_more_is_not_asked_for(full: Hub, fetcher: Fetcher) -> None:
    fetcher.fetch(B, A, "2025-05-03")
    full.asked.clear()
    fetched = fetcher.fetch(B, A, "2025-05-03")
    assert sorted(map(str, fetched.up_to_date)) == [A, B, "2025-05-03"]
    assert full.asked == []
    fetched = fetcher.fetch(B, again=True)
    assert (fetched.up_to_date, full.days_asked) == ([], [B])
    assert list(map(str, fetched.unchanged)) == [B]


def test_a_day_is_asked_for_until_its_votes_have_settled(full: Hub, fetcher: Fetcher) -> None:
    fetcher.fetch(A)
    file = fetcher.folder / f"{A}.json"
    aged(file, A, days_after=6)
    full.asked.clear()
    assert list(map(str, fetcher.fetch(A).unchanged)) == [A]
    [asked] = full.asked
    assert asked.headers["if-none-match"].startswith('W/"')
    # From when on it is known to be as it is has changed, and nothing else.
    full.asked.clear()
    assert list(map(str, fetcher.fetch(A).up_to_date)) == [A]
    assert full.asked == []


def test_votes_that_changed_are_fetched(full: Hub, fetcher: Fetcher) -> None:
    day = str(today())
    full.days[day] = answer(day, [1, 2], votes=3)
    fetcher.fetch(day)
    full.days[day] = answer(day, [1, 2, 3], votes=30)
    assert list(fetcher.fetch(day).papers.values()) == [3]
    assert fetcher.kept[f"{day}.json"] == full.days[day]


def test_a_hub_without_etags_is_asked_by_the_time_it_told(full: Hub, fetcher: Fetcher) -> None:
    full.etags = False
    day, when = str(today()), "Thu, 01 May 2025 10:00:00 GMT"
    data = answer(day, [1])
    full.turns[day] = [saying(data, Last_Modified=when), failing(304, b"", Content_Length="")]
    fetcher.fetch(day)
    assert fetcher.fetch(day).unchanged
    assert full.asked[1].headers["if-modified-since"] == when
    full.days[day] = data
    fetcher.fetch(day)
    assert fetcher.kept == {f"{day}.json": data}


def test_what_one_hub_told_is_not_what_another_knows(full: Hub, fetcher: Fetcher) -> None:
    day = str(today())
    full.days[day] = answer(day, [1])
    fetcher.fetch(day)
    with Hub(days={day: answer(day, [2])}) as other:
        fetcher.fetch(day, url=other.url)
        assert "if-none-match" not in other.asked[0].headers
    assert fetcher.numbers(day) == ["2511.00002"]


def test_papers_are_not_taken_back(full: Hub, fetcher: Fetcher) -> None:
    day = str(today())
    full.days[day] = answer(day, [1])
    fetcher.fetch(day)
    full.days[day] = EMPTY
    assert list(map(str, fetcher.fetch(day).empty)) == [day]
    assert fetcher.numbers(day) == ["2511.00001"]


def test_what_was_interrupted_goes_on_where_it_was_left(full: Hub, fetcher: Fetcher) -> None:
    full.turns[B] = [failing(500)] * 3
    fetched = fetcher.fetch(D, C, B, A)
    assert (len(fetched.papers), fetched.not_requested) == (2, 1)
    assert "500 Internal Server Error" in fetched.failures[0].message
    full.asked.clear()
    fetched = fetcher.fetch(D, C, B, A)
    assert (len(fetched.papers), len(fetched.up_to_date)) == (2, 2)
    assert full.days_asked == [B, A]


def test_one_day_that_is_missing_keeps_no_other_from_coming(full: Hub, fetcher: Fetcher) -> None:
    full.turns[C] = [failing(404)]
    fetched = fetcher.fetch(D, C, B)
    assert list(map(str, fetched.papers)) == [D, B]
    assert [failure.message for failure in fetched.failures] == [
        f"127.0.0.1:{full.port} answers 404 Not Found"
    ]
    assert fetched.not_requested == 0


def test_a_hub_that_knows_no_day_is_not_asked_for_years(full: Hub, fetcher: Fetcher) -> None:
    full.turns[""] = [failing(404)] * 10
    days = [f"2025-04-{number:02}" for number in range(10, 0, -1)]
    fetched = fetcher.fetch(*days)
    assert (len(fetched.failures), fetched.not_requested, len(full.asked)) == (3, 7, 3)


def test_a_day_of_many_papers_is_asked_for_page_by_page(full: Hub, fetcher: Fetcher) -> None:
    pages = [answer(A, range(100)), answer(A, range(100, 200)), answer(A, range(200, 207))]
    full.turns[A] = [saying(page, ETag='"of one page"') for page in pages]
    assert list(fetcher.fetch(A).papers.values()) == [207]
    assert len(set(fetcher.numbers(A))) == 207
    assert [asked.page for asked in full.asked] == [0, 1, 2]
    # The name of one page says nothing of the others.
    aged(fetcher.folder / f"{A}.json", A, days_after=0)
    full.asked.clear()
    fetcher.fetch(A)
    assert "if-none-match" not in full.asked[0].headers


def test_a_hub_that_does_not_know_of_pages_is_asked_for_one(full: Hub, fetcher: Fetcher) -> None:
    full.turns[A] = [saying(answer(A, range(100)))] * 9
    fetcher.fetch(A)
    assert len(fetcher.numbers(A)) == 100
    assert len(full.asked) == 2


def test_fetching_can_be_stopped_while_the_hub_is_waited_for(full: Hub, fetcher: Fetcher) -> None:
    fetcher.patience = fetcher.patience._replace(read_timeout=60, total_timeout=60)
    full.turns[C] = [silent]
    fetched = fetcher.fetch(D, C, B, cancelled=lambda: C in full.days_asked)
    assert fetched.cancelled
    assert list(map(str, fetched.papers)) == [D]
    assert list(fetcher.kept) == [f"{D}.json"]


def test_damaged_records_cost_nothing_but_a_question(full: Hub, fetcher: Fetcher) -> None:
    day = str(today())
    full.days[day] = answer(day, [1])
    fetcher.fetch(day)
    [file] = (fetcher.root / "records").glob("*.json")
    file.write_bytes(file.read_bytes()[:40])
    assert list(map(str, fetcher.fetch(day).unchanged)) == [day]
    assert "if-none-match" not in full.asked[1].headers
    assert list(map(str, fetcher.fetch(day).unchanged)) == [day]
    assert "if-none-match" in full.asked[2].headers


@pytest.mark.usefixtures("full")
def test_a_folder_that_is_a_file_is_one_sentence(fetcher: Fetcher) -> None:
    fetcher.folder.write_text("mine")
    fetched = fetcher.fetch(A, B)
    [failure] = fetched.failures
    assert str(fetcher.folder) in failure.message
    assert fetched.not_requested == 1
    assert fetcher.folder.read_text() == "mine"
