"""Convert the inline tokens of a paragraph to spans.

HTML and links to anything but web pages are removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from tui.sanitize import clean, is_web_url
from tui.ui.typeset.latex_to_text import latex_to_text
from tui.ui.typeset.spans import BREAK, FIGURE, Span

InlineText = tuple[Span, ...]

_BLOCK_EDGE = Span("\n", "edge")
"""The edge of an HTML block element: a line break unless there is one already."""

_STYLES = {"strong_open": "strong", "em_open": "emphasis", "s_open": "struck"}

_URL_CHAR = r"[A-Za-z0-9\-._~:/?#@!$&*+,;=%]"
_PARENTHESIZED = rf"\({_URL_CHAR}*\)"
# ASCII only, because Korean particles follow without a space. Does not end with punctuation.
_BARE_URL = re.compile(
    r"(?i:https?)://"
    rf"(?:{_URL_CHAR}|{_PARENTHESIZED})*(?:[A-Za-z0-9\-_~/#@$&*+=%]|{_PARENTHESIZED})"
)

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(r"""\s(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ANY_TAG = re.compile(r"<!--|</?[A-Za-z!?][^<>]*>")
_HIDDEN_ELEMENTS = ("script", "style")
# Compiled on first use, because the first screen rarely has HTML.
_HIDDEN_PARTS = (
    ("<!--", "-->"),
    *((rf"(?i)<{name}\b[^<>]*>", rf"(?i)</{name}>") for name in _HIDDEN_ELEMENTS),
)
_BLOCK_ELEMENTS = {
    "address", "article", "aside", "blockquote", "center", "dd", "dl", "dt", "details", "div",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "header", "li",
    "main", "nav", "ol", "ul", "p", "pre", "section", "summary", "table", "tr",
}  # fmt: skip


def inline_spans(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the spans of inline tokens."""
    styles: list[str] = []
    href = ""
    hidden_until = _hidden_ranges(tokens)
    index = -1
    while (index := index + 1) < len(tokens):
        token = tokens[index]
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type == "link_open":
            href = _web_url(token.attrGet("href"))
            styles.append("link" if href else "")
        elif token.type.endswith("_close") and styles:
            styles.pop()
            href = "" if token.type == "link_close" else href
        elif token.type == "html_inline":
            yield from _html(token.content, href)
            index = hidden_until.get(index, index)
        else:
            yield from _leaf(token, " ".join(filter(None, dict.fromkeys(styles))), href)


def plain_text(text: Iterable[Span]) -> str:
    """Return text without styles, on one line."""
    return "".join(" " if span == BREAK else span.text for span in text)


def link_urls(text: str, style: str = "") -> Iterator[Span]:
    """Yield the spans of a text, with bare URLs turned into links."""
    end = 0
    for match in _BARE_URL.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()], style)
        yield Span(match[0], style, match[0]).add_styles("link")
        end = match.end()
    if end < len(text):
        yield Span(text[end:], style)


def trim_breaks(spans: Iterable[Span]) -> InlineText:
    """Drop line breaks at both ends of a text, and all but one of several empty lines."""
    trimmed: list[Span] = []
    breaks = 2
    for span in spans:
        if span in {BREAK, _BLOCK_EDGE}:
            if breaks < (1 if span is _BLOCK_EDGE else 2):
                trimmed.append(BREAK)
                breaks += 1
            continue
        if span.text.strip():
            breaks = 0
        if not breaks or (trimmed and span.text):
            trimmed.append(span)
    while trimmed and not trimmed[-1].text.strip():
        trimmed.pop()
    return tuple(trimmed)


def _leaf(token: Token, style: str, href: str) -> Iterator[Span]:
    """Yield the text of a leaf token in the given style and link."""
    match token.type:
        case "text":
            # Character references can encode control characters that were removed from the text.
            text = clean(token.content)
            if href:
                yield Span(text, style, href)
            else:
                yield from link_urls(text, style)
        case "code_inline":
            yield Span(token.content, style, href).add_styles("code")
        case "math_inline":
            yield Span(latex_to_text(token.content), style, href).add_styles("math")
        case "image":
            text = plain_text(inline_spans(token.children or ()))
            yield _image(text, _web_url(token.attrGet("src")), style, href)
        case "softbreak":
            yield Span(" ", style, href)
        case "hardbreak":
            yield BREAK


def _image(text: str, source: str, style: str, href: str) -> Span:
    """Return an image's alternative text, linked to the image unless it is part of a link."""
    span = Span(text.strip() or "image", style, href or source)
    if not span.href:
        return span
    return span.add_styles("link") if href else span.add_styles("link", FIGURE)


def _web_url(url: str | int | float | None) -> str:
    """Return a URL if it is http or https, else an empty string."""
    return url if isinstance(url, str) and is_web_url(url) else ""


def _html(tag: str, href: str) -> Iterator[Span]:
    """Yield the text that replaces an HTML tag."""
    match = _TAG.match(tag)
    if match is None:
        return
    name = match[2].lower()
    if name == "br":
        yield BREAK
    elif name in _BLOCK_ELEMENTS:
        yield _BLOCK_EDGE
    elif name in {"td", "th"}:
        yield Span(" ")
    elif name in {"img", "video"} and not match[1]:
        attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(tag)}
        text = attributes.get("alt") or ("video" if name == "video" else "image")
        source = _web_url(attributes.get("src"))
        if source or name == "img":
            yield _image(text, source, "", href)


def _hidden_ranges(tokens: Sequence[Token]) -> dict[int, int]:
    """Map the index of the opening tag of each script and style to that of its closing tag."""
    ranges: dict[int, int] = {}
    opened_at, open_name = -1, ""
    for index, token in enumerate(tokens):
        if token.type != "html_inline" or not (tag := _TAG.match(token.content)):
            continue
        name = tag[2].lower()
        if name not in _HIDDEN_ELEMENTS:
            continue
        if not tag[1] and not open_name:
            opened_at, open_name = index, name
        elif tag[1] and name == open_name:
            ranges[opened_at] = index
            open_name = ""
    return ranges


def strip_html(source: str) -> str:
    """Return HTML without tags, and without the content of comments, scripts and styles.

    What follows an unclosed comment, script or style is kept.
    """
    for opening, closing in _HIDDEN_PARTS:
        *closed, rest = re.split(closing, source)
        source = "".join([re.split(opening, part, maxsplit=1)[0] for part in closed]) + rest
    return _ANY_TAG.sub("", source)
