"""The memory of a process."""

from __future__ import annotations

from pathlib import Path

_KILOBYTES_PER_MEGABYTE = 1024
"""The unit of /proc."""


def resident_megabytes(pid: int) -> float:
    """Return the resident memory (RSS) of a process and all its children, in MB."""
    return (
        sum(_status_kilobytes(process, "VmRSS") for process in _process_tree(pid))
        / _KILOBYTES_PER_MEGABYTE
    )


def reset_peak(pid: int) -> None:
    """Reset the peak of a process's memory."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def peak_megabytes(pid: int) -> float:
    """Return the peak of a process's resident memory since ``reset_peak``, in MB."""
    return _status_kilobytes(pid, "VmHWM") / _KILOBYTES_PER_MEGABYTE


def _status_kilobytes(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def _process_tree(pid: int) -> list[int]:
    pids = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            pids += _process_tree(int(child))
    return pids
