"""What ``broadsheet config`` may be told."""

from __future__ import annotations

import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``config``."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--path", action="store_true", help="print where they are kept")
    which.add_argument("--show", action="store_true", help="print them (the default)")
    which.add_argument("--init", action="store_true", help="write a commented file of them")
    parser.set_defaults(run="config:run")
