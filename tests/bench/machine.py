"""A description of the machine and of the measured versions."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

from tests.bench.load_guard import loop_milliseconds

REPORTED_PACKAGES = ("broadsheet", "textual", "rich", "tinydb", "orjson")


def machine() -> dict[str, object]:
    """Return the hardware, the load, and the speed of a simple loop."""
    return {
        "cpu": _proc_value("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(int(_proc_value("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "kernel": f"{platform.system()} {platform.release()}",
        "loop": round(loop_milliseconds(), 1),
        "load": [round(load, 2) for load in os.getloadavg()],
    }


def versions() -> dict[str, str]:
    """Return the versions of Python and the relevant packages."""
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in REPORTED_PACKAGES},
    }


def _proc_value(file: str, name: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return ""
