"""What ``broadsheet add`` may be told."""

from __future__ import annotations

import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``add``."""
    parser.add_argument("path", nargs="+", metavar="PATH|URL",
                        help="a digest, a folder or an archive of them, or a git repository, "
                        "which is cloned")  # fmt: skip
    parser.set_defaults(run="sources:run_add")
