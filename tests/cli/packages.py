"""Packages that bring a dialect, as they lie where they are installed."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"
_SECTION = CONTRIBUTING.read_text("utf-8").partition("## A new dialect in 40 lines\n")[2]
BLOCKS = dict(re.findall(r"^```(\w*)\n(.*?)^```$", _SECTION.partition("\n## ")[0], re.M | re.S))
"""What the page about new dialects shows, by the language of the block; a list has none."""


def install(folder: Path, module: str, source: str, points: str | None = None) -> Path:
    """Lay a package down as an installer does: its module, and who it is.

    Args:
        folder: a place that Python looks into.
        module: its name.
        source: its text.
        points: names and values of its dialects, a line each; one like the module by itself.
    """
    told = folder / f"{module}-1.0.dist-info"
    told.mkdir(parents=True)
    (folder / f"{module}.py").write_text(source, "utf-8")
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    points = points or f"{module} = {module}:DIALECT"
    (told / "entry_points.txt").write_text(f"[broadsheet.dialects]\n{points}\n")
    return folder


def install_example(folder: Path) -> Path:
    """Install the package that the page about new dialects shows."""
    points = tomllib.loads(BLOCKS["toml"])["project"]["entry-points"]["broadsheet.dialects"]
    lines = "\n".join(f"{name} = {value}" for name, value in points.items())
    return install(folder, "broadsheet_picks", BLOCKS["python"], lines)


def remove(folder: Path, module: str) -> None:
    """Take a package away again."""
    (folder / f"{module}.py").unlink()
    shutil.rmtree(folder / f"{module}-1.0.dist-info")
