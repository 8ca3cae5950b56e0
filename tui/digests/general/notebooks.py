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


def markdown_of_notebook(text: str) -> str | None:
    """Return the page that a notebook is, or None if a text is something else."""
    if _MARKER not in text or _START.match(text) is None:
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
