"""Pages in the markup of wikis and AsciiDoc as Markdown, line by line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_MAX_START_CHARS = 20_000
_MIN_HEADINGS = 2
"""Lines that look like headings of a markup, so that it is that of the page."""

_MAX_LEVEL = 6
_LABELLED_URL = re.compile(r"\b(https?://[^\s\[\]]{1,2000})\[([^\[\]\n]{1,500})\]")
_URL_AND_LABEL = re.compile(r"(?<!\[)\[(https?://[^\s\[\]|]{1,2000})[ |]([^\[\]\n]{1,500})\](?!\()")
_LABEL_AND_URL = re.compile(
    r"\[\[?([^\[\]|>\n]{1,500})[|>](https?://[^\s\[\]|]{1,2000})(?:\|[^\[\]\n]{0,80})?\]\]?(?!\()"
)
_URL_THEN_LABEL = re.compile(r"\[\[(https?://[^\s\[\]|]{1,2000})\|([^\[\]\n]{1,500})\]\]")
_SPACED_ITEM = re.compile(r"((?: {2}){1,8})[*-] (?=\S)")
_ITALIC_SLASHES = re.compile(r"(?<![:/\w])//(?=\S)([^/\n]{1,400}?)(?<=\S)//(?![/\w])")
_ITALIC_QUOTES = re.compile(r"(?<!')''(?!')")
_ATTRIBUTE = re.compile(r"(?::[\w!-]{1,40}:.*|={4,}|\[[A-Z][\w, =\"-]{0,80}\])\s*$")
"""A line of AsciiDoc that is no text: ``:lang: fr``, ``[NOTE]``, ``====``."""

_COMMAND = re.compile(r"#\w{2,20}(?:\(.*\))?\s*$")
_DASHES = re.compile(r"(-{1,3}) ?(?=[^-\s])")
_STARS = re.compile(r"(\*{1,4}) (?=\S)")
"""The marker of an item, as long as the item is deep."""


_HEADING_SIGN = re.compile(r"\n(?:=|\*|h[1-6]\. )")
"""How headings and items start in them; few pages of Markdown have such a line."""


class _Markup(NamedTuple):
    """A markup.

    Attributes:
        heading: matches a heading, with its ``level`` as so many signs, or as a digit, and its
            ``text``.
        convert: returns another line as Markdown.
    """

    heading: re.Pattern[str]
    convert: Callable[[str], str]


def _asciidoc(line: str) -> str:
    if _ATTRIBUTE.match(line):
        return ""
    line = _nested_item(_STARS, line.removesuffix(" +"))
    return _LABELLED_URL.sub(r"[\2](\1)", line)


def _pukiwiki(line: str) -> str:
    if _COMMAND.match(line):
        return ""
    return _LABEL_AND_URL.sub(r"[\1](\2)", _nested_item(_DASHES, line))


def _mediawiki(line: str) -> str:
    line = _nested_item(_STARS, line)
    line = _ITALIC_QUOTES.sub("_", line.replace("'''", "**"))
    return _URL_AND_LABEL.sub(r"[\2](\1)", line)


def _dokuwiki(line: str) -> str:
    item = _SPACED_ITEM.match(line)
    if item:
        line = f"{item[1][2:]}- {line[item.end() :]}"
    line = _ITALIC_SLASHES.sub(r"_\1_", line.removesuffix("\\\\").rstrip())
    return _URL_THEN_LABEL.sub(r"[\2](\1)", line)


def _jira(line: str) -> str:
    return _LABEL_AND_URL.sub(r"[\1](\2)", _nested_item(_STARS, line))


def _nested_item(marker: re.Pattern[str], line: str) -> str:
    """Return an item of a list with spaces before its marker, and other lines as they are."""
    item = marker.match(line)
    return f"{'  ' * (len(item[1]) - 1)}- {line[item.end() :]}" if item else line


_DOKUWIKI_HEADING = re.compile(
    r"^(?P<level>={2,6}) ?(?P<text>[^=\s][^\n]{0,400}?) ?(?P=level)[ \t]*$", re.MULTILINE
)
_DOKUWIKI_SIGN = re.compile(r"\[\[https?://[^\s\[\]|]{1,2000}\||\\\\$|^ {2}\* \S", re.MULTILINE)
"""What DokuWiki writes, but no other markup with its headings."""

_DOKUWIKI = _Markup(_DOKUWIKI_HEADING, _dokuwiki)
_ASCIIDOC_ITEM = re.compile(
    r"^\*{1,4} https?://[^\s\[\]]{1,2000}\[[^\[\]\n]{8,500}\]", re.MULTILINE
)
"""An item that no other markup has, so that AsciiDoc needs no headings with it."""

_ASCIIDOC_HEADING = re.compile(
    r"^(?P<level>={1,6}) (?P<text>[^=\s][^\n]{0,400}?)[ \t]*$", re.MULTILINE
)
_ASCIIDOC = _Markup(_ASCIIDOC_HEADING, _asciidoc)
_MARKUPS = (
    _Markup(
        re.compile(
            r"^(?P<level>\*{1,3}) ?(?P<text>[^*\s][^\n]{0,400}?)\s*\[#\w{1,20}\][ \t]*$",
            re.MULTILINE,
        ),
        _pukiwiki,
    ),
    _Markup(
        re.compile(
            r"^(?P<level>={2,6})\s*(?P<text>[^=\s][^\n]{0,400}?)\s*(?P=level)[ \t]*$", re.MULTILINE
        ),
        _mediawiki,
    ),
    _ASCIIDOC,
    _Markup(
        re.compile(r"^h(?P<level>[1-6])\. (?P<text>[^\n]{1,400}?)[ \t]*$", re.MULTILINE), _jira
    ),
)


def markdown_of_wiki(text: str) -> str:
    """Return a page in the markup of a wiki as Markdown with the same lines; others as they are.

    Known are AsciiDoc, DokuWiki, MediaWiki, PukiWiki, and Jira's wiki, whose headings are those of
    Textile.
    """
    start = text[:_MAX_START_CHARS]
    if _HEADING_SIGN.search(f"\n{start}") is None:
        return text
    is_dokuwiki = _DOKUWIKI_SIGN.search(start) is not None
    for markup in (_DOKUWIKI, *_MARKUPS) if is_dokuwiki else _MARKUPS:
        if len(markup.heading.findall(start)) >= _MIN_HEADINGS:
            return "\n".join(_markdown_line(markup, line) for line in text.split("\n"))
    if _ASCIIDOC_ITEM.search(start):
        return "\n".join(_markdown_line(_ASCIIDOC, line) for line in text.split("\n"))
    return text


def _markdown_line(markup: _Markup, line: str) -> str:
    heading = markup.heading.match(line)
    if heading is None:
        return markup.convert(line)
    sign = heading["level"]
    level = int(sign) if sign.isdigit() else len(sign)
    if markup is _DOKUWIKI:
        level = _MAX_LEVEL + 1 - level  # the highest heading has the most signs
    return f"{'#' * min(level, _MAX_LEVEL)} {markup.convert(heading['text'])}"
