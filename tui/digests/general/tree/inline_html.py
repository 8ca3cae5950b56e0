"""HTML within a line of Markdown."""

from __future__ import annotations

import re

# Tags end at the next bracket of either kind, so that none is searched twice.
_ANCHOR = re.compile(
    r"<a\b[^<>]{0,500}?\bhref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s<>]+))[^<>]{0,500}>"
    r"(.{0,800}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_BOLD_TAG = re.compile(r"</?(?:b|strong)\b[^<>]*>", re.IGNORECASE)
_ITALIC_TAG = re.compile(r"</?(?:i|em)\b[^<>]*>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[A-Za-z][\w:-]{0,20}(?:\s[^<>]{0,2000})?/?>")


SUPERSCRIPT = re.compile(r"<sup\b[^<>]*>([\d,;*†‡§¶∗ ]{1,12})</sup\s*>", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", ",; ")


def superscript(match: re.Match[str]) -> str:
    """Return the content of a tag of `SUPERSCRIPT` in superscript digits."""
    return match[1].translate(_SUPERSCRIPTS)


def inline_markdown(text: str) -> str:
    """Return a line with its HTML as Markdown: links, bold, italics; other tags are dropped."""
    if "<" not in text:
        return text
    text = _ANCHOR.sub(lambda link: f"[{link[4].strip()}]({link[1] or link[2] or link[3]})", text)
    text = _BOLD_TAG.sub("**", text)
    text = _ITALIC_TAG.sub("_", text)
    text = _BREAK_TAG.sub("\n", text)
    text = SUPERSCRIPT.sub(superscript, text)
    return _ANY_TAG.sub("", text)
