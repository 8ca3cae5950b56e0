"""Displayed formulas, through Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.ui.typeset.pages import check_empty_lines, page
from tui.query.highlight import Highlighter
from tui.terminal.glyphs import ASCII, UNICODE, use_glyphs
from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.text_offsets import MatchIndex, TextOffsets


@pytest.fixture(autouse=True)
def glyphs() -> Iterator[None]:
    yield
    use_glyphs(UNICODE)


DISPLAYS = {
    "fraction and sum": (
        r"-\frac{1}{N}\sum_{i=1}^{N} \log p_i",
        [
            "     N",
            "  1 ___",
            r"- ╌ \   log pᵢ",
            "  N /__",
            "    i=1",
        ],
    ),
    "growing brackets and root": (
        r"\left(\frac{QK^T}{\sqrt{d}}\right)V",
        [
            "⎛ QKᵀ ⎞",
            "⎜╌╌╌╌╌⎟V",
            "⎜   _ ⎟",
            r"⎝ \/d ⎠",
        ],
    ),
    "cases": (
        r"f = \begin{cases} x^2 & x \ge 0 \\ -x & \text{otherwise} \end{cases}",
        [
            "    ⎧x²  x >= 0",
            "f = ⎨",
            "    ⎩-x  otherwise",
        ],
    ),
    "matrix": (
        r"\begin{bmatrix} a & -b \\ c & d \\ e & f \end{bmatrix}",
        ["⎡a  -b⎤", "⎢c  d ⎥", "⎣e  f ⎦"],
    ),
    "aligned equations": (
        r"\begin{align} x &= \frac12 \\ yz &= 2 \end{align}",
        ["     1", " x = ╌", "     2", "", "yz = 2"],
    ),
    "integral": (r"\int_0^1 x^{n+1} dx", ["⌠1  n+1", "⎮  x   dx", "⌡0"]),
    "scripts": (r"W_Q^\top x_t", [" T", "W xₜ", " Q"]),
    "braces and words": (r"\underbrace{a+b}_{\text{두 항}}", ["a + b", r"\___/", "두 항"]),
    "accents": (r"\widehat{xy} + \overline{xy}", ["^    __", "xy + xy"]),
    "limit and degree": (
        r"\lim_{n \to \infty} \sqrt[3]{n}",
        ["       3 _", r" lim   \/n", "n->inf"],
    ),
    "bracket across lines": (
        r"\begin{aligned} a &= \left( b \right. \\ &\quad \left. + c \right) \end{aligned}",
        ["a = (b", "   +c)"],
    ),
    "malformed": (r"\frac{a}{b", [r"\frac{a}{b"]),
}


@pytest.mark.parametrize(("source", "lines"), DISPLAYS.values(), ids=DISPLAYS)
@pytest.mark.parametrize("form", ["$$\n{}\n$$", "\\[\n{}\n\\]", "> $$\n> {}\n> $$"])
def test_display_has_two_dimensions(source: str, lines: list[str], form: str) -> None:
    text = page(form.format(source), 60)
    if form[0] == ">":
        text = text.replace("\n| ", "\n").removeprefix("| ")
    assert [line.rstrip() for line in dedent(text).split("\n")] == lines


@pytest.mark.parametrize(
    "markdown",
    [
        r"\begin{equation} \frac{a}{b} \end{equation}",
        "so\n\\[ \\frac{a}{b} \\].\nand",
        "so $$\\frac{a}{b}$$ and",
        "- so \\[\\frac{a}{b}\\]",
    ],
)
def test_display_is_set_off_wherever_it_is_written(markdown: str) -> None:
    lines = [line.strip() for line in page(markdown).split("\n")]
    start = lines.index("a")
    assert lines[start : start + 3] == ["a", "╌", "b"]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"with \(x_1\) and $$x_2$$ here", "with x₁ and x₂ here"),
        (r"see \[1\] and \(above\)", "see [1] and (above)"),
        ("\\[1\\]", "[1]"),
        ("\\begin{align} x", r"\begin{align} x"),
    ],
)
def test_formulas_in_text_and_escaped_brackets_stay_on_their_line(markdown: str, text: str) -> None:
    assert page(markdown) == text


LONG = (
    r"J = \mathbb{E}\left[\frac{1}{G}\sum_{i=1}^G \min\left(\frac{\pi_\theta(o|q)}{\pi_{old}(o|q)}A"
    r", \text{clip}(r, 1-\epsilon, 1+\epsilon)A\right) - \beta D\right]"
)


@pytest.mark.parametrize(("width", "is_broken"), [(100, False), (46, True)])
def test_too_wide_display_is_broken_before_operators(width: int, is_broken: bool) -> None:
    text = page(f"$$\n{LONG}\n$$", width)
    assert ("\n\n" in text) == is_broken
    assert ("⎡" in text) != is_broken
    assert "╌╌╌" in text
    assert all(cell_len(line) <= width for line in text.split("\n"))


def test_only_the_line_that_is_too_wide_is_text() -> None:
    text = page("$$\n\\frac{a}{b} \\\\ \\frac{" + "x" * 40 + "}{y}\n$$", 24)
    assert dedent(text).startswith(" a\n ╌\n b\n\n".replace(" ", ""))
    assert "xxx)/y" not in text.split("\n")[2]
    assert "x/y" in text.replace("\n  ", "")


PIECES = [
    *"ab1+=,()[]|&^_{} ", r"\frac{", "}{", "}", r"\sum_{i=1}^{n} ", r"\sqrt{", r"\left(",
    r"\right)", r"\begin{cases}", r"\end{cases}", r"\begin{pmatrix}", r"\end{pmatrix}", "\\\\",
    r"\int ",
    r"\hat{x}", r"\underbrace{", r"\text{값 x}", r"\lim ", r"\partial ", r"\nabla ", r"\infty ",
    r"\binom{a}{b}", r"\overset{a}{b}", r"\le ", r"\to ", r"\oint ", r"\forall ", r"\sqrt[3]{x}",
    r"\left\{", r"\right.", r"\cdots ", r"\ddots ", r"\tag{1}", r"\mathbb{R}", r"\otimes ",
]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(12, 80))
def test_any_display_fits_and_has_narrow_signs(source: str, width: int) -> None:
    lines = lay_out(parse_blocks(f"text\n\n$$\n{source}\n$$\n\ntext"), width)
    assert [line.text for line in lines if cell_len(line.text) > width] == []
    check_empty_lines(lines)
    # The digits of scripts are exempt, and the letter that is a sum in a formula that becomes text.
    # Accents take no cell.
    wide = {
        char
        for line in lines
        for char in line.text
        if unicodedata.east_asian_width(char) in "AWF"
        and not (char.isdigit() or unicodedata.combining(char) or char in "값Σ")
    }
    assert not wide


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_ascii_terminals_get_ascii(source: str) -> None:
    use_glyphs(ASCII)
    text = page(f"$$\n{source.replace('값', '')}\n$$", 60)
    exempt = "⋯⋱ᵀΣΠ⋃⊗∄"
    assert {char for char in text if ord(char) > 127} <= {*exempt, *"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋"}


def test_words_of_a_display_are_found_where_they_are_shown() -> None:
    lines = lay_out(parse_blocks("a\n\n$$\n\\frac{loss}{\\text{정확도}}\n$$"), 40)
    matches = MatchIndex(TextOffsets(lines), Highlighter.for_text("정확도"))
    (line,) = matches.lines
    (found,) = matches.ranges(line, None)
    assert lines[line].text[found.start : found.end] == "정확도"


HOSTILE = {
    "fractions": r"\frac{" * 700,
    "roots": r"\sqrt" * 900,
    "accents": r"\hat" * 900,
    "delimiters": r"\left(" * 600,
    "braces": "{" * 3000,
    "parentheses": "(" * 1500 + r"\frac{a}{b}" + ")" * 1500,
    "matrices": r"\begin{pmatrix}" * 250,
    "columns": "a&" * 1900,
    "empty rows": "\\\\" * 1900,
    "rows": r"\frac{a}{b}\\" * 300,
    "scripts": "x_" * 1900,
    "nested scripts": "x_{a" * 900,
    "high": "x^{" * 12 + r"\sum_{i}^{n}" * 200,
    "operators": "+a" * 1900,
    "unclosed environments": "\n\\begin{align} x" * 2000,
    "unclosed brackets": "\n\\[x" * 8000,
    "long": "x" * 200_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_formula_is_shown_within_the_width(source: str) -> None:
    markdown = source.strip() if source.startswith("\n") else f"$$\n{source}\n$$"
    lines = lay_out(parse_blocks(markdown), 40)
    assert lines
    assert all(cell_len(line.text) <= 40 for line in lines)
