"""The ids in a file that gave no paper, and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from tui.digests.explain.structure import Structure
from tui.digests.general.pages.paper_blocks import find_candidates, is_project_page
from tui.digests.general.pages.sections_without_papers import is_list_of_references
from tui.digests.general.records.paper_records import is_index_of_digests
from tui.digests.general.tree.document_tree import Block, BlockKind, parse_document
from tui.digests.general.tree.line_labels import label_kind
from tui.models import Entry
from tui.paper_ids.arxiv import parse_id
from tui.paper_ids.elsewhere import mentioned_elsewhere
from tui.paper_ids.references import arxiv_ids_in

MAX_LINES_PER_ID = 5
_QUOTED_ID = re.compile(
    r"[\"'`\[(](?P<id>\d\d(?:0[1-9]|1[0-2])\.\d{5})(?:v\d{1,2})?(?:\.pdf)?[\"'`\])]"
)
"""An id by itself in quotation marks or brackets; without them it may be any number."""


class Reason(Enum):
    """Why an id gave no paper; the value completes "it is …" or "they are …"."""

    IN_ENTRY = "within another paper"
    IN_TEXT = "in running text"
    IN_REFERENCES = "in a list of references"
    IN_CODE = "in a block of code"
    IN_FIELD = "in a field that belongs to no paper"
    OF_PROJECT = "on the page of a project"
    IN_INDEX = "in an index of digests"
    WITHOUT_TITLE = "without a title"
    IN_DATA = "in no object with a title"
    UNKNOWN = "in no heading, list item, table row or field"


class LeftOver(NamedTuple):
    """An id that gave no paper.

    Attributes:
        paper_id: canonical.
        lines: where it stands, at most `MAX_LINES_PER_ID`.
        times: on how many lines.
        reason: why it gave none where it stands first.
        entry_line: where the paper starts that it is within, or None.
    """

    paper_id: str
    lines: Sequence[int]
    times: int
    reason: Reason
    entry_line: int | None = None


def ids_by_line(lines: Sequence[str], limit: int | None = None) -> dict[str, list[int]]:
    """Return where each id of arXiv stands that is certainly one.

    Args:
        lines: the lines of a file.
        limit: about how many ids to return; None for all ids, also those of other publishers.
    """
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        if limit is not None and len(found) >= limit:
            break
        others = mentioned_elsewhere(line) if limit is None else ()
        for paper_id in dict.fromkeys((*_ids_in(line), *others)):
            found.setdefault(paper_id, []).append(number)
    return found


def _ids_in(line: str) -> Iterator[str]:
    yield from arxiv_ids_in(line)
    if "." in line:
        for match in _QUOTED_ID.finditer(line):
            if paper_id := parse_id(match["id"]):
                yield paper_id


class LeftOverFinder:
    """Finds out why ids gave no paper.

    Args:
        structure: what the file consists of.
        entries: the entries of the file.
    """

    def __init__(self, structure: Structure, entries: Collection[Entry]) -> None:
        page, values = structure.page, structure.values
        self._root = None if page is None else parse_document(page.text)
        self._page_lines = page.text.split("\n") if page else []
        self._is_index = any(map(is_index_of_digests, values or ()))
        candidates = find_candidates(self._root) if self._root else []
        self._is_project = self._root is not None and is_project_page(self._root)
        self._starts = sorted({entry.line for entry in entries})
        self._ends = {candidate.block.line: candidate.block.end for candidate in candidates}
        self._read = {entry.paper_id for entry in entries}
        self._candidates = {candidate.paper_id for candidate in candidates}

    def find(self, ids: dict[str, list[int]]) -> list[LeftOver]:
        """Return the ids that gave no paper, in the order of their first lines."""
        left = [
            self._explain(paper_id, lines)
            for paper_id, lines in ids.items()
            if paper_id not in self._read
        ]
        return sorted(left, key=lambda each: each.lines[0])

    def _explain(self, paper_id: str, lines: list[int]) -> LeftOver:
        line = lines[0]
        entry_line = self._entry_at(line)
        if entry_line is not None:
            reason = Reason.IN_ENTRY
        elif paper_id in self._candidates:
            reason = Reason.WITHOUT_TITLE
        elif self._root is None:
            reason = Reason.IN_INDEX if self._is_index else Reason.IN_DATA
        else:
            reason = self._reason_in_page(self._root, line)
        return LeftOver(paper_id, lines[:MAX_LINES_PER_ID], len(lines), reason, entry_line)

    def _entry_at(self, line: int) -> int | None:
        """Return where the entry starts that a line belongs to."""
        index = bisect_right(self._starts, line)
        if not index:
            return None
        start = self._starts[index - 1]
        return start if line <= self._ends.get(start, line) else None

    def _reason_in_page(self, root: Block, line: int) -> Reason:
        if self._is_project:
            return Reason.OF_PROJECT
        path = [root]
        while child := _child_at(path[-1], line):
            path.append(child)
        block = path[-1]
        if any(is_list_of_references(each.text) for each in path if each.kind is BlockKind.SECTION):
            return Reason.IN_REFERENCES
        if block.kind is BlockKind.SECTION and block.line != line:
            # An address that the text refers to was moved there.
            return Reason.IN_TEXT if self._is_blank(line) else Reason.IN_CODE
        if label_kind(block.text) is not None:
            return Reason.IN_FIELD
        return Reason.IN_TEXT if block.kind is BlockKind.TEXT else Reason.UNKNOWN

    def _is_blank(self, line: int) -> bool:
        return line <= len(self._page_lines) and not self._page_lines[line - 1].strip()


def _child_at(block: Block, line: int) -> Block | None:
    """Return the part of a block that a line belongs to."""
    index = bisect_right(block.children, line, key=lambda child: child.line)
    if not index:
        return None
    child = block.children[index - 1]
    return child if line <= (child.line if child.kind is BlockKind.TEXT else child.end) else None
