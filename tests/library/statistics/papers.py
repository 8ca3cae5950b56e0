"""Papers for tests of statistics."""

from __future__ import annotations

from itertools import count

from tui.models import Paper

_numbers = count(1)


def paper(
    title: str = "Something",
    *dates: str,
    votes: int | None = None,
    authors: tuple[str, ...] = (),
) -> Paper:
    """Return a paper with a unique id."""
    arxiv_id = f"2505.{next(_numbers):05}"
    return Paper(arxiv_id, title, votes, "\n".join(authors), dates or ("2025-05-01",), ())
