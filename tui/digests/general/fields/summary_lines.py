"""The lines of a page that are the summary of a paper."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tui.digests.general.tree.document_tree import Block, BlockKind
from tui.digests.parsing.markdown_lines import is_thematic_break

_MAIL_RULE = re.compile(r"\\\\\s*(?:\(.{0,200}\)\s*)?$|(?=-{0,80}%%)[-%]{8,200}\s*$")
"""Lines around the abstracts in arXiv's e-mails: ``\\\\ ( https://… , 12kb)``."""

_LIST_LINE = re.compile(
    r"[^\n()]{1,60} \(showing [^\n()]{1,60} entries\)\s*|Total of \d{1,6} entries\s*"
    r"|Showing (?:up to )?\d{1,6} [^\n]{1,80}"
)
"""Headings and counts in arXiv's lists."""

_NUMBER = re.compile(r"[*_]{0,3}\d{1,3}[.)、][*_]{0,3}|")


def summary_in_lines(
    block: Block, page_lines: Sequence[str], used_lines: Collection[int], first: str
) -> str:
    """Return the lines of a paper that are not fields of their own, as Markdown.

    Args:
        block: the part of the page that is the paper.
        page_lines: the lines of the page.
        used_lines: the numbers of lines that are fields.
        first: what the first line of the paper has besides its title.
    """
    lines = [first] if first else []
    indent = None
    for number in range(block.last_line + 1, block.end + 1):
        line = page_lines[number - 1]
        if number in used_lines or _MAIL_RULE.match(line):
            continue
        if block.kind is BlockKind.ITEM and line.strip():
            if indent is None:
                indent = len(line) - len(line.lstrip())
            line = line[min(indent, len(line) - len(line.lstrip())) :]
        lines.append(_without_details(line))
    while lines and _is_between_papers(lines[-1]):
        lines.pop()
    text = "\n".join(lines).strip("\n").rstrip()
    return "" if re.fullmatch(r"[\s\-*_]*", text) else text


def other_text(rest: str) -> str:
    """Return what the first line of a paper has besides its title, for the summary.

    Args:
        rest: what is before and behind the title, on lines of their own.
    """
    lines = (line.strip(" -–—·|:：\t") for line in rest.split("\n"))
    # The number of the paper and the signs of emphasis around both are left of "*1. Title*".
    lines = (line.strip("* ") if line.count("*") % 2 else line for line in lines)
    text = "\n".join(line for line in lines if not _NUMBER.fullmatch(line))
    return text if any(map(str.isalnum, text)) else ""


def _is_between_papers(line: str) -> bool:
    """Return whether a line at the end of a paper separates it from the next."""
    return not line.strip() or is_thematic_break(line) or _LIST_LINE.fullmatch(line) is not None


def _without_details(line: str) -> str:
    """Return a line without the tags of ``<details>``; its summary becomes bold."""
    if "<" not in line:
        return line
    line = re.sub(r"(?i)</?details\b[^<>]*>", "", line)
    line = re.sub(r"(?i)<summary\b[^<>]*>\s*(.{0,2000}?)\s*</summary\s*>", r"**\1**", line)
    return re.sub(r"(?i)<br\s*/?>", "  ", line)
