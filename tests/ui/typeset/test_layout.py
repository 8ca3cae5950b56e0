"""Tables: aligned columns, or a list of rows if the table is too wide."""

from __future__ import annotations

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.ui.typeset.pages import page
from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out

TABLE = "|모델|점수|c|\n|:-|-:|:-:|\n|가나다|97.5|x|\n|a|3|**yyy**|"


def test_columns_are_aligned() -> None:
    assert page(TABLE).split("\n") == [
        "모델    점수   c",
        "------  ----  ---",
        "가나다  97.5   x",
        "a          3  yyy",
    ]


def test_widest_columns_are_narrowed_without_breaking_words() -> None:
    assert page("|n|text|other|\n|-|-|-|\n|1|one two three|four five|", 20).split("\n") == [
        "n  text      other",
        "-  --------  -------",
        "1  one two   four",
        "   three     five",
    ]


def test_table_with_too_many_columns_is_a_list() -> None:
    assert page("|name|a||\n|-|-|-|\n|가나다라마바사|b|c|\n|long words|d||", 18) == (
        "name:\n  가나다라마바사\na: b\nc\n\nname: long words\na: d"
    )
    assert page("|aaaaaaaaa|bbbbbbbbb|\n|-|-|", 12) == "aaaaaaaaa\nbbbbbbbbb"


def test_cells_may_have_line_breaks_and_rows_may_be_empty() -> None:
    assert page("|a|b|\n|-|-|\n|x<br>y|z|\n| | |\n|v|") == "a  b\n-  -\nx  z\ny\nv"
    assert page("|||\n|-|-|\n|||") == ""


wide_cells = st.text("가a漢😀\u0301 ", max_size=30)


@given(
    rows=st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(wide_cells, min_size=n, max_size=n), min_size=2, max_size=5)
    ),
    width=st.integers(12, 100),
)
def test_tables_fit_and_lose_no_text(rows: list[list[str]], width: int) -> None:
    head, *body = ["|" + "|".join(row) + "|" for row in rows]
    source = "\n".join([head, "|" + "-|" * len(rows[0]), *body])
    lines = lay_out(parse_blocks(source), width)
    assert all(cell_len(line.text) <= width for line in lines)
    text = "".join(line.text for line in lines)
    cells = [normalize("NFC", cell) for row in rows[1:] for cell in row]
    for letter in "가a漢😀":
        assert text.count(letter) >= sum(cell.count(letter) for cell in cells)
