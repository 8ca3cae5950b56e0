from __future__ import annotations

import json
from typing import Any

import pytest

from tests.digests.pages import messages
from tests.digests.records import DAY, hub_paper, hub_row, only, read_json
from tui.digests.reader import read


def test_what_a_row_tells() -> None:
    row = hub_row(
        ai_summary="Mills count.",
        ai_keywords=["wind", "mills*"],
        githubRepo="https://github.com/ada/wind",
        githubStars=1,
        projectPage="https://wind.example/",
    )
    digest = read_json([row])
    assert digest.dialect == "hub_json"
    entry = only(digest)
    assert (entry.arxiv_id, entry.date, entry.line) == ("2504.00001", DAY, 2)
    assert (entry.title, entry.is_arxiv_title) == ("Counting Wind", True)
    assert (entry.votes, entry.authors) == (44, ("Ada Bell", "Cy Dorn"))
    assert entry.thumbnail == "https://pictures.example/1.png"
    assert entry.sections == ("AI summary", "Abstract")
    assert entry.summary == (
        "## AI summary\n\nMills count.\n\n"
        "## Abstract\n\nWind is not\ncounted yet.\n\nWe count it.\n\n"
        "- **Keywords**: wind, mills\\*\n"
        "- **Code**: <https://github.com/ada/wind> (1 star)\n"
        "- **Project page**: <https://wind.example/>"
    )


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_how_it_is_laid_out_makes_no_difference(indent: Any, end: str, mark: bytes) -> None:
    rows = [hub_row(), hub_row(id="2504.00002")]
    text = json.dumps(rows, indent=indent).replace("\n", end) + end
    digest = read(mark + text.encode(), "x")
    assert digest.problems == ()
    assert [entry.arxiv_id for entry in digest.entries] == ["2504.00001", "2504.00002"]
    lines = text.split(end)
    if indent:
        # An editor shows the object that begins there.
        assert all(lines[entry.line - 1].strip() == "{" for entry in digest.entries)


@pytest.mark.parametrize(
    "value",
    [
        hub_row(),
        hub_paper(),
        [hub_paper()],
        {"papers": [hub_row()]},
        {"date": "x", "count": 1, "data": [hub_row()]},
    ],
)
def test_what_may_stand_around_a_paper(value: object) -> None:
    digest = read_json(value, "saved")
    assert (digest.dialect, only(digest).date) == ("hub_json", DAY)


def test_one_file_may_hold_several_days() -> None:
    later = "2025-05-02T00:00:00.000Z"
    for path in ("2025-05-01.json", "2025-05-04.json", "saved"):
        digest = read_json([hub_row(), hub_row(submittedOnDailyAt=later)], path)
        assert [entry.date for entry in digest.entries] == ["2025-05-01", "2025-05-02"]
        assert digest.problems == ()


def test_another_day_than_the_paths_is_told_once() -> None:
    digest = read_json([hub_row(), hub_row(id="2504.00002")], "2025/05/02.json")
    assert {entry.date for entry in digest.entries} == {DAY}
    assert messages(digest) == [
        "2: the path says 2025-05-02, the papers say 2025-05-01; using the papers' date"
    ]


def test_old_answers_tell_their_day_by_the_path_and_a_picture_otherwise() -> None:
    row = hub_row(submittedOnDailyAt=None)
    del row["thumbnail"]
    row["mediaUrl"] = "https://pictures.example/2.mp4"
    entry = only(read_json([row], "2023-11-28.json"))
    assert (entry.date, entry.thumbnail) == ("2023-11-28", "https://pictures.example/2.mp4")


def test_without_any_day_it_says_what_to_do() -> None:
    row = hub_row(submittedOnDailyAt=None)
    digest = read_json([row, row], "daily_papers.json")
    assert (digest.dialect, digest.entries) == ("hub_json", ())
    (problem,) = digest.problems
    assert problem.line == 2
    assert "Name the file after its day, like 2025-05-01" in problem.message


@pytest.mark.parametrize(
    ("told", "votes"),
    [
        ("44", 44),
        ("1.2k", 1200),
        (1200.0, 1200),
        ("1,234", 1234),
        (0, 0),
        ("+7", 7),
        ("2M", 2_000_000),
    ],
)
def test_votes_are_numbers_however_they_are_told(told: object, votes: int) -> None:
    assert only(read_json([hub_row(upvotes=told)])).votes == votes


@pytest.mark.parametrize("told", [-1, "many", 10**40, "9" * 5000, [], {}, True, "1.5"])
def test_votes_that_are_none(told: object) -> None:
    text = json.dumps([hub_row(upvotes="HERE")]).replace('"HERE"', _dumped(told))
    digest = read(text.encode(), "x")
    (entry,) = digest.entries
    if told == "1.5":
        assert entry.votes == 2
        return
    assert entry.votes is None
    (message,) = messages(digest)
    assert message.startswith("1: cannot read the votes '")
    assert len(message) < 120


def _dumped(value: object) -> str:
    return "1" + "0" * 40 if value == 10**40 else json.dumps(value)


@pytest.mark.parametrize("name", ["title", "authors", "upvotes", "summary", "ai_summary", "id"])
@pytest.mark.parametrize("value", [None, [], {}, 7, [[[]]], [{}], {"name": 3}, False, "\ud800", ""])
def test_any_field_may_hold_anything(name: str, value: object) -> None:
    digest = read_json([hub_row(**{name: value}), hub_row(id="2504.00002")])
    assert digest.dialect == "hub_json"
    assert digest.entries[-1].arxiv_id == "2504.00002"
    if name == "id":
        assert messages(digest) == ["2: the paper has no link to arXiv; skipped"]


def test_a_title_that_only_the_row_tells() -> None:
    assert only(read_json([hub_row(title=None)])).title == "Counting Wind"


def test_no_summary_is_no_problem() -> None:
    assert only(read_json([hub_row(summary=None)])).summary == ""


def test_what_a_terminal_obeys_is_taken_out_behind_the_escapes() -> None:
    told = "\x1b]0;evil\x07Wind\u202e \x9b31mof\u2028the\ud800 sea"
    row = hub_row(title=told, summary=told, authors=[{"name": told}], ai_keywords=[told])
    row["thumbnail"] = "https://a.example/\x1b[1mx"
    raw = json.dumps([row], ensure_ascii=False).replace("\ud800", "\\ud800")
    for text in (json.dumps([row]), raw):
        entry = only(read(text.encode(), "x"))
        assert entry.title == "Wind of the sea"
        assert entry.authors == ("Wind of the sea",)
        assert entry.thumbnail == "https://a.example/x"
        assert "Wind of\nthe sea" in entry.summary
        assert "\x1b" not in entry.summary


def test_nothing_in_an_abstract_begins_another_section() -> None:
    told = "One\n# Two\n```\nThree\n---\nFour\n  ~~~\nFive\n==="
    entry = only(read_json([hub_row(ai_summary=told, summary=told)]))
    assert entry.sections == ("AI summary", "Abstract")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://a.example/> [x](https://b.example)", "https://a b.example", 7],
)
def test_links_lead_to_the_web_or_are_none(address: object) -> None:
    entry = only(read_json([hub_row(githubRepo=address, projectPage=address)]))
    assert "Code" not in entry.summary
    assert "Project" not in entry.summary


def test_a_paper_that_is_told_twice() -> None:
    digest = read_json([hub_row(upvotes=3), hub_row(upvotes=5)])
    assert [entry.votes for entry in digest.entries] == [5]
    assert len(digest.problems) == 1


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        [1, 2],
        [{"name": "paper", "version": 1}],
        {"paper": "A4", "upvotes": None},
        {"error": "Too many requests"},
        [{"arxiv_id": "2504.00001", "title": "x", "votes": 3, "url": "https://arxiv.org/abs/x"}],
        [{"id": 7, "paper": None}],
    ],
)
def test_json_of_something_else_is_not_claimed(value: object) -> None:
    assert read_json(value).dialect is None
