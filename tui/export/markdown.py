"""Papers as pages of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tui.export.latex import pieces
from tui.export.record import ExportRecord

_HEADING = re.compile(r"[ ]{0,3}(?P<hashes>#{1,6})(?=\s|$)(?P<words>.*)")
_FENCE = re.compile(r"[ \t]*(?P<sign>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_UNDERLINE = re.compile(r"[ ]{0,3}=+[ \t]*")

# What would be Markdown in a title; an underscore within a word is none.
_ACTIVE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)")


def pages(papers: Iterable[ExportRecord]) -> Iterator[str]:
    """Yield a page for each paper, with a blank line between them."""
    before = ""
    for exported in papers:
        yield f"{before}{page(exported)}\n"
        before = "\n"


def page(exported: ExportRecord) -> str:
    """Return what is known of a paper: a heading, what the table tells, note and summaries."""
    paper, marks, summaries = exported
    facts = {
        "Votes": "unknown" if paper.votes is None else str(paper.votes),
        "Dates": ", ".join(paper.dates),
        "Authors": ", ".join(map(_printed, paper.authors)) or "unknown",
        "Tags": ", ".join(map(_printed, marks.tags)),
    }
    parts = [
        f"# {_printed(paper.title)}",
        f"<{paper.url}>",
        "  \n".join(f"{name}: {told}" for name, told in facts.items() if told),
    ]
    if marks.note:
        # In a quotation nothing of it can reach what follows.
        parts.append("\n".join(f"> {line}".rstrip() for line in marks.note.splitlines()))
    for summary in summaries:
        if len(summaries) > 1:
            parts.append(f"*{summary.entry.dialect}, {summary.entry.date}*")
        parts.append(below_title(summary.markdown))
    return "\n\n".join(parts)


def _printed(title: str) -> str:
    """Return a title that Markdown shows as it is; formulas are for who can show them."""
    return "".join(
        piece if is_formula else _ACTIVE.sub(r"\\\g<0>", piece)
        for is_formula, piece in pieces(" ".join(title.split()))
    )


def below_title(text: str) -> str:
    """Return a summary fit to stand below a heading of the first level.

    Headings go down by a level if one of them is of the first, and what was left open (a block of
    code, a comment) is closed, for it would swallow the papers that follow.
    """
    lines: list[str] = []
    headings: list[int] = []
    fence = ""
    for line in text.split("\n"):
        if match := _FENCE.match(line):
            sign = match["sign"]
            if not fence:
                fence = sign
            elif sign.startswith(fence) and not match["info"].strip():
                fence = ""
        elif not fence and _HEADING.match(line):
            headings.append(len(lines))
        elif not fence and _UNDERLINE.fullmatch(line) and lines and _is_plain(lines[-1]):
            lines[-1] = f"# {lines[-1].strip()}"
            headings.append(len(lines) - 1)
            continue
        lines.append(line)
    if any(lines[at].lstrip().startswith(("# ", "#\t")) for at in headings):
        for at in headings:
            lines[at] = _lowered(lines[at])
    if fence:
        lines.append(fence)
    if text.rfind("<!--") > text.rfind("-->"):
        lines.append("-->")
    return "\n".join(lines)


def _is_plain(line: str) -> bool:
    """Tell whether a line of signs below this one makes it a heading."""
    return bool(line.strip()) and not _HEADING.match(line) and not _FENCE.match(line)


def _lowered(heading: str) -> str:
    hashes = heading.lstrip()
    return hashes if hashes.startswith("######") else f"#{hashes}"
