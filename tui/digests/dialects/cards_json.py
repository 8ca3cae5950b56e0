"""The dialect ``cards_json``: the cards on Hugging Face's page of papers, scraped from its HTML.

::

    [{"title": "…", "paper_url": "https://huggingface.co/papers/2502.13347", "authors": ["A"],
      "stars": "66", "scraped_date": "2025-03-11",
      "details": {"abstract": "…", "arxiv_page_url": "https://arxiv.org/abs/2502.13347",
                  "pdf_url": "…", "github_links": ["https://github.com/a/b"]}}]

The title is arXiv's own. There are no votes: ``stars`` are those of the paper's GitHub repository,
and ``"0"`` without one. The authors are the few with a picture on the card, often by account name.
A file of a week or month repeats the days of other files; an identical summary is shown once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.digests.builder import RecordDigestBuilder
from tui.digests.parsing import record_values as values
from tui.digests.parsing.json_objects import parse_objects, peek_objects
from tui.digests.registry import Dialect
from tui.models import Digest

NAME = "cards_json"

# The links of a paper include the page's own link to its makers' account, which is skipped.
_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/[^/\s]+/[^/\s]+")
_MAX_LINKS = 20


def _claims(text: str) -> bool:
    return any(
        "paper_url" in card and card.keys() & {"details", "scraped_date", "stars"}
        for card in peek_objects(text)
    )


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME)
    for line, card in parse_objects(text, builder.report):
        details = values.as_object(card.get("details"))
        # The page's link to arXiv may be one in the abstract, which leads to another paper.
        urls = (card.get("paper_url"), details.get("pdf_url"), details.get("arxiv_page_url"))
        title = values.as_line(card.get("title")) or values.as_line(details.get("title"))
        builder.add_paper(
            line,
            paper_id=values.first_paper_id(urls),
            day=values.as_day(card.get("scraped_date")) or values.as_day(details.get("scraped_at")),
            title=title,
            authors=values.as_authors(card.get("authors")),
            summary=_summary(title, details, card.get("stars")),
        )
    return builder.build()


def _summary(title: str, details: Mapping[str, object], stars: object) -> str:
    abstract = details.get("abstract")
    urls = map(values.as_url, values.as_list(details.get("github_links"))[:_MAX_LINKS])
    repositories = [url for url in urls if url and _REPOSITORY.match(url)]
    # A card shows the stars of its first repository only.
    remarks = [values.format_stars(stars), *[""] * len(repositories)]
    links = map(values.format_link, repositories, remarks)
    # The scraper took the title for the abstract where a page has none.
    has_abstract = values.as_line(abstract) != title
    return values.join_sections(
        ("Abstract", values.format_abstract(abstract) if has_abstract else ""),
        ("", values.bullet_list(*(("Code", link) for link in links))),
    )


DIALECT = Dialect(NAME, _claims, _read, reads_raw=True)
