"""The full text of papers: fetch it, convert it to Markdown, and keep it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class TextOrigin(StrEnum):
    """Where a text came from."""

    HUB = "hub"
    """The Markdown of the Hugging Face hub."""
    ARXIV = "arxiv"
    """arXiv's HTML, made by LaTeXML."""
    PDF = "pdf"


class FullText(NamedTuple):
    """The text of a paper.

    Attributes:
        paper_id: the canonical id.
        markdown: the text, sanitized.
        origin: where it came from.
        url: the URL of the page or file.
    """

    paper_id: str
    markdown: str
    origin: TextOrigin
    url: str


class TextUnavailableError(Exception):
    """A paper has no text that can be shown; the message is a sentence for the reader."""


class TextUnreachableError(TextUnavailableError):
    """The servers cannot be reached, so that other texts cannot be fetched, either."""
