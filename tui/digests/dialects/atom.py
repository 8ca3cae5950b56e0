"""The dialect ``atom``: RSS and Atom feeds whose items link to papers, and answers of arXiv's API.

::

    <entry>
      <id>http://arxiv.org/abs/2502.14905v2</id>
      <published>2025-02-18T16:44:55Z</published> <updated>2025-03-01T10:00:00Z</updated>
      <title>…</title> <summary>…</summary> <author><name>A</name></author>
      <arxiv:primary_category term="cs.CL"/> <category term="cs.CL"/> <category term="cs.LG"/>
    </entry>

    <item>
      <title>…</title> <link>https://arxiv.org/abs/2502.14905</link>
      <guid>oai:arXiv.org:2502.14905v1</guid> <pubDate>Fri, 21 Feb 2025 00:00:00 -0500</pubDate>
      <description>arXiv:2502.14905v1 Announce Type: cross Abstract: …</description>
      <arxiv:announce_type>cross</arxiv:announce_type> <dc:creator>A, B</dc:creator>
    </item>

These are https://info.arxiv.org/help/api/user-manual.html and https://info.arxiv.org/help/rss.html.
In an answer of the API, the path's date is the day of the list, and ``published`` comes last; in
feeds, items have their own. An announced replacement does not list the paper: see ``UNLISTED``.
Feeds that are not well-formed XML are left to the general reader.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from tui.digests.builder import RecordDigestBuilder
from tui.digests.general.fields.section_days import names_digest
from tui.digests.general.fields.title_remarks import without_remarks
from tui.digests.general.found_paper import FoundPaper, link_id, preferred_id, value_id
from tui.digests.general.markup.html_pages import markdown_of_html
from tui.digests.general.names.author_lists import authors_of
from tui.digests.general.pages.paper_fields import described_fields, read_papers
from tui.digests.general.tree.document_tree import parse_document
from tui.digests.parsing import record_values as values
from tui.digests.registry import Dialect
from tui.i18n import N_
from tui.models import CROSS, REPLACED, UNLISTED, WITHDRAWN, Digest, version_label
from tui.sources.feeds.document import (
    EntityError,
    FeedError,
    FeedItem,
    FeedSizeError,
    parse_feed,
)

NAME = "atom"

MAX_CHARS = 16_000_000
"""Reading a feed takes ten times the memory of its text."""

_HEAD_CHARS = 4000
_SEARCHED_CHARS = 2000
_ID_ELEMENTS = ("guid", "id", "dc:identifier", "prism:doi")
_HEADINGS = frozenset({"heading", "field"})
"""The rules by which sections are papers; several items of a list may be references of one."""

_ROOT = re.compile(r"\s*<[?!r f].{0,3000}?<(?:rss|feed|rdf:RDF)\b|\s*<(?:rss|feed)\b", re.DOTALL)
_ARXIV_VERSION = re.compile(r"(?:arxiv\.org/abs/|oai:arXiv\.org:)\S{4,40}?v(\d{1,3})\Z")
_ANNOUNCED = re.compile(r"\s*arXiv:\S{4,40}\s+Announce Type:\s*[\w-]+\s+(?:Abstract:\s*)?")
_QUERIED = re.compile(r"\bcat:([\w.*-]{2,40})")
_POSTER = re.compile(r"/u/\w")
_DISCUSSION = re.compile(r"https://(?:news\.ycombinator\.com|lobste\.rs)/")
"""Feeds of Reddit, Hacker News and Lobsters name who shared a link."""

_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|work|preprint)"
    r" (?:has been|is|was) (?:\w+ )?withdrawn"
    r"|\A\W{0,3}withdrawn\b",
    re.IGNORECASE,
)


def _claims(text: str) -> bool:
    return _ROOT.match(text[:_HEAD_CHARS]) is not None


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME, follows_path=False)
    if len(text) > MAX_CHARS:
        template = N_("has more than {limit} characters, too many for a feed; skipped. Split it")
        builder.report(1, template, limit=MAX_CHARS)
        return builder.build()
    try:
        feed = parse_feed(text.encode(errors="replace"), "utf-8")
    except EntityError:
        builder.report(1, N_("declares XML entities, which can be harmful; not read as a feed"))
        return builder.build()
    except FeedSizeError:
        builder.report(1, N_("has too many elements for a feed; skipped. Split it"))
        return builder.build()
    except FeedError:
        return builder.build()
    queried = frozenset(_QUERIED.findall(feed.text("title")))
    for item in feed.items:
        is_arxiv = any(name.startswith("arxiv:") for name in item.elements)
        if is_arxiv or _ARXIV_VERSION.search(item.text("guid", "id")):
            _add_arxiv_item(builder, item, queried)
        elif papers := _papers_of_issue(item):
            _add_issue(builder, item, papers)
        elif paper_id := _paper_id(item):
            _add_item(builder, item, paper_id)
    return builder.build()


def _add_arxiv_item(builder: RecordDigestBuilder, item: FeedItem, queried: frozenset[str]) -> None:
    """Add an item that arXiv has written.

    Args:
        builder: gets the paper.
        item: the item.
        queried: the categories in the query that an answer of the API is for.
    """
    announced = item.text("arxiv:announce_type")
    published = _day(item.text("published", "pubDate"))
    updated = published if announced else _day(item.text("updated"))
    abstract = _ANNOUNCED.sub("", item.text("summary", "description"), count=1)
    comment = item.text("arxiv:comment")
    categories = _categories(item)
    builder.is_arxiv_title = True
    builder.add_paper(
        item.line,
        paper_id=values.first_arxiv_id([item.text("id", "guid").replace("oai:arXiv.org:", ""),
                                        *item.links]),
        day=published if announced else None,
        published=None if announced else published,
        title=values.as_line(item.text("title")),
        authors=_authors(item),
        summary=values.join_sections(
            ("Abstract", values.format_abstract(abstract)), ("", _facts(item, categories, comment))
        ),
        labels=(
            *categories,
            *_announcement_labels(announced, categories, queried),
            *_version_labels(item, updated),
            *((WITHDRAWN,) if _is_withdrawn(comment, abstract) else ()),
        ),
    )  # fmt: skip


def _add_item(builder: RecordDigestBuilder, item: FeedItem, paper_id: str) -> None:
    """Add an item of any other feed, whose text may have fields of the paper after labels."""
    builder.is_arxiv_title = False
    title = without_remarks(values.as_line(html.unescape(item.text("title"))))
    summary = values.as_text(markdown_of_html(_text(item)))
    fields = described_fields(parse_document(summary[:_SEARCHED_CHARS]))
    if fields.original_title and fields.original_title != title:
        summary = f"{title}\n\n{summary}"
    builder.add_paper(
        item.line,
        paper_id=paper_id,
        day=_item_day(item),
        title=fields.original_title or title,
        votes=fields.votes,
        # Who wrote the item is not always an author of the paper.
        authors=(fields.has_label and fields.authors) or _authors(item) or fields.authors,
        summary=summary,
        labels=_categories(item),
    )


def _papers_of_issue(item: FeedItem) -> list[FoundPaper]:
    """Return the papers of an item that is an issue of a digest; none if it is about one paper."""
    if preferred_id(map(value_id, (*item.links, *item.texts(*_ID_ELEMENTS)))):
        return []
    text = markdown_of_html(_text(item))
    papers = list(read_papers(parse_document(text), text))
    has_headings = {paper.rule for paper in papers} <= _HEADINGS
    if names_digest(item.text("title")):
        return papers if has_headings or len(papers) > 1 else []
    return papers if has_headings and len(papers) > 1 else []


def _add_issue(builder: RecordDigestBuilder, item: FeedItem, papers: list[FoundPaper]) -> None:
    builder.is_arxiv_title = False
    for paper in papers:
        builder.add_found(paper, line=item.line, day=_item_day(item), published=paper.published)


def _paper_id(item: FeedItem) -> str | None:
    """Return the id of the paper that an item links to, or None."""
    addresses = [*item.links, *item.texts(*_ID_ELEMENTS)]
    if found := preferred_id(map(value_id, addresses)):
        return found
    text = _text(item)
    return value_id(text[:_SEARCHED_CHARS]) or preferred_id(map(link_id, item.links[:1]))


def _text(item: FeedItem) -> str:
    return item.text("content:encoded", "content", "summary", "description")


def _item_day(item: FeedItem) -> str | None:
    return _day(item.text("published", "pubDate", "dc:date", "updated", "prism:publicationDate"))


def _authors(item: FeedItem) -> tuple[str, ...]:
    names = item.texts("author", "dc:creator")
    if any(map(_POSTER.match, names)) or _DISCUSSION.match(item.text("comments")):
        return ()
    return authors_of(names[0] if len(names) == 1 else list(names))


def _categories(item: FeedItem) -> tuple[str, ...]:
    """Return the arXiv categories of an item, the primary one first."""
    elements = [
        *item.elements.get("arxiv:primary_category", ()),
        *item.elements.get("category", ()),
    ]
    return values.as_categories([each.attributes.get("term") or each.text for each in elements])


def _announcement_labels(
    announced: str, categories: tuple[str, ...], queried: frozenset[str]
) -> Iterator[str]:
    """Yield labels that say how a list has a paper: as new without any, else as another kind."""
    if announced.startswith("replace"):
        yield from (REPLACED, UNLISTED)
    if announced.endswith("cross"):
        yield CROSS
    elif not announced and queried and categories:
        archive = categories[0].partition(".")[0]
        if not {categories[0], archive, f"{archive}.*"} & queried:
            yield CROSS


def _version_labels(item: FeedItem, day: str | None) -> Iterator[str]:
    match = _ARXIV_VERSION.search(item.text("id", "guid"))
    if match and day and int(match[1]) > 1:
        yield version_label(int(match[1]), day)


def _is_withdrawn(comment: str, abstract: str) -> bool:
    return any(_WITHDRAWN.search(text[: _SEARCHED_CHARS // 10]) for text in (comment, abstract))


def _facts(item: FeedItem, categories: tuple[str, ...], comment: str) -> str:
    return values.bullet_list(
        ("Categories", values.comma_list(list(categories))),
        ("Comment", values.comma_list(comment)),
        ("Journal", values.comma_list(item.text("arxiv:journal_ref", "arxiv:journal_reference"))),
        ("DOI", values.comma_list(item.text("arxiv:doi", "arxiv:DOI"))),
    )


def _day(text: str) -> str | None:
    """Return the day of a time as RSS (RFC 822) or Atom (RFC 3339) writes it, or None."""
    if day := values.as_day(text):
        return day
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, OverflowError, IndexError):
        return None


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
