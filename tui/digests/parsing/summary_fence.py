"""The summary of a paper, freed of its label, its code fence and what follows it.

Language models usually put their summary into a fenced block of Markdown, and often get it wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    MarkdownLine,
    is_thematic_break,
    scan_lines,
)

_MARKDOWN = frozenset({"markdown", "md", "mdx"})
_PLAIN_TEXT = frozenset({"", "text", "txt", "plaintext"})
_LABEL = re.compile(
    r"\n(?:"
    r"[^\w\n#`~]{0,8}(?i:summary|요약)[*_]{0,3}[ \t]*(?:[:：][*_]{0,3}|(?=\n|\Z))"
    r"|\#{2,6}[ \t]+[*_]{0,3}(?i:summary|요약)[*_]{0,3}[ \t]*[:：]?[ \t]*(?=\n|\Z)"
    r")"
)
_CITATION = re.compile(
    r"\n[ \t]*+(?:"
    r"[`~]{3,}+[ \t]*(?i:bib(?:tex|latex)?)[ \t]*(?=\n|\Z)"
    r"|(?:[`~]{3,}+[^\n]*\n\s*)?@(?i:article|book|inproceedings|misc|online|software|techreport)"
    r"\s?\{)"
)


class SummaryBody(NamedTuple):
    """A summary without its fence.

    Attributes:
        markdown: the summary, with any prose around the fence.
        is_unclosed: whether its fence was never closed.
    """

    markdown: str
    is_unclosed: bool


def is_summary_fence(text: str, start: int, fence: MarkdownLine) -> bool:
    """Return whether a fence contains the summary.

    It does if it is marked as Markdown, or has no language and either opens the summary or starts
    with a heading.

    Args:
        text: the page.
        start: offset of the start of the summary.
        fence: the first fence line after the start.
    """
    language = fence.text.casefold()
    if language in _MARKDOWN:
        return True
    opens_summary = not strip_summary_label(text[start : fence.start]).strip()
    starts_with_heading = text[fence.end : fence.end + 1000].lstrip().startswith("#")
    return language in _PLAIN_TEXT and (opens_summary or starts_with_heading)


def is_summary_label(line: str) -> bool:
    """Return whether a line is the label of a summary: ``**Summary**:``, ``### 요약``."""
    return _LABEL.match("\n" + line) is not None


def strip_summary_label(text: str) -> str:
    """Remove the label from a summary; text before it is kept."""
    # The added newline lets the first line match, too. It shifts all offsets by one.
    label = _LABEL.search("\n" + text)
    if label is None:
        return text
    before = text[: label.start()]
    # After a heading or a fence, the word belongs to the summary itself.
    return text if any(scan_lines(before)) else before + text[label.end() - 1 :].lstrip(" \t")


def unwrap_summary(text: str) -> SummaryBody:
    """Remove the fence around a summary that has no label.

    Fences inside it are kept, and so are those of a summary without its own fence.
    """
    text = strip_trailing_breaks(text)
    fences = (line for line in scan_lines(text) if line.kind is LineKind.FENCE)
    opening = next(fences, None)
    if opening is None or not is_summary_fence(text, 0, opening):
        return SummaryBody(text.strip("\n"), is_unclosed=False)
    closing = _closing_fence(opening, fences)
    before = text[: opening.start].strip()
    if closing is None:
        inner, after = text[opening.end :], ""
    else:
        inner, after = text[opening.end : closing.start], text[closing.end :].strip()
        is_other_part = is_thematic_break(after.split("\n", 1)[0])
        after = "" if is_other_part else strip_citation(after).strip()
    parts = (before, inner.strip("\n").rstrip(), after)
    return SummaryBody("\n\n".join(filter(None, parts)), is_unclosed=closing is None)


def _closing_fence(opening: MarkdownLine, others: Iterator[MarkdownLine]) -> MarkdownLine | None:
    """Return the line that closes the block opened by a fence, or None; see the fences below it."""
    state = Fences()
    closing: MarkdownLine | None = None
    for fence in chain([opening], others):
        # A bare fence after the end shows that the end was a fence within the block. A fence with
        # a language opens another block.
        if closing and not state.is_open and fence.text:
            break
        state.feed(fence, holds_markdown=fence is opening or closing is not None)
        if not state.is_open:
            closing = fence
    return None if state.is_open else closing


def strip_citation(text: str) -> str:
    """Return the text before the first BibTeX entry, fenced or not."""
    if "@" not in text:
        return text
    # The added newline lets the first line match, too. It shifts all offsets by one.
    match = _CITATION.search("\n" + text)
    return text[: match.start()].rstrip() if match else text


def strip_trailing_breaks(text: str) -> str:
    """Remove blank lines and thematic breaks from the end of the text."""
    text = text.rstrip()
    if not text.endswith(("-", "*", "_")):
        return text
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or is_thematic_break(lines[-1])):
        lines.pop()
    return "\n".join(lines).rstrip()
