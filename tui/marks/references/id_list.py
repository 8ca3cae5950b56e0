"""Read a list of ids, DOIs, URLs or citations, one per line."""

from __future__ import annotations

from collections.abc import Iterator

from tui.marks.references import PaperReference, first_id

_COMMENT = "#"


def read(text: str) -> Iterator[PaperReference]:
    """Yield the lines that are neither blank nor start with ``#``.

    A line may also have several columns, one of which is an id.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.lstrip().startswith(_COMMENT):
            yield PaperReference(number, first_id([line]) or first_id(line.split()))
