"""All dialects of ours, as they are asked."""

from __future__ import annotations

from tui.digests.dialect import Dialect
from tui.digests.registry import FALLBACK, JSON_DIALECTS, MARKDOWN_DIALECTS


def all_dialects() -> tuple[Dialect, ...]:
    """Return them in the order in which they are asked."""
    return tuple(own.load() for own in (*JSON_DIALECTS, *MARKDOWN_DIALECTS, FALLBACK))
