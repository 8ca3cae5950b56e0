"""Export to Atom (RFC 4287): a feed that feed readers, and Broadsheet itself, subscribe to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from tui.library.export import ExportRecord
from tui.models import UNDATED, Paper
from tui.paper_ids.bibliography import publication_month

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

GENERATOR = "<generator>Broadsheet</generator>"
"""Marks the program's own feeds, which an export may replace although they can be read again."""

_HEAD_BYTES = 1000
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNKNOWN_TIME = "1970-01-01T00:00:00Z"


def render(records: Iterable[ExportRecord], title: str) -> Iterator[str]:
    """Yield a feed with an entry per paper.

    Args:
        records: the papers, the most important first.
        title: what they are, such as a query. Feeds of the same title have the same id.
    """
    title = _xml_text(title)
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  {GENERATOR}\n"
        f"  <id>urn:uuid:{uuid5(NAMESPACE_URL, f'broadsheet:{title}')}</id>\n"
        f"  <title>{escape(title)}</title>\n"
    )
    updated = _UNKNOWN_TIME
    for record in records:
        updated = max(updated, _updated(record.paper))
        yield _entry(record)
    # The order of elements has no meaning, and the papers need not be in memory.
    yield f"  <updated>{updated}</updated>\n</feed>\n"


def is_own_feed(data: bytes) -> bool:
    """Return whether a file is a feed that Broadsheet wrote."""
    return GENERATOR.encode() in data[:_HEAD_BYTES]


def _entry(record: ExportRecord) -> str:
    paper, marks, summaries = record
    lines = [
        f"<id>{escape(paper.url)}</id>",
        f"<title>{escape(_xml_text(paper.title))}</title>",
        f"<updated>{_updated(paper)}</updated>",
        f'<link rel="alternate" href={quoteattr(paper.url)}/>',
        *(f"<author><name>{escape(_xml_text(name))}</name></author>" for name in _authors(paper)),
        *(
            f"<category term={quoteattr(_xml_text(tag))}/>"
            for tag in (*paper.categories, *marks.tags)
        ),
    ]
    if paper.pdf_url:
        href = quoteattr(paper.pdf_url)
        lines.append(f'<link rel="related" type="application/pdf" href={href}/>')
    if content := _content(record):
        lines.append(f'<content type="html">{escape(content)}</content>')
    elif not summaries:
        lines.append("<summary></summary>")
    return "".join(chain(["  <entry>\n"], (f"    {line}\n" for line in lines), ["  </entry>\n"]))


def _authors(paper: Paper) -> Iterable[str]:
    # RFC 4287, 4.1.2: an entry without an author is not valid in a feed without one.
    return paper.authors or ("Unknown",)


def _content(record: ExportRecord) -> str:
    """Return the note and summaries as HTML. Markup in them is text, and links are safe."""
    note = [record.marks.note] if record.marks.note else []
    texts = [*note, *(summary.markdown for summary in record.summaries)]
    html = (_markdown_parser().render(text) for text in texts)
    return _xml_text("<hr>\n".join(html))


@cache
def _markdown_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _updated(paper: Paper) -> str:
    """Return the time of a paper's newest day, else of its publication."""
    if paper.dates and paper.dates[-1] != UNDATED:
        return f"{paper.dates[-1]}T00:00:00Z"
    if published := publication_month(paper.paper_id):
        year, month = published
        return f"{year:04}-{month or 1:02}-01T00:00:00Z"
    return _UNKNOWN_TIME


def _xml_text(text: str) -> str:
    """Return text without the characters that XML cannot contain (XML 1.0, 2.2)."""
    return _NOT_XML.sub("", text)
