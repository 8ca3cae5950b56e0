"""Puts a summary together from texts that stand apart, as in the fields of a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What would begin a heading, a fence or the line under a heading, and with it another section.
_BEGINS_BLOCK = re.compile(r"^([ \t]*)(#{1,6}(?=\s|$)|`{3}|~{3}|[=-]+(?=[ \t]*$))", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]{2,}")
_ACTIVE = re.compile(r"[\\`*_\[\]<]")


def join_sections(parts: Iterable[tuple[str, str]]) -> str:
    """Return Markdown with a heading for each part that has a text.

    Args:
        parts: label and text, in order; a part without a label has no heading.
    """
    told = ((label, text.strip()) for label, text in parts)
    return "\n\n".join(f"## {label}\n\n{text}" if label else text for label, text in told if text)


def escape_blocks(text: str) -> str:
    r"""Return a told text fit to stand below a heading: nothing in it begins another section."""
    return _BEGINS_BLOCK.sub(r"\1\\\2", text)


def format_abstract(text: str) -> str:
    """Return an abstract as arXiv tells it, where an indented line begins a paragraph."""
    return escape_blocks(_PARAGRAPH.sub("\n\n", text))


def bullet_list(told: Iterable[tuple[str, str]]) -> str:
    """Return a bulleted line for each name that has a value, which is Markdown."""
    return "\n".join(f"- **{name}**: {value}" for name, value in told if value)


def comma_list(words: Iterable[str]) -> str:
    """Return words one behind the other, as Markdown that shows them as they are."""
    return ", ".join(_ACTIVE.sub(r"\\\g<0>", each) for each in words)


def format_link(address: str | None, remark: str = "") -> str:
    """Return an address as a link, with a remark behind it; empty without one."""
    if not address:
        return ""
    return f"<{address}> ({remark})" if remark else f"<{address}>"


def format_stars(number: int | None) -> str:
    """Return how many stars a repository has, in words; empty for none or unknown."""
    return f"{number} {'star' if number == 1 else 'stars'}" if number else ""
