"""Tables in CSV and TSV whose titles are links: of Markdown, or formulas of a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from tui.digests.general.records.cell_formulas import cell_value
from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"
CODE = "https://github.com/bell/stairs"


def table(*rows: list[str], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("heading", ["Title", "Paper", "タイトル", "论文"])
@pytest.mark.parametrize(
    ("cell", "delimiter"),
    [
        (f"[Quiet Stairs]({LINK})", ","),
        (f"[Quiet Stairs]({LINK})", "\t"),
        (f'=HYPERLINK("{LINK}","Quiet Stairs")', ","),
        (f'=HYPERLINK("{LINK}";"Quiet Stairs")', ";"),
        (f'=hyperlink( "{LINK}" , "Quiet Stairs" )', "\t"),
    ],
)
def test_titles_that_are_links(heading: str, cell: str, delimiter: str) -> None:
    header = [heading, "Authors", "Date", "Votes"]
    row = [cell, "Ada Bell, Cy Dorn", "2025-05-14", "7"]
    (entry,) = read(table(header, row, delimiter=delimiter).encode(), "picks.csv").entries
    assert (entry.paper_id, entry.title, entry.votes) == ("2505.08001", "Quiet Stairs", 7)
    assert (entry.authors, entry.date) == (("Ada Bell", "Cy Dorn"), "2025-05-14")


def test_links_to_code_in_cells() -> None:
    rows = [
        ["Title", "URL", "Code", "Demo"],
        ["Quiet Stairs", LINK, f'=HYPERLINK("{CODE}", "GitHub")', "-"],
    ]
    (entry,) = read(table(*rows).encode(), "2025-05-14.csv").entries
    assert entry.summary == f"- **Code**: [GitHub]({CODE})"


def test_cells_without_a_value_are_no_facts() -> None:
    text = f"| Title | Link | Code |\n|---|---|---|\n| Quiet Stairs | {LINK} | - |\n"
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert (entry.title, entry.summary) == ("Quiet Stairs", "")


def test_separator_for_excel() -> None:
    text = "sep=;\n" + table(["Titel", "Link"], ["Quiet Stairs", LINK], delimiter=";")
    (entry,) = read(text.encode("utf-8-sig"), "2025-05-14.csv").entries
    assert (entry.title, entry.line) == ("Quiet Stairs", 3)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('="2505.08010"', "2505.08010"),
        ('=HYPERLINK("https://a.example")', "https://a.example"),
        ('=HYPERLINK("https://a.example","A ""quiet"" stair")',
         '[A "quiet" stair](https://a.example)'),
        ("=A1+B1", "=A1+B1"),
        ("Quiet = Stairs", "Quiet = Stairs"),
    ],
)  # fmt: skip
def test_values_of_cells(cell: str, value: str) -> None:
    assert cell_value(cell) == value


def test_prose_with_names_of_columns_is_no_table() -> None:
    text = f"Title, Authors\n\n- [Quiet Stairs]({LINK}), Ada Bell, Cy Dorn\n"
    (entry,) = read(text.encode(), "2025-05-14.txt").entries
    assert (entry.title, entry.authors) == ("Quiet Stairs", ("Ada Bell", "Cy Dorn"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("above", [["Weekly report"], ["Report of 14 May 2025"]])
def test_lines_above_the_header(above: list[str], delimiter: str) -> None:
    row = ["Quiet Stairs", LINK, "2025-05-12"]
    text = table(
        [*above, "", ""], ["", "", ""], ["Title", "Link", "Date"], row, delimiter=delimiter
    )
    (entry,) = read(text.encode(), "report.csv").entries
    day = "2025-05-14" if "May" in above[0] else "2025-05-12"
    assert (entry.title, entry.date, entry.line) == ("Quiet Stairs", day, 4)


def test_prose_above_one_with_names_of_columns_is_no_table() -> None:
    text = f"Stairs.\n\nTitle, Link\n\n- [Quiet Stairs]({LINK}), Ada Bell, Cy Dorn\n"
    (entry,) = read(text.encode(), "2025-05-14.txt").entries
    assert (entry.title, entry.authors) == ("Quiet Stairs", ("Ada Bell", "Cy Dorn"))
