"""Import Textual without two modules that it imports but that the browser does not need.

They take a twentieth of the time until the first screen. Both can still be imported later.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType

from tui.runtime.tuning import is_plain


def import_textual() -> None:
    """Import Textual, unless tuning is disabled or it has been imported."""
    if is_plain() or "textual" in sys.modules:
        return
    # asyncio does without OpenSSL where Python has none. The event loop opens no connections.
    with _replaced("ssl", None):
        import asyncio  # noqa: F401
    # Of this module, which imports five widgets, the command palette needs one type. A later
    # Textual may need more, and is then imported as usual.
    types = ModuleType("textual.types")
    with suppress(AttributeError, ImportError):
        from textual import _types

        types.IgnoreReturnCallbackType = _types.IgnoreReturnCallbackType  # type: ignore[attr-defined]
        with _replaced("textual.types", types):
            import textual.command  # noqa: F401


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
