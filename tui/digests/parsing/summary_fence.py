"""The summary as a language model wrote it: mostly a fenced block of Markdown, often nearly one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    MarkdownLine,
    is_thematic_break,
    scan_lines,
)
from tui.digests.parsing.trailers import strip_citation, strip_trailing_breaks

_MARKDOWN = frozenset({"markdown", "md", "mdx"})
_UNNAMED = frozenset({"", "text", "txt", "plaintext"})
_LABEL = re.compile(
    r"\n(?:"
    r"[^\w\n#`~]{0,8}(?i:summary|요약)[*_]{0,3}[ \t]*(?:[:：][*_]{0,3}|(?=\n|\Z))"
    r"|\#{2,6}[ \t]+[*_]{0,3}(?i:summary|요약)[*_]{0,3}[ \t]*[:：]?[ \t]*(?=\n|\Z)"
    r")"
)


@dataclass(frozen=True, slots=True)
class SummaryBody:
    """A summary without its fence.

    Attributes:
        markdown: the summary; prose around the fence is kept.
        left_open: whether it had a fence that was never closed.
    """

    markdown: str
    is_unclosed: bool


def is_summary_fence(text: str, start: int, fence: MarkdownLine) -> bool:
    """Whether a summary stands in a fence, which must be the first behind the summary's start.

    It does if that is a block of Markdown, or stands at the beginning, or holds a heading.
    """
    info = fence.text.casefold()
    if info in _MARKDOWN:
        return True
    at_beginning = not strip_summary_label(text[start : fence.start]).strip()
    holds_heading = text[fence.end : fence.end + 1000].lstrip().startswith("#")
    return info in _UNNAMED and (at_beginning or holds_heading)


def is_summary_label(line: str) -> bool:
    """Whether the line is the label of a summary: ``**Summary**:``, ``### 요약``."""
    return _LABEL.match("\n" + line) is not None


def strip_summary_label(text: str) -> str:
    """Return a summary without its label; what stands before the label is kept."""
    # The line end put before the text lets the first line match, too, and shifts offsets by one.
    label = _LABEL.search("\n" + text)
    if label is None:
        return text
    before = text[: label.start()]
    # Behind a heading or a fence, the words belong to the summary.
    return text if any(scan_lines(before)) else before + text[label.end() - 1 :].lstrip(" \t")


def unwrap_summary(text: str) -> SummaryBody:
    """Take the fence off a summary that has no label any more.

    Fences within it, and those of a summary that has no fence of its own, are left alone.
    """
    text = strip_trailing_breaks(text)
    fences = [mark for mark in scan_lines(text) if mark.kind is LineKind.FENCE]
    if not fences or not is_summary_fence(text, 0, fences[0]):
        return SummaryBody(text.strip("\n"), is_unclosed=False)
    opening = fences[0]
    closing = _closing(fences)
    before = text[: opening.start].strip()
    if closing is None:
        inner, after = text[opening.end :], ""
    else:
        inner, after = text[opening.end : closing.start], _belonging(text[closing.end :])
    parts = (before, inner.strip("\n").rstrip(), after)
    return SummaryBody("\n\n".join(filter(None, parts)), is_unclosed=closing is None)


def _closing(fences: list[MarkdownLine]) -> MarkdownLine | None:
    """Return the line that closes the block the first one opens, or None if it is left open."""
    opening = fences[0]
    state = Fences()
    closing: MarkdownLine | None = None
    for mark in fences:
        # A bare fence behind the end means that the end was a fence within the block. One with a
        # name begins another block.
        if closing and not state.is_open and mark.text:
            break
        state.step(mark, holds_markdown=mark is opening or closing is not None)
        if not state.is_open:
            closing = mark
    return None if state.is_open else closing


def _belonging(after: str) -> str:
    """Return what belongs to the summary of what follows its block."""
    after = after.strip()
    first_line = after.split("\n", 1)[0]
    return "" if is_thematic_break(first_line) else strip_citation(after).strip()
