"""Ids of papers that have nothing but an address, which a label or a link names."""

from __future__ import annotations

from tui.digests.general.tree.document_tree import Block
from tui.digests.parsing.markdown_lines import labelled_links, link_targets

_PAPER_LABELS = frozenset(
    {"paper", "pdf", "paper link", "paper url", "paper pdf", "论文", "论文链接", "論文", "논문"}
    | {"논문 링크", "bài báo"}
)
"""Labels of links that lead to a paper, wherever that is."""


def paper_url(label: str, value: str) -> str | None:
    """Return the id of the URL after a label such as ``Paper``, or None."""
    if label.strip().casefold() not in _PAPER_LABELS or "://" not in value:
        return None
    return url_in(value)


def url_in(value: str) -> str | None:
    """Return the id of the first link in a text, or of the text; None if it is not an address."""
    from tui.paper_ids.urls import url_id

    return url_id(next((url for _, url in link_targets(value)), value))


def paper_link_id(item: Block) -> str | None:
    """Return the id of the only link with a label such as ``Paper``, in an item of a list, or None.

    Args:
        item: an item of a list of papers.
    """
    lines = [item.text, *(child.text for child in item.children)]
    links = (link for line in lines if "](" in line for link in labelled_links(line))
    ids = {paper_url(label.strip("[] "), url) for _, label, url in links} - {None}
    return ids.pop() if len(ids) == 1 else None
