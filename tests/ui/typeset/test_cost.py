"""Layout takes linear time, even for malicious text."""

from __future__ import annotations

from time import process_time

import pytest

from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out

pytestmark = pytest.mark.slow

ROW = "|" + "|".join(f"cell 한국 {number}" for number in range(50)) + "|\n"

CASES = {
    "Korean without spaces": "가" * 1_000_000,
    "Latin without spaces": "a" * 1_000_000,
    "Chinese": "漢" * 1_000_000,
    "emoji": "😀" * 1_000_000,
    "words": "가나다 " * 250_000,
    "punctuation": ")" * 1_000_000,
    "punctuation and spaces": ") " * 500_000,
    "accents": "a" + "\u0301" * 1_000_000,
    "accented letters": "a\u0301" * 200_000,
    "spaces": "a" + " " * 1_000_000 + "b",
    "code": "```\n" + "가" * 1_000_000 + "\n```",
    "headings": "".join(f"## h {number}\n" for number in range(10_000)),
    "items": "".join(f"- item {number}\n" for number in range(10_000)),
    "numbered items": "".join(f"{number}. item\n" for number in range(10_000)),
    "quotes in quotes": ">" * 1000 + " a",
    "lists in lists": "- " * 1000 + "a",
    "a wide table": ROW + "|" + "-|" * 50 + "\n" + ROW * 200,
    "a cell": "|a|b|\n|-|-|\n|" + "가" * 500_000 + "|b|\n",
    "brackets": "[" * 30_000,
    "dollars": "$a " * 30_000,
    "escaped dollars": "$\\" * 30_000,
    "tags": "<a " * 30_000,
    "comments": "<!--\n" * 10_000,
    "comments in a line": "<!-- a --> " + "<!-- " * 30_000,
    "scripts": "<script>\n" * 10_000,
    "scripts in a line": "<script>a</script>" + "<script>" * 20_000,
    "unclosed scripts in text": "a <script> " * 10_000,
    "URLs": "http://" * 50_000,
    "a URL": "https://a.b/" + "(" * 100_000 + "." * 100_000,
    "line breaks": "a<br>" * 20_000,
    "braces": "$" + "{" * 50_000 + "a" + "}" * 50_000 + "$",
    "fractions": "$" + "\\frac{" * 20_000 + "$",
}


@pytest.mark.parametrize("markdown", CASES.values(), ids=CASES)
def test_layout_takes_linear_time(markdown: str) -> None:
    start = process_time()
    lay_out(parse_blocks(markdown), 60)
    # Each case takes less than one second. Quadratic time would take minutes.
    assert process_time() - start < 5
