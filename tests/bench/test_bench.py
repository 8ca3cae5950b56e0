"""The benchmark runs and reports every row; the results are not checked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.rows import ROWS
from tests.support.home import TIMEOUT_SECONDS

NEEDS_TWO_SIZES = {"sync-flat"}


def test_every_row_is_reported(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    arguments = ["--quick", "--no-references", "--json", str(results)]
    result = subprocess.run(
        [sys.executable, "-m", "tests.bench", *arguments],
        capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    rows = {row["name"]: row for row in json.loads(results.read_text(encoding="utf-8"))["rows"]}
    assert list(rows) == [row.name for row in ROWS]
    for row in ROWS:
        assert row.label in result.stdout
        is_measured = rows[row.name]["papers"] is not None
        assert is_measured == (row.name not in NEEDS_TWO_SIZES)
    # Times are not compared: on a busy machine the reference may take longer.
    assert rows["first"]["ratio"] > 0
    assert rows["move-bytes"]["median"] > 0
