"""The byte count runs; its results are not checked."""

from __future__ import annotations

import subprocess
import sys

from tests.support.home import TIMEOUT_SECONDS


def test_byte_count_prints_a_table() -> None:
    arguments = ["--papers", "120", "--times", "1", "--quiet", "0.1"]
    result = subprocess.run(
        [sys.executable, "-m", "tests.bench.wire", *arguments],
        capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    for text in ("over SSH", "120 x 40", "first screen", "another day", "3,500"):
        assert text in result.stdout
