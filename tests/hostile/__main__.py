"""Prints what digests that are too much cost: ``python -m tests.hostile [WORDS OF A NAME …]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.big import BIG, write_big
from tests.hostile.measuring import cost_of_sync, visit
from tests.support.home import Home

print(f"{'':36}{'file':>8}{'sync':>16}{'open':>8}{'move':>8}{'answer':>8}{'browser':>9}")
for name in BIG:
    if len(sys.argv) > 1 and not any(words in name for words in sys.argv[1:]):
        continue
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        digests = write_big(name, home.root / "digests")
        size = sum(file.stat().st_size for file in digests.iterdir()) / 1e6
        sync = cost_of_sync(home, digests)
        row = f"{name:36}{size:5.1f} MB{sync.seconds:7.2f} s {sync.megabytes:4.0f} MB"
        print(row, end="", flush=True)
        seen = visit(home, digests)
        row = f"{seen.opened:6.2f} s{seen.shown:6.2f} s{seen.answer:6.2f} s"
        print(f"{row}{seen.megabytes:6.0f} MB", flush=True)
