"""Threads of numbered posts, as on X or Mastodon, as Markdown."""

from __future__ import annotations

import re

_MAX_START_CHARS = 20_000
_MIN_POSTS = 3
"""Numbered posts, so that a page is a thread."""

_NUMBER = re.compile(r"\n\d{1,3}/")
"""The number of a post; few pages have one, and searching for it is much faster."""

_POST = re.compile(
    r"^(\d{1,3}/(?:\d{1,3})?[ \t]+(?=[^\n]{8,200}$)[^\n]*[^.!?\n\s])[ \t]*$", re.MULTILINE
)
"""The number of a post and a line that is no sentence: ``2/ "Title" by Ada Bell``."""


def markdown_of_thread(text: str) -> str:
    """Return a thread as Markdown whose posts are sections; another text as it is."""
    start = text[:_MAX_START_CHARS]
    if _NUMBER.search(f"\n{start}") is None:
        return text
    is_thread = len(_POST.findall(start)) >= _MIN_POSTS
    return _POST.sub(r"## \1", text) if is_thread else text
