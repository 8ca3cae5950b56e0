"""Family names as they can be guessed from a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.models import Paper
from tui.query.family_names import author_order, family_name
from tui.query.normalization import normalize

WORDS = (
    "Ada", "Bell", "van", "Van", "De", "la", "der", "Jr.", "III", "McCoy", "Bell,", "Øst", "김",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Wenqi Shao", "Shao"),
        ("José Van Dijk", "Van Dijk"),
        ("Laurens van der Maaten", "van der Maaten"),
        ("Maria De La Cruz", "De La Cruz"),
        ("Luc du Bois", "du Bois"),
        ("Salman bin Rashid", "bin Rashid"),
        ("John Q. Public", "Public"),
        ("Robert Downey Jr.", "Downey"),
        ("Karel van den Berg III", "van den Berg"),
        # A given name, and a family name on its own.
        ("Van Nguyen", "Nguyen"),
        ("van Dijk", "van Dijk"),
        ("ada mary bell", "bell"),
        ("Bell, Ada", "Bell"),
        ("김민준", "김민준"),
        ("OpenAI", "OpenAI"),
        ("", ""),
    ],
)
def test_family_name_keeps_its_particles(name: str, expected: str) -> None:
    assert family_name(name) == expected


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
def test_order_begins_with_the_family_name(words: list[str]) -> None:
    name = " ".join(words)
    paper = Paper("2501.00001", "A Mill", None, f"{name}\nCy Dorn", (), ())
    assert author_order(paper).startswith(normalize(f"{family_name(name)} "))
