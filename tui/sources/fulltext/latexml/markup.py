"""Reduce a page to its article, and refuse markup that would take a parser too long.

HTML parsers have to repair any markup, which takes quadratic time for deep nesting, unclosed
formatting and tags with many attributes: 100,000 nested elements take minutes. LaTeXML writes
elements that are closed in order, so a page that is different is not one of its pages.
"""

from __future__ import annotations

import re

MAX_DEPTH = 150
"""Levels of nested elements; real pages have about thirty."""

MAX_ELEMENTS = 250_000
"""Elements of a page without MathML; a page of 1 MB has about 25,000."""

MAX_ARTICLE_CHARS = 6_000_000
"""Without MathML."""

MAX_UNCLOSED = 20
"""Elements that may be closed out of order, in all."""

_MAX_ATTRIBUTES = 100

_LONG_ATTRIBUTES_CHARS = 1000
"""Shorter attributes are not counted."""

# Only what HTML's tokenizer reads in the same way. Whatever else begins like a tag is refused.
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/<>\"']*+)"
    r"(?P<attributes>(?:\s++[^\s\"'<>/=]++(?:=(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++))?+)*+)"
    r"\s*+(?P<empty>/?)>"
)
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE_VALUE = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr")
)  # fmt: skip
_FORMATTING = frozenset(
    (
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    )
)
"""Elements that a parser opens again in every later paragraph if they are not closed."""

_NOT_TEXT = frozenset(
    ("frameset", "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "select",
     "style", "template", "textarea", "title", "xmp")
)  # fmt: skip
"""Elements in which markup is not markup, or that parsers treat specially."""

_ARTICLE_START = re.compile(r"<article\b[^<>]*\bltx_document\b[^<>]*>")


class MarkupError(ValueError):
    """The page has markup that LaTeXML does not write."""


def article_of(page: str) -> str | None:
    """Return the article of a page without MathML; None if it is not a page of LaTeXML.

    The TeX of formulas is in an attribute. MathML is most of a page, and nobody reads it.
    """
    start = _ARTICLE_START.search(page)
    if start is None:
        return None
    end = page.rfind("</article>", start.end())
    return _without_mathml(page[start.start() : end + len("</article>") if end > 0 else len(page)])


def _without_mathml(html: str) -> str:
    parts: list[str] = []
    position = 0
    while (start := html.find("<math", position)) >= 0:
        tag = _TAG.match(html, start)
        end = html.find("</math>", start)
        if tag is None or end < tag.end():
            break
        parts.append(html[position : tag.end()])
        position = end
    parts.append(html[position:])
    return "".join(parts)


def check_markup(html: str) -> None:
    """Check that a parser reads HTML in linear time.

    Raises:
        MarkupError: it might take longer.
    """
    if len(html) > MAX_ARTICLE_CHARS:
        raise MarkupError("it is too long")
    elements = _OpenElements()
    end = 0
    for start in _TAG_START.finditer(html):
        if start.start() < end:
            continue
        if html.startswith("<!--", start.start()):
            closing = _COMMENT_END.search(html, start.start() + 2)
            if closing is None:
                raise MarkupError("a comment is not closed")
            end = closing.end()
            continue
        tag = _TAG.match(html, start.start())
        if tag is None:
            raise MarkupError("a tag is damaged")
        end = tag.end()
        if tag["close"]:
            elements.close(tag["name"].lower())
        elif not tag["empty"]:
            elements.open(tag["name"].lower(), tag["attributes"])


class _OpenElements:
    """The elements that contain the current position of a page."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._unclosed = 0
        self._count = 0

    def open(self, name: str, attributes: str) -> None:
        """Open an element, unless it never has content."""
        if len(attributes) > _LONG_ATTRIBUTES_CHARS:
            names = _ATTRIBUTE_VALUE.sub("", attributes)
            if len(names.split()) > _MAX_ATTRIBUTES:
                raise MarkupError("a tag has too many attributes")
        if name in _NOT_TEXT:
            raise MarkupError("the article has elements that are not text")
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise MarkupError("it has too many elements")
        if name in _VOID:
            return
        self._names.append(name)
        if len(self._names) > MAX_DEPTH:
            raise MarkupError("elements are nested too deeply")

    def close(self, name: str) -> None:
        """Close an element, and those in it that are still open."""
        while self._names and self._names[-1] != name:
            self._unclosed += 1
            if self._unclosed > MAX_UNCLOSED or self._names.pop() in _FORMATTING:
                raise MarkupError("elements are not closed in order")
        if self._names:
            self._names.pop()
