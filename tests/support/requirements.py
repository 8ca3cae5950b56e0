"""Requirements of tests. If one is missing, the test is skipped, or fails if ``CI=true``."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tui.runtime.helper_pool import process_count

SEARCH_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
"""Folders of programs, including some that are not in an ordinary user's PATH."""

REAL_DIGESTS = Path(__file__).parents[3] / "shared" / "digests"
"""Published digests, if they are next to the checkout."""


def require_programs(*programs: str, root_task: str = "") -> None:
    """Skip a test if a program is not installed, or root's privileges are missing.

    Args:
        programs: names of programs.
        root_task: the part of the test that needs root; empty if it does not need root.
    """
    missing = [program for program in programs if shutil.which(program, path=SEARCH_PATH) is None]
    reason = f"not installed: {', '.join(missing)}" if missing else ""
    if root_task and os.geteuid() != 0:
        reason = f"only root can {root_task}"
    if reason:
        skip_or_fail(reason)


def require_real_digests() -> Path:
    """Return the folder of published digests; skip a test without it."""
    if not REAL_DIGESTS.is_dir():
        skip_or_fail("no published digests next to the checkout")
    return REAL_DIGESTS


def require_wild_digests() -> Path:
    """Return the folder of small digests in the shape of public ones; skip a test without it."""
    folder = REAL_DIGESTS.parent / "wild"
    if not folder.is_dir():
        skip_or_fail("no wild digests next to the checkout")
    return folder


def require_user_namespaces() -> None:
    """Skip a test that limits a program's resources if the system does not allow that."""
    require_programs("unshare")
    if subprocess.run(["unshare", "-Ur", "true"], check=False, capture_output=True).returncode:
        skip_or_fail("user namespaces are not available")


def require_helper_processes() -> None:
    """Skip a test of helper processes on one core, or if the system does not list processes."""
    if not process_count():
        skip_or_fail("there is one core")
    if not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists():
        skip_or_fail("the system does not list the children of a process")


def skip_or_fail(reason: str) -> None:
    """Skip a test for a reason that must not exist if ``CI=true``."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
