"""What tests need of the machine: they are skipped without it, and fail where it has to be."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
"""Where programs lie, also those where an ordinary reader's PATH does not lead."""

REAL_DIGESTS = Path(__file__).parents[3] / "shared" / "digests"
"""Where a checkout has them beside it."""


def need(*programs: str, root_for: str = "") -> None:
    """Skip a test whose needs are not met; in continuous integration that is a failure.

    Args:
        programs: what has to be installed.
        root_for: what only root can do in the test; empty for nothing.
    """
    missing = [program for program in programs if shutil.which(program, path=PATH) is None]
    why = f"not installed: {', '.join(missing)}" if missing else ""
    if root_for and os.geteuid() != 0:
        why = f"only root can {root_for}"
    if why:
        _do_without(why)


def need_real_digests() -> Path:
    """Return the folder of the digests that people publish; skip a test where there is none."""
    if not REAL_DIGESTS.is_dir():
        _do_without("no real digests beside the checkout")
    return REAL_DIGESTS


def need_own_limits() -> None:
    """Skip a test that sets limits of the system for a program alone, where nobody may."""
    need("unshare")
    if subprocess.run(["unshare", "-Ur", "true"], check=False, capture_output=True).returncode:
        _do_without("no user may have limits of its own here")


def _do_without(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
