"""Headings of the Markdown dialects: whether one starts a digest or a paper, and which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from tui.arxiv import id_in_url, split_leading_id
from tui.digests.parsing.dates import contains_date
from tui.digests.parsing.markdown_lines import (
    MarkdownLine,
    lines_below,
    link_label,
    link_targets,
    plain_text,
    url_of_link_line,
)
from tui.digests.parsing.summary_fence import is_summary_label
from tui.digests.parsing.votes_and_authors import parse_labelled_line
from tui.digests.registry import DAILY_PAPERS

_DIGEST_NAME = re.compile(DAILY_PAPERS + r"(?!\w)")
_PUBLISHER = re.compile(r"\b(?:hugging\s?face(?:['’]s)?|hf)\b", re.IGNORECASE)

_MAX_PAPER_LEVEL = 4
_LINK_SYMBOL = "🔗"
_URL = re.compile(r"<?https?://[^\s<>()\[\]]+>?")
_LIST_NUMBER = re.compile(r"\d{1,3}[.)]\s+")
_ANY_NUMBER = re.compile(r"(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)])\s+")
# Labels of links that lead to a paper without naming it.
_GENERIC_LABEL = re.compile(
    r"\W*(?:(?:read )?(?:the )?(?:arxiv|paper|pdf|abs|abstract|link|논문|링크)\W*)+", re.IGNORECASE
)


def mentions_daily_papers(text: str) -> bool:
    """Return whether the words that every digest heading contains occur anywhere in the text."""
    return _DIGEST_NAME.search(text) is not None


def mentions_hugging_face(heading: MarkdownLine) -> bool:
    """Return whether a heading names Hugging Face."""
    return _PUBLISHER.search(heading.text) is not None


def is_digest_heading(heading: MarkdownLine) -> bool:
    """Return whether a heading starts a digest: "Daily Papers" with a date, or with nothing else.

    The name of the publisher is allowed in both cases.
    """
    if not mentions_daily_papers(heading.text):
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


class _ArxivLink(NamedTuple):
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


def _find_arxiv_link(text: str) -> _ArxivLink | None:
    """Return the first ``[label](url)`` that leads to arXiv, else a bare URL that does."""
    for label_end, url in link_targets(text):
        if arxiv_id := id_in_url(url):
            label = link_label(text, label_end)
            before = text[: label_end - len(label) - 1]
            after = text[text.index(url, label_end) + len(url) + 1 :]
            return _ArxivLink(arxiv_id, label, before, after)
    bare = _URL.search(text)
    if bare and (arxiv_id := id_in_url(bare[0])):
        return _ArxivLink(arxiv_id, None, text[: bare.start()], text[bare.end() :])
    return None


# --- ``## [Title](https://arxiv.org/abs/…)``, anywhere -------------------------------------------


def parse_page_heading(heading: MarkdownLine) -> PaperHeading | None:
    """Return the paper that a heading of any Markdown page links to, or None.

    The title is the label of the link, or the rest of the heading if the label is only an id or a
    word like "paper".
    """
    # A heading of level 1 names the page. A project's own page links to arXiv there, too.
    if not 2 <= heading.level <= _MAX_PAPER_LEVEL or "://" not in heading.text:
        return None
    link = _find_arxiv_link(heading.text)
    if link is None:
        return None
    label, rest = link.label, link.before + link.after
    if label is None:
        label, rest = rest, ""
    title = plain_text(_ANY_NUMBER.sub("", label, count=1)).rstrip(" :-–—([")
    if _GENERIC_LABEL.fullmatch(title) or split_leading_id(title):
        title = plain_text(_ANY_NUMBER.sub("", rest, count=1)).strip(" :-–—()[]|")
    return PaperHeading(link.arxiv_id, link.arxiv_id, title, heading.end)


# --- ``### [Title](https://arxiv.org/abs/…)``, in daily_papers_ko ---------------------------------


def parse_linked_heading(text: str, heading: MarkdownLine) -> PaperHeading | None:
    """Return the paper that starts at a heading with its title and link, or None.

    Also recognizes a title wrapped over several lines, a bare URL, and a link on its own line
    below. A level-3 heading with another link, or with votes or authors below, is a paper without
    an id.
    """
    if heading.level > _MAX_PAPER_LEVEL:
        return None
    title_text, end = _unwrap_title(text, heading)
    link = _find_arxiv_link(title_text)
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


# --- ``## 2505.15277`` with ``🔗 https://…`` below, in daily_papers -------------------------------


def parse_id_heading(text: str, heading: MarkdownLine) -> PaperHeading | None:
    """Return the paper that starts at a heading with its id, or None.

    An id alone is not enough: a link, or at least the label of a summary, must follow within the
    next few lines. A title with both of them below starts a paper, too.
    """
    if heading.level > _MAX_PAPER_LEVEL:
        return None
    leading = split_leading_id(_LIST_NUMBER.sub("", heading.text, count=1))
    if leading is None:
        return _parse_title_with_link_and_label(text, heading)
    arxiv_id, rest = leading
    below = _LinkAndLabel(text, heading.end)
    if linked_id := id_in_url(rest) or below.linked_id:
        return PaperHeading(arxiv_id, linked_id, _title_after_id(rest), below.end)
    if below.has_link:
        return PaperHeading(None, None, "", below.end)
    if below.has_label:
        return PaperHeading(arxiv_id, None, _title_after_id(rest), below.end)
    return None


def _parse_title_with_link_and_label(text: str, heading: MarkdownLine) -> PaperHeading | None:
    if not text.startswith(("\n" + _LINK_SYMBOL, "\n\n" + _LINK_SYMBOL), heading.end):
        return None
    below = _LinkAndLabel(text, heading.end)
    if not (below.linked_id and below.has_label):
        return None
    return PaperHeading(below.linked_id, below.linked_id, heading.text, below.end)


def _title_after_id(rest: str) -> str:
    """Return the title that follows an id, without the remains of a link and separators."""
    rest = re.sub(r"^\]?\([^)\s]*\)|^\]", "", rest)
    return rest.strip(" \t:：-–—|*_")


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
