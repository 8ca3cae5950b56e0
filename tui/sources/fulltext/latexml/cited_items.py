"""Find what the items of a bibliography cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.paper_ids.elsewhere import mentioned_elsewhere
from tui.paper_ids.links import page_url
from tui.paper_ids.references import arxiv_ids_in
from tui.sources.fulltext.latexml.inline_elements import absolute_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# "CoRR, abs/1706.03762" is how DBLP cites arXiv.
_CORR = re.compile(r"\babs/(\d{4}\.\d{4,5})(?!\d)")

_MAX_ITEM_CHARS = 4000


def cited_urls(tree: LexborHTMLParser, page_url_: str) -> dict[str, str]:
    """Return the URL of what each item of the bibliography cites, by the item's id.

    The page of a paper with a known id comes before other links. Items without any link are left
    out.
    """
    urls: dict[str, str] = {}
    for item in tree.css("li.ltx_bibitem"):
        item_id = item.attributes.get("id")
        if item_id and (url := _cited_url(item, page_url_)):
            urls[item_id] = url
    return urls


def _cited_url(item: LexborNode, base: str) -> str:
    links = [absolute_url(link.attributes.get("href") or "", base) for link in item.css("a[href]")]
    external = [url for url in links if url and not url.startswith(f"{base}#")]
    text = " ".join([*external, item.text(deep=True)[:_MAX_ITEM_CHARS]])
    paper_id = next(arxiv_ids_in(text), None) or next(_corr_ids(text), None)
    paper_id = paper_id or next(mentioned_elsewhere(text), None)
    return page_url(paper_id) if paper_id else next(iter(external), "")


def _corr_ids(text: str) -> Iterator[str]:
    return (match[1] for match in _CORR.finditer(text))
