"""Pages of HTML as Markdown, so that they are read like other pages."""

from __future__ import annotations

import html
import re

from tui.digests.general.document_tree import SUPERSCRIPT, superscript
from tui.sanitize import clean

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?P<rest>[^<>]{0,2000})>|<!--")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_HIDDEN = frozenset({"script", "style", "head", "template", "svg", "noscript"})
_BREAKING = {"p", "div", "br", "tr", "ul", "ol", "table", "section", "article", "header", "main"}
_BREAKING |= {"footer", "dl", "dt", "dd", "blockquote"}
_OPENING = {
    "li": "\n- ",
    "td": " | ",
    "th": " | ",
    "b": "**",
    "strong": "**",
    "i": "_",
    "em": "_",
} | {f"h{level}": "\n" + "#" * level + " " for level in range(1, 7)}
_INLINE = {"b": "**", "strong": "**", "i": "_", "em": "_"}


def markdown_of_html(text: str) -> str:
    """Return a page of HTML as Markdown, as far as it matters here, with its line ends.

    Headings, lists, tables, links, bold and italics are kept; scripts, styles, comments and other
    tags are dropped.
    """
    return _HtmlConverter(text).convert()


class _HtmlConverter:
    """Converts a page, tag by tag. Every character is looked at once."""

    def __init__(self, text: str) -> None:
        self._text = SUPERSCRIPT.sub(superscript, text)
        self._links: list[str] = []
        """The URLs of the links that are open."""
        self._header_cells = 0
        """How many header cells the current row of a table has."""

    def convert(self) -> str:
        text, parts = self._text, []
        position, hidden = 0, ""
        while tag := _TAG.search(text, position):
            before = text[position : tag.start()]
            parts.append("\n" * before.count("\n") if hidden else before)
            position = tag.end()
            name = (tag["name"] or "").lower()
            if not name:
                end = text.find("-->", position)
                end = len(text) if end < 0 else end + 3
                parts.append("\n" * text.count("\n", position, end))
                position = end
            elif hidden:
                hidden = "" if tag["close"] and name == hidden else hidden
            elif name in _HIDDEN and not tag["close"]:
                hidden = name
            else:
                parts.append(self._markdown_of(tag, name))
        if not hidden:
            parts.append(text[position:])
        # The rows of a table follow each other.
        return clean(html.unescape(re.sub(r"\n[ \t\n]+(?=\| )", "\n", "".join(parts))))

    def _markdown_of(self, tag: re.Match[str], name: str) -> str:
        """Return the Markdown that a tag stands for."""
        is_closing = bool(tag["close"])
        self._header_cells += name == "th" and not is_closing
        if name == "a":
            markdown = self._link_end() if is_closing else self._link_start(tag["rest"])
        elif name == "tr" and is_closing and self._header_cells:
            markdown = "\n|" + "---|" * self._header_cells + "\n"
            self._header_cells = 0
        elif is_closing:
            markdown = _INLINE.get(name, "\n" if name in _BREAKING or name[0] == "h" else "")
        else:
            markdown = _OPENING.get(name, "\n" if name in _BREAKING else "")
        return markdown

    def _link_start(self, attributes: str) -> str:
        href = _HREF.search(attributes)
        self._links.append((href[1] or href[2] or href[3] or "") if href else "")
        return "["

    def _link_end(self) -> str:
        return f"]({self._links.pop()})" if self._links else ""
