"""What stands within a paragraph: markdown-it's tokens → spans.

Whatever could act is taken away: HTML, and links that do not lead to the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from tui.sanitize import clean
from tui.ui.typeset.latex_to_text import latex_to_text
from tui.ui.typeset.spans import BREAK, Span

InlineText = tuple[Span, ...]

_EDGE = Span("\n", "edge")
"""A line break where there is none yet: the edge of a block of HTML."""

_STYLES = {"strong_open": "strong", "em_open": "emphasis", "s_open": "struck"}

_WEB = re.compile(r"https?://", re.IGNORECASE)
_IN_ADDRESS = r"[A-Za-z0-9\-._~:/?#@!$&*+,;=%]"
_IN_PARENTHESES = rf"\({_IN_ADDRESS}*\)"
# ASCII only, so that Korean particles stay outside; and no punctuation at the end.
_BARE_LINK = re.compile(
    r"(?i:https?)://"
    rf"(?:{_IN_ADDRESS}|{_IN_PARENTHESES})*(?:[A-Za-z0-9\-_~/#@$&*+=%]|{_IN_PARENTHESES})"
)

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(r"""\s(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ANY_TAG = re.compile(r"<!--|</?[A-Za-z!?][^<>]*>")
_HIDING = ("script", "style")
# Compiled where there is HTML: the first summary waits for what is compiled before.
_HIDDEN_PARTS = (
    ("<!--", "-->"),
    *((rf"(?i)<{name}\b[^<>]*>", rf"(?i)</{name}>") for name in _HIDING),
)
_BREAKING = {
    "address", "article", "aside", "blockquote", "center", "dd", "dl", "dt", "details", "div",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "header", "li",
    "main", "nav", "ol", "ul", "p", "pre", "section", "summary", "table", "tr",
}  # fmt: skip


def inline_spans(tokens: Sequence[Token]) -> InlineText:
    """Return the text of inline tokens, without white space and line breaks at its ends."""
    return trim_breaks(_spans(tokens))


def plain_text(text: Iterable[Span]) -> str:
    """Return a text without its styles, in one line."""
    return "".join(" " if span == BREAK else span.text for span in text)


def link_urls(text: str, style: str = "") -> Iterator[Span]:
    """Yield a text, with addresses that stand bare in it as links."""
    at = 0
    for found in _BARE_LINK.finditer(text):
        if found.start() > at:
            yield Span(text[at : found.start()], style)
        yield Span(found[0], style, found[0]).add_styles("link")
        at = found.end()
    if at < len(text):
        yield Span(text[at:], style)


def trim_breaks(spans: Iterable[Span]) -> InlineText:
    """Drop line breaks at both ends, and what is more than one empty line."""
    found: list[Span] = []
    breaks = 2
    for span in spans:
        if span in {BREAK, _EDGE}:
            if breaks < (1 if span is _EDGE else 2):
                found.append(BREAK)
                breaks += 1
            continue
        if span.text.strip():
            breaks = 0
        if not breaks or (found and span.text):
            found.append(span)
    while found and not found[-1].text.strip():
        found.pop()
    return tuple(found)


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    styles: list[str] = []
    href = ""
    hidden_until = _hidden(tokens)
    at = -1
    while (at := at + 1) < len(tokens):
        token = tokens[at]
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type == "link_open":
            href = _web(token.attrGet("href"))
            styles.append("link" if href else "")
        elif token.type.endswith("_close") and styles:
            styles.pop()
            href = "" if token.type == "link_close" else href
        elif token.type == "html_inline":
            yield from _html(token.content, href)
            at = hidden_until.get(at, at)
        else:
            yield from _leaf(token, " ".join(filter(None, dict.fromkeys(styles))), href)


def _leaf(token: Token, style: str, href: str) -> Iterator[Span]:
    """Yield the text of an inline token within these styles and this link."""
    match token.type:
        case "text":
            # Entities and addresses can spell what was taken out of the text they stand in.
            words = clean(token.content)
            if href:
                yield Span(words, style, href)
            else:
                yield from link_urls(words, style)
        case "code_inline":
            yield Span(token.content, style, href).add_styles("code")
        case "math_inline":
            yield Span(latex_to_text(token.content), style, href).add_styles("math")
        case "image":
            words = plain_text(_spans(token.children or ()))
            yield _picture(words, _web(token.attrGet("src")), style, href)
        case "softbreak":
            yield Span(" ", style, href)
        case "hardbreak":
            yield BREAK


def _picture(words: str, source: str, style: str, href: str) -> Span:
    """Return what stands for a picture: its words, leading to what it links to or to itself."""
    span = Span(words.strip() or "image", style, href or source)
    return span.add_styles("link") if span.href else span


def is_web_url(address: str) -> bool:
    """Tell whether an address is one of the web; nothing else may be opened."""
    return bool(_WEB.match(address))


def _web(address: str | int | float | None) -> str:
    """Return the address of a link if it is one of the web."""
    return address if isinstance(address, str) and is_web_url(address) else ""


def _html(tag: str, href: str) -> Iterator[Span]:
    """Yield what an HTML tag leaves behind."""
    found = _TAG.match(tag)
    if found is None:
        return
    name = found[2].lower()
    if name == "br":
        yield BREAK
    elif name in _BREAKING:
        yield _EDGE
    elif name in {"td", "th"}:
        yield Span(" ")
    elif name in {"img", "video"} and not found[1]:
        attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(tag)}
        words = attributes.get("alt") or ("video" if name == "video" else "image")
        source = _web(attributes.get("src"))
        if source or name == "img":
            yield _picture(words, source, "", href)


def _hidden(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where each script and style begins, and where it ends; without an end it is none."""
    found: dict[int, int] = {}
    open_at, open_name = -1, ""
    for at, token in enumerate(tokens):
        if token.type != "html_inline" or not (tag := _TAG.match(token.content)):
            continue
        name = tag[2].lower()
        if name not in _HIDING:
            continue
        if not tag[1] and not open_name:
            open_at, open_name = at, name
        elif tag[1] and name == open_name:
            found[open_at] = at
            open_name = ""
    return found


def strip_html(source: str) -> str:
    """Return a block of HTML as text: comments, scripts and styles are gone with their content."""
    for opening, closing in _HIDDEN_PARTS:
        *closed, rest = re.split(closing, source)
        source = "".join([re.split(opening, part, maxsplit=1)[0] for part in closed]) + rest
    return _ANY_TAG.sub("", source)
