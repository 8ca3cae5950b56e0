"""Extras: dependencies that only some features need, and that a plain installation lacks."""

from __future__ import annotations

import shlex
from importlib.util import find_spec
from pathlib import Path

PARENT = Path(__file__).parents[2]
"""Contains the package: a checkout, or a folder of installed packages."""


def how_to_install(module: str, extra: str) -> str:
    """Return the command that installs an extra, or an empty text if it is not needed.

    Args:
        module: the name of a module of the extra; nothing is needed if it can be imported.
        extra: the name of the extra.
    """
    return "" if find_spec(module) is not None else install_command(extra)


def install_command(extra: str, parent: Path = PARENT) -> str:
    """Return the command that installs an extra from where the program was installed.

    Args:
        extra: the name of the extra.
        parent: what contains the package.
    """
    if (parent / "pyproject.toml").is_file():
        return f"pip install -e {shlex.quote(f'{parent}[{extra}]')}"
    return f"pip install 'broadsheet[{extra}]'"
