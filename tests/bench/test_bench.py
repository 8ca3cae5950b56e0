"""The benchmark runs, and tells every row; what it measures is for people to judge."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.rows import ROWS
from tests.support.home import TIMEOUT_SECONDS

OF_TWO_SIZES = {"sync-flat"}


def test_it_tells_every_row(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    words = ["--quick", "--no-references", "--json", str(told)]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", *words],
        capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    rows = {row["name"]: row for row in json.loads(told.read_text(encoding="utf-8"))["rows"]}
    assert list(rows) == [row.name for row in ROWS]
    for row in ROWS:
        assert row.words in ran.stdout
        is_measured = rows[row.name]["papers"] is not None
        assert is_measured == (row.name not in OF_TWO_SIZES)
    # How long a thing takes is not judged here: a busy machine may stop the reference for longer.
    assert rows["first"]["ratio"] > 0
    assert rows["move-bytes"]["median"] > 0
