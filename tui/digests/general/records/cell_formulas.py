"""Formulas in the cells of spreadsheets that were saved as CSV or TSV."""

from __future__ import annotations

import re

_LINK = re.compile(
    r'=HYPERLINK\(\s*"(?P<url>[^"]{1,2000})"\s*(?:[,;]\s*"(?P<label>(?:[^"]|""){0,1000})"\s*)?\)',
    re.IGNORECASE,
)
_TEXT = re.compile(r'="(?P<text>(?:[^"]|""){0,1000})"')
"""A text that a spreadsheet must not take for a number: ``="2505.10"``."""


def cell_value(cell: str) -> str:
    """Return what a spreadsheet shows for a cell; a link as one of Markdown."""
    if not cell.startswith("="):
        return cell
    if link := _LINK.fullmatch(cell.strip()):
        label = (link["label"] or "").replace('""', '"')
        return f"[{label}]({link['url']})" if label else link["url"]
    text = _TEXT.fullmatch(cell.strip())
    return text["text"].replace('""', '"') if text else cell
