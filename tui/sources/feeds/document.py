"""The items of RSS and Atom feeds, found by a strict XML parser that expands no entities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat

MAX_DEPTH = 64
"""Levels of nested elements; real feeds need ten."""

MAX_ELEMENTS = 300_000
"""Elements of all items; 5,000 papers of arXiv have 100,000. Each takes ten times the memory of
its text."""

_ITEMS = frozenset({"item", "entry"})
_ROOTS = frozenset({"rss", "feed", "RDF"})
_PREFIXES: Mapping[str, str] = {
    "": "",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://arxiv.org/schemas/atom": "arxiv:",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism:",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch:",
}
"""Namespaces of interest, and the prefixes of names from them."""


class FeedError(ValueError):
    """A text is not a feed in well-formed XML."""


class EntityError(FeedError):
    """A feed declares XML entities, with which a short text can describe a huge one."""


class FeedSizeError(FeedError):
    """A feed has more elements than may be in memory."""


class FeedElement(NamedTuple):
    """An element of an item.

    Attributes:
        text: the text in it and in its children.
        attributes: its attributes.
    """

    text: str
    attributes: Mapping[str, str]


class FeedItem(NamedTuple):
    """An item, with the elements that it directly contains.

    Attributes:
        line: the line where it starts, from 1.
        start: the offset of its first byte.
        end: the offset behind its last byte.
        elements: its elements by name, such as ``title`` or ``dc:creator``. Those of other
            namespaces are left out. An author is the name of one.
    """

    line: int
    start: int
    end: int
    elements: Mapping[str, Sequence[FeedElement]]

    def texts(self, *names: str) -> list[str]:
        """Return the texts of all elements with these names, without white space around them."""
        elements = (each for name in names for each in self.elements.get(name, ()))
        return [text for each in elements if (text := each.text.strip())]

    def text(self, *names: str) -> str:
        """Return the first text of an element with one of these names, or an empty one."""
        return next(iter(self.texts(*names)), "")

    @property
    def links(self) -> list[str]:
        """Its addresses: of RSS, and of Atom, the page itself first."""
        elements = self.elements.get("link", ())
        pages = [e for e in elements if e.attributes.get("rel", "alternate") == "alternate"]
        others = [each for each in elements if each not in pages]
        found = (e.attributes.get("href") or e.text.strip() for e in (*pages, *others))
        return [*filter(None, found)]


class Feed(NamedTuple):
    """A feed.

    Attributes:
        elements: what it says about itself, by name, as for an item.
        items: its items in order.
    """

    elements: Mapping[str, Sequence[FeedElement]]
    items: Sequence[FeedItem]

    def text(self, name: str) -> str:
        """Return the text of the feed's own element with a name, or an empty one."""
        return next((each.text.strip() for each in self.elements.get(name, ())), "")


def parse_feed(data: bytes, encoding: str | None = None) -> Feed:
    """Return the items of a feed.

    Nothing outside the text is read. Time and memory are linear in its length.

    Args:
        data: the whole feed.
        encoding: its encoding, whatever it declares itself; None for what it declares.

    Raises:
        FeedError: it is not well-formed, nested too deeply, has too many elements, declares
            entities, or is no feed.
    """
    parsing = _Parsing(data, encoding)
    try:
        parsing.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, FeedError):
            raise
        raise FeedError(str(error)) from error
    return Feed(parsing.own, parsing.items)


def select_items(data: bytes, feed: Feed, is_wanted: Callable[[FeedItem], bool]) -> bytes:
    """Return a feed without some of its items, and otherwise as it was served.

    Args:
        data: the feed as it was parsed.
        feed: its items.
        is_wanted: returns whether to keep an item.
    """
    parts, position = [], 0
    for item in feed.items:
        if not is_wanted(item):
            parts.append(data[position : item.start])
            position = item.end
    return b"".join((*parts, data[position:]))


def add_items(data: bytes, items: Iterable[bytes]) -> bytes:
    """Return a feed with further items, as they were served, before the end of its last element.

    Args:
        data: a well-formed feed.
        items: the items, from a feed that declares the same namespaces.
    """
    end = data.rfind(b"</channel")
    if end < 0 or b"</item" in data[end:]:
        end = data.rfind(b"</")
    return b"".join((data[:end], *(item + b"\n" for item in items), data[end:]))


class _Parsing:
    """What was found so far."""

    def __init__(self, data: bytes, encoding: str | None) -> None:
        self.own: dict[str, list[FeedElement]] = {}
        self.items: list[FeedItem] = []
        self._data = data
        self._open: list[str] = []
        self._item: dict[str, list[FeedElement]] | None = None
        self._item_depth = 0
        self._start = (0, 0)
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._is_name = False
        self._element_count = 0
        self.parser = parser = expat.ParserCreate(encoding, " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start_element
        parser.EndElementHandler = self._end_element
        parser.CharacterDataHandler = self._text.append
        parser.EntityDeclHandler = self._refuse_entity

    @staticmethod
    def _refuse_entity(*_declaration: object) -> None:
        raise EntityError("entities are declared")

    def _start_element(self, full_name: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full_name.rpartition(" ")
        self._open.append(full_name)
        depth = len(self._open)
        if depth > MAX_DEPTH:
            raise FeedError("elements are nested too deeply")
        if depth == 1 and name not in _ROOTS:
            raise FeedError("not a feed")
        if self._item is None and name in _ITEMS and _PREFIXES.get(namespace) == "":
            self._item, self._item_depth = {}, depth
            self._start = self.parser.CurrentByteIndex, self.parser.CurrentLineNumber
        elif depth == self._element_depth:
            self._attributes = attributes
            self._text.clear()
            self._is_name = False
        elif depth == self._element_depth + 1 and name == "name":
            # Atom's authors also have addresses.
            self._text.clear()
            self._is_name = True

    @property
    def _element_depth(self) -> int:
        """The depth of the elements of interest: those of the item, or the feed's own."""
        if self._item is not None:
            return self._item_depth + 1
        return 2 if self._open[0].endswith("feed") else 3

    def _end_element(self, full_name: str) -> None:
        depth = len(self._open)
        namespace, _, name = full_name.rpartition(" ")
        if self._item is not None and depth == self._item_depth:
            end = self._data.find(b">", self.parser.CurrentByteIndex) + 1
            start, line = self._start
            self.items.append(FeedItem(line, start, end, self._item))
            self._item = None
        elif depth == self._element_depth:
            prefix = _PREFIXES.get(namespace)
            if prefix is not None:
                self._element_count += 1
                if self._element_count > MAX_ELEMENTS:
                    raise FeedSizeError("too many elements")
                elements = self.own if self._item is None else self._item
                element = FeedElement("".join(self._text), self._attributes)
                elements.setdefault(prefix + name, []).append(element)
            self._text.clear()
        elif depth == self._element_depth + 1 and self._is_name:
            # What follows the name within the author is left out.
            self._text[:] = ["".join(self._text)] if name == "name" else self._text[:1]
        self._open.pop()
