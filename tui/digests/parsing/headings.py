"""The headings of daily papers, and the parts of a page that start at them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, pairwise, takewhile
from typing import NamedTuple

from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    MarkdownLine,
    lines_below,
    link_label,
    link_targets,
    scan_lines,
    url_of_link_line,
)
from tui.digests.parsing.summary_fence import is_summary_label
from tui.digests.parsing.votes_and_authors import parse_labelled_line
from tui.digests.registry import DAILY_PAPERS
from tui.paper_ids.arxiv import id_in_url, split_leading_id

_DIGEST_NAME = re.compile(DAILY_PAPERS + r"(?!\w)")
_PUBLISHER = re.compile(r"\b(?:hugging\s?face(?:['’]s)?|hf)\b", re.IGNORECASE)

MAX_PAPER_LEVEL = 4
_LINK_SYMBOL = "🔗"
_URL = re.compile(r"<?https?://[^\s<>()\[\]]+>?")
_ID_ELSEWHERE = re.compile(
    r"\n##? [^\w\n]{0,4}(doi:\s?10\.\S{4,200}|https?://(?:doi\.org|openreview\.net|aclanthology\.org"
    r"|www\.(?:bio|med)rxiv\.org)/\S{1,200})[ \t]*(?=\n)"
)
_LIST_NUMBER = re.compile(r"\d{1,3}[.)]\s+")


def mentions_hugging_face(heading: MarkdownLine) -> bool:
    """Return whether a heading names Hugging Face."""
    return _PUBLISHER.search(heading.text) is not None


def is_digest_heading(heading: MarkdownLine) -> bool:
    """Return whether a heading starts a digest: "Daily Papers" with a date, or with nothing else.

    The name of the publisher is allowed in both cases.
    """
    if not _DIGEST_NAME.search(heading.text):
        return False
    if contains_date(heading.text):
        return heading.level <= 3
    rest = _PUBLISHER.sub("", _DIGEST_NAME.sub("", heading.text))
    return heading.level <= 2 and not re.search(r"\w", rest)


class PaperHeading(NamedTuple):
    """The parts of a heading that starts a paper.

    Attributes:
        arxiv_id: the canonical id; None if the paper's link does not lead to arXiv.
        linked_id: the canonical id in the paper's link; None without a link to arXiv.
        title: as written, with its Markdown; empty if the heading is only an id.
        end: offset of the end of the heading, including a link on a line below it.
    """

    arxiv_id: str | None
    linked_id: str | None
    title: str
    end: int


class ArxivLink(NamedTuple):
    """A link to arXiv within a heading.

    Attributes:
        arxiv_id: the canonical id.
        label: the label, as written; None for a bare URL.
        before: the text before the link.
        after: the text after the link.
    """

    arxiv_id: str
    label: str | None
    before: str
    after: str


def find_arxiv_link(text: str) -> ArxivLink | None:
    """Return the first ``[label](url)`` that leads to arXiv, else a bare URL that does."""
    for label_end, url in link_targets(text):
        if arxiv_id := id_in_url(url):
            label = link_label(text, label_end)
            before = text[: label_end - len(label) - 1]
            after = text[text.index(url, label_end) + len(url) + 1 :]
            return ArxivLink(arxiv_id, label, before, after)
    bare = _URL.search(text)
    if bare and (arxiv_id := id_in_url(bare[0])):
        return ArxivLink(arxiv_id, None, text[: bare.start()], text[bare.end() :])
    return None


def find_link_elsewhere(text: str) -> tuple[str, str] | None:
    """Return the id and the label of the first link to a paper that is not on arXiv, or None."""
    from tui.paper_ids.elsewhere import parse_elsewhere

    for label_end, url in link_targets(text):
        if paper_id := parse_elsewhere(url):
            return paper_id, link_label(text, label_end)
    return None


# --- ``### [Title](https://arxiv.org/abs/…)``, in daily_papers_ko ---------------------------------


def parse_linked_heading(text: str, heading: MarkdownLine) -> PaperHeading | None:
    """Return the paper that starts at a heading with its title and link, or None.

    Also recognizes a title wrapped over several lines, a bare URL, and a link on its own line
    below. A level-3 heading with another link, or with votes or authors below, is a paper without
    an id.
    """
    if heading.level > MAX_PAPER_LEVEL:
        return None
    title_text, end = _unwrap_title(text, heading)
    link = find_arxiv_link(title_text)
    if link is None:
        return _parse_title_above_link(text, heading.level, title_text, end)
    if link.label is None:
        title = link.before.rstrip(" :-–—(").removeprefix("[").removesuffix("]")
    elif split_leading_id(link.label) and _has_summary_label(text, end):
        return None  # a paper of the dialect daily_papers
    else:
        title = link.label
    return PaperHeading(link.arxiv_id, link.arxiv_id, title, end)


def _parse_title_above_link(text: str, level: int, title: str, end: int) -> PaperHeading | None:
    """Return the paper that starts at a heading without a link to arXiv, or None."""
    if level not in {2, 3} or split_leading_id(title):
        return None
    below = list(_lines_until_heading(text, end))
    if not below or _has_summary_label(text, end):
        return None
    first_line, first_end = below[0]
    url = url_of_link_line(first_line)
    if url and (arxiv_id := id_in_url(url)):
        return PaperHeading(arxiv_id, arxiv_id, title, first_end)
    has_link = next(link_targets(title), None) is not None
    is_paper = level == 3 and (has_link or any(parse_labelled_line(line) for line, _ in below))
    return PaperHeading(None, None, title, end) if is_paper else None


def _has_summary_label(text: str, end: int) -> bool:
    """Return whether a summary's label follows a heading, as in the dialect daily_papers."""
    return any(is_summary_label(line) for line, _ in _lines_until_heading(text, end))


def _lines_until_heading(text: str, start: int) -> Iterator[tuple[str, int]]:
    return takewhile(lambda below: not below[0].startswith("#"), lines_below(text, start))


def _unwrap_title(text: str, heading: MarkdownLine) -> tuple[str, int]:
    """Return a heading's text and where it ends, including the lines that a title is wrapped to."""
    if not heading.text.startswith("[") or "://" in heading.text:
        return heading.text, heading.end
    title_text = heading.text
    for line, end in lines_below(text, heading.end):
        if line.startswith(("#", "!", "- ")) or parse_labelled_line(line):
            break
        title_text = f"{title_text} {line}"
        if "](" in line:
            return title_text, end
    return heading.text, heading.end


def names_paper_elsewhere(heading: str) -> bool:
    """Return whether a heading has the id or link of a paper that is not on arXiv."""
    from tui.paper_ids.elsewhere import mentioned_elsewhere

    return next(mentioned_elsewhere(heading), None) is not None


def is_list_elsewhere(text: str) -> bool:
    """Return whether a page has a paper that is not on arXiv, with its id as the heading."""
    return any(names_paper_elsewhere(match[1]) for match in _ID_ELSEWHERE.finditer(text))


# --- ``## 2505.15277`` with ``🔗 https://…`` below, in daily_papers -------------------------------


def parse_id_heading(text: str, heading: MarkdownLine) -> PaperHeading | None:
    """Return the paper that starts at a heading with its id, or None.

    An id alone is not enough: a link, or at least the label of a summary, must follow within the
    next few lines. A title with both of them below starts a paper, too.
    """
    if heading.level > MAX_PAPER_LEVEL:
        return None
    leading = split_leading_id(_LIST_NUMBER.sub("", heading.text, count=1))
    if leading is None:
        return _parse_title_with_link_and_label(text, heading)
    arxiv_id, rest = leading
    below = _LinkAndLabel(text, heading.end)
    linked_id = id_in_url(rest) or below.linked_id
    if below.has_link and linked_id is None:
        return PaperHeading(None, None, "", below.end)
    if linked_id is None and not below.has_label:
        return None
    # The title is what follows the id, without the remains of a link and separators.
    title = re.sub(r"^\]?\([^)\s]*\)|^\]", "", rest).strip(" \t:：-–—|*_")
    return PaperHeading(arxiv_id, linked_id, title, below.end)


def _parse_title_with_link_and_label(text: str, heading: MarkdownLine) -> PaperHeading | None:
    if not text.startswith(("\n" + _LINK_SYMBOL, "\n\n" + _LINK_SYMBOL), heading.end):
        return None
    below = _LinkAndLabel(text, heading.end)
    if not (below.linked_id and below.has_label):
        return None
    return PaperHeading(below.linked_id, below.linked_id, heading.text, below.end)


class _LinkAndLabel:
    """The link and the summary label in the lines below a heading.

    Attributes:
        linked_id: the canonical id in the link; None without a link to arXiv.
        has_link: whether there is a link, to arXiv or elsewhere.
        has_label: whether a summary label follows.
        end: offset of the end of the link's line, or of the heading.
    """

    def __init__(self, text: str, start: int) -> None:
        self.linked_id: str | None = None
        self.has_link = False
        self.has_label = False
        self.end = start
        for line, end in lines_below(text, start):
            if is_summary_label(line):
                self.has_label = True
                break
            if line.startswith(("#", "```", "~~~")):
                break
            if line.startswith(_LINK_SYMBOL) or url_of_link_line(line):
                self.has_link = True
                self.linked_id = self.linked_id or id_in_url(line)
                self.end = end


# --- The parts of a page --------------------------------------------------------------------------


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


class BoundaryScanner:
    """Finds the boundaries of a page.

    Args:
        text: the page.
        parse_paper: returns the paper that starts at a heading of the text, or None.
    """

    def __init__(
        self, text: str, parse_paper: Callable[[str, MarkdownLine], PaperHeading | None]
    ) -> None:
        self.text = text
        self._parse_paper = parse_paper
        self.fences = Fences()
        self.in_digest = False

    def ends_digest(self, heading: MarkdownLine) -> bool:
        """Return whether a heading that starts no paper ends the digest above it."""
        return heading.level <= 2

    def start_part(self, _paper: PaperHeading | None) -> None:
        """Leave every fence: one that is open at a digest or paper was never closed."""
        self.fences.close_all()

    def pass_fence(self, fence: MarkdownLine) -> None:
        """Go past a fence line."""
        self.fences.feed(fence)

    def parts(self) -> Iterator[tuple[Boundary, int]]:
        """Yield each boundary with the offset where its part ends."""
        for boundary, following in pairwise(chain(self.boundaries(), [None])):
            if boundary is not None:
                yield boundary, following.heading.start if following else len(self.text)

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
            paper = self._parse_paper(self.text, line) if seen_digest and not is_digest else None
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
