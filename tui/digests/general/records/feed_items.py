"""Entries of RSS and Atom feeds, as fields of papers."""

from __future__ import annotations

import html
import re

from tui.digests.general.found_paper import value_id
from tui.digests.general.markup.html_pages import markdown_of_html

_ITEM_START = re.compile(r"<(?:\w{1,10}:)?(?:item|entry)\b[^<>]{0,500}>", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:\w{1,10}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ELEMENTS = {
    "title": "title", "link": "link", "guid": "id", "id": "id", "author": "author",
    "creator": "author", "dc:creator": "author", "pubDate": "published", "published": "published",
    "updated": "updated", "dc:date": "published", "description": "abstract",
    "summary": "abstract", "content": "abstract", "content:encoded": "abstract",
}  # fmt: skip
"""Elements of RSS 2.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287)."""

_CDATA = "<![CDATA["
_AUTHOR_NAME = re.compile(r"<name>([^<]{1,300})</name>", re.IGNORECASE)


def feed_items(text: str) -> list[dict[str, object]]:
    """Return the entries of a feed; what is not an element of interest is left out."""
    items = []
    for part in _ITEM_START.split(text)[1:]:
        end = _ITEM_END.search(part)
        item = part[: end.start()] if end else part
        fields: dict[str, object] = {}
        for name, field in _ELEMENTS.items():
            if (value := _element(item, name)) and (field != "id" or value_id(value)):
                fields.setdefault(field, value)
        items.append(fields)
    return items


def _element(item: str, name: str) -> str:
    """Return the text of an entry's elements of a name; of names, all of them."""
    values = []
    position = 0
    has_end = True
    while (start := item.find(f"<{name}", position)) >= 0:
        opened = item.find(">", start)
        if opened < 0:
            break
        position = opened + 1
        if item[start + len(name) + 1] not in " \n\t>/":
            continue
        # After the first without an end, no later one has an end.
        is_empty = item[opened - 1] == "/" or not has_end
        closed = -1 if is_empty else item.find(f"</{name}>", opened)
        has_end &= is_empty or closed >= 0
        if closed < 0:
            href = re.search(r"href\s*=\s*[\"']([^\"']{1,2000})", item[start:opened])
            values.append(href[1] if href else "")
            continue
        value = item[opened + 1 : closed].strip()
        position = closed
        if value.startswith(_CDATA):
            value = value[len(_CDATA) :].removesuffix("]]>")
        value = html.unescape(value)
        if names := _AUTHOR_NAME.findall(value):
            value = ", ".join(names)
        values.append(markdown_of_html(value).strip())
        if name not in {"author", "creator", "dc:creator"} and value:
            break
    return ", ".join(filter(None, values))
