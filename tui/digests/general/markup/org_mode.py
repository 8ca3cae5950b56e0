"""Pages in the Org mode of Emacs as Markdown, line by line."""

from __future__ import annotations

import re
from collections.abc import Set

_MAX_START_CHARS = 20_000
_ORG_LINE = re.compile(
    r"^(?:#\+[A-Za-z_]{2,30}:|\*{1,9} [^\n]{0,60}\[\[https?://[^\[\]\n]{1,500}\]\[|:PROPERTIES:\s*$)",
    re.MULTILINE,
)
"""A keyword, a heading that is a link, or a drawer; Markdown has none of them."""

_HEADING = re.compile(r"(?P<stars>\*{1,9})\s+(?:(?P<state>[^\W\d_a-z]\S{1,30})\s+)?(?P<text>.*)")
_PRIORITY = re.compile(r"\[#[A-Z]\]\s+")
_STATES = re.compile(r"#\+(?:SEQ_|TYP_)?TODO:([^\n]*)", re.IGNORECASE)
_USUAL_STATES = frozenset({"TODO", "NEXT", "WAITING", "DONE"})
_TAGS = re.compile(r"\s+:(?:[\w@#%]{1,60}:){1,20}\s*$")
_KEYWORD = re.compile(r"\s*#\+([A-Za-z_]{2,30}):?\s*(.*)")
_TITLE = re.compile(r"#\+title:", re.IGNORECASE)
_NODE_ID = re.compile(r"\s*:(?:CUSTOM_)?ID:\s+[\da-f-]{36}\s*$", re.IGNORECASE)
_DRAWER = re.compile(r"\s*:[A-Z]{2,30}:\s*$", re.IGNORECASE)
_PROPERTY = re.compile(r"\s*:([\w-]{1,40}):\s+(.*)")
_TABLE_RULE = re.compile(r"\s*\|-[-+]{0,400}\|?\s*$")
_LINK = re.compile(r"\[\[([^\[\]\n]{1,2000})\](?:\[([^\[\]\n]{1,500})\])?\]")
_TIME = re.compile(r"[<\[](\d{4}-\d\d-\d\d)[^<>\[\]\n]{0,40}[>\]](?![(\[])")
_MAX_LEVEL = 6


def is_org_page(text: str) -> bool:
    """Return whether a text starts like a page of Org mode."""
    start = text[:_MAX_START_CHARS]
    # Most pages have no such line, and a text is found much faster than a line that starts with it.
    may_be = "#+" in start or ":PROPERTIES:" in start or ("* " in start and "[[http" in start)
    return may_be and _ORG_LINE.search(start) is not None


def markdown_of_org(text: str) -> str:
    """Return a page of Org mode as Markdown with the same number of lines."""
    lines = text.split("\n")
    # `#+TODO: READ(r) | DONE(d)` declares words of one's own.
    declared = " ".join(_STATES.findall(text[:_MAX_START_CHARS])).split()
    states = _USUAL_STATES | {state.partition("(")[0] for state in declared}
    title = next((number for number, line in enumerate(lines) if _TITLE.match(line)), None)
    if title and _DRAWER.match(lines[0]):
        # The properties of the whole page stand above its title.
        lines[0], lines[title] = lines[title], ""
    return "\n".join(_markdown_line(line, states) for line in lines)


def _markdown_line(line: str, states: Set[str]) -> str:
    if not line.strip():
        return line
    if "[" in line or "<" in line:
        line = _TIME.sub(r"\1", _LINK.sub(_markdown_link, line))
    if heading := _HEADING.match(line):
        level = min(len(heading["stars"]) + 1, _MAX_LEVEL)
        has_state = heading["state"] in states
        text = heading["text"] if has_state else line[heading.end("stars") :].lstrip()
        return f"{'#' * level} {_TAGS.sub('', _PRIORITY.sub('', text, count=1))}"
    if keyword := _KEYWORD.match(line):
        return _line_of_keyword(keyword[1].casefold(), keyword[2])
    if line.startswith("# ") or _DRAWER.match(line) or _NODE_ID.match(line):
        return ""
    if _TABLE_RULE.match(line):
        return line.replace("+", "|")
    return _PROPERTY.sub(r"\1: \2", line, count=1)


def _line_of_keyword(name: str, value: str) -> str:
    """Return the line of a keyword such as ``#+TITLE:``; most say nothing about papers."""
    if name == "title":
        return f"# {value}"
    if name == "date":
        return value
    return "```" if name in {"begin_src", "end_src"} else ""


def _markdown_link(link: re.Match[str]) -> str:
    return f"[{link[2]}]({link[1]})" if link[2] else link[1]
