"""What ``broadsheet sources`` may be told."""

from __future__ import annotations

import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``sources``."""
    parser.set_defaults(run="sources:run_sources")
