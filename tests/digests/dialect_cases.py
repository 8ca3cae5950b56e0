"""All dialects of ours, as they are asked."""

from __future__ import annotations

from tui.digests.dialect import Dialect
from tui.digests.registry import LAST_RESORT, OF_JSON, OF_MARKDOWN


def all_dialects() -> tuple[Dialect, ...]:
    """Return them in the order in which they are asked."""
    return tuple(own.load() for own in (*OF_JSON, *OF_MARKDOWN, LAST_RESORT))
