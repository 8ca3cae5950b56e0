"""Convert a page of LaTeXML to Markdown."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from tui.sanitize import clean
from tui.sources.fulltext.latexml.block_elements import BlockWriter
from tui.sources.fulltext.latexml.cited_items import cited_urls
from tui.sources.fulltext.latexml.inline_elements import PageContext, absolute_url
from tui.sources.fulltext.latexml.markup import article_of, check_markup

_BASE = re.compile(r"<base\s[^<>]*href=[\"']([^\"'<>]{1,2000})[\"']")

_HEAD_CHARS = 100_000


def page_markdown(page: str, url: str) -> str:
    """Return the text of a page as Markdown, sanitized; empty if it is not a page of LaTeXML.

    Args:
        page: the page, decoded.
        url: its URL, to which its links and pictures are relative.

    Raises:
        MarkupError: the page has markup that a parser could take too long for.
    """
    article = article_of(page)
    if article is None:
        return ""
    check_markup(article)
    base = _BASE.search(page, 0, _HEAD_CHARS)
    base_url = (base and absolute_url(base[1], url)) or url
    tree = LexborHTMLParser(article)
    root = tree.css_first("article")
    if root is None:
        return ""
    writer = BlockWriter(PageContext(base_url, cited_urls(tree, url)))
    writer.write_children(root)
    writer.flush()
    return clean("\n\n".join(writer.blocks)) + "\n"
