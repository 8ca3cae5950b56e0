"""A cache whose owner has written attacks into it, with correct checksums."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile.attacks import CONTROLS
from tui.cache.source_cache import SCHEMA
from tui.storage.tables import read_tables, write_tables

ATTACK = " ".join(CONTROLS[name] for name in ("window title", "clipboard", "DCS", "C1", "bidi"))

VISIBLE = "gnp.exe"
"""A part of the attack that is harmless."""

TEXT_FIELDS = ("title", "names", "dialect", "digest", "markdown", "thumbnail")


def add_attacks(document: dict[str, Any]) -> None:
    """Add an attack to every text of a row or summary that the reader sees."""
    for name in TEXT_FIELDS:
        if isinstance(document.get(name), str):
            document[name] += ATTACK
    if "thumbnail" in document:
        document["thumbnail"] = f"https://example.org/{ATTACK}"
    if "sections" in document:
        document["sections"] = [*document["sections"], ATTACK]


def add_attacks_to_problems(document: dict[str, Any]) -> None:
    document["problems"] = [[1, "{why}", {"why": ATTACK}, False]]


def tamper(folder: Path, pattern: str, change: Callable[[dict[str, Any]], None]) -> int:
    """Change the documents of some cache files and its manifest; return how many were changed."""
    changed = 0
    for file in sorted(folder.rglob(pattern)):
        tables = read_tables(file, SCHEMA)
        for name in tables.keys() & {"entries", "digests", "days", "calendar"}:
            for document in tables[name].values():
                change(document)
                changed += 1
        write_tables(file, tables, SCHEMA)
    for file in folder.rglob("catalogue.json"):
        tables = read_tables(file, SCHEMA)
        for name, document in tables["files"].items():
            document["size"] = file.with_name(f"{name}.json").stat().st_size
        write_tables(file, tables, SCHEMA)
    return changed
