"""The links of a page, to choose one of."""

from __future__ import annotations

from collections.abc import Iterable

from tui.ui.typeset.spans import Line


def collect_links(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Return the words and the address of each link.

    Args:
        lines: a page. A link that goes on in another style, or on the next line, is one.

    Returns:
        In the order of the page, each address once, with the words that it has first.
    """
    found: dict[str, str] = {}
    last, is_first = "", False
    for line in lines:
        between = line.separator
        if between == "\n":
            last = ""
        skipped = 0 if between == "\n" else line.indent_chars
        for span in line.spans:
            if skipped > 0:
                skipped -= len(span.text)
                continue
            if span.href and span.href != last:
                is_first = span.href not in found
                between = ""
            if span.href and is_first:
                found[span.href] = found.get(span.href, "") + between + span.text
            last, between = span.href, ""
    return [(words.replace("\u00a0", " "), address) for address, words in found.items()]
