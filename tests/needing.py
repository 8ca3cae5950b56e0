"""What tests need of the machine: they are skipped without it, and fail where it has to be."""

from __future__ import annotations

import os
import shutil

import pytest

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
"""Where programs lie, also those where an ordinary reader's PATH does not lead."""


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
    if why and os.environ.get("CI") == "true":
        pytest.fail(why)
    if why:
        pytest.skip(why)
