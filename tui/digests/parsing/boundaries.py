"""Split a page of daily papers at the headings where a digest, a paper or another part starts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.headings import PaperHeading, is_digest_heading
from tui.digests.parsing.markdown_lines import Fences, LineKind, MarkdownLine, scan_lines


class Boundary(NamedTuple):
    """A heading where a new part of the page starts.

    Attributes:
        heading: the heading.
        paper: the paper that starts here, or None.
        is_digest: whether a digest starts here. If neither does, the digest above ends.
        in_open_fence: whether a code fence above was never closed.
    """

    heading: MarkdownLine
    paper: PaperHeading | None
    is_digest: bool
    in_open_fence: bool


class BoundaryScanner(ABC):
    """Finds the boundaries of a page. A subclass defines the headings of its dialect."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fences = Fences()
        self.in_digest = False

    @abstractmethod
    def parse_paper(self, heading: MarkdownLine) -> PaperHeading | None:
        """Return the paper that starts at a heading, or None."""

    @abstractmethod
    def ends_digest(self, heading: MarkdownLine) -> bool:
        """Return whether a heading that starts no paper ends the digest above it."""

    def start_part(self, _paper: PaperHeading | None) -> None:
        """Leave every fence: one that is open at a digest or paper was never closed."""
        self.fences.close_all()

    def pass_fence(self, fence: MarkdownLine) -> None:
        """Go past a fence line."""
        self.fences.feed(fence)

    def parts(self) -> Iterator[tuple[Boundary, int]]:
        """Yield each boundary with the offset where its part ends."""
        boundaries = list(self.boundaries())
        ends = [boundary.heading.start for boundary in boundaries[1:]] + [len(self.text)]
        return zip(boundaries, ends, strict=False)

    def boundaries(self) -> Iterator[Boundary]:
        """Yield the boundaries, starting at the first digest."""
        seen_digest = False
        for line in scan_lines(self.text):
            if line.kind is LineKind.FENCE:
                self.pass_fence(line)
            if line.kind is not LineKind.HEADING:
                continue
            is_fenced = self.fences.is_open
            if is_fenced and not self.in_digest:
                continue
            is_digest = is_digest_heading(line) and (not is_fenced or contains_date(line.text))
            paper = self.parse_paper(line) if seen_digest and not is_digest else None
            # A heading within a fence belongs to a summary, unless it starts a digest or links to
            # a paper: then the fence was never closed.
            if is_fenced and not (is_digest or (paper and paper.linked_id)):
                continue
            if is_digest or paper:
                self.in_digest = seen_digest = True
                self.start_part(paper)
            elif seen_digest and self.ends_digest(line):
                self.in_digest = False
            else:
                continue
            yield Boundary(line, paper, is_digest, is_fenced)
