"""Installed packages that add a dialect."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"
_SECTION = CONTRIBUTING.read_text("utf-8").partition("## A dialect in a package of its own\n")[2]
BLOCKS = dict(re.findall(r"^```(\w*)\n(.*?)^```$", _SECTION.partition("\n## ")[0], re.M | re.S))
"""The code blocks of the section about dialects by language; the sample digest has none."""


def install(folder: Path, module: str, source: str, entry_points: str | None = None) -> Path:
    """Install a package that consists of one module and its metadata.

    Args:
        folder: a folder on the import path.
        module: the name of the package and of its module.
        source: the source code of the module.
        entry_points: its entry points, one per line; by default one with the name of the module.

    Returns:
        The folder.
    """
    metadata = folder / f"{module}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (folder / f"{module}.py").write_text(source, "utf-8")
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    entry_points = entry_points or f"{module} = {module}:DIALECT"
    (metadata / "entry_points.txt").write_text(f"[broadsheet.dialects]\n{entry_points}\n")
    return folder


def install_example(folder: Path) -> Path:
    """Install the package shown in the section about dialects."""
    entry_points = tomllib.loads(BLOCKS["toml"])["project"]["entry-points"]["broadsheet.dialects"]
    lines = "\n".join(f"{name} = {value}" for name, value in entry_points.items())
    return install(folder, "broadsheet_picks", BLOCKS["python"], lines)


def remove(folder: Path, module: str) -> None:
    """Uninstall a package."""
    (folder / f"{module}.py").unlink()
    shutil.rmtree(folder / f"{module}-1.0.dist-info")
