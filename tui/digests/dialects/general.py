"""The dialect ``general``: texts of any shape that name papers. The very last resort.

See `tui.digests.general`. The day of a paper is that of a heading above it or of the path, else
that of a field; the titles are the writers'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain
from typing import NamedTuple

from tui.digests.builder import RecordDigestBuilder
from tui.digests.general.arxiv_listing import markdown_of_listing
from tui.digests.general.bare_ids import find_bare_ids, without_comments
from tui.digests.general.chat_log import markdown_of_chat, with_signs
from tui.digests.general.code_blocks import code_blocks
from tui.digests.general.code_links import with_code
from tui.digests.general.data_forms import data_in, is_json
from tui.digests.general.document_tree import Block, parse_document
from tui.digests.general.feed_items import feed_items
from tui.digests.general.found_paper import FoundPaper
from tui.digests.general.front_matter import with_front_matter
from tui.digests.general.html_pages import markdown_of_html
from tui.digests.general.mail import find_mail
from tui.digests.general.notebooks import markdown_of_notebook
from tui.digests.general.org_mode import is_org_page, markdown_of_org
from tui.digests.general.outlines import markdown_of_outline
from tui.digests.general.page_footer import assign_footer
from tui.digests.general.paper_fields import read_papers
from tui.digests.general.paper_records import find_records, with_lines
from tui.digests.general.post_thread import markdown_of_thread
from tui.digests.general.quoted_sections import with_quoted_sections
from tui.digests.general.reference_entries import is_reference_file, papers_of_references
from tui.digests.general.reference_links import with_reference_links
from tui.digests.general.repeated_labels import demote_repeated_labels
from tui.digests.general.same_paper import unify_ids
from tui.digests.general.section_days import day_of_introduction, day_of_update
from tui.digests.general.value_tree import parse_toml, split_front_matter
from tui.digests.general.wiki_markup import markdown_of_wiki
from tui.digests.general.wrapped_links import with_whole_links
from tui.digests.general.xml_records import xml_records
from tui.digests.id_search import may_have_papers
from tui.digests.parsing.numeric_dates import NumericDates
from tui.digests.parsing.path_days import PathDays, days_in_path
from tui.digests.registry import Dialect
from tui.models import UNDATED, Digest
from tui.sanitize import clean

NAME = "general"

_HTML_START = re.compile(
    r"\s*<(?!https?:|details|summary|img|p align|div align|h\d align|a )", re.I
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_HTML_TAGS = re.compile(r"<(?:a|li|td|h[1-6]|article)\b[^<>]*>", re.IGNORECASE)


_YAML_COMMENT = re.compile(r"^[ \t]{0,40}#[^\n]*", re.MULTILINE)

_LABELLED_LINK = re.compile(r"<(https?://[^\s<>|]{1,500})\|([^<>|\n]{1,500})>")
"""A link as Slack writes it."""

_LINK_IN_RST = re.compile(r"`([^`<>\n]{1,500}?)\s*<(https?://[^\s<>`]{1,500})>`__?")
"""A link in reStructuredText."""

_ESCAPED = re.compile(r"(?:^([ \t]{0,8}\d{1,3})|(?<=[ ]))\\([.)-])(?=[ ])", re.MULTILINE)
"""What Google Docs escapes in Markdown: ``1\\. **Title** \\- Names``."""

_OWN_EXPORT = re.compile(
    r"\ufeff?(?:"
    r"arxiv_id,title,votes,authors,dates,"
    r"|\[\s*\{\s*\"arxiv_id\":[^\n]{0,300}\s*\"title\":[^\n]{0,3000}\s*\"votes\":"
    r"[^{}]{0,100000}?\"dates\":"
    r"|\[\s*\{\s*\"type\": \"article\",\s*\"id\": \"[^\n]*\",\s*\"title\": "
    r"|TY  - UNPB\nID  - [^\n]*\nTI  - "
    r"|@misc\{[^\s,{}]{0,100}-[^\s,{}]{1,200},\n  (?:author|key|title) {5,11}= \{"
    r"|\# [^\n]*\n\n<https://[^\n]*\n\nVotes: [^\n]*\nDates: "
    r")"
)
"""The start of what `broadsheet export` writes. It is not a digest: it would be read again."""


def _claims(text: str) -> bool:
    return may_have_papers(text) and not is_own_export(text)


def is_own_export(text: str) -> bool:
    """Return whether a text starts like an export of Broadsheet."""
    return _OWN_EXPORT.match(text) is not None


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME, is_arxiv_title=False, follows_path=False)
    if path.lower().endswith(_CODE_SUFFIXES):
        return builder.build()
    path_days = days_in_path(path)
    if is_reference_file(path, text):
        has_day = bool(path_days.day or path_days.span)
        papers = papers_of_references(text, has_day=has_day)
    else:
        papers = list(papers_in(text, path_days.year, path))
    unify_ids(papers)
    choose = _DayChooser(papers, path_days, NumericDates(text, path))
    for paper in papers:
        day, published = choose.days_of(paper)
        paper.summary = with_code(paper.summary, paper.code)
        builder.add_found(paper, line=paper.line, day=day, published=published)
    return builder.build()


_CODE_SUFFIXES = (
    ".py", ".sh", ".bash", ".ps1", ".bat", ".go", ".rs", ".c", ".h", ".cc", ".cpp", ".cu", ".java",
    ".kt", ".swift", ".rb", ".php", ".pl", ".lua", ".jl", ".r", ".m", ".ts", ".tsx", ".jsx", ".vue",
    ".css", ".scss", ".ini", ".cfg", ".lock", ".tex", ".cff", ".bst", ".cls",
)  # fmt: skip
"""Names of files that mention papers but are no digests: programs, settings and papers."""


class _DayChooser:
    """Chooses the days of the papers of a digest.

    Args:
        papers: all papers of the digest.
        path_days: the day in its path.
        numeric: reads dates such as ``03/04/2025``.
    """

    def __init__(
        self, papers: list[FoundPaper], path_days: PathDays, numeric: NumericDates
    ) -> None:
        self._path_days = path_days
        self._resolve = partial(numeric.resolve, arxiv_ids=[paper.paper_id for paper in papers])
        for paper in papers:
            paper.dated = self._resolve(paper.dated)
        # A file of several days may be named after the day on which it was written.
        self._has_days = len(set(filter(None, map(_issue_day, papers)))) > 1
        self._days_in_month = _days_in_month(papers, path_days.span)

    def days_of(self, paper: FoundPaper) -> tuple[str, str | None]:
        """Return the day of the issue in which a paper is, or UNDATED; and that of publication."""
        path_days = self._path_days
        days = [
            _issue_day(paper) if self._has_days else None,
            path_days.day,
            _issue_day(paper),
            paper.featured,
            paper.dated if self._days_in_month else None,
            path_days.span,
            paper.dated,
            paper.published,
        ]
        day = next(filter(None, map(self._resolve, days)), UNDATED)
        published = self._resolve(paper.published)
        if published is None and paper.dated != day:
            published = paper.dated
        return day, published


def _issue_day(paper: FoundPaper) -> str | None:
    """Return the day above a paper; if that is a month, and the paper has a day in it, this day."""
    day, dated = paper.issue_day, paper.dated
    is_in_month = day and dated and day.endswith("-01") and dated.startswith(day[:8])
    return dated if is_in_month else day


def _days_in_month(papers: list[FoundPaper], span: str | None) -> bool:
    """Return whether all papers have a day in the month after which their file is named.

    Args:
        papers: all papers of the file.
        span: the day that stands for a period in its path, or None; of a month it is the first.
    """
    if span is None or not span.endswith("-01"):
        return False
    return all(paper.dated and paper.dated.startswith(span[:8]) for paper in papers)


def papers_in(text: str, year: str, path: str) -> Iterable[FoundPaper]:
    """Return the papers in a text: in data, if it is data that has some, else in a page.

    Args:
        text: the decoded text.
        year: of days without one; empty if unknown.
        path: its path.
    """
    if path.lower().endswith(".toml"):
        return find_records([parse_toml(text)], text, _papers_of_page, year)
    for convert in (markdown_of_notebook, markdown_of_outline):
        if (page := convert(text)) is not None:
            return with_lines(_papers_of_page(page, year), text)
    for data in data_in(text):
        papers = find_records(data, text, _papers_of_page, year)
        first = next(papers, None)
        if first is not None:
            return chain([first], papers)
    if is_json(text):
        return ()
    if path.lower().endswith((".yaml", ".yml")):
        text = _YAML_COMMENT.sub("", text)  # it is no heading
    text = without_comments(text)
    papers = iter(_papers_of_page(text, year))
    first = next(papers, None)
    if first is not None:
        return chain([first], papers)
    return _papers_in_code(text, year) or _bare_ids(text, year)


def _papers_in_code(text: str, year: str) -> list[FoundPaper]:
    """Return the papers in blocks of code that are data, as in the answers of language models."""
    data = chain.from_iterable(chain.from_iterable(map(data_in, code_blocks(text))))
    papers = list(find_records(data, text, _papers_of_page, year))
    page = _split_page(_cleaned_page(text))
    return _with_day_above(papers, parse_document(page.body))


def _bare_ids(text: str, year: str) -> list[FoundPaper]:
    page = _split_page(_cleaned_page(text))
    papers = find_bare_ids(parse_document(page.body), year)
    for paper in papers:
        paper.line += page.line_offset
    return papers


def _papers_of_page(
    text: str, year: str, above: Mapping[str, object] | None = None
) -> Iterable[FoundPaper]:
    """Return the papers of a page.

    Args:
        text: the page.
        year: of days without one; empty if unknown.
        above: what serves as its front matter if it has none itself.
    """
    cleaned = _cleaned_page(text)
    if items := _feed_items(cleaned):
        return find_records(items, cleaned, _papers_of_page, year)
    if cleaned.lstrip().startswith("<?xml") and (records := xml_records(cleaned)):
        return find_records(records, cleaned, _papers_of_page, year)
    page = _split_page(cleaned)
    root = parse_document(page.body)
    demote_repeated_labels(root)
    papers = list(read_papers(root, page.body, year))
    assign_footer(papers, root)
    papers = _with_day_above(papers, root)
    for paper in papers:
        paper.line += page.line_offset
    if (fields := above if page.fields is None else page.fields) is not None:
        return with_front_matter(fields, papers, root, page.body, cleaned, year=year)
    return papers


def _with_day_above(papers: list[FoundPaper], root: Block) -> list[FoundPaper]:
    """Return the papers of a page; if none has a day, with that in the sentences above them.

    The day on which a paper was published is not that of the digest.
    """
    if papers and not any(paper.has_day for paper in papers):
        first_line = min(paper.line for paper in papers)
        day = day_of_introduction(root, first_line)
        if day is None and not any(paper.published for paper in papers):
            day = day_of_update(root, first_line)
        for paper in papers:
            paper.issue_day = day
    return papers


def _cleaned_page(text: str) -> str:
    cleaned = with_signs(_LABELLED_LINK.sub(r"[\2](\1)", clean(text)))
    return _LINK_IN_RST.sub(r"[\1](\2)", cleaned) if ">`_" in cleaned else cleaned


def feed_entries(text: str) -> list[dict[str, object]]:
    """Return the entries of a feed; none if a decoded text is not one."""
    return _feed_items(_cleaned_page(text))


def _feed_items(cleaned: str) -> list[dict[str, object]]:
    return feed_items(cleaned) if _FEED.search(cleaned[:2000]) else []


class Page(NamedTuple):
    """A text as a page of Markdown.

    Attributes:
        fields: the fields of its front matter, or None.
        body: the text below that.
        line_offset: the number of lines above the body.
    """

    fields: Mapping[str, object] | None
    body: str
    line_offset: int

    @property
    def text(self) -> str:
        """The body, with an empty line for each line above it."""
        return "\n" * self.line_offset + self.body


def page_of(text: str) -> Page:
    """Return a decoded text as a page of Markdown."""
    return _split_page(_cleaned_page(text))


def _split_page(cleaned: str) -> Page:
    if mail := find_mail(cleaned):
        page = _split_body(cleaned[mail.start :].lstrip())
        above = cleaned.count("\n") - page.text.count("\n")
        return Page({"date": mail.day, **(page.fields or {})}, page.body, above)
    return _split_body(cleaned)


def _split_body(cleaned: str) -> Page:
    if _is_html(cleaned):
        cleaned = markdown_of_html(cleaned)
    elif is_org_page(cleaned):
        cleaned = markdown_of_org(cleaned)
    else:
        cleaned = markdown_of_listing(markdown_of_wiki(with_quoted_sections(cleaned)))
        cleaned = markdown_of_thread(markdown_of_chat(cleaned))
        cleaned = with_reference_links(_without_escapes(with_whole_links(cleaned)))
    fields, offset = split_front_matter(cleaned)
    line_offset = cleaned.count("\n", 0, offset)
    body = cleaned[offset:]
    if offset and _is_html(body):
        body = markdown_of_html(body)
    return Page(fields if isinstance(fields, dict) else None, body, line_offset)


def _is_html(text: str) -> bool:
    return _HTML_START.match(text) is not None and _HTML_TAGS.search(text) is not None


def _without_escapes(text: str) -> str:
    """Return a page without backslashes before the signs of lists and dashes."""
    if "\\. " not in text and "\\- " not in text:
        return text
    return _ESCAPED.sub(r"\1\2", text)


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
