"""Papers of a page with front matter, which may list some, or be about one as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.digests.general.block_ids import field_id
from tui.digests.general.document_tree import Block
from tui.digests.general.field_sections import id_in_sections
from tui.digests.general.found_paper import FoundPaper
from tui.digests.general.labels import Field, field_of
from tui.digests.general.paper_blocks import page_title
from tui.digests.general.paper_fields import described_fields
from tui.digests.general.paper_records import find_records, issue_day_of
from tui.paper_ids import arxiv_id_of


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
    lists = {key for key, value in fields.items() if _is_list_of_objects(value)}
    own = {key: value for key, value in fields.items() if key not in lists}
    whole = list(find_records([own], body, _no_papers, year))
    paper_id = None
    if not (whole or papers or lists):
        # The title is above, the link to the paper below.
        paper_id = field_id(root, labelled=True) or id_in_sections(root)
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
        paper.line = 1
        paper.summary = "\n\n".join(filter(None, (paper.summary, body.strip())))
        return [paper]
    day = issue_day_of((fields,), year=year)
    for paper in papers:
        paper.issue_day = paper.issue_day or day
    listed = list(find_records([fields], text, _no_papers, year)) if lists and not whole else []
    below = {paper.paper_id for paper in papers}
    # What the page has about a paper is more than what a list above it has.
    return [*(paper for paper in listed if paper.paper_id not in below), *papers]


def _no_papers(_text: str, _year: str) -> Iterable[FoundPaper]:
    return ()


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)
