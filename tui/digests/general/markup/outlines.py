"""Outlines in OPML as lists of Markdown; the format is http://opml.org/spec2.opml."""

from __future__ import annotations

import html
import re

_ROOT = re.compile(r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*)?<opml\b", re.DOTALL)
_TAG = re.compile(r"<(?P<close>/?)outline\b(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TITLE = re.compile(r"<title>([^<>]{1,300})</title>")
_UPDATED = re.compile(r"<dateModified>([^<>]{1,60})</dateModified>")
_ADDRESSES = ("url", "htmlUrl", "link")
_MAX_NESTING = 30


def markdown_of_outline(text: str) -> str | None:
    """Return the list that a file in OPML is, or None if a text is something else.

    A feed to which a reader subscribes has an ``xmlUrl``, and is left out.
    """
    if _ROOT.match(text[:3000]) is None:
        return None
    title = _TITLE.search(text)
    lines = [f"# {html.unescape(title[1])}\n" if title else ""]
    if updated := _UPDATED.search(text):
        lines.append(f"Updated: {html.unescape(updated[1])}\n")
    depth = 0
    for tag in _TAG.finditer(text):
        if tag["close"]:
            depth = max(depth - 1, 0)
            continue
        found = _ATTRIBUTE.findall(tag["attributes"])
        fields = {name: html.unescape(double or single) for name, double, single in found}
        if "xmlUrl" not in fields:
            lines += _item(fields, "  " * min(depth, _MAX_NESTING))
        depth += not tag["attributes"].rstrip().endswith("/")
    return "\n".join(lines)


def _item(fields: dict[str, str], indent: str) -> list[str]:
    """Return the lines of an item, whose note is one below it."""
    text = " ".join((fields.get("text") or fields.get("title") or "").split())
    address = next(filter(None, map(fields.get, _ADDRESSES)), None)
    item = f"[{text}]({address})" if address and "](" not in text else text
    note = " ".join(fields.get("_note", "").split())
    return [f"{indent}- {item}", *([f"{indent}  - {note}"] if note else [])]
