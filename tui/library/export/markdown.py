"""Export to Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tui.library.export import ExportRecord, with_blank_lines
from tui.library.export.latex import convert_around_formulas
from tui.models import ET_AL

_HEADING = re.compile(r"[ ]{0,3}(?P<hashes>#{1,6})(?=\s|$)")
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_UNDERLINE = re.compile(r"[ ]{0,3}=+[ \t]*")

# Markdown syntax in a title; an underscore inside a word is plain text.
_MARKDOWN_SYNTAX = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)")


def render(records: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a page per paper, with blank lines between them."""
    return with_blank_lines(map(markdown_page, records))


def markdown_page(record: ExportRecord) -> str:
    """Return a paper as Markdown: title, facts, note and summaries."""
    paper, marks, summaries = record
    authors = [*paper.authors, ET_AL] if paper.has_more_authors else paper.authors
    facts = {
        "Votes": "unknown" if paper.votes is None else str(paper.votes),
        "Dates": ", ".join(paper.dates),
        "Authors": ", ".join(map(escape_markdown, authors)) or "unknown",
        "Tags": ", ".join(map(escape_markdown, marks.tags)),
    }
    parts = [
        f"# {escape_markdown(paper.title)}",
        f"<{paper.url}>",
        "  \n".join(f"{name}: {value}" for name, value in facts.items() if value),
    ]
    if marks.note:
        # As a quotation, the note's Markdown cannot affect what follows.
        parts.append("\n".join(f"> {line}".rstrip() for line in marks.note.splitlines()))
    for summary in summaries:
        if len(summaries) > 1:
            caption = filter(None, (summary.entry.dialect, summary.date))
            parts.append(f"*{', '.join(caption)}*")
        parts.append(nest_below_title(summary.markdown))
    return "\n\n".join(parts)


def markdown_link(title: str, url: str) -> str:
    """Return a link to a paper as Markdown."""
    return f"[{escape_markdown(title)}](<{url}>)"


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows literally, except for formulas."""
    return convert_around_formulas(
        " ".join(text.split()), lambda piece: _MARKDOWN_SYNTAX.sub(r"\\\g<0>", piece)
    )


def nest_below_title(text: str) -> str:
    """Return a summary to be placed under a first-level heading.

    If it has first-level headings, all its headings go down one level. Code fences and comments
    left open are closed, because they would swallow the papers that follow.
    """
    lines: list[str] = []
    headings: list[int] = []
    open_fence = ""
    for line in text.split("\n"):
        if match := _FENCE.match(line):
            fence = match["fence"]
            if not open_fence:
                open_fence = fence
            elif fence.startswith(open_fence) and not match["info"].strip():
                open_fence = ""
        elif not open_fence and _HEADING.match(line):
            headings.append(len(lines))
        elif not open_fence and lines and _UNDERLINE.fullmatch(line) and _is_text(lines[-1]):
            lines[-1] = f"# {lines[-1].strip()}"
            headings.append(len(lines) - 1)
            continue
        lines.append(line)
    if any(lines[number].lstrip().startswith(("# ", "#\t")) for number in headings):
        for number in headings:
            # The sixth level is the last.
            hashes = lines[number].lstrip()
            lines[number] = hashes if hashes.startswith("######") else f"#{hashes}"
    if open_fence:
        lines.append(open_fence)
    if text.rfind("<!--") > text.rfind("-->"):
        lines.append("-->")
    return "\n".join(lines)


def _is_text(line: str) -> bool:
    """Return whether an underline below this line makes it a heading."""
    return bool(line.strip()) and not _HEADING.match(line) and not _FENCE.match(line)
