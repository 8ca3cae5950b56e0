"""What may stand behind the last words of a summary, and does not belong to it."""

from __future__ import annotations

import re

from tui.digests.parsing.markdown_lines import is_thematic_break

_CITATION = re.compile(
    r"\n[ \t]*+(?:"
    r"[`~]{3,}+[ \t]*(?i:bib(?:tex|latex)?)[ \t]*(?=\n|\Z)"
    r"|(?:[`~]{3,}+[^\n]*\n\s*)?@(?i:article|book|inproceedings|misc|online|software|techreport)"
    r"\s?\{)"
)


def strip_citation(text: str) -> str:
    """Return the text up to the first BibTeX entry, fenced or not."""
    if "@" not in text:
        return text
    # The line end put before the text lets the first line match, too, and shifts offsets by one.
    match = _CITATION.search("\n" + text)
    return text[: match.start()].rstrip() if match else text


def strip_trailing_breaks(text: str) -> str:
    """Return the text without the blank lines and thematic breaks at its end."""
    text = text.rstrip()
    if not text.endswith(("-", "*", "_")):
        return text
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or is_thematic_break(lines[-1])):
        lines.pop()
    return "\n".join(lines).rstrip()
