"""A paper in the row of a table without the names of columns."""

from __future__ import annotations

import re

from tui.digests.general.fields.code_links import code_links_in
from tui.digests.general.fields.titles import is_generic, split_title
from tui.digests.general.found_paper import FoundPaper, preferred_id, value_id
from tui.digests.general.names.author_lists import names_in
from tui.digests.parsing import record_values as values
from tui.digests.parsing.markdown_lines import labelled_links, plain_text
from tui.digests.parsing.written_days import day_written_in
from tui.paper_ids.arxiv import parse_id

_WORD = re.compile(r"[^\W\d_]+")


def linked_title(text: str, paper_id: str) -> str:
    """Return the title that is the label of a link to a paper, or an empty text.

    A label such as ``CVPR 2025`` has a word only, and names something else.
    """
    if "](" not in text:
        return ""
    for _, label, url in labelled_links(text):
        if not is_generic(label) and _is_long(label) and value_id(url) == paper_id:
            return split_title(label)[0]
    return ""


def _is_long(label: str) -> bool:
    words = _WORD.findall(label)
    return len(words) > 1 or any(len(word) > 3 and not word.isascii() for word in words)


def read_row(row: str, key: str = "", day: str | None = None) -> FoundPaper | None:
    """Return the paper in the row of a Markdown table without a header, by what its cells contain.

    Args:
        row: the row.
        key: a text that may be the paper's id.
        day: the day of the issue, or None.
    """
    cells = [cell.strip() for cell in values.as_text(row).strip().strip("|").split("|")]
    paper_id = parse_id(key) or preferred_id(map(value_id, [key, *cells]))
    if paper_id is None:
        return None
    texts = [plain_text(cell) for cell in cells]
    days = [day_written_in(text) if len(text) < 20 else None for text in texts]
    words = [
        (cell, text)
        for cell, text, found in zip(cells, texts, days, strict=True)
        if "](" not in cell and "://" not in cell and not found and text.lower() != "null"
    ]
    title = next((text for cell, text in words if cell.startswith("**")), "")
    title = title or linked_title(row, paper_id)
    title = title or max((text for _, text in words), key=len, default="")
    authors = next((text for _, text in words if text != title), "")
    return FoundPaper(
        line=0,
        paper_id=paper_id,
        title=title,
        authors=names_in(authors),
        issue_day=day,
        published=next(filter(None, days), None),
        code=code_links_in(row),
        rule="row",
    )
