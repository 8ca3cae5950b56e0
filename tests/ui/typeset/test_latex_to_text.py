"""Converting LaTeX to plain text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.ui.typeset.latex_to_text import latex_to_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("W_4A_4", "W₄A₄"),
        (r"O(n \log n)", "O(n log n)"),
        (r"\mathcal{L}", "L"),
        (r"\mathcal L", "L"),
        (r"\text{soft max}(x)", "soft max(x)"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac12", "1/2"),
        (r"\frac{a + 1}{\sqrt{d_k}}", "(a + 1)/(sqrt(d_k))"),
        (r"x^2 \leq y_{10}", "x² <= y₁₀"),
        (r"10^{-5}", "10⁻⁵"),
        (r"x_{ij}^{(t+1)}", "x_ij^(t+1)"),
        (r"x_{i+1}", "x_(i+1)"),
        (r"QK^T", "QK^T"),
        (r"f'^\prime", "f''"),
        (r"\alpha\rightarrow\beta", "α -> β"),
        (r"\Omega \varepsilon", "Ω ε"),
        (r"3 \times 3", "3 x 3"),
        (r"2.5\times", "2.5x"),
        (r"\left( \frac{a}{b} \right)", "( a/b )"),
        (r"97.5\% \$5 \{x\}", "97.5% $5 {x}"),
        (r"a\,b~c\!d", "a b cd"),
        (r"\sum_{i=1}^N x_i", "Σ_(i=1)^N x_i"),
        (r"a \in \mathbb{R}", "a in R"),
        (r"\nabla^2 f", "nabla² f"),
        (r"\hat{x}_1, \overline{ab}", "x\u0302₁, overline(ab)"),
        (r"\sqrt[3]{x_1}", "x₁^(1/3)"),
        (r"\lVert x \rVert \leqslant \lfloor y \rfloor", "|| x || <= ⌊ y ⌋"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a, b; c, d)"),
        (r"f = \begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}", "f = {1, x > 0; 0, else"),
        (r"\binom{n}{k}", "(n over k)"),
        (r"x \notin A \cup B \not= C", "x ∉ A ⋃ B != C"),
        (r"\operatorname*{arg\,max}_\theta f", "arg max_θ f"),
        ("정확도_{최대}", "정확도_최대"),
        ("plain  text", "plain  text"),
        ("", ""),
    ],
)
def test_supported_latex_is_converted(source: str, text: str) -> None:
    assert latex_to_text(source) == text


@pytest.mark.parametrize(
    "source",
    [r"\unknown{a_1}{b} + c", r"\begin{tikzpicture} x \end{tikzpicture}", "{", "}", "a^",
     "a_{b", r"\frac{a}", r"\frac", "\\", r"\text", r"\hat}", r"\hat{",
     "{" * 13 + "}" * 13, r"\sqrt"],
)  # fmt: skip
def test_unsupported_latex_is_unchanged(source: str) -> None:
    assert latex_to_text(source) == source


def test_unknown_commands_do_not_affect_the_rest() -> None:
    assert latex_to_text(r"{\foo{x}_1} + \alpha") == r"\foo{x}₁ + α"


@given(
    source=st.lists(
        st.sampled_from(
            [*r"\{}[]^_$~ a1+", r"\alpha", r"\times", r"\leq", r"\to", r"\frac", r"\sqrt", r"\text",
             r"\left", r"\sum", r"\pm", r"\approx", r"\in", r"\cdots", r"\circ", r"\infty", r"\x",
             r"\partial", r"\forall", r"\otimes", r"\int", r"\begin{pmatrix}", r"\end{pmatrix}"]
        )
    ).map("".join)
)  # fmt: skip
def test_any_source_gives_characters_of_a_known_width(source: str) -> None:
    text = latex_to_text(source)
    # The Greek letters, superscripts and subscripts that digests use are exempt.
    ambiguous = {
        char
        for char in text
        if unicodedata.east_asian_width(char) in "AWF"
        and "GREEK" not in unicodedata.name(char)
        and not char.isdigit()
    }
    assert ambiguous == set()
    assert cell_len(text) == len(text)


@pytest.mark.parametrize("command", ["frac{", "text{", "sqrt{", "unknown{", "alpha "])
def test_conversion_takes_linear_time(command: str) -> None:
    assert latex_to_text("\\" + command * 20_000)
