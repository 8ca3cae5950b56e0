"""Paths of the files that come with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def _find(name: str) -> Path:
    # Wheels contain the folders inside the package; in a checkout, they are next to it.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def sample_data() -> Path:
    """Return the folder of the sample digests."""
    return _find("sample_data")


def stylesheets(*names: str) -> list[Path]:
    """Return the paths of stylesheets.

    Args:
        names: the names of stylesheets; without names, all are returned, ``app`` first.
    """
    folder = _find("styles")
    if names:
        return [folder / f"{name}.tcss" for name in names]
    return sorted(folder.glob("*.tcss"), key=lambda path: (path.stem != "app", path.name))
