"""HTML and JATS in the values of records: abstracts of publishers, contents of feeds, titles.

JATS is the XML of publishers; Crossref has its elements with the prefix ``jats:``.
"""

from __future__ import annotations

import re

from tui.digests.general.markup.html_pages import markdown_of_html
from tui.digests.general.tree.inline_html import inline_markdown

_BLOCK_END = re.compile(r"</(?:jats:\w|(?:p|div|ul|h[1-6])\s{0,9}>)", re.IGNORECASE)
_INLINE_END = re.compile(r"</(?:a|b|i|em|strong|su[bp]|span)\s{0,9}>", re.IGNORECASE)
_OWN_HEADING = re.compile(
    r"\A\s*<(jats:title|h[1-6])>\s{0,99}Abstract:?\s{0,99}</\1>", re.IGNORECASE
)
_HEADING = re.compile(r"<(/?)(?:jats:title|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_JATS_NAMES = {"italic": "i", "bold": "b", "list-item": "li", "sec": "div"}
_JATS_TAG = re.compile(r"<(/?)jats:([a-z-]{1,30})\b")
_FORMULA_TAG = re.compile(r"</?mml:[^<>]{1,300}>")
_TITLE_TAG = re.compile(
    r"</?(?:(?:jats|mml):[a-z-]{1,30}|[bipu]|em|strong|su[bp]|span|sc[p]?|tt)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_EMPTY_LINES = re.compile(r"\n\s*\n")


def markdown_of_markup(text: str) -> str:
    """Return a text as Markdown if it has elements of HTML or JATS, else as it is.

    Headings become lines in bold, because the text is a section itself.
    """
    if "</" not in text:
        return text
    if _BLOCK_END.search(text) is None:
        return inline_markdown(text) if _INLINE_END.search(text) else text
    text = _FORMULA_TAG.sub("", _OWN_HEADING.sub("", text, count=1))
    text = _HEADING.sub(lambda tag: "</b></p>" if tag[1] else "<p><b>", text)
    text = _JATS_TAG.sub(lambda tag: f"<{tag[1]}{_JATS_NAMES.get(tag[2], tag[2])}", text)
    return _EMPTY_LINES.sub("\n\n", markdown_of_html(text)).strip()


def without_tags(title: str) -> str:
    """Return a title without the tags of HTML, JATS and MathML around its words."""
    return _TITLE_TAG.sub("", title) if "</" in title else title
