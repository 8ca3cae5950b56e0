"""Build a Markdown summary from separate texts, such as the fields of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tui.digests.parsing.json_values import as_text

# These would start a heading or a fence, or turn the line above into a heading.
_BLOCK_START = re.compile(r"^([ \t]*)(#{1,6}(?=\s|$)|`{3}|~{3}|[=-]+(?=[ \t]*$))", re.MULTILINE)
_INDENTED_LINE = re.compile(r"\n[ \t]{2,}")
_MARKUP = re.compile(r"[\\`*_\[\]<]")
_MODEL_SECTIONS = {
    "TL;DR": ("tldr", "tl;dr", "one_liner"),
    "Motivation": ("motivation",),
    "Method": ("method",),
    "Result": ("result",),
    "Conclusion": ("conclusion",),
}


def model_sections(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield label and Markdown of the parts that a language model writes about a paper."""
    for label, names in _MODEL_SECTIONS.items():
        texts = (as_text(fields.get(name)) for name in names)
        yield label, escape_blocks(next(filter(None, texts), ""))


def join_sections(*sections: tuple[str, str]) -> str:
    """Return Markdown with a heading for each section that has text.

    Args:
        sections: label and text, in order; a section without a label gets no heading.
    """
    stripped = ((label, text.strip()) for label, text in sections)
    return "\n\n".join(
        f"## {label}\n\n{text}" if label else text for label, text in stripped if text
    )


def escape_blocks(text: str) -> str:
    r"""Escape everything that would start a separate section, with a ``\``."""
    return _BLOCK_START.sub(r"\1\\\2", text)


def format_abstract(text: str) -> str:
    """Return an abstract as Markdown; arXiv indents the first line of each paragraph."""
    return escape_blocks(_INDENTED_LINE.sub("\n\n", text))


def bullet_list(*items: tuple[str, str]) -> str:
    """Return a bullet for each name with a value; the values are Markdown."""
    return "\n".join(f"- **{name}**: {value}" for name, value in items if value)


def comma_list(texts: Iterable[str]) -> str:
    """Return plain texts as Markdown, separated by commas."""
    return ", ".join(_MARKUP.sub(r"\\\g<0>", text) for text in texts)


def format_link(url: str | None, remark: str = "") -> str:
    """Return a URL as a link, followed by a remark in parentheses; empty without a URL."""
    if not url:
        return ""
    return f"<{url}> ({remark})" if remark else f"<{url}>"


def format_stars(count: int | None) -> str:
    """Return the number of a repository's stars in words; empty if it is 0 or unknown."""
    return f"{count} {'star' if count == 1 else 'stars'}" if count else ""
