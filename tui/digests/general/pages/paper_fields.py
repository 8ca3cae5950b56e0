"""Fill the fields of a paper from its part of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.digests.general.fields.block_ids import is_link_line
from tui.digests.general.fields.code_links import code_links_in
from tui.digests.general.fields.labelled_authors import authors_in_fields
from tui.digests.general.fields.labelled_fields import LabelledFields
from tui.digests.general.fields.line_days import split_day, split_day_at_end, split_leading_day
from tui.digests.general.fields.name_parts import (
    first_parts,
    names_beside_links,
    parts_with_names,
)
from tui.digests.general.fields.section_days import day_line, names_digest
from tui.digests.general.fields.summary_lines import other_text, summary_in_lines
from tui.digests.general.fields.title_remarks import is_translation, split_translation
from tui.digests.general.fields.titles import (
    split_title,
    title_of_block,
    title_of_link,
)
from tui.digests.general.fields.vote_counts import votes_in, votes_in_line
from tui.digests.general.found_paper import FoundPaper
from tui.digests.general.names.author_lists import marks_names, names_in, unlabelled_names
from tui.digests.general.names.title_and_names import are_full_names
from tui.digests.general.pages.candidate import Candidate
from tui.digests.general.pages.named_rows import read_table_row
from tui.digests.general.pages.paper_blocks import find_candidates
from tui.digests.general.pages.same_paper import sections_about
from tui.digests.general.pages.whole_sections import is_list_of_facts
from tui.digests.general.tree.document_tree import BOLD_LEVEL, Block, BlockKind
from tui.digests.general.tree.inline_html import inline_markdown
from tui.digests.general.tree.line_labels import label_kind
from tui.digests.general.vocabulary.categories import categories_in_line, categories_of
from tui.digests.general.vocabulary.labels import Field, names_paper_itself
from tui.digests.general.vocabulary.venue_names import is_venue
from tui.digests.parsing import record_values as values
from tui.digests.parsing.markdown_lines import is_storable_url, plain_text
from tui.digests.parsing.numeric_dates import year_of
from tui.models import REPLACED, UNLISTED

_IMAGE = re.compile(
    r"!\[[^\[\]]{0,300}+\]\(\s{0,9}+<?(?P<url>[^\s()<>\[\]]{1,2000}+)[^()\[\]]{0,300}+\)"
)
_MIN_TITLE_WORDS = 3
"""A heading with fewer words may be that of a meeting, or the short name of what the paper has."""

_FIRST_LINES, _MAX_VOTE_LINES, _MAX_VOTE_CHARS = 4, 16, 24
"""Votes may stand in the first lines of a paper, or on a short one further below."""

_REPLACED_VERSION = "replaced with revised version"
_ONE_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w'’.-]+|[B-Z]{1,2}\.?)(?:\s[^\W\d_a-z][\w'’.-]*){1,3}"
    r"|[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주구민진지엄채원천방공]"
    r"[가-힣]{2}"
    r"|[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马朱胡郭何罗羅郑鄭梁谢謝宋唐许許韩韓冯邓曹彭曾肖董潘袁"
    r"蔡蒋余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖][\u4e00-\u9fff]{1,2}"
    r"|[\u4e00-\u9fff]{1,2}[本田村山川野井原島崎藤木口下上中谷岡沢澤辺橋林森部内瀬尾倉池石松水浜津宮塚]"
    r"[\u3041-\u30ff\u4e00-\u9fff]{1,4}"
)
"""What may be one name; of those without spaces, the most frequent family names show it."""
_SEMICOLON = re.compile("[;；]")
_NAMES_BEFORE = re.compile(
    r"(?:[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){1,4}(?:,?\s+(?:and|&|et|y|und)\s+|,\s+|(?=[.,:]?$))){1,100}[.,:]?"
)
"""Names before a title, as in a bibliography."""


def read_papers(root: Block, text: str, year: str = "") -> Iterator[FoundPaper]:
    """Yield the papers of a page.

    Args:
        root: the page as a tree.
        text: the page.
        year: of days without one; empty if unknown.
    """
    lines = text.split("\n")
    readers = [_Reader(candidate, lines, year) for candidate in find_candidates(root, year)]
    papers = [(reader, paper) for reader in readers if (paper := reader.read())]
    has_names = any(reader.has_unlabelled_names for reader in readers)
    listed = [paper for _, paper in papers if paper.rule in {"row", "item"} and not paper.summary]
    for section, paper in sections_about(listed, root):
        _Reader(Candidate(section, paper.paper_id, paper.rule), lines, year).complete(paper)
    for reader, paper in papers:
        if has_names and not paper.authors:
            paper.authors = reader.possible_author
        yield paper


class DescribedFields(NamedTuple):
    """The fields of a paper in a text that is about it.

    Attributes:
        authors: empty if missing.
        has_label: whether a label says that these are the authors.
        votes: None if missing.
        original_title: the title beside a translated one; empty if missing.
        labels: categories of arXiv.
    """

    authors: tuple[str, ...] = ()
    has_label: bool = False
    votes: int | None = None
    original_title: str = ""
    labels: tuple[str, ...] = ()


def described_fields(root: Block) -> DescribedFields:
    """Return the fields of a paper in a page that is about one, without its title and id."""
    return _Reader(Candidate(root, "", ""), [], "").described_fields()


class _Reader:
    """Fills the fields of a paper from its part of the page."""

    def __init__(self, candidate: Candidate, lines: list[str], year: str) -> None:
        self._candidate = candidate
        self._year = year_of(candidate.day) or candidate.year or year
        self._block = candidate.block
        self._lines = lines
        self._fields = LabelledFields(self._year)
        self._fields.collect(self._block)
        self._title = ""
        self._authors: tuple[str, ...] = ()
        self._rest = ""
        """What the first line has besides the title."""
        self._behind_label = ""
        """What a field has behind the title."""
        self._translated = ""
        """The title in another language."""
        self._first_day: str | None = None
        """The day beside the title."""
        self.has_unlabelled_names = False
        self.possible_author: tuple[str, ...] = ()
        """What is a name if other papers of the page have names in such a place."""

    def read(self) -> FoundPaper | None:
        """Return the paper; None if it has no title."""
        if self._block.kind is BlockKind.ROW:
            return read_table_row(
                self._block, self._candidate.paper_id, self._candidate.day, self._year
            )
        self._find_title()
        if not self._title:
            return None
        self._find_authors()
        return FoundPaper(
            line=self._block.line,
            paper_id=self._candidate.paper_id,
            title=self._title,
            authors=self._authors,
            votes=self._votes(),
            issue_day=self._candidate.day,
            featured=self._fields.day(Field.ISSUE_DAY),
            dated=self._fields.day(Field.DATE) or self._first_day,
            published=self._fields.day(Field.PUBLISHED) or self._fields.day(Field.UPDATED),
            summary=summary_in_lines(
                self._block,
                self._lines,
                self._fields.used_lines,
                "\n\n".join(filter(None, (self._translated, self._other_text()))),
            ),
            picture=self._picture(),
            code=self._code(),
            rule=self._candidate.rule,
            labels=self._labels(),
        )

    def complete(self, paper: FoundPaper) -> None:
        """Give a paper that is listed elsewhere what this part of the page says about it."""
        if found := self.read():
            paper.summary = found.summary
            paper.authors = paper.authors or found.authors
            paper.votes = found.votes if paper.votes is None else paper.votes
            paper.picture = paper.picture or found.picture
            paper.code = tuple(dict.fromkeys((*paper.code, *found.code)))
            paper.labels = paper.labels or found.labels

    def _labels(self) -> tuple[str, ...]:
        """Return the categories, and the labels of a new version that a mail of arXiv announces."""
        lines = (self._block.text, *(child.text for child in self._block.children[:2]))
        is_replaced = any(line.startswith(_REPLACED_VERSION) for line in lines)
        categories = categories_of(self._fields.by_field.get(Field.FACT, ()))
        categories = categories or self._categories_beside_title()
        return (*categories, REPLACED, UNLISTED) if is_replaced else categories

    def _categories_beside_title(self) -> tuple[str, ...]:
        """Return the categories that are set apart in the first lines."""
        below = self._block.children[:_FIRST_LINES]
        lines = (self._block.text, *(child.text for child in below if not child.children))
        return next(filter(None, map(categories_in_line, lines)), ())

    def _other_text(self) -> str:
        return other_text(self._rest)

    def _find_title(self) -> None:
        self._first_day, first = split_leading_day(self._block.text, self._year)
        is_whole = first == self._block.text
        title, self._rest = title_of_block(self._block) if is_whole else split_title(first)
        if self._first_day is None:
            self._first_day, title = split_day_at_end(title)
        if self._first_day is None and self._rest:
            self._first_day, self._rest = split_day(self._rest)
        if self._first_day is None:
            self._first_day = self._day_below()
        if original := self._original_title():
            self._translated = title if title != original else ""
            title = original
        elif labelled := self._labelled_title(title):
            if labelled.isascii() and not title.isascii():
                self._translated = title
                self._rest = self._behind_label or self._rest
            else:
                self._rest = self._behind_label
            title = labelled
        whole = f"{title} {self._rest.strip()}"
        if self._rest.startswith("by ") and whole in self._block.text:
            authors = self.labelled_authors()
            if authors and set(authors).isdisjoint(names_in(self._rest.strip())):
                # These are no names: "Detection by Denoising Features, Not Pixels".
                title, self._rest = whole, ""
        if not title or is_list_of_facts(title):
            title = self._labelled_title("") or title or self._first_line()
        if not self._translated:
            title, self._translated = split_translation(title)
        self._title = title

    def _day_below(self) -> str | None:
        """Return the day on a line of its own directly below the title or its link, or None."""
        for child in self._block.children[:2]:
            if child.kind is BlockKind.TEXT and (day := day_line(child, self._year)):
                self._fields.used_lines.add(child.line)
                return day
            if not is_link_line(child.text):
                return None
        return None

    def _labelled_title(self, heading: str) -> str:
        """Return the title in a field, if it is longer than a heading that may name something else.

        Args:
            heading: what may be the title; empty if nothing.
        """
        words = heading.split()
        is_long = len(words) >= _MIN_TITLE_WORDS and not names_digest(self._block.text)
        if is_long and heading.isascii():
            whole = map(plain_text, self._fields.values(Field.TITLE))
            return next((title for title in whole if title.startswith(heading)), "")
        titles = [plain_text(value) for value in self._fields.values(Field.TITLE)]
        for label, value in self._fields.by_field.get(Field.LINK, ()):
            is_title = names_paper_itself(label) and not is_link_line(value)
            if is_title and "**" in value:
                # Paper: **Title** (Ada Bell, Cy Dorn); the label took the first stars.
                title, self._behind_label = split_title(f"**{value.removeprefix('**')}")
                titles.append(title)
            else:
                titles.append(title_of_link(value) or (plain_text(value) if is_title else ""))
        title = next(filter(None, titles), "")
        if is_long or (words and self._block.kind is BlockKind.ITEM):
            return title if title.isascii() and not heading.isascii() and " " in title else ""
        if not words or names_digest(self._block.text):
            return title
        is_translation = heading.isascii() and not title.isascii()
        return title if len(title.split()) > len(words) and not is_translation else ""

    def _first_line(self) -> str:
        for child in self._block.children:
            is_line = child.kind is not BlockKind.SECTION or child.level == BOLD_LEVEL
            if is_line and not label_kind(child.text):
                title, rest = title_of_block(child)
                if title:
                    self._fields.used_lines.add(child.line)
                    self._rest = rest
                    return title
        return ""

    def _find_authors(self) -> None:
        if authors := self.labelled_authors():
            self._authors = authors
            return
        lines = self._rest.split("\n")
        if _NAMES_BEFORE.fullmatch(lines[0]) and self._block.text.lstrip().startswith(
            lines[0][:20]
        ):
            self._authors = names_in(lines[0].rstrip(" .,:"))
            self._rest = "\n".join(lines[1:])
            return
        for line in lines:
            # Parts may be separated: "by Ada Bell · [code](…)".
            for part, rest in parts_with_names(line):
                if rest and (authors := self._names(rest)):
                    self._authors = authors
                    self._rest = "\n".join(lines).replace(part, "", 1).strip(" ·|•–—-,\n")
                    return
        texts = [child for child in self._block.children if self._may_be_names(child)]
        for child in texts[:4]:
            kind = label_kind(child.text)
            is_field = child.line in self._fields.used_lines or kind
            if (is_field and kind is not Field.ID) or child.text.startswith("#"):
                continue
            if authors := names_beside_links(child.text):
                self._authors = authors
                self.has_unlabelled_names = True
                return
            for part, names in ((child.text, child.text), *first_parts(child.text)):
                if authors := self._names(names):
                    self._authors = authors
                    if part == child.text:
                        self._fields.used_lines.add(child.line)
                    return
            is_below_title = child is texts[0] and is_translation(child.text, self._title)
            if not (is_below_title or is_link_line(child.text)):
                return

    def _may_be_names(self, part: Block) -> bool:
        """Return whether a part of the paper may be its authors: a line, or an item with names."""
        if part.kind is not BlockKind.ITEM:
            return part.kind is BlockKind.TEXT
        if marks_names(part.text):
            return True
        is_first = part is self._block.children[0] and not part.children
        return is_first and self._block.kind is BlockKind.ITEM and are_full_names(part.text)

    def described_fields(self) -> DescribedFields:
        """Return the fields of a paper whose title and id are elsewhere."""
        authors = self.labelled_authors()
        has_label = bool(authors)
        if not authors:
            self._find_authors()
            is_full = all(" " in name or not name.isascii() for name in self._authors)
            authors = self._authors if is_full else ()
        original = self._original_title()
        return DescribedFields(authors, has_label, self._votes(), original, self._labels())

    def _original_title(self) -> str:
        titles = self._fields.values(Field.ORIGINAL_TITLE)
        return next((title_of_link(title) or plain_text(title) for title in titles), "")

    def labelled_authors(self) -> tuple[str, ...]:
        """Return the authors after a label."""
        return authors_in_fields(self._fields.by_field.get(Field.AUTHORS, ()))

    def _names(self, text: str) -> tuple[str, ...]:
        """Return the names that a text consists of; note a single one, which may be a remark."""
        if authors := unlabelled_names(text):
            self.has_unlabelled_names = True
        elif not self.possible_author and _ONE_NAME.fullmatch(text) and not is_venue(text):
            self.possible_author = names_in(text)
        return authors

    def labelled_votes(self) -> int | None:
        """Return the number of votes after a label."""
        counts = map(votes_in, self._fields.values(Field.VOTES))
        return next((count for count in counts if count is not None), None)

    def _votes(self) -> int | None:
        if (count := self.labelled_votes()) is not None:
            return count
        first = self._block.text.replace(self._title, " ", 1) if self._title else self._block.text
        lines = (
            child.text
            for number, child in enumerate(self._block.children[:_MAX_VOTE_LINES])
            if (number < _FIRST_LINES or len(child.text) < _MAX_VOTE_CHARS)
            and label_kind(child.text) not in {Field.SUMMARY, Field.TITLE}
        )
        for text in (first, *lines):
            if (count := votes_in_line(text)) is not None:
                return count
        return None

    def _picture(self) -> str | None:
        urls = [values.as_url(value) for value in self._fields.values(Field.PICTURE)]
        images = (
            _IMAGE.search(child.text) for child in self._block.children[:6] if "![" in child.text
        )
        urls += [image["url"] for image in images if image and "shields.io" not in image["url"]]
        return next((url for url in urls if url and is_storable_url(url)), None)

    def _code(self) -> tuple[str, ...]:
        """Return the links to code that the summary lacks: in the first line, and in fields."""
        fields = [
            self._lines[number - 1]
            for number in sorted(self._fields.used_lines)
            if "://" in self._lines[number - 1]
        ]
        return code_links_in("\n".join([self._block.text, *map(inline_markdown, fields)]))
