"""Find papers in plain text: paragraphs with a title, and a line that is little but a link."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from tui.digests.general.fields.title_remarks import is_english_title, is_translation
from tui.digests.general.fields.titles import is_category, title_of_block
from tui.digests.general.fields.vote_counts import votes_in_line
from tui.digests.general.tree.document_tree import Block, BlockKind
from tui.digests.general.tree.line_labels import label_kind, without_symbols
from tui.digests.general.vocabulary.labels import Field
from tui.digests.id_search import names_paper

_MAX_TITLE_CHARS = 300
_MAX_HEADLINE_LINES = 12
"""Lines between a title in bold and the link to its paper."""

_BOLD = re.compile(r"\*\*[^*\s][^*]{1,300}\*\*")
_COUNTS = re.compile(
    r"(?:[^\w\n]|_|\d[\d.,]*+[kKmM]?\b|(?i:(?:up)?votes?|points?|pts|likes?|comments?|replies|shares?"
    r"|reposts?|views?|stars?)\b|댓글|추천|좋아요|조회수?|개|评论|点赞|赞|转发|浏览|コメント|いいね|件)++"
)
"""Votes and other counts: ``⬆ 342 · 💬 55 comments``."""

_SUBMITTER = re.compile(r"(?i:submitted|posted|shared) by\s*")
_MAX_COUNTS_CHARS = 80
_INTRODUCTION = re.compile(r"[^\[\]*\n]{1,120}[:：]")
"""A line before papers: ``Good morning! Three from the weekend:``"""

_SENTENCE_END = re.compile(r"\S\s\S+[.!。…][)\"”]?$|。$")
_LINK_AND_TITLE = 2
_TITLE_LABELS = (None, Field.TITLE, Field.LINK, Field.ID)
"""What the label before a title may be."""


class TextPaper(NamedTuple):
    """A paper in the text of a section.

    Attributes:
        paper_id: its id.
        block: its lines as a section.
        day: the day on a line of its own above it, or None.
    """

    paper_id: str
    block: Block
    day: str | None


def split_into_papers(
    section: Block,
    id_of: Callable[[Block], str | None],
    day_of: Callable[[Block], str | None],
) -> list[TextPaper]:
    """Return the papers in the text of a section.

    What follows a paper, up to the next one or to another day, belongs to it; of what follows the
    last one only its paragraphs, and a list directly below it.

    Args:
        section: the section; only its lines of text may be papers.
        id_of: returns the id of a paper if a line has a link to it and hardly anything else.
        day_of: returns the day that a line consists of.
    """
    papers: list[TextPaper] = []
    day: str | None = None
    before: list[Block] = []
    headline: list[Block] = []
    """A line in bold and what follows it, up to a link."""
    link: tuple[str, list[Block]] | None = None
    """A link without a title, which may follow."""
    for paragraph in _split_lines(_paragraphs(section), id_of):
        if found := day_of(paragraph[0]):
            day = found
            if papers and not papers[-1].block.end:
                papers[-1].block.end = paragraph[0].line - 1
            paragraph = paragraph[1:]  # noqa: PLW2901
            headline = []
            if not paragraph:
                before, link = [], None
                continue
        paper_id = next(filter(None, map(id_of, paragraph)), None)
        if link and paper_id in {None, link[0]} and label_kind(paragraph[0].text) is Field.TITLE:
            paper_id, paragraph = link[0], [*link[1], *paragraph]  # noqa: PLW2901
        link = None
        if paper_id is None:
            if papers and not papers[-1].block.end:
                papers[-1].block.children += paragraph
            before = paragraph
            headline = paragraph if _is_headline(paragraph) else _extended(headline, paragraph)
            continue
        if papers and papers[-1].paper_id == paper_id and not papers[-1].block.end:
            papers[-1].block.children += paragraph  # the link below a text about it
            before, headline = [], []
            continue
        title = _title_of(paragraph)
        above = _lines_of_title(before, headline)
        if title is None and above and _has_title(above[0]):
            _take_from_end(papers[-1].block.children if papers else [], above)
            title, paragraph = above[0], [*above, *paragraph]  # noqa: PLW2901
        if title:
            block = _paper_block(title, paragraph, section.level + 1)
            papers.append(TextPaper(paper_id, block, day))
        else:
            link = paper_id, paragraph
        before, headline = [], []
    for paper, following in zip_longest(papers, papers[1:]):
        end = following.block.line - 1 if following else section.end
        paper.block.end = paper.block.end or end
    _take_items(section, papers)
    return papers


def _take_items(section: Block, papers: list[TextPaper]) -> None:
    """Give papers the items of lists within their lines; of the last one, those directly below."""
    starts = [paper.block.line for paper in papers]
    ends = [paper.block.last_line for paper in papers]
    for child in section.children:
        number = bisect_left(starts, child.line) - 1
        if number < 0 or child.line > papers[number].block.end:
            continue
        is_below = child.line == ends[number] + 1 or number + 1 < len(papers)
        if is_below:
            ends[number] = max(ends[number], child.last_line, child.end)
            if child.kind is BlockKind.ITEM and not names_paper(child.text):
                papers[number].block.children.append(child)
    for _paper_id, block, _day in papers:
        block.children.sort(key=lambda child: child.line)


def _take_from_end(lines: list[Block], last: list[Block]) -> None:
    """Remove the lines of another paper from the end of those of a paper, if they are there."""
    if lines[-len(last) :] == last:
        del lines[-len(last) :]


def _lines_of_title(before: list[Block], headline: list[Block]) -> list[Block]:
    """Return the lines above a link that start with the title, as far as it is not on its own.

    Args:
        before: the paragraph above the link.
        headline: the lines since one in bold, or an empty list.
    """
    is_line = len(before) == 1
    if headline and not (is_line and _SENTENCE_END.search(before[0].text) is None):
        return headline
    return before if is_line else []


def _extended(headline: list[Block], paragraph: list[Block]) -> list[Block]:
    """Return a line in bold and what follows it with one more paragraph; empty if it is a text."""
    is_short = 0 < len(headline) < _MAX_HEADLINE_LINES
    return [*headline, *paragraph] if is_short else []


def _is_headline(paragraph: list[Block]) -> bool:
    """Return whether a paragraph is in bold, apart from a symbol before it: ``📄 **Title**``."""
    text = without_symbols(paragraph[0].text)
    return len(paragraph) == 1 and len(text) <= _MAX_TITLE_CHARS and bool(_BOLD.fullmatch(text))


def _title_of(paragraph: list[Block]) -> Block | None:
    """Return the line with the title: the first one, or one with a label for it; or None."""
    lines = _behind_submitter(paragraph)
    first = next((line for line in lines if not _is_above_title(line)), lines[0])
    if _has_title(first):
        return _original_below(first, lines) or first
    labelled = (line for line in paragraph if label_kind(line.text) is Field.TITLE)
    return next(filter(_has_title, labelled), None) or _title_below_link(lines)


def _title_below_link(lines: list[Block]) -> Block | None:
    """Return the last of two lines, if it is a title in English below a link; or None."""
    if len(lines) != _LINK_AND_TITLE or not lines[0].text.startswith(("http", "<http")):
        return None
    title = lines[1]
    is_title = is_english_title(title.text) and not _SENTENCE_END.search(title.text)
    return title if is_title and _has_title(title) else None


def _original_below(first: Block, lines: list[Block]) -> Block | None:
    """Return the line with the title of which the one above is a translation, or None."""
    below = next((line for line in lines if line.line > first.line), None)
    if below is None or not (_is_translation(first, below) and _has_title(below)):
        return None
    title, rest = title_of_block(below)
    below.title = title, "\n".join(filter(None, (rest, title_of_block(first)[0])))
    return below


def _is_translation(line: Block, below: Block) -> bool:
    return not line.text.isascii() and is_translation(line.text, below.text)


def _behind_submitter(paragraph: list[Block]) -> list[Block]:
    """Return a paragraph without the lines at its start that say who submitted the paper."""
    submitter = _SUBMITTER.match(paragraph[0].text)
    if submitter is None:
        return paragraph
    count = 1 if submitter.end() < len(paragraph[0].text) else 2
    return paragraph[count:] or paragraph


def _is_above_title(line: Block) -> bool:
    """Return whether a line may be above a title: categories, a number, or words with a colon."""
    if line.text.isdecimal():
        return True
    is_introduction = line.text.endswith((":", "：")) and _INTRODUCTION.fullmatch(line.text)
    return is_category(line.text) or bool(is_introduction) or _has_votes(line)


def _has_votes(line: Block) -> bool:
    """Return whether a line has votes and no title: ``⬆ 342 · 💬 55 comments``."""
    text = line.text
    is_short = len(text) <= _MAX_COUNTS_CHARS and not text[:1].isalpha()
    return is_short and _COUNTS.fullmatch(text) is not None and votes_in_line(text) is not None


def _paper_block(title: Block, paragraph: list[Block], level: float) -> Block:
    """Return the lines of a paper as a section."""
    first = paragraph[0]
    is_below = (
        _is_above_title(first) or _SUBMITTER.match(first.text) or _is_translation(first, title)
    )
    last = title if is_below else first
    above = [line for line in paragraph if line.line < last.line and _has_votes(line)]
    others = above + [line for line in paragraph if line.line > last.line]
    continued = last.last_line - first.line
    block = Block(
        BlockKind.SECTION, title.text, first.line, level, children=others, continued=continued
    )
    block.title = title.title
    return block


def _split_lines(
    paragraphs: Iterator[list[Block]], id_of: Callable[[Block], str | None]
) -> Iterator[list[Block]]:
    """Yield paragraphs; one whose lines have titles and links of their own is split at them."""
    for paragraph in paragraphs:
        starts = [n for n, line in enumerate(paragraph) if id_of(line) and _has_title(line)]
        if len(starts) < 2 or starts[0]:
            yield paragraph
            continue
        for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True):
            yield paragraph[start:end]


def _paragraphs(section: Block) -> Iterator[list[Block]]:
    """Yield the lines of text between blank lines, breaks and other blocks."""
    paragraph: list[Block] = []
    for child in section.children:
        follows = paragraph and child.line == paragraph[-1].last_line + 1
        if paragraph and not (follows and child.kind is BlockKind.TEXT):
            yield paragraph
            paragraph = []
        if child.kind is BlockKind.TEXT:
            paragraph.append(child)
    if paragraph:
        yield paragraph


def _has_title(line: Block) -> bool:
    if len(line.text) > _MAX_TITLE_CHARS or label_kind(line.text) not in _TITLE_LABELS:
        return False
    return bool(title_of_block(line)[0])
