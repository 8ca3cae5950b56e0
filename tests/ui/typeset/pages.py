"""Helpers that lay out Markdown and extract parts of the result."""

from __future__ import annotations

from itertools import pairwise

from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out
from tui.ui.typeset.spans import Line, Span


def page(markdown: str, width: int = 40) -> str:
    return "\n".join(line.text for line in lay_out(parse_blocks(markdown), width))


def all_spans(markdown: str, width: int = 40) -> list[Span]:
    return [span for line in lay_out(parse_blocks(markdown), width) for span in line.spans]


def links(markdown: str, width: int = 60) -> list[tuple[str, str]]:
    return [(span.text, span.href) for span in all_spans(markdown, width) if span.href]


def styled(markdown: str, style: str) -> list[str]:
    return [span.text for span in all_spans(markdown) if style in span.style.split()]


def sections(markdown: str) -> list[tuple[str, str]]:
    lines = lay_out(parse_blocks(markdown), 40)
    return [(line.section, line.text) for line in lines if line.section is not None]


def check_empty_lines(lines: list[Line]) -> None:
    blank = [not line.text.strip() and not line.fill_style for line in lines]
    assert not any(blank[:1] + blank[-1:])
    assert not any(first and second for first, second in pairwise(blank))
