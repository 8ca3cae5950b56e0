"""Export to CSV and JSON, parsed back with the standard library."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.export.records import paper, record, render_text
from tui.models import Marks

KEYS = [
    "arxiv_id", "title", "votes", "authors", "dates", "sources", "url", "read", "starred", "tags",
    "note", "id", "hidden", "later", "categories", "has_more_authors",
]  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_json_has_all_fields() -> None:
    marks = Marks(True, True, ("rl", "todo"), "Mine.\nAll.", True, 7)
    text = render_text([record(paper("제목", "Ada Kim", "et al."), "One.", marks=marks)], "json")
    assert json.loads(text) == [
        {
            "arxiv_id": "2505.04921",
            "title": "제목",
            "votes": 7,
            "authors": ["Ada Kim"],
            "dates": ["2025-05-22"],
            "sources": ["2025-05-22.md"],
            "url": "https://arxiv.org/abs/2505.04921",
            "read": True,
            "starred": True,
            "tags": ["rl", "todo"],
            "note": "Mine.\nAll.",
            "id": "2505.04921",
            "hidden": True,
            "later": 7,
            "categories": [],
            "has_more_authors": True,
            "summaries": [
                {
                    "source": "2025-05-22.md",
                    "dialect": "daily_papers_ko",
                    "date": "2025-05-22",
                    "published": None,
                    "markdown": "One.",
                }
            ],
        }
    ]
    assert "제목" in text
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_an_array_of_any_length(count: int) -> None:
    papers = [record(paper(votes=None), arxiv) for arxiv in "abc"[:count]]
    assert len(json.loads(render_text(papers, "json"))) == count


def test_csv_has_a_header_and_one_row_per_paper() -> None:
    marks = Marks(True, False, ("rl", "todo"), 'Two\n"lines"')
    papers = [
        record(paper("One", "Ada Kim", "Bo Lee"), marks=marks),
        record(paper(votes=None)),
    ]
    header, first, second = rows(render_text(papers, "csv"))
    assert header == KEYS
    assert first == [
        "2505.04921", "One", "7", "Ada Kim; Bo Lee", "2025-05-22", "2025-05-22.md",
        "https://arxiv.org/abs/2505.04921", "true", "false", "rl; todo", 'Two\n"lines"',
        "2505.04921", "false", "0", "", "false",
    ]  # fmt: skip
    assert (second[2], second[3], second[9], second[10]) == ("", "", "", "")


@pytest.mark.parametrize("prefix", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_csv_has_no_formulas(prefix: str) -> None:
    text = f"{prefix}1+1"
    marks = Marks(tags=(text,), note=text)
    unsafe = paper(text)._replace(author_lines=text.strip("\n"))
    cells = rows(render_text([record(unsafe, marks=marks)], "csv"))[1]
    assert [cells[at] for at in (1, 9, 10)] == [f"'{text}"] * 3
    assert cells[3] in {"1+1", f"'{text}"}


@pytest.mark.parametrize("separator", [";", "; ", "\t", "\n", "\r\n", '"; '])
@pytest.mark.parametrize("sign", "=+-@＝")
def test_csv_has_no_formulas_after_other_separators(separator: str, sign: str) -> None:
    text = f"A{separator}{sign}1+1"
    marks = Marks(tags=("a", f"{sign}1+1"), note=text)
    cells = rows(render_text([record(paper("T" + text.replace("\n", " ")), marks=marks)], "csv"))[1]
    for cell in cells:
        # As a spreadsheet splits it that separates cells by semicolons or tabs.
        for part in re.split(r"[;\t\r\n]", cell):
            assert not part.strip(' "').startswith(sign)


@given(title=TEXT, names=st.lists(TEXT), tags=st.lists(TEXT), note=TEXT)
def test_any_text_survives_the_round_trip(
    title: str, names: list[str], tags: list[str], note: str
) -> None:
    exported = record(paper(title, *names), marks=Marks(tags=tuple(tags), note=note))
    [data] = json.loads(render_text([exported], "json"))
    assert (data["title"], data["tags"], data["note"]) == (title, tags, note)
    cells = rows(render_text([exported], "csv"))[1]
    protected = re.compile(r"(^|[;\t\r\n][ '\"]*)'")
    assert [protected.sub(r"\1", cell) for cell in (cells[1], cells[10])] == [
        protected.sub(r"\1", text) for text in (title, note)
    ]
