"""Fields of data that converters wrap in objects and lists of their own."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tui.digests.reader import read

LINK = "http://arxiv.org/abs/2505.08001v1"
WRAPPERS: dict[str, Callable[[str], object]] = {
    "list": lambda text: [text],
    "xml in a list": lambda text: [{"_": text, "$": {"type": "html"}}],
    **{
        key: lambda text, key=key: {key: text}  # type: ignore[misc]
        for key in ("$t", "#text", "_", "_text", "rendered", "value", "#cdata-section")
    },
    "with attributes": lambda text: {"@type": "html", "#text": text},
    "WordPress": lambda text: {"rendered": text, "protected": False},
}


@pytest.mark.parametrize("wrap", WRAPPERS.values(), ids=WRAPPERS)
def test_wrapped_fields_are_read(wrap: Callable[[str], object]) -> None:
    paper = {
        "id": wrap(LINK),
        "title": wrap("Quiet Stairs"),
        "published": wrap("2025-05-14T00:00:00Z"),
        "summary": wrap("Stairs without noise."),
        "author": [{"name": wrap("Ada Bell")}, {"name": wrap("Cy Dorn")}],
    }
    (entry,) = read(json.dumps([paper]).encode(), "papers.json").entries
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet Stairs")
    assert (entry.date, entry.authors) == ("2025-05-14", ("Ada Bell", "Cy Dorn"))
    assert entry.summary == "## Summary\n\nStairs without noise."


@pytest.mark.parametrize(
    "day", ["2025-05-14T08:00:00Z", "1747180800000", {"$numberLong": "1747180800000"}]
)
def test_days_of_a_database(day: object) -> None:
    paper = {"id": "2505.08001", "title": "Quiet Stairs", "date": {"$date": day}}
    (entry,) = read(json.dumps([paper]).encode(), "papers.json").entries
    assert entry.date == "2025-05-14"


def test_parts_of_a_name_in_a_list_stay_apart() -> None:
    paper = {"id": "2505.08001", "title": "Quiet Stairs", "authors": [["Bell", "Ada", ""]]}
    (entry,) = read(json.dumps([paper]).encode(), "2025-05-14.json").entries
    assert entry.authors == ("Ada Bell",)
