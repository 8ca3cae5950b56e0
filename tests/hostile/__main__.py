"""Print the time and memory costs of huge digests: ``python -m tests.hostile [NAME …]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.big import HUGE_DIGESTS, write_huge_digest
from tests.hostile.measuring import measure_browser, measure_sync
from tests.support.home import Home

print(f"{'':36}{'file':>8}{'sync':>16}{'open':>8}{'move':>8}{'key':>8}{'browser':>9}")
for name in HUGE_DIGESTS:
    if len(sys.argv) > 1 and not any(part in name for part in sys.argv[1:]):
        continue
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        digests = write_huge_digest(name, home.root / "digests")
        size = sum(file.stat().st_size for file in digests.iterdir()) / 1e6
        sync = measure_sync(home, digests)
        row = f"{name:36}{size:5.1f} MB{sync.seconds:7.2f} s {sync.megabytes:4.0f} MB"
        print(row, end="", flush=True)
        cost = measure_browser(home, digests)
        row = f"{cost.open_seconds:6.2f} s{cost.move_seconds:6.2f} s{cost.key_seconds:6.2f} s"
        print(f"{row}{cost.megabytes:6.0f} MB", flush=True)
