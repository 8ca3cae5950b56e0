"""How much memory a program has."""

from __future__ import annotations

from pathlib import Path

_MEGABYTE = 1024
"""The kernel counts in kB."""


def resident(pid: int) -> float:
    """Return the resident memory (RSS) of a process and all its children, in MB."""
    return sum(_told(each, "VmRSS") for each in _family(pid)) / _MEGABYTE


def forget_most(pid: int) -> None:
    """Let the most that a process ever had count from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def most(pid: int) -> float:
    """Return the most resident memory that a process had since ``forget_most``, in MB."""
    return _told(pid, "VmHWM") / _MEGABYTE


def _told(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            found += _family(int(child))
    return found
