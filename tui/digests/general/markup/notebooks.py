"""Jupyter notebooks as pages: their cells in Markdown, and what code shows as Markdown.

The format is https://nbformat.readthedocs.io. Other output of code is no part of a digest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from tui.digests.parsing import record_values as values

_START = re.compile(r"\s*\{")
_MARKER = '"nbformat"'
_MAX_CHARS = 16_000_000
"""It is parsed as a whole, with the pictures in it."""


def markdown_of_notebook(text: str) -> str | None:
    """Return the page that a notebook is, or None if a text is something else."""
    if _START.match(text) is None or len(text) > _MAX_CHARS or _MARKER not in text:
        return None
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return None
    cells = values.as_list(values.as_object(notebook).get("cells"))
    texts = (part for cell in cells for part in _texts(values.as_object(cell)))
    return "\n\n".join(filter(None, texts))


def _texts(cell: Mapping[str, object]) -> Iterator[str]:
    if cell.get("cell_type") == "markdown":
        yield _joined(cell.get("source"))
    for output in values.as_list(cell.get("outputs")):
        data = values.as_object(values.as_object(output).get("data"))
        yield _joined(data.get("text/markdown"))


def _joined(lines: object) -> str:
    """Return a text, which may be saved as a list of its lines."""
    return "".join(line for line in values.as_list(lines) if isinstance(line, str))
