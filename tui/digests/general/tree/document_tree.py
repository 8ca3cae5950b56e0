"""A page as a tree: sections, list items, table rows and lines of text.

Reads Markdown, and HTML within it, line by line: a full parser is many times slower, and digests
break its rules. Headings are ``#``, underlined (Setext), ``<h2>``, ``<summary>`` or a line in bold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import zip_longest

from tui.digests.general.tree.code_blocks import FENCE
from tui.digests.general.tree.hashtags import count_tags, has_spaced_headings
from tui.digests.general.tree.inline_html import inline_markdown
from tui.digests.general.tree.line_starts import heading_in_bold, match_item
from tui.digests.general.tree.wrapped_lines import (
    continues_label,
    continues_title,
    leading_label,
)
from tui.digests.general.vocabulary.labels import field_of


class BlockKind(Enum):
    """What a `Block` is."""

    SECTION = auto()
    ITEM = auto()
    ROW = auto()
    TEXT = auto()


@dataclass(slots=True, eq=False)
class Block:
    """A part of a page.

    Attributes:
        kind: a section, an item of a list, a row of a table, or a line of text.
        text: its heading, or its first line, as Markdown without its marker.
        line: the line where it starts, from 1; 0 for the whole page.
        level: of a section, from 0 for the page; of an item, its indentation.
        end: the number of its last line.
        columns: the headings of a row's cells; empty if the table has none.
        children: its parts in order.
        continued: how many lines below it continue its text.
        labels: what `tui.digests.general.tree.line_labels` found on it; None before that.
        title: what `tui.digests.general.fields.titles` found in its text; None before that.
    """

    kind: BlockKind
    text: str
    line: int
    level: float = 0
    end: int = 0
    columns: tuple[str, ...] = ()
    children: list[Block] = field(default_factory=list)
    continued: int = 0
    labels: list[tuple[str, str]] | None = None
    title: tuple[str, str] | None = None

    @property
    def last_line(self) -> int:
        """The last line that its text is on."""
        return self.line + self.continued


BOLD_LEVEL = 7
"""The level of a section whose heading is a line in bold."""

_HEADING = re.compile(r"\s{0,3}(#{1,6})(?!#)\s*(.*)")
_DOUBLE_SPACE = re.compile(r"(?<=[^\W_])  (?=[^\W_])")
_CHECKBOX = re.compile(r"\[[ xX]\]\s+")
_CALLOUT = re.compile(r"\[!\w{1,20}\][+-]?\s*")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|━{3,}|─{3,}|═{3,}|—{3,})\s*$")
_MIN_FRAME_CHARS = 5
"""Characters of the lines above and below a heading that is framed by them."""

_SETEXT = re.compile(r"(=+|-{3,})\s*$")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_H_TAG = re.compile(r"<h([1-6])\b[^<>]{0,500}>(.{0,1000}?)</h\1\s*>", re.IGNORECASE)
_DETAILS = re.compile(r"<(/?)details\b[^<>]*>", re.IGNORECASE)
_SUMMARY = re.compile(
    r"<summary\b[^<>]{0,300}>(.{0,2000}?)</summary\s*>", re.IGNORECASE | re.DOTALL
)
_OPEN_SUMMARY = re.compile(r"<summary\b[^<>]*>(?!.*</summary)", re.IGNORECASE | re.DOTALL)
_MAX_SUMMARY_LINES = 8
_MAX_HTML_LINE_CHARS = 20_000
_MAX_CONTINUED = 60
"""Lines that continue one; each is copied with what is before it."""

_TEXTS = frozenset({BlockKind.ITEM, BlockKind.TEXT})
_HEADER_LINES = 2
"""Lines above the first row of a table: the names of its columns, and the rule below them."""

_MAX_NESTING = 30
"""Levels of lists, and of ``<details>``; deeper ones are treated as this one."""


@lru_cache(maxsize=4)
def split_row(row: str) -> Sequence[str]:
    """Return the cells of a row of a table."""
    row = row.strip().removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    if "\\" not in row:
        return [cell.strip() for cell in row.split("|")]
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(row)]


def parse_document(text: str) -> Block:
    """Return the page that a sanitized text consists of, as a tree."""
    return _Parser(text.split("\n")).parse()


class _Parser:
    """Builds the tree, line by line."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.root = Block(BlockKind.SECTION, "", 0)
        self._sections = [self.root]
        self._items: list[Block] = []
        self._details: list[int] = []
        """For each open ``<details>``, how many sections were open before it."""

    def parse(self) -> Block:
        lines = self._lines
        index, count = 0, len(lines)
        after_blank = True
        fence = ""
        while index < count:
            line = lines[index]
            stripped = line.strip()
            if fence:
                if stripped.startswith(fence) and not stripped.strip(fence[0]):
                    fence = ""
            elif not stripped:
                after_blank = True
            else:
                first = stripped[0]
                if first in "`~" and (opening := FENCE.match(line)):
                    if "markdown" not in stripped.lower() and stripped.lower()[3:] != "md":
                        fence = opening[1]
                else:
                    index = self._parse_line(index, line, stripped, after_blank=after_blank)
                after_blank = False
            index += 1
        _set_ends(self.root, count)
        return self.root

    def _parse_line(self, index: int, line: str, stripped: str, *, after_blank: bool) -> int:
        """Add a line to the tree; return the index of the last line that was used."""
        first = stripped[0]
        if first == "#" and not self._is_tags(line) and (heading := _HEADING.match(line)):
            text = _DOUBLE_SPACE.sub(" ", heading[2].rstrip().rstrip("#").rstrip())
            self._open_section(len(heading[1]), inline_markdown(text), index)
        elif first == "|" or ("|" in stripped and self._is_delimiter(index + 1)):
            return self._parse_table(index, after_blank=after_blank)
        elif first == "<" and (used := self._parse_html(index, stripped)) is not None:
            return used
        elif first in "-=" and self._underlines(index, stripped, after_blank=after_blank):
            pass
        elif first in "-=" and self._frames(index, stripped):
            return index + 2
        elif first in "-*_━─═—" and _RULE.match(line):
            self._items.clear()
        elif item := match_item(line, stripped):
            self._open_item(_width(item[1]), item[2], index)
        elif (
            first in "*_"
            and (bold := heading_in_bold(stripped))
            # A line that is not indented ends a list.
            and (not self._items or (after_blank and line[0] == first))
        ):
            self._open_section(BOLD_LEVEL, inline_markdown(bold), index)
        else:
            self._end_items(index, after_blank=after_blank)
            self._add_text(index, stripped)
        return index

    def _is_tags(self, line: str) -> bool:
        count = count_tags(line)
        return count > 1 or (count == 1 and self._has_spaced_headings)

    @cached_property
    def _has_spaced_headings(self) -> bool:
        return has_spaced_headings(self._lines)

    def _is_delimiter(self, index: int) -> bool:
        line = self._lines[index] if index < len(self._lines) else ""
        return "-" in line and "|" in line and _DELIMITER.match(line) is not None

    def _parse_table(self, index: int, *, after_blank: bool) -> int:
        if not self._starts_with_field(index):
            self._end_items(index, after_blank=after_blank)
        parent = self._items[-1] if self._items else self._sections[-1]
        columns: tuple[str, ...] = ()
        if self._is_delimiter(index + 1):
            columns = tuple(inline_markdown(cell) for cell in split_row(self._lines[index]))
            index += 2
        while index < len(self._lines):
            line = self._lines[index].strip()
            if "|" not in line or (not columns and not line.startswith("|")):
                break
            if self._is_delimiter(index + 1):
                break  # the header of another table
            parent.children.append(Block(BlockKind.ROW, line, index + 1, columns=columns))
            index += 1
        return index - 1

    def _starts_with_field(self, index: int) -> bool:
        """Return whether the first row of a table is a label and its value, as of an item above."""
        first = index + 2 if self._is_delimiter(index + 1) else index
        cells = split_row(self._lines[first]) if first < len(self._lines) else ()
        return len(cells) == 2 and field_of(cells[0].strip("*_ ")) is not None

    def _end_items(self, index: int, *, after_blank: bool) -> None:
        """End the items of a list that a line after a blank one is not indented enough for."""
        if self._items and after_blank:
            line = self._lines[index]
            indent = _width(line[: len(line) - len(line.lstrip())])
            while self._items and self._items[-1].level >= indent:
                self._items.pop()

    def _parse_html(self, index: int, stripped: str) -> int | None:
        """Parse a line that starts with a tag; return the last line used, None if it is text."""
        has_details = False
        while details := _DETAILS.match(stripped):
            has_details = True
            if details[1]:
                self._close_details()
            else:
                self._open_details(index)
            stripped = stripped[details.end() : details.end() + _MAX_HTML_LINE_CHARS].strip()
        if has_details and not stripped:
            return index
        used = self._parse_summary_or_heading(index, stripped)
        return index if used is None and has_details else used

    def _parse_summary_or_heading(self, index: int, stripped: str) -> int | None:
        """Parse a line that starts with ``<summary>`` or ``<h2>``; return as `_parse_html`."""
        if _OPEN_SUMMARY.match(stripped):
            last = min(index + _MAX_SUMMARY_LINES, len(self._lines))
            stripped = " ".join(self._lines[index:last])
            end = stripped.lower().find("</summary")
            if end < 0:
                return index
            used = index + stripped[:end].count("\n")
            while "</summary" not in self._lines[used].lower():
                used += 1
        else:
            used = index
        if (summary := _SUMMARY.match(stripped.strip())) and self._details:
            section = self._sections[-1]
            section.text = " ".join(inline_markdown(summary[1]).split())
            section.line = index + 1
            rest = stripped.strip()[summary.end() :].strip()
            if closing := _DETAILS.search(rest):
                rest = rest[: closing.start()]
            if rest := inline_markdown(rest).strip():
                section.children.append(Block(BlockKind.TEXT, rest, used + 1))
            if closing and closing[1]:
                self._close_details()
            return used
        if heading := _H_TAG.match(stripped):
            self._open_section(int(heading[1]), inline_markdown(heading[2]), index)
            return index
        return None

    def _open_details(self, index: int) -> None:
        if len(self._details) > _MAX_NESTING:
            return
        self._details.append(len(self._sections))
        parent = self._items[-1] if self._items else self._sections[-1]
        section = Block(BlockKind.SECTION, "", index + 1, self._sections[-1].level + 0.5)
        parent.children.append(section)
        self._sections.append(section)
        self._items = []

    def _close_details(self) -> None:
        if self._details:
            depth = self._details.pop()
            del self._sections[depth:]
            self._items = []

    def _open_section(self, level: int, text: str, index: int) -> None:
        while len(self._sections) > 1 and self._sections[-1].level >= level:
            self._sections.pop()
        while self._details and self._details[-1] >= len(self._sections):
            self._details.pop()
        section = Block(BlockKind.SECTION, text, index + 1, level)
        self._sections[-1].children.append(section)
        self._sections.append(section)
        self._items = []

    def _underlines(self, index: int, stripped: str, *, after_blank: bool) -> bool:
        """Turn the line above into a heading if this line underlines it."""
        underline = _SETEXT.match(stripped)
        siblings = self._sections[-1].children
        if not underline or after_blank or self._items or not siblings:
            return False
        above = siblings[-1]
        is_alone = index < 2 or not self._lines[index - 2].strip()
        if above.kind is not BlockKind.TEXT or above.line != index or not is_alone:
            return False
        label = re.split("[:：]", above.text, maxsplit=1)[0]
        if stripped[0] == "-" and field_of(label.strip(" *_")):
            return False  # a field above a break
        siblings.pop()
        self._open_section(1 if stripped[0] == "=" else 2, above.text, index - 1)
        self._sections[-1].continued = 1  # the underline is no text of the section
        return True

    def _frames(self, index: int, stripped: str) -> bool:
        """Open a section if this line and the one after the next are a frame around a heading."""
        if len(stripped) < _MIN_FRAME_CHARS or stripped.strip(stripped[0]):
            return False
        following = [line.strip() for line in self._lines[index + 1 : index + 3]]
        heading, below = following if len(following) == 2 else ("", "")
        is_frame = len(below) >= _MIN_FRAME_CHARS and not below.strip(stripped[0])
        if not is_frame or not heading.strip("-=") or leading_label(heading):
            return False
        self._open_section(1 if stripped[0] == "=" else 2, inline_markdown(heading), index + 1)
        self._sections[-1].continued = 1
        return True

    def _open_item(self, indent: int, text: str, index: int) -> None:
        while self._items and (self._items[-1].level >= indent or len(self._items) > _MAX_NESTING):
            self._items.pop()
        text = inline_markdown(_CHECKBOX.sub("", text, count=1))
        item = Block(BlockKind.ITEM, text, index + 1, indent)
        (self._items[-1] if self._items else self._sections[-1]).children.append(item)
        self._items.append(item)

    def _add_text(self, index: int, stripped: str) -> None:
        if stripped[0] == ">":
            stripped = _CALLOUT.sub("", stripped.lstrip("> "), count=1)
        parent = self._items[-1] if self._items else self._sections[-1]
        text = inline_markdown(stripped).strip()
        if text and not self._continue_line(parent, index, text):
            parent.children.append(Block(BlockKind.TEXT, text, index + 1))

    def _continue_line(self, parent: Block, index: int, text: str) -> bool:
        """Add a line to the title or the value of a label above it, as in an e-mail."""
        above = parent.children[-1] if parent.children else parent
        if above.kind not in _TEXTS or above.last_line != index:
            return False
        if above.continued == _MAX_CONTINUED:
            return False
        *_, first, before = ("", *self._lines[max(index - 2, 0) : index])
        after = self._lines[index + 1] if index + 1 < len(self._lines) else ""
        is_first = above.kind is BlockKind.ITEM or not first.strip()
        if not (is_first and continues_title(text, before, after)):
            is_indented = self._lines[index].startswith((" ", "\t"))
            if above.kind is BlockKind.ITEM or not is_indented:
                return False
            if not continues_label(text, above.text, before, after):
                return False
        above.text += f" {text}"
        above.continued += 1
        return True


def _set_ends(block: Block, end: int) -> None:
    """Note where a block ends, and the parts of it: each where the next one starts."""
    waiting = [(block, end)]
    while waiting:
        block, end = waiting.pop()
        block.end = end
        for child, following in zip_longest(block.children, block.children[1:]):
            last = _first_line(following) - 1 if following else end
            waiting.append((child, max(last, child.line)))


def _first_line(block: Block) -> int:
    """Return the line where a block starts; that of the header if it is the first row of a table.

    Between the rows of a table, the difference does not matter: they are one line each.
    """
    has_header = block.kind is BlockKind.ROW and block.columns
    return block.line - _HEADER_LINES if has_header else block.line


def _width(indent: str) -> int:
    return len(indent.expandtabs(4))
