"""Finds ``styles`` and ``sample_data``: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def _find(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def sample_data() -> Path:
    """Return the folder of the digests that come with the program."""
    return _find("sample_data")


def stylesheets(*names: str) -> list[Path]:
    """Return stylesheets.

    Args:
        names: those to return, in this order; none for all, ``app`` first.
    """
    folder = _find("styles")
    if names:
        return [folder / f"{name}.tcss" for name in names]
    return sorted(folder.glob("*.tcss"), key=lambda path: (path.stem != "app", path.name))
