"""How well papers match what the reader likes, as far as that is known.

Columns and sort orders read it from here, as they read glyphs from ``tui.terminal.glyphs``: it is
derived from all of the reader's marks, and not a property of a paper.
"""

from __future__ import annotations

from collections.abc import Mapping

_matches: Mapping[str, int] = {}


def use_matches(matches: Mapping[str, int]) -> None:
    """Use these matches, from 0 to 99 by paper id. The mapping may get more of them later."""
    global _matches  # noqa: PLW0603
    _matches = matches


def current_matches() -> Mapping[str, int]:
    """Return the matches that are known so far."""
    return _matches
