"""On what was measured, and with what."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

from tests.bench.calm import pace

PACKAGES = ("broadsheet", "textual", "rich", "tinydb", "orjson")


def machine() -> dict[str, object]:
    """Return what kind of machine this is, how busy, and how quick that leaves it."""
    return {
        "cpu": _after("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(int(_after("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "kernel": f"{platform.system()} {platform.release()}",
        "loop": round(pace(), 1),
        "load": [round(each, 2) for each in os.getloadavg()],
    }


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that make a difference."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def _after(file: str, name: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return ""
