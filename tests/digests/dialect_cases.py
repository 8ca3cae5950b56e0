"""All built-in dialects."""

from __future__ import annotations

from tui.digests.registry import FALLBACK, GENERAL, JSON_DIALECTS, MARKDOWN_DIALECTS, Dialect


def all_dialects() -> tuple[Dialect, ...]:
    """Return the built-in dialects in the order in which they are tried."""
    return tuple(
        dialect.load() for dialect in (*JSON_DIALECTS, *MARKDOWN_DIALECTS, FALLBACK, GENERAL)
    )
