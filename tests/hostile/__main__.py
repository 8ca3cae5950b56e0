"""Print the costs of huge digests and sources: ``python -m tests.hostile [NAME …]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.big import HUGE_DIGESTS, write_huge_digest
from tests.hostile.costs import measure_browser, measure_sync
from tests.hostile.large_sources import LARGE_SOURCES
from tests.support.home import Home


def _is_selected(name: str) -> bool:
    return len(sys.argv) == 1 or any(part in name for part in sys.argv[1:])


print(f"{'':36}{'file':>8}{'sync':>16}{'open':>8}{'move':>8}{'key':>8}{'browser':>9}")
for name in HUGE_DIGESTS:
    if not _is_selected(name):
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

print(f"\n{'':36}{'source':>11}{'sync':>16}")
for name, large in LARGE_SOURCES.items():
    if _is_selected(name):
        with tempfile.TemporaryDirectory() as folder:
            home = Home(Path(folder))
            sync = measure_sync(home, large.write(home.root, large.max_megabytes))
            row = f"{name:36}{large.max_megabytes:8.0f} MB{sync.seconds:7.1f} s"
            print(f"{row} {sync.megabytes:4.0f} MB", flush=True)
