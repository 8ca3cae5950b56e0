"""Family names as they can be guessed from a name."""

from __future__ import annotations

import pytest

from tui.query.family_names import family_name


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
