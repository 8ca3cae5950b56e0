"""What ``broadsheet doctor`` may be told."""

from __future__ import annotations

import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``doctor``."""
    parser.set_defaults(run="doctor:run")
