"""Titles without LaTeX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.typeset.title import typeset_title


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Counting Wind", "Counting Wind"),
        (r"$\nabla^2$DFT", "nabla²DFT"),
        (r"M$^{2}$UGen", "M²UGen"),
        (r"$\textit{Trans-LoRA}$", "Trans-LoRA"),
        (r"$\alpha$-Mills at $O(n^2)$", "α-Mills at O(n²)"),
        ("Mills for $5 and $10", "Mills for $5 and $10"),
        (r"Mills for \$5 \& more", "Mills for $5 & more"),
        (r"\emph{Very} \textbf{Calm}", "Very Calm"),
        (r"Poincar\'{e} and Schr\"odinger", "Poincaré and Schrödinger"),
        (r"{\'E}tudes \`a {\~n}", "Études à ñ"),
        (r"Unknown \command{x}", r"Unknown \command{x}"),
        ("$$", "$$"),
        ("\\", "\\"),
    ],
)
def test_title_has_no_latex(title: str, text: str) -> None:
    assert typeset_title(title) == text


@given(st.text(alphabet="$\\{}^_'ab 5", max_size=40))
def test_no_title_becomes_empty(title: str) -> None:
    assert typeset_title(title).strip() or not title.strip()


def test_time_is_linear() -> None:
    for text in ("$a", "\\'{", "{\\'", "\\textbf{", "$\\"):
        typeset_title(text * 20_000)
