"""Pages of HTML as Markdown, so that they are read like other pages."""

from __future__ import annotations

import html
import re

from tui.digests.general.markup import html_cards
from tui.digests.general.markup.row_spans import with_repeated_cells
from tui.digests.general.tree.inline_html import SUPERSCRIPT, superscript
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.sanitize import clean

_ESCAPED_BRACKET = re.compile(r"&([lg]t;)")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?P<rest>[^<>]{0,2000})>|<!--")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_ORIGIN = re.compile(
    r"<(?:base\b|link\b(?=[^<>]{0,500}\bcanonical\b))[^<>]{0,500}?"
    r"\bhref\s*=\s*[\"']?(https?://[\w.:-]{1,200})",
    re.IGNORECASE,
)
"""Where a page is from: its base or canonical address, up to the path."""

_MAX_HEAD_CHARS = 50_000
_PAPER_PATH = re.compile(
    r"/(?P<kind>abs|pdf|papers)/(?=\d{4}\.\d{4,5}(?:v\d{1,2})?(?:\.pdf)?(?:[?#]|$))"
)
_FILE_OF_PAPER = re.compile(
    r"(?!https?:|//)[\w./-]{0,100}?(?<![\w.])(?P<id>\d{4}\.\d{4,5})(?:v\d{1,2})?\.html?(?:[?#].*)?"
)
"""A page of the same site about a paper: ``../paper/2505.04921.html``."""

_TERM = re.compile(r"<dt\b[^<>]{0,500}>(.{0,2000}?)</dt\s*>", re.IGNORECASE | re.DOTALL)
_ID_IN_TERM = re.compile(r"(?:abs|pdf|papers)/\d{4}\.\d{4,5}|arXiv:\d{4}\.\d{4,5}", re.IGNORECASE)
_NAME_ITEM = (
    r"<li\b[^<>]{0,500}?\btitle\s*=\s*\"([^\"<>]{2,80})\"[^<>]{0,500}>"
    r"(?:\s{0,99}<img\b[^<>]{0,2000}>)?\s{0,99}</li\s*>\s{0,99}"
)
_NAME = re.compile(_NAME_ITEM, re.IGNORECASE)
_NAMES = re.compile(rf"(?:{_NAME_ITEM}){{1,200}}+", re.IGNORECASE)
"""Items that show pictures of people, and have their names as tooltips."""

_LONE_NUMBER = re.compile(r"\n[ \t]*(\d{1,6})[ \t]*(?=\n|$)")
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
_SPACE = re.compile(r"[ \t\n]{2,}+")
_ARTICLE, _ARTICLE_END = "\x1e", "\x17"
"""Marks where an article starts and ends, until the end of the conversion."""

_WITHOUT_ARTICLES = str.maketrans(_ARTICLE + _ARTICLE_END, "  ")

_ITEM_START = re.compile(r"(\n[ ]*- )[ \t\n]+(?=[^\s#-])")
"""The marker of an item whose text is in an element of its own."""

_ITEM_WITH_HEADING = re.compile(r"<li\b[^<>]{0,500}>(?=\s{0,99}<h[1-6]\b)", re.IGNORECASE)
"""An item that is a section: its heading would otherwise end the list."""

_VOTES = re.compile(r"\s{0,9}[👍🔺▲⬆🔼]\ufe0f?\s{0,9}\d[\d,.]{0,9}[kK]?\s{0,9}<")
"""The text of an element that shows votes and nothing else."""

_MAX_INDENTS = 20
_HEADING_LINE = re.compile(r"\n#{1,6} [^\n]*")
_LABEL_LINE = re.compile(r"\n[ ]*(?:Authors|Votes|Date|Published): [^\n]*")
_SECOND_LABEL = re.compile(
    r"\n[ ]*(?:Authors|Votes|Abstract|Date|Published): \s*(?=[^\W\d_][\w ]{0,20}(?:[:：] |：))"
)
"""A label of a class whose element has a label as well."""

_CLASS = re.compile(
    r"\bclass\s*=\s*(?:\"([^\"]{1,200})\"|'([^']{1,200})'|([\w-]{1,60}))", re.IGNORECASE
)
_CLASS_LABELS = {
    Field.AUTHORS: "Authors", Field.VOTES: "Votes", Field.SUMMARY: "Abstract", Field.DATE: "Date",
    Field.PUBLISHED: "Published",
}  # fmt: skip
"""The labels of the classes of elements that hold a field."""

_LABELLED_TAGS = frozenset({"p", "div", "span", "label", "button", "time"})
_INLINE = {"b": "**", "strong": "**", "i": "_", "em": "_"}


def markdown_of_html(text: str) -> str:
    """Return a page of HTML as Markdown, as far as it matters here, with its line ends.

    Headings, lists, tables, links, bold and italics are kept; scripts, styles, comments and other
    tags are dropped.
    """
    if "<" not in text:
        return _without_entities(text)
    return _HtmlConverter(with_repeated_cells(text)).convert()


def _without_entities(markdown: str) -> str:
    """Return Markdown with characters for entities, except for brackets, which would be tags."""
    return clean(html.unescape(_ESCAPED_BRACKET.sub(r"&amp;\1", markdown)))


def _label_of(name: str, tag: re.Match[str]) -> str | None:
    """Return the label of an element whose class or text says which field of a paper it holds."""
    if name == "span" and _VOTES.match(tag.string, tag.end()):
        return _CLASS_LABELS[Field.VOTES]
    if name not in _LABELLED_TAGS or (found := _CLASS.search(tag["rest"])) is None:
        return None
    for word in (found[1] or found[2] or found[3]).split():
        kind = (
            field_of(word) or field_of(word.rpartition("-")[2]) or field_of(word.rpartition("_")[2])
        )
        if kind in _CLASS_LABELS:
            return _CLASS_LABELS[kind]
    return None


def _below_headings(markdown: str) -> str:
    """Move labels that stand above the heading of their article below it."""
    if _ARTICLE not in markdown:
        return markdown.replace(_ARTICLE_END, "")
    articles = markdown.split(_ARTICLE)
    for number, part in enumerate(articles[1:], start=1):
        article, _, after = part.partition(_ARTICLE_END)
        article = _with_votes(article) if _HEADING_LINE.search(article) else article
        heading = _HEADING_LINE.search(article)
        if heading is None:
            continue
        above, below = article[: heading.start()], article[heading.end() :]
        labels = "".join(f"\n{label[0].strip()}\n" for label in _LABEL_LINE.finditer(above))
        above = _LABEL_LINE.sub("", above)
        articles[number] = f"{above}{heading[0]}\n{labels}{below}{after}"
    return "".join(articles).replace(_ARTICLE_END, "")


def _heading_of_term(term: re.Match[str]) -> str:
    """Return a term with the id of a paper as a heading, on a line; its fields follow it."""
    if _ID_IN_TERM.search(term[1]) is None:
        return term[0]
    return f"<h6>{' '.join(term[1].split())}</h6>" + "\n" * term[0].count("\n")


def _line_of_names(items: re.Match[str]) -> str:
    names = ", ".join(name[1] for name in _NAME.finditer(items[0]))
    return f"<p>Authors: {names}</p>" + "\n" * items[0].count("\n")


def _with_votes(article: str) -> str:
    """Return an article whose only line with nothing but a number has a label: it is of votes."""
    numbers = list(_LONE_NUMBER.finditer(article))
    if len(numbers) != 1 or "\nVotes: " in article:
        return article
    [number] = numbers
    return f"{article[: number.start()]}\n\nVotes: {number[1]}\n{article[number.end() :]}"


_INDENTATION = re.compile(r"\n[ \t]+")


class _HtmlConverter:
    """Converts a page, tag by tag. Every character is looked at once."""

    def __init__(self, text: str) -> None:
        origin = _ORIGIN.search(text, 0, _MAX_HEAD_CHARS)
        self._origin = origin[1] if origin else ""
        if "<dt" in text:
            text = _TERM.sub(_heading_of_term, text)
        if "<li" in text or "<LI" in text:
            text = _ITEM_WITH_HEADING.sub("<div>", _NAMES.sub(_line_of_names, text))
        self._text = SUPERSCRIPT.sub(superscript, text) if "<sup" in text else text
        self._links: list[str] = []
        """The URLs of the links that are open."""
        self._after_label = False
        """Whether the last tag was turned into a label, whose value follows."""
        self._labelled, self._nested = "", 0
        """The name of that tag until it is closed, and how many of that name are open in it."""
        self._cells = self._header_cells = 0
        """How many cells, and how many header cells, the current row of a table has."""
        self._open_tables = 0
        self._lists: list[bool] = []
        """For each open list, whether one of its items is open."""
        self._is_code = False
        """Whether the text is in an element that keeps its spaces."""

    def convert(self) -> str:
        text, parts = self._text.translate(_WITHOUT_ARTICLES), []
        position, hidden = 0, ""
        while tag := _TAG.search(text, position):
            before = text[position : tag.start()]
            parts.append("\n" * before.count("\n") if hidden else self._unindented(before))
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
                if name == "pre":
                    self._is_code = not tag["close"]
                markdown = self._markdown_of(tag, name)
                markdown = self._indented(markdown, name, is_closing=bool(tag["close"]))
                parts.append(self._with_marks(markdown, tag, name))
        if not hidden:
            parts.append(self._unindented(text[position:]))
        # The rows of a table follow each other.
        markdown = _below_headings(_SECOND_LABEL.sub("\n", "".join(parts)))
        markdown = _ITEM_START.sub(r"\1", html_cards.with_cards(markdown))
        if "| " in markdown:
            markdown = _SPACE.sub(_without_lines_before_row, markdown)
        return _without_entities(markdown)

    def _unindented(self, text: str) -> str:
        """Return text between tags without its indentation, which means code in Markdown."""
        if self._is_code or "\n" not in text:
            return text
        depth = min(sum(self._lists), _MAX_INDENTS)
        return _INDENTATION.sub("\n" + "  " * depth, text)

    def _markdown_of(self, tag: re.Match[str], name: str) -> str:
        """Return the Markdown that a tag stands for."""
        is_closing = bool(tag["close"])
        self._header_cells += name == "th" and not is_closing
        self._cells += name in {"th", "td"} and not is_closing
        if name == "a":
            markdown = self._link_end() if is_closing else self._link_start(tag["rest"])
        elif name == "tr" and is_closing:
            # A row may have a header of its own.
            is_header = self._cells and self._header_cells == self._cells
            markdown = "\n|" + "---|" * self._cells + "\n" if is_header else "\n"
            self._cells = self._header_cells = 0
        elif is_closing:
            markdown = _INLINE.get(name, "\n" if name in _BREAKING or name[0] == "h" else "")
            if name in {"article", "li"}:
                markdown = _ARTICLE_END + markdown
        else:
            markdown = _OPENING.get(name, "\n" if name in _BREAKING else "")
            if name in {"article", "li"}:
                markdown = _ARTICLE + markdown
            if self._after_label and markdown == "\n":
                markdown = ""
            elif label := _label_of(name, tag):
                self._after_label, self._labelled, self._nested = True, name, 0
                return f"\n\n{label}: "
        self._after_label = self._after_label and not (is_closing and name in _BREAKING)
        return f"{markdown}\n" if self._is_end_of_value(name, is_closing=is_closing) else markdown

    def _is_end_of_value(self, name: str, *, is_closing: bool) -> bool:
        """Return whether a tag closes the element within a line that was turned into a label."""
        if name != self._labelled or name in _BREAKING:
            return False
        self._nested += -1 if is_closing else 1
        if self._nested < 0:
            self._labelled = ""
        return not self._labelled

    def _indented(self, markdown: str, name: str, *, is_closing: bool) -> str:
        """Return the Markdown of a tag, indented if it is in an item of a list.

        A tag of a list or an item also changes which of them are open.
        """
        if name in {"ul", "ol"}:
            if not is_closing:
                self._lists.append(False)
            elif self._lists:
                self._lists.pop()
        elif name == "li":
            if self._lists:
                self._lists[-1] = False
            depth = min(sum(self._lists), _MAX_INDENTS)
            if self._lists and not is_closing:
                self._lists[-1] = True
            return markdown.replace("\n- ", f"\n{'  ' * depth}- ")
        if not markdown.startswith("\n") or "#" in markdown or "|" in markdown:
            return markdown
        depth = min(sum(self._lists), _MAX_INDENTS)
        text = markdown.lstrip("\n")
        lines_before = markdown.removesuffix(text)
        return f"{lines_before}{'  ' * depth}{text}" if depth else markdown

    def _with_marks(self, markdown: str, tag: re.Match[str], name: str) -> str:
        """Return the Markdown of a tag with the marks that show the cards in tables."""
        is_closing = bool(tag["close"])
        if name == "table" and not is_closing:
            self._open_tables += 1
            return html_cards.TABLE + markdown
        if not self._open_tables:
            return markdown
        if name == "table":
            self._open_tables -= 1
            return html_cards.TABLE_END + markdown
        if name == "tr":
            return markdown if is_closing else html_cards.ROW + markdown
        if name in {"td", "th"} and not is_closing:
            markdown = html_cards.CELL + markdown
        elif "\n" in markdown:
            markdown = html_cards.BREAK + markdown
        is_bold = not is_closing and html_cards.is_styled_bold(tag["rest"])
        return markdown + html_cards.BOLD if is_bold else markdown

    def _link_start(self, attributes: str) -> str:
        href = _HREF.search(attributes)
        url = (href[1] or href[2] or href[3] or "") if href else ""
        self._links.append(self._absolute(url))
        return "["

    def _absolute(self, url: str) -> str:
        """Return the whole address of a relative one that leads to a paper; others as they are."""
        if file := _FILE_OF_PAPER.fullmatch(url):
            return f"https://arxiv.org/abs/{file['id']}"
        path = _PAPER_PATH.match(url)
        if path is None:
            return url
        is_hub = path["kind"] == "papers"
        origin = self._origin or ("https://huggingface.co" if is_hub else "https://arxiv.org")
        return origin + url

    def _link_end(self) -> str:
        return f"]({self._links.pop()})" if self._links else ""


def _without_lines_before_row(space: re.Match[str]) -> str:
    """Return the space before a row of a table without its empty lines; other space is kept."""
    before, line_break, lines = space[0].partition("\n")
    is_before_row = lines and space.string.startswith("| ", space.end())
    return before + line_break if is_before_row else space[0]
