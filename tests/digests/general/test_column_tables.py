"""Tables in JSON that have a list or an object for each column."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read

IDS: list[object] = ["2505.08001", "2505.08002"]
TITLES: list[object] = ["Quiet Stairs", "Loud Stairs"]
AUTHORS: list[object] = [["Ada Bell", "Cy Dorn"], ["Eve Funk"]]
TIMES: list[object] = [1747180800000, 1747180800000]


def by_number(cells: list[object]) -> dict[str, object]:
    return {str(number): cell for number, cell in enumerate(cells)}


COLUMNS: dict[str, list[object]] = {
    "id": IDS, "title": TITLES, "authors": AUTHORS, "published": TIMES, "votes": [3, 4],
}  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        COLUMNS,
        {name: by_number(cells) for name, cells in COLUMNS.items()},
        {"name": "picks", "data": {**COLUMNS, "notes": ["one note"]}},
    ],
    ids=["lists", "pandas", "below a key"],
)
def test_tables_of_columns(table: object) -> None:
    quiet, loud = read(json.dumps(table).encode(), "picks.json").entries
    assert [(entry.paper_id, entry.title) for entry in (quiet, loud)] == list(
        zip(IDS, TITLES, strict=True)
    )
    assert [(entry.authors, entry.votes) for entry in (quiet, loud)] == [
        (("Ada Bell", "Cy Dorn"), 3), (("Eve Funk",), 4),
    ]  # fmt: skip
    assert quiet.date == loud.date == "2025-05-14"


def test_table_of_one_row() -> None:
    table = {name: {"0": cells[0]} for name, cells in COLUMNS.items()}
    (entry,) = read(json.dumps(table).encode(), "picks.json").entries
    assert (entry.paper_id, entry.title, entry.votes) == (IDS[0], TITLES[0], 3)
    assert entry.authors == ("Ada Bell", "Cy Dorn")


def test_two_links_of_one_paper_are_no_table() -> None:
    links = [f"https://arxiv.org/abs/{IDS[0]}", f"https://arxiv.org/pdf/{IDS[0]}"]
    papers = {"paper": {"title": ["Quiet Stairs", "Stille Treppen"], "links": links}}
    assert not read(json.dumps(papers).encode(), "2025-05-14.json").entries


def test_columns_that_are_described_by_objects() -> None:
    columns = [{"name": name, "type": "text"} for name in ("arxiv_id", "title", "authors", "date")]
    rows = [
        [number, title, "Ada Bell", "2025-05-14"] for number, title in zip(IDS, TITLES, strict=True)
    ]
    quiet, loud = read(json.dumps({"fields": columns, "rows": rows}).encode(), "q.json").entries
    assert (quiet.paper_id, quiet.title, quiet.authors) == (IDS[0], TITLES[0], ("Ada Bell",))
    assert (loud.paper_id, loud.date) == (IDS[1], "2025-05-14")
