from __future__ import annotations

import json
from typing import Any

import pytest

from tests.digests.pages import messages
from tests.digests.records import DAY, hub_item, hub_paper, only_entry, read_json
from tui.digests.reader import read
from tui.models import UNDATED


def test_all_fields_of_a_paper_are_read() -> None:
    item = hub_item(
        ai_summary="Mills count.",
        ai_keywords=["wind", "mills*"],
        githubRepo="https://github.com/ada/wind",
        githubStars=1,
        projectPage="https://wind.example/",
    )
    digest = read_json([item])
    assert digest.dialect == "hub_json"
    entry = only_entry(digest)
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
@pytest.mark.parametrize("byte_order_mark", [b"", b"\xef\xbb\xbf"])
def test_json_layout_does_not_matter(indent: Any, end: str, byte_order_mark: bytes) -> None:
    items = [hub_item(), hub_item(id="2504.00002")]
    text = json.dumps(items, indent=indent).replace("\n", end) + end
    digest = read(byte_order_mark + text.encode(), "x")
    assert digest.problems == ()
    assert [entry.arxiv_id for entry in digest.entries] == ["2504.00001", "2504.00002"]
    lines = text.split(end)
    if indent:
        # The line in an editor where the object starts.
        assert all(lines[entry.line - 1].strip() == "{" for entry in digest.entries)


@pytest.mark.parametrize(
    "value",
    [
        hub_item(),
        hub_paper(),
        [hub_paper()],
        {"papers": [hub_item()]},
        {"date": "x", "count": 1, "data": [hub_item()]},
    ],
)
def test_papers_may_be_in_several_containers(value: object) -> None:
    digest = read_json(value, "saved")
    assert (digest.dialect, only_entry(digest).date) == ("hub_json", DAY)


def test_file_may_contain_several_days() -> None:
    later = "2025-05-02T00:00:00.000Z"
    for path in ("2025-05-01.json", "2025-05-04.json", "saved"):
        digest = read_json([hub_item(), hub_item(submittedOnDailyAt=later)], path)
        assert [entry.date for entry in digest.entries] == ["2025-05-01", "2025-05-02"]
        assert digest.problems == ()


def test_date_that_differs_from_the_path_is_reported_once() -> None:
    digest = read_json([hub_item(), hub_item(id="2504.00002")], "2025/05/02.json")
    assert {entry.date for entry in digest.entries} == {DAY}
    assert messages(digest) == [
        "2: the path says 2025-05-02, the papers say 2025-05-01; using the papers' date"
    ]


def test_older_response_without_a_date_is_read() -> None:
    item = hub_item(submittedOnDailyAt=None)
    del item["thumbnail"]
    item["mediaUrl"] = "https://pictures.example/2.mp4"
    entry = only_entry(read_json([item], "2023-11-28.json"))
    assert (entry.date, entry.thumbnail) == ("2023-11-28", "https://pictures.example/2.mp4")


def test_date_of_publication_comes_last() -> None:
    item = hub_item(submittedOnDailyAt=None)
    assert only_entry(read_json([item], "daily_papers.json")).date == "2025-04-28"
    assert only_entry(read_json([item], "2025-05-03.json")).date == "2025-05-03"


def test_missing_date_is_reported_with_a_remedy() -> None:
    item = hub_item(submittedOnDailyAt=None, publishedAt=None)
    digest = read_json([item], "daily_papers.json")
    assert (digest.dialect, digest.entries[0].date) == ("hub_json", UNDATED)
    (problem,) = digest.problems
    assert problem.line == 2
    assert "Name the file after its day, like 2025-05-01" in problem.message


@pytest.mark.parametrize(
    ("value", "votes"),
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
def test_votes_in_other_formats_are_read(value: object, votes: int) -> None:
    assert only_entry(read_json([hub_item(upvotes=value)])).votes == votes


@pytest.mark.parametrize("value", [-1, "many", 10**40, "9" * 5000, [], {}, True, "1.5"])
def test_implausible_votes_are_reported(value: object) -> None:
    text = json.dumps([hub_item(upvotes="HERE")]).replace('"HERE"', _dump(value))
    digest = read(text.encode(), "x")
    (entry,) = digest.entries
    if value == "1.5":
        assert entry.votes == 2
        return
    assert entry.votes is None
    (message,) = messages(digest)
    assert message.startswith("1: cannot read the votes '")
    assert len(message) < 120


def _dump(value: object) -> str:
    return "1" + "0" * 40 if value == 10**40 else json.dumps(value)


@pytest.mark.parametrize("name", ["title", "authors", "upvotes", "summary", "ai_summary", "id"])
@pytest.mark.parametrize("value", [None, [], {}, 7, [[[]]], [{}], {"name": 3}, False, "\ud800", ""])
def test_field_of_any_type_does_not_affect_other_papers(name: str, value: object) -> None:
    digest = read_json([hub_item(**{name: value}), hub_item(id="2504.00002")])
    assert digest.dialect == "hub_json"
    assert digest.entries[-1].arxiv_id == "2504.00002"
    if name == "id":
        assert messages(digest) == ["2: the paper has neither an id nor a link to it; skipped"]


def test_title_may_be_outside_the_paper_object() -> None:
    assert only_entry(read_json([hub_item(title=None)])).title == "Counting Wind"


def test_missing_summary_is_not_reported() -> None:
    assert only_entry(read_json([hub_item(summary=None)])).summary == ""


def test_escaped_control_characters_are_removed() -> None:
    unsafe = "\x1b]0;evil\x07Wind\u202e \x9b31mof\u2028the\ud800 sea"
    item = hub_item(title=unsafe, summary=unsafe, authors=[{"name": unsafe}], ai_keywords=[unsafe])
    item["thumbnail"] = "https://a.example/\x1b[1mx"
    raw = json.dumps([item], ensure_ascii=False).replace("\ud800", "\\ud800")
    for text in (json.dumps([item]), raw):
        entry = only_entry(read(text.encode(), "x"))
        assert entry.title == "Wind of the sea"
        assert entry.authors == ("Wind of the sea",)
        assert entry.thumbnail == "https://a.example/x"
        assert "Wind of\nthe sea" in entry.summary
        assert "\x1b" not in entry.summary


def test_markup_in_an_abstract_is_escaped() -> None:
    text = "One\n# Two\n```\nThree\n---\nFour\n  ~~~\nFive\n==="
    entry = only_entry(read_json([hub_item(ai_summary=text, summary=text)]))
    assert entry.sections == ("AI summary", "Abstract")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://a.example/> [x](https://b.example)", "https://a b.example", 7],
)
def test_unsafe_link_is_dropped(url: object) -> None:
    entry = only_entry(read_json([hub_item(githubRepo=url, projectPage=url)]))
    assert "Code" not in entry.summary
    assert "Project" not in entry.summary


def test_duplicate_paper_is_merged() -> None:
    digest = read_json([hub_item(upvotes=3), hub_item(upvotes=5)])
    assert [entry.votes for entry in digest.entries] == [5]
    assert digest.problems == ()
    # The later one has no day of publication.
    digest = read_json([hub_item(), hub_item(publishedAt=None)])
    assert only_entry(digest).published == "2025-04-28"


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        [1, 2],
        [{"name": "paper", "version": 1}],
        {"paper": "A4", "upvotes": None},
        {"error": "Too many requests"},
        [{"id": 7, "paper": None}],
    ],
)
def test_other_json_is_not_claimed(value: object) -> None:
    assert read_json(value).dialect is None
