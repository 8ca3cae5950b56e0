"""Convert what is part of a paragraph: text, formulas, emphasis, links and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from tui.sanitize import clean, is_web_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# "_" within a word is no emphasis, and a text with few escapes is easier to read and to search.
_SPECIAL = re.compile(r"[\\`*\[\]<>$~|]|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_VERSION = re.compile(r"(?:v\d{1,3})?/?$")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLOCK_START = re.compile(r"([#+-]|\d{1,9}[.)])(?=\s|$)|=+$|-+$")
_TEX_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?")
_STYLE_COMMANDS = re.compile(r"\\(?:displaystyle|textstyle|scriptstyle|hbox\s*\{\s*\})\s*")

HIDDEN = frozenset(
    ("ltx_listing_data", "ltx_note_mark", "ltx_tag_note", "ltx_rule", "ltx_TOC", "ltx_pagination",
     "ltx_page_header", "ltx_page_footer", "ltx_page_navbar", "ltx_authors", "ltx_role_thanks",
     "ltx_dates", "ltx_nodisplay", "ltx_tag_item", "ltx_tag_bibitem", "ltx_eqn_eqno",
     "ltx_bib_cited")
)  # fmt: skip
"""Classes of elements that are not read, or that are read by their parent."""

_HIDDEN_TAGS = frozenset(("script", "style", "nav", "svg", "button", "template", "audio", "video"))


@dataclass(slots=True)
class PageContext:
    """What the parts of a page need to know of it.

    Attributes:
        url: the URL of the page, to which its links are relative.
        cited_urls: the URL of the paper that an item of the bibliography cites, by the item's id.
        notes: the footnotes of the current block that are still to be shown.
        note_count: the number of footnotes so far.
    """

    url: str
    cited_urls: Mapping[str, str]
    notes: list[str] = field(default_factory=list)
    note_count: int = 0


def classes_of(node: LexborNode) -> list[str]:
    """Return the classes of an element."""
    return (node.attributes.get("class") or "").split()


def children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the children of an element."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def is_hidden(node: LexborNode, classes: list[str]) -> bool:
    """Return whether an element is not read."""
    return node.tag in _HIDDEN_TAGS or not HIDDEN.isdisjoint(classes)


def escape(text: str) -> str:
    """Return text as Markdown, with single spaces."""
    # Before escaping, which would separate an escape sequence.
    return _SPECIAL.sub(r"\\\g<0>", _SPACE.sub(" ", clean(text)))


def paragraph(markdown: str) -> str:
    """Return inline Markdown as a paragraph, which does not begin another kind of block."""
    text = _SPACE.sub(" ", markdown).strip(" ")
    if match := _BLOCK_START.match(text):
        at = match.end(1) - 1 if match[1] else 0
        return f"{text[:at]}\\{text[at:]}"
    return text


def inline(node: LexborNode, page: PageContext) -> str:
    """Return the content of an element as inline Markdown."""
    parts: list[str] = []
    for child in children(node):
        append_inline(parts, child, page)
    return "".join(parts)


def append_inline(parts: list[str], node: LexborNode, page: PageContext) -> None:
    """Append a node as inline Markdown to the parts of a paragraph."""
    if node.is_text_node:
        parts.append(escape(node.text_content or ""))
        return
    tag = node.tag
    if tag == "math":
        _append_math(parts, node)
        return
    if not node.is_element_node or tag in _HIDDEN_TAGS:
        return
    classes = classes_of(node)
    if "ltx_note" in classes:
        parts.append(_note(node, classes, page))
    elif is_hidden(node, classes):
        return
    elif tag == "a":
        parts.append(_link(node, page))
    elif tag == "img":
        parts.append(image(node, "", page))
    elif tag == "em" or "ltx_font_italic" in classes:
        parts.append(emphasized(inline(node, page), "*"))
    elif tag in {"strong", "b"} or "ltx_font_bold" in classes:
        parts.append(emphasized(inline(node, page), "**"))
    elif "ltx_font_typewriter" in classes and node.child is not None:
        parts.append(_code(node, page))
    else:
        parts.append(inline(node, page))
        if tag in {"br", "p", "div", "td", "tr", "li", "figcaption"}:
            parts.append(" ")


def emphasized(text: str, mark: str) -> str:
    """Return inline Markdown with emphasis, without the spaces at its ends."""
    inner = text.strip()
    # Nested emphasis needs other marks, and is too fine a distinction for a terminal.
    is_nested = "*" in inner.replace("\\*", "")
    if is_nested or not inner[:1].isalnum() or inner[-1] == "\\":
        return text
    start = text.index(inner[0])
    end = start + len(inner)
    return f"{text[:start]}{mark}{inner}{mark}{text[end:]}"


def _code(node: LexborNode, page: PageContext) -> str:
    text = node.text(deep=True)
    has_markup = node.css_first("math, a, .ltx_note") is not None
    if has_markup or "`" in text or not text.strip():
        return inline(node, page)
    return f"`{_SPACE.sub(' ', text).strip()}`"


def tex_of(node: LexborNode) -> str:
    """Return the TeX of a formula, on one line; empty if it has no source."""
    tex = node.attributes.get("alttext") or node.text(deep=True)
    tex = _STYLE_COMMANDS.sub("", _TEX_COMMENT.sub(" ", tex))
    tex = _SPACE.sub(" ", tex).strip().replace("$", r"\$").replace(r"\\$", r"\$")
    # A backslash at the end would escape the dollar after it.
    return tex + " " if tex.endswith("\\") else tex


def _append_math(parts: list[str], node: LexborNode) -> None:
    tex = tex_of(node)
    if not tex:
        return
    before = parts[-1][-1:] if parts else ""
    following = node.next
    after = ""
    if following is not None and following.is_text_node:
        after = (following.text_content or "")[:1]
    # A dollar after a letter or before a digit is a price.
    space_before = " " if before.isalnum() or before == "$" else ""
    space_after = " " if after.isdecimal() else ""
    parts.append(f"{space_before}${tex.strip()}${space_after}")


def _note(node: LexborNode, classes: list[str], page: PageContext) -> str:
    content = node.css_first(".ltx_note_content")
    if content is None or "ltx_role_footnotemark" in classes:
        return ""
    text = paragraph(inline(content, page))
    if "ltx_role_footnote" not in classes:
        return f" ({text})" if text else ""
    page.note_count += 1
    page.notes.append(f"> \\[note {page.note_count}\\] {text}")
    return f" \\[note {page.note_count}\\]"


def _link(node: LexborNode, page: PageContext) -> str:
    text = inline(node, page)
    href = node.attributes.get("href") or ""
    target, _hash, fragment = href.partition("#")
    if fragment and (not target or _without_version(target) == _without_version(page.url)):
        url = page.cited_urls.get(fragment, "")
    else:
        url = absolute_url(href, page.url)
    return link(text, url)


def _without_version(url: str) -> str:
    """Return the URL of a page of arXiv, which links to itself with its version or without."""
    return _VERSION.sub("", url)


def link(text: str, url: str) -> str:
    """Return a link in Markdown; only the text if there is no URL to link to."""
    label = text.strip()
    if not url or not label or label.startswith(("![", "[")):
        return text
    if _ESCAPED.sub(r"\1", label).strip("`") == url and not _SPACE.search(url):
        return f"<{markdown_url(url)}>"
    return f"[{label}]({markdown_url(url)})"


def absolute_url(href: str, base: str) -> str:
    """Return the http(s) URL of a link on a page; empty if it is another kind."""
    try:
        url = urljoin(base, href.strip())
    except ValueError:
        return ""
    return url if is_web_url(url) and len(url) <= 2000 else ""


def markdown_url(url: str) -> str:
    """Return a URL without characters that end a link in Markdown."""
    return quote(url, safe="/:?#@!$&'*+,;=%~[]")


def image(node: LexborNode, caption: str, page: PageContext) -> str:
    """Return an image with a caption; only the caption if its address cannot be used."""
    url = absolute_url(node.attributes.get("src") or "", page.url)
    alt = escape(node.attributes.get("alt") or "")
    label = caption or ("" if alt == "Refer to caption" else alt)
    return f"![{label}]({markdown_url(url)})" if url else label
