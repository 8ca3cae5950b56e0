"""Real disks that fail, as far as the system lets tests mount them."""

from __future__ import annotations

import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.requirements import require_programs

DISK_BYTES = 512 * 1024
"""Size of the small disk: the cache of the samples fits."""

TINY_DISK_BYTES = 256 * 1024
"""Size of a disk on which only a part of it fits, so that the cache lacks its index."""


def run(*arguments: str | Path) -> None:
    subprocess.run(
        [str(argument) for argument in arguments], check=True, capture_output=True, timeout=60
    )


class WriteFault(ABC):
    """A condition that keeps a program from writing while it lasts.

    Attributes:
        message: the message shown to the reader.
    """

    message: str

    @abstractmethod
    def begin(self, program: int) -> None:
        """Start the fault for a process."""

    @abstractmethod
    def end(self, program: int) -> None:
        """End the fault."""


class FullDisk(WriteFault):
    """A full disk."""

    message = "no space left on this disk; free some up"

    def __init__(self, disk: Path) -> None:
        self._filler = disk / "filler"

    def begin(self, program: int = 0) -> None:  # noqa: ARG002
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            for size in (4096, 1):
                with suppress(OSError):
                    while file.write(b"x" * size):
                        pass

    def end(self, program: int = 0) -> None:  # noqa: ARG002
        self._filler.unlink()


class ReadOnlyDisk(WriteFault):
    """A disk mounted read-only."""

    message = "this disk is read-only; remount it writable"

    def __init__(self, disk: Path) -> None:
        self._disk = disk

    def begin(self, program: int = 0) -> None:  # noqa: ARG002
        run("mount", "-o", "remount,ro", self._disk)

    def end(self, program: int = 0) -> None:  # noqa: ARG002
        run("mount", "-o", "remount,rw", self._disk)


class FileSizeLimit(WriteFault):
    """A process that may write only one byte per file (RLIMIT_FSIZE)."""

    message = "the file would exceed your file size limit; see 'ulimit -f'"

    def begin(self, program: int) -> None:
        run("prlimit", "--pid", str(program), "--fsize=1:unlimited")

    def end(self, program: int) -> None:
        run("prlimit", "--pid", str(program), "--fsize=unlimited:unlimited")


@contextmanager
def disk(at: Path, size: int = DISK_BYTES) -> Iterator[Path]:
    """Mount a small, empty disk; its size is in bytes."""
    require_programs("mount", "umount", "prlimit", root_task="mount disks and lift limits")
    at.mkdir(parents=True, exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "none", at)
    try:
        yield at
    finally:
        run("umount", "--lazy", at)
