"""Records whose id and title are in different objects."""

from __future__ import annotations

import json

import pytest

from tui.digests.general.records.record_ids import named_id
from tui.digests.reader import read
from tui.models import Entry

DAY = "2025-05-14"
FIELDS = {"title": "Quiet Stairs", "authors": ["Ada Bell", "Cy Dorn"]}


def entries(value: object) -> tuple[Entry, ...]:
    return tuple(read(json.dumps(value).encode(), f"{DAY}.json").entries)


@pytest.mark.parametrize("key", ["attributes", "_source", "content", "metadata", "meta", "fields"])
def test_id_and_title_in_different_objects(key: str) -> None:
    records = [
        {"id": "2505.08001", "type": "paper", key: FIELDS},
        {**FIELDS, "title": "Loud Stairs", key: {"arxiv_id": "2505.08002"}},
    ]
    quiet, loud = entries({"data": records})
    assert (quiet.paper_id, quiet.title) == ("2505.08001", "Quiet Stairs")
    assert (loud.paper_id, loud.title) == ("2505.08002", "Loud Stairs")
    assert quiet.authors == loud.authors == ("Ada Bell", "Cy Dorn")


def test_metadata_of_a_digest_is_not_that_of_a_paper() -> None:
    papers = [{"id": "2505.08001", "title": "Quiet Stairs"}]
    digest = {"title": "News", "meta": {"link": "arxiv.org/abs/2505.08009"}, "papers": papers}
    assert [entry.title for entry in entries(digest)] == ["Quiet Stairs"]


def test_notes_of_openreview() -> None:
    content = {
        "title": {"value": "Quiet Stairs"},
        "authors": {"value": ["Ada Bell", "Cy Dorn"]},
        "abstract": {"value": "Stairs without noise."},
    }
    notes = [
        {"id": "sT4irs_x9Q", "forum": "sT4irs_x9Q", "cdate": 1747094400000, "content": content},
        {"id": "r3view", "forum": "sT4irs_x9Q", "content": {"title": {"value": "A Review"}}},
    ]
    (entry,) = entries({"notes": notes})
    assert (entry.paper_id, entry.title) == ("openreview:sT4irs_x9Q", "Quiet Stairs")
    assert entry.authors == ("Ada Bell", "Cy Dorn")
    assert (entry.date, entry.published) == (DAY, "2025-05-13")
    assert entry.summary == "## Abstract\n\nStairs without noise."


def test_other_forums_have_no_papers() -> None:
    assert not entries([{"forum": "carpenters", "title": "Quiet Stairs", "openreview_id": "none"}])


def test_ids_of_openreview_in_a_field() -> None:
    (entry,) = entries([{"openreview_id": "sT4irs_x9Q", "title": "Quiet Stairs"}])
    assert entry.paper_id == "openreview:sT4irs_x9Q"


@pytest.mark.parametrize("key", ["acl_id", "anthology_id", "id"])
def test_ids_of_the_acl_anthology(key: str) -> None:
    (entry,) = entries([{key: "2025.stairs-main.7", **FIELDS}])
    assert entry.paper_id == "acl:2025.stairs-main.7"


@pytest.mark.parametrize("text", ["2025.05.14", "2025.10", "v2025.a.1", "2025.acl-long.0", 7, None])
def test_dates_and_versions_are_no_ids(text: object) -> None:
    assert named_id(text) is None


def test_records_of_inspire() -> None:
    metadata = {
        "titles": [{"title": "Quiet Stairs", "source": "arXiv"}],
        "authors": [{"full_name": "Bell, Ada"}, {"full_name": "Dorn, Cy"}],
        "arxiv_eprints": [{"value": "2505.08001", "categories": ["hep-th", "gr-qc"]}],
        "abstracts": [{"source": "arXiv", "value": "Stairs without noise."}],
        "preprint_date": DAY,
    }
    hit = {"id": "29", "created": "2025-05-20T02:00:00+00:00", "metadata": metadata}
    (entry,) = read(json.dumps({"hits": {"hits": [hit]}}).encode(), "inspire.json").entries
    assert (entry.paper_id, entry.title, entry.date) == ("2505.08001", "Quiet Stairs", DAY)
    assert (entry.authors, entry.labels) == (("Ada Bell", "Cy Dorn"), ("hep-th", "gr-qc"))
    assert entry.summary.startswith("## Abstracts\n\nStairs without noise.\n")


def test_records_of_ads() -> None:
    record = {
        "bibcode": "2025arXiv250508001B", "title": ["Quiet Stairs"],
        "author": ["Bell, Ada", "Dorn, Cy"],
        "identifier": ["2025arXiv250508001B", "10.48550/arXiv.2505.08001", "arXiv:2505.08001"],
        "date": f"{DAY}T00:00:00Z", "pubdate": "2025-05-00", "arxiv_class": ["cs.CL", "cs.LG"],
    }  # fmt: skip
    (entry,) = read(json.dumps({"response": {"docs": [record]}}).encode(), "ads.json").entries
    assert (entry.paper_id, entry.title, entry.date) == ("2505.08001", "Quiet Stairs", DAY)
    assert (entry.authors, entry.labels) == (("Ada Bell", "Cy Dorn"), ("cs.CL", "cs.LG"))


def test_fields_of_an_only_author_are_not_those_of_the_paper() -> None:
    record = {
        "id": "2505.08001",
        "title": "Quiet Stairs",
        "author": {"text": "Ada Bell", "votes": 3},
    }
    (entry,) = entries([record])
    assert (entry.authors, entry.votes, entry.summary) == (("Ada Bell",), None, "")


@pytest.mark.parametrize(
    "field",
    [
        {"whatever": "https://arxiv.org/abs/2505.08001"},
        {"kb": "arXiv:2505.08001"},
        {"aliases": ["Quiet Stairs", "arxiv:2505.08001"]},
        {"nr": "2505.08001", "authors": ["Ada Bell"]},
    ],
)
def test_id_under_an_unknown_key(field: dict[str, object]) -> None:
    (entry,) = entries([{"title": "Quiet Stairs", **field}])
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet Stairs")


@pytest.mark.parametrize(
    "field",
    [
        {"version": "2505.08001"},
        {"cites": ["arXiv:2505.08001"]},
        {"notes": ["arXiv:2505.08001", "arXiv:2505.08002"]},
        {"remark": "As in arXiv:2505.08001, stairs are old."},
    ],
)
def test_other_numbers_and_papers_are_no_id(field: dict[str, object]) -> None:
    assert not entries([{"title": "Quiet Stairs", **field}])
