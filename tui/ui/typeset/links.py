"""The links of a page, for the reader to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from tui.ui.typeset.spans import Line


def collect_links(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Return the text and URL of each link, in the order of the page.

    A link that changes its style or continues on the next line is returned as one link.

    Args:
        lines: the lines of a page.

    Returns:
        Each URL once, with the text of its first link.
    """
    texts: dict[str, str] = {}
    last_url, is_first = "", False
    for line in lines:
        separator = line.separator
        if separator == "\n":
            last_url = ""
        chars_to_skip = 0 if separator == "\n" else line.indent_chars
        for span in line.spans:
            if chars_to_skip > 0:
                chars_to_skip -= len(span.text)
                continue
            if span.href and span.href != last_url:
                is_first = span.href not in texts
                separator = ""
            if span.href and is_first:
                texts[span.href] = texts.get(span.href, "") + separator + span.text
            last_url, separator = span.href, ""
    return [(text.replace("\u00a0", " "), url) for url, text in texts.items()]
