"""``broadsheet man``."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare no arguments, only the usual way to call the command."""
    parser.epilog = "broadsheet man | man -l -"


def run(arguments: argparse.Namespace) -> None:  # noqa: ARG001
    """Print the manual page."""
    from importlib.metadata import version

    from tui.cli.man_page import man_page

    print(man_page(version("broadsheet")), end="")
