"""The papers in a text of any kind: data that has some, or a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from tui.digests.general.fields.section_days import day_of_introduction, day_of_update
from tui.digests.general.found_paper import FoundPaper
from tui.digests.general.markdown_page import clean_page, split_page
from tui.digests.general.markup.notebooks import markdown_of_notebook
from tui.digests.general.markup.outlines import markdown_of_outline
from tui.digests.general.markup.repeated_labels import demote_repeated_labels
from tui.digests.general.pages.bare_ids import find_bare_ids, without_comments
from tui.digests.general.pages.front_matter import with_front_matter
from tui.digests.general.pages.page_footer import assign_footer
from tui.digests.general.pages.paper_fields import read_papers
from tui.digests.general.records.data_forms import data_in, is_json
from tui.digests.general.records.feed_items import feed_items
from tui.digests.general.records.paper_records import find_records, with_lines
from tui.digests.general.records.value_tree import parse_toml
from tui.digests.general.records.xml_records import xml_records
from tui.digests.general.tree.code_blocks import code_blocks
from tui.digests.general.tree.document_tree import Block, parse_document

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_YAML_COMMENT = re.compile(r"^[ \t]{0,40}#[^\n]*", re.MULTILINE)


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
    page = split_page(clean_page(text))
    return _with_day_above(papers, parse_document(page.body))


def _bare_ids(text: str, year: str) -> list[FoundPaper]:
    page = split_page(clean_page(text))
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
    cleaned = clean_page(text)
    if items := _feed_items(cleaned):
        return find_records(items, cleaned, _papers_of_page, year)
    if cleaned.lstrip().startswith("<?xml") and (records := xml_records(cleaned)):
        return find_records(records, cleaned, _papers_of_page, year)
    page = split_page(cleaned)
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


def feed_entries(text: str) -> list[dict[str, object]]:
    """Return the entries of a feed; none if a decoded text is not one."""
    return _feed_items(clean_page(text))


def _feed_items(cleaned: str) -> list[dict[str, object]]:
    return feed_items(cleaned) if _FEED.search(cleaned[:2000]) else []
