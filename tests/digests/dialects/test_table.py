from __future__ import annotations

import pytest

from tests.digests.pages import messages
from tests.digests.records import only_entry
from tui.digests.reader import read
from tui.models import UNDATED, Digest

HEADING = "\n\n## Papers for 2025-05-01\n\n"
HEADER = "| Title | Authors | Summary |\n|-------|---------|---------|\n"
LINKS = (
    "(Read more on [arXiv](https://arxiv.org/abs/{0})"
    " or [HuggingFace](https://huggingface.co/papers/{0}))"
)


def row(
    arxiv_id: str = "2504.00001",
    title: str = "Counting Wind",
    authors: str = "Ada Bell, cydorn",
    summary: str = "Mills count wind.",
) -> str:
    return f"| {title} {LINKS.format(arxiv_id)}| {authors} | {summary} |\n"


def read_table(*rows: str, heading: str = HEADING, path: str = "2025/05/01.md") -> Digest:
    digest = read(f"{heading}{HEADER}{''.join(rows or [row()])}".encode(), path)
    assert digest.dialect == "table"
    return digest


def test_all_fields_of_a_row_are_read() -> None:
    entry = only_entry(read_table())
    assert (entry.paper_id, entry.date, entry.line) == ("2504.00001", "2025-05-01", 7)
    assert (entry.title, entry.is_arxiv_title) == ("Counting Wind", True)
    assert (entry.votes, entry.authors) == (None, ("Ada Bell", "cydorn"))
    assert entry.summary == "Mills count wind."


def test_authors_may_be_empty() -> None:
    assert only_entry(read_table(row(authors=""))).authors == ()


def test_cells_may_contain_newlines() -> None:
    rows = [
        row(title="Counting\nWind"),
        row("2504.00002", summary="One.\n\nTwo."),
        row("2504.00003"),
    ]
    digest = read_table(*rows)
    assert digest.problems == ()
    assert [entry.title for entry in digest.entries] == ["Counting Wind"] * 3
    assert [entry.line for entry in digest.entries] == [7, 9, 12]
    assert digest.entries[1].summary.split() == ["One.", "Two."]


def test_cells_may_contain_pipes() -> None:
    rows = [
        row(title="P(a \\| b)", summary="p(x \\| y) is counted"),
        row("2504.00002", summary="p(x | y) and |z| are counted"),
        row("2504.00003", title="P(a | b)"),
    ]
    digest = read_table(*rows)
    assert digest.problems == ()
    assert [entry.title for entry in digest.entries] == ["P(a | b)", "Counting Wind", "P(a | b)"]
    assert [entry.summary for entry in digest.entries] == [
        "p(x | y) is counted",
        "p(x | y) and | z | are counted",
        "Mills count wind.",
    ]
    assert {entry.authors for entry in digest.entries} == {("Ada Bell", "cydorn")}


def test_page_may_contain_several_days() -> None:
    page = "".join(
        f"## Papers for 2025-05-0{n}\n\n{HEADER}{row(f'2504.0000{n}')}\n" for n in (3, 2, 1)
    )
    digest = read(
        f"# Papers\n\nWords | and more.\n\n{page}## License\n\nMIT\n".encode(), "README.md"
    )
    assert [(entry.paper_id[-1], entry.date[-1]) for entry in digest.entries] == [
        ("3", "3"),
        ("2", "2"),
        ("1", "1"),
    ]
    assert digest.problems == ()


def test_link_may_have_its_own_column() -> None:
    table = (
        "| Title | Authors | Summary | Link |\n|--|--|--|--|\n"
        "| Counting Wind | Ada Bell | Mills. | [Read more](https://arxiv.org/abs/2409.02889) |\n"
    )
    entry = only_entry(read(f"## Papers for 2024-09-05\n\n{table}".encode(), "x"))
    assert (entry.paper_id, entry.title) == ("2409.02889", "Counting Wind")
    assert (entry.authors, entry.summary) == (("Ada Bell",), "Mills.")


@pytest.mark.parametrize("heading", ["", "## Papers\n\n"])
def test_table_without_a_date_uses_the_path(heading: str) -> None:
    assert only_entry(read_table(heading=heading, path="2025/05/03.md")).date == "2025-05-03"
    digest = read_table(heading=heading, path="table.md")
    assert (digest.entries[0].date, len(digest.problems)) == (UNDATED, 1)


def test_impossible_date_in_the_heading_is_reported() -> None:
    digest = read_table(heading="## Papers for 2025-02-30\n\n", path="2025/03/01.md")
    assert [entry.date for entry in digest.entries] == ["2025-03-01"]
    assert messages(digest) == ["1: the date in this heading does not exist; using the path's date"]


def test_date_that_differs_from_the_path_is_reported() -> None:
    (message,) = messages(read_table(path="2025/05/02.md"))
    assert message.startswith("7: the path says 2025-05-02")


def test_invalid_rows_are_skipped() -> None:
    digest = read_table(
        "| Counting Wind | Ada Bell | no link |\n",
        row("2504.00002").replace(" | Mills count wind. |", ""),
        row("2504.00003"),
    )
    assert [entry.paper_id[-1] for entry in digest.entries] == ["2", "3"]
    assert messages(digest) == [
        "7: the paper has neither an id nor a link to it; skipped",
        "8: the row has too few cells; using those that are there",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "| Title | Authors | Summary |\n\nhttps://arxiv.org/abs/2504.00001",
        "Title | Authors | Summary",
    ],
)
def test_other_tables_are_not_claimed(page: str) -> None:
    assert read(page.encode(), "2025-05-01.md").dialect is None
