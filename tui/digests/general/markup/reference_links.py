"""Links whose addresses stand elsewhere in the page: ``[A Title][1]``, ``A Title [1]``."""

from __future__ import annotations

import re

_SIGNS = ("]: http", "]: <http", "] http")
"""One of them is in every page with such an address."""

_DEFINITION = re.compile(
    r"^[ >]{0,6}\[(?P<name>[^\[\]\n]{1,100})\](?::[ \t]+|(?<=\d\])[ \t]{1,4})"
    r"<?(?P<url>https?://[^\s<>()]{4,500})>?(?P<title>[ \t]+[\"'(][^\n]{0,200})?[ \t]*$",
    re.MULTILINE,
)
"""``[name]: https://…``, ``[^1]: https://…``, ``[1] https://…``"""

_REFERENCE = re.compile(
    r"(?<![\]!\\])\[(?P<label>[^\[\]\n]{1,400})\](?:\[(?P<name>[^\[\]\n]{0,100})\]|(?![\[(]))"
)


def with_reference_links(text: str) -> str:
    """Return a page whose links have their addresses beside them, with the same lines.

    The lines with the addresses are empty then, except those that nothing refers to.
    """
    if not any(sign in text for sign in _SIGNS):
        return text
    definitions = list(_DEFINITION.finditer(text))
    urls = {_key(definition["name"]): definition["url"] for definition in definitions}
    if not urls:
        return text
    used: set[str] = set()

    def link(match: re.Match[str]) -> str:
        key = _key(match["name"] or match["label"])
        url = urls.get(key)
        if url is None:
            return match[0]
        used.add(key)
        return f"[{match['label']}]({url})"

    pieces: list[str] = []
    end = 0
    for definition in definitions:
        pieces += [_REFERENCE.sub(link, text[end : definition.start()]), definition[0]]
        end = definition.end()
    pieces.append(_REFERENCE.sub(link, text[end:]))
    for number, definition in enumerate(definitions):
        if _key(definition["name"]) in used:
            pieces[2 * number + 1] = ""
    return "".join(pieces)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
