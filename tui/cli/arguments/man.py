"""What ``broadsheet man`` may be told."""

from __future__ import annotations

import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``man``."""
    parser.epilog = "broadsheet man | man -l -"
    parser.set_defaults(run="man:run")
