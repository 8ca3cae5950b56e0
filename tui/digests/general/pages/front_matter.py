"""Papers of a page with front matter, which may list some, or be about one as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice, takewhile

from tui.digests.general.fields.block_ids import field_id, linked_id
from tui.digests.general.fields.section_days import names_digest
from tui.digests.general.fields.titles import is_generic, without_own_links
from tui.digests.general.found_paper import FoundPaper, value_id
from tui.digests.general.pages.field_sections import id_in_sections
from tui.digests.general.pages.paper_blocks import page_title
from tui.digests.general.pages.paper_fields import described_fields
from tui.digests.general.pages.sections_without_papers import is_list_of_references
from tui.digests.general.records.paper_records import find_records, issue_day_of
from tui.digests.general.tree.document_tree import Block, BlockKind
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing.markdown_lines import labelled_links
from tui.digests.parsing.written_days import exact_day_in
from tui.paper_ids import arxiv_id_of
from tui.paper_ids.references import arxiv_ids_in

_MIN_TITLE_WORDS = 3
"""Words of a title among links, whose names are shorter."""

_MAX_OPENING_LINES = 8
_INNER_KINDS = frozenset(
    {Field.ID, Field.LINK, Field.AUTHORS, Field.VOTES, Field.DATE, Field.PUBLISHED, Field.ISSUE_DAY}
)


def with_front_matter(
    fields: Mapping[str, object],
    papers: list[FoundPaper],
    root: Block,
    body: str,
    text: str,
    *,
    year: str = "",
) -> list[FoundPaper]:
    """Return the papers of a page.

    Args:
        fields: its front matter.
        papers: what was found below that.
        root: the page below it as a tree.
        body: the same as text.
        text: the page with its front matter.
        year: of days without one; empty if unknown.
    """
    if not any(field_of(key) is Field.TITLE for key in fields):
        fields = {**fields, "title": page_title(root)}
    lists = {key for key, value in fields.items() if _lists_papers(key, value)}
    own = {key: value for key, value in fields.items() if key not in lists}
    whole = list(find_records([own], body, _no_papers, year))
    whole = whole or list(find_records([_with_inner_fields(own)], body, _no_papers, year))
    day = issue_day_of((fields,), year=year)
    paper_id = None
    if day and not (whole or lists) and (mention := _only_mention(root, body, papers)):
        whole = list(find_records([{**own, **mention}], body, _no_papers, year))
    if not (whole or papers or lists):
        # The title is above, the link to the paper below.
        paper_id = field_id(root, labelled=True) or id_in_sections(root)
        paper_id = paper_id or _id_on_link_lines(own, root)
    if paper_id:
        whole = list(find_records([{**own, "arxiv_id": paper_id}], body, _no_papers, year))
    # Other links in the text of a paper are references.
    ids = {paper.paper_id for paper in papers if arxiv_id_of(paper.paper_id)}
    if len(whole) == 1 and len(ids - {whole[0].paper_id}) < 2:
        [paper] = whole
        inner = next((each for each in papers if each.paper_id == paper.paper_id), None)
        other = inner or described_fields(root)
        paper.authors = paper.authors or other.authors
        paper.votes = other.votes if paper.votes is None else paper.votes
        paper.labels = paper.labels or other.labels
        paper.line = 1
        paper.summary = "\n\n".join(filter(None, (paper.summary, body.strip())))
        return [paper]
    titles = (str(value) for key, value in fields.items() if field_of(key) is Field.TITLE)
    day = day or next(filter(None, map(exact_day_in, titles)), None)
    for paper in papers:
        paper.issue_day = paper.issue_day or day
    listed = list(find_records([fields], text, _no_papers, year)) if lists and not whole else []
    below = {paper.paper_id for paper in papers}
    # What the page has about a paper is more than what a list above it has.
    return [*(paper for paper in listed if paper.paper_id not in below), *papers]


def _no_papers(*_: object) -> Iterable[FoundPaper]:
    return ()


def _lists_papers(key: str, value: object) -> bool:
    """Return whether a field may be a list of papers: they have titles, or lists of their own.

    The links of a paper have names, as its authors have.
    """
    kind = field_of(key)
    if kind is Field.AUTHORS or not isinstance(value, list):
        return False
    min_words = _MIN_TITLE_WORDS if kind is Field.LINK else 1
    return any(_may_be_paper(item, min_words) for item in value if isinstance(item, dict))


def _may_be_paper(item: Mapping[str, object], min_words: int) -> bool:
    if any(isinstance(value, dict | list) for value in item.values()):
        return True
    titles = (value for key, value in item.items() if field_of(key) is Field.TITLE)
    return any(
        isinstance(title, str) and not is_generic(title) and len(title.split()) >= min_words
        for title in titles
    )


def _with_inner_fields(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields with the id and links in objects within, such as ``params``, and the day.

    Generators of sites keep the fields there that they do not know.
    """
    inner = (value for value in fields.values() if isinstance(value, dict))
    found = {
        key: value
        for each in inner
        if not any(field_of(key) is Field.TITLE for key in each)
        for key, value in each.items()
        if field_of(key) in _INNER_KINDS
    }
    return {**found, **fields}


def _only_mention(root: Block, body: str, papers: list[FoundPaper]) -> dict[str, object]:
    """Return the id and title of the only paper that a post links to, above its sections.

    Args:
        root: the post as a tree.
        body: the same as text.
        papers: what was found in it. A title of few words is the heading of a section.
    """
    ids = set(islice(dict.fromkeys(arxiv_ids_in(body)), 2))
    if len(ids) != 1 or any(len(paper.title.split()) >= _MIN_TITLE_WORDS for paper in papers):
        return {}
    sections = [child for child in root.children if child.kind is BlockKind.SECTION]
    top = sections[0] if len(sections) == 1 and sections[0].level == 1 else root
    opening = takewhile(lambda child: child.kind is BlockKind.TEXT, top.children)
    for line in islice(opening, _MAX_OPENING_LINES):
        if ids.isdisjoint(arxiv_ids_in(line.text)):
            continue
        labels = [label for _, label, url in labelled_links(line.text) if value_id(url) in ids]
        title = next((label for label in labels if label.count(" ") + 1 >= _MIN_TITLE_WORDS), None)
        return {"arxiv_id": ids.pop(), "title": title} if title else {}
    return {}


def _id_on_link_lines(fields: Mapping[str, object], root: Block) -> str | None:
    """Return the only id on lines that are links, if the front matter has a title of its own."""
    titles = [value for key, value in fields.items() if field_of(key) is Field.TITLE]
    if not titles or not isinstance(titles[0], str) or names_digest(titles[0]):
        return None
    ids: set[str] = set()
    waiting = [root]
    while waiting and len(ids) < 2:
        block = waiting.pop()
        if block.kind is BlockKind.SECTION and is_list_of_references(block.text):
            continue
        # "See" before a link makes it a mention.
        words = without_own_links(block.text)
        is_link = is_generic(words) or field_of(words) in {Field.LINK, Field.ID}
        found = linked_id(block.text) if is_link else None
        ids |= {found} if found else set()
        waiting += block.children
    return ids.pop() if len(ids) == 1 else None
