"""Import Textual without modules that it imports but that the first screen does not need.

They take a tenth of the time until the first screen. All of them can still be imported later.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from tui.runtime.tuning import is_plain

PALETTE_NAMES = (
    "CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider",
    "SimpleProvider",
)  # fmt: skip
"""What Textual's app and themes import from the module of the command palette. They use it only in
methods that ours do not call."""


def import_textual() -> None:
    """Import Textual, unless tuning is disabled or it has been imported."""
    if is_plain() or "textual" in sys.modules:
        return
    # asyncio does without OpenSSL where Python has none. The event loop opens no connections.
    with _replaced("ssl", None):
        import asyncio  # noqa: F401
    # With its widgets, the command palette takes longest. It is imported when it is opened.
    palette = ModuleType("textual.command")
    vars(palette).update({name: type(name, (), {}) for name in PALETTE_NAMES})
    try:
        with _replaced("textual.command", palette):
            import textual.app  # noqa: F401
    except (ImportError, AttributeError, TypeError):
        # A later Textual needs more of it. It is imported as usual.
        for name in [name for name in sys.modules if name.partition(".")[0] == "textual"]:
            del sys.modules[name]


@contextmanager
def _replaced(name: str, module: ModuleType | None) -> Iterator[None]:
    """Let a module be another one, or be missing, unless it has been imported."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = module  # type: ignore[assignment]  # with None, importing it fails
    try:
        yield
    finally:
        del sys.modules[name]
