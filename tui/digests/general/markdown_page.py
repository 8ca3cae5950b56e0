"""A text in any markup as a page of Markdown, below its front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tui.digests.general.markup.arxiv_listing import markdown_of_listing
from tui.digests.general.markup.chat_log import markdown_of_chat, with_signs
from tui.digests.general.markup.html_pages import markdown_of_html
from tui.digests.general.markup.mail import find_mail
from tui.digests.general.markup.org_mode import is_org_page, markdown_of_org
from tui.digests.general.markup.post_thread import markdown_of_thread
from tui.digests.general.markup.quoted_sections import with_quoted_sections
from tui.digests.general.markup.reference_links import with_reference_links
from tui.digests.general.markup.wiki_markup import markdown_of_wiki
from tui.digests.general.markup.wrapped_links import with_whole_links
from tui.digests.general.records.value_tree import split_front_matter
from tui.sanitize import clean

_HTML_START = re.compile(
    r"\s*<(?!https?:|details|summary|img|p align|div align|h\d align|a )", re.I
)
_HTML_TAGS = re.compile(r"<(?:a|li|td|h[1-6]|article)\b[^<>]*>", re.IGNORECASE)

_LABELLED_LINK = re.compile(r"<(https?://[^\s<>|]{1,500})\|([^<>|\n]{1,500})>")
"""A link as Slack writes it."""

_LINK_IN_RST = re.compile(r"`([^`<>\n]{1,500}?)\s*<(https?://[^\s<>`]{1,500})>`__?")
"""A link in reStructuredText."""

_ESCAPED = re.compile(r"(?:^([ \t]{0,8}\d{1,3})|(?<=[ ]))\\([.)-])(?=[ ])", re.MULTILINE)
"""What Google Docs escapes in Markdown: ``1\\. **Title** \\- Names``."""


class Page(NamedTuple):
    """A text as a page of Markdown.

    Attributes:
        fields: the fields of its front matter, or None.
        body: the text below that.
        line_offset: the number of lines above the body.
    """

    fields: Mapping[str, object] | None
    body: str
    line_offset: int

    @property
    def text(self) -> str:
        """The body, with an empty line for each line above it."""
        return "\n" * self.line_offset + self.body


def page_of(text: str) -> Page:
    """Return a decoded text as a page of Markdown."""
    return split_page(clean_page(text))


def clean_page(text: str) -> str:
    """Return a decoded text without what must not reach the screen, and with Markdown's links."""
    cleaned = with_signs(_LABELLED_LINK.sub(r"[\2](\1)", clean(text)))
    return _LINK_IN_RST.sub(r"[\1](\2)", cleaned) if ">`_" in cleaned else cleaned


def split_page(cleaned: str) -> Page:
    """Return a cleaned text as a page of Markdown; see `clean_page`."""
    if mail := find_mail(cleaned):
        page = _split_body(cleaned[mail.start :].lstrip())
        above = cleaned.count("\n") - page.text.count("\n")
        return Page({"date": mail.day, **(page.fields or {})}, page.body, above)
    return _split_body(cleaned)


def _split_body(cleaned: str) -> Page:
    if _is_html(cleaned):
        cleaned = markdown_of_html(cleaned)
    elif is_org_page(cleaned):
        cleaned = markdown_of_org(cleaned)
    else:
        cleaned = markdown_of_listing(markdown_of_wiki(with_quoted_sections(cleaned)))
        cleaned = markdown_of_thread(markdown_of_chat(cleaned))
        cleaned = with_reference_links(_without_escapes(with_whole_links(cleaned)))
    fields, offset = split_front_matter(cleaned)
    line_offset = cleaned.count("\n", 0, offset)
    body = cleaned[offset:]
    if offset and _is_html(body):
        body = markdown_of_html(body)
    return Page(fields if isinstance(fields, dict) else None, body, line_offset)


def _is_html(text: str) -> bool:
    return _HTML_START.match(text) is not None and _HTML_TAGS.search(text) is not None


def _without_escapes(text: str) -> str:
    """Return a page without backslashes before the signs of lists and dashes."""
    if "\\. " not in text and "\\- " not in text:
        return text
    return _ESCAPED.sub(r"\1\2", text)
