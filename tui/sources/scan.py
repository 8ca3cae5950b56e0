"""Finds the files of a source, without reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tui.i18n import _


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a digest.

    Attributes:
        name: its path relative to the source, fit to be shown and kept: what cannot be printed
            is written as an escape, and no two files have the same.
        path: the file itself.
        size: in bytes.
        mtime: time of the last change, in nanoseconds.
    """

    name: str
    path: Path
    size: int
    mtime: int


@dataclass(slots=True)
class Scan:
    """What was found of a source.

    Attributes:
        files: newest name first, so that the newest digests are read first.
        unreachable: folders (relative names, ``""`` is the source) that could not be listed, with
            the reason; what was known below them may still be there.
    """

    files: list[FoundFile] = field(default_factory=list)
    unreachable: dict[str, str] = field(default_factory=dict)

    def may_hold(self, name: str) -> bool:
        """Tell whether a file that was not found may lie in a folder that was not listed."""
        return any(not folder or name.startswith(f"{folder}/") for folder in self.unreachable)


def scan(source: Path) -> Scan:
    """List the files of a source.

    Hidden files and folders are left out. A symbolic link is followed if it leads to a place
    within the source, and no folder is listed twice, so that loops end.

    Args:
        source: a file, which is listed by its own name, or a folder, which is listed to its depth.

    Returns:
        The files and what could not be listed. It does not raise.
    """
    found = Scan()
    try:
        status = source.stat()
    except OSError as error:
        found.unreachable[""] = reason(error)
        return found
    if stat.S_ISDIR(status.st_mode):
        found.files.extend(_walk(source, found))
        found.files.sort(key=lambda file: file.name, reverse=True)
    elif stat.S_ISREG(status.st_mode):
        found.files.append(_found(shown(source.name), source, status))
    else:
        # Reading a pipe or a device might never end.
        found.unreachable[""] = _("neither a file nor a folder")
    return found


def _walk(source: Path, found: Scan) -> Iterator[FoundFile]:
    """Yield the files below a folder; note what cannot be listed."""
    root = source.resolve()
    seen: set[Path] = set()
    waiting = [("", root)]
    while waiting:
        prefix, folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        try:
            with os.scandir(folder) as listing:
                children = sorted(listing, key=lambda child: child.name)
        except OSError as error:
            found.unreachable[prefix.rstrip("/")] = reason(error)
            continue
        for child in children:
            if child.name.startswith("."):
                continue
            name = prefix + shown(child.name)
            path = Path(child.path)
            try:
                is_link = child.is_symlink()
                if is_link:
                    path = Path(os.path.realpath(path, strict=True))
                    if not path.is_relative_to(root):
                        continue
                if child.is_dir():
                    # Links wait to the last, so that a folder goes by its own name if it can.
                    waiting.insert(0 if is_link else len(waiting), (f"{name}/", path))
                elif child.is_file():
                    yield _found(name, path, child.stat())
            except OSError:
                # A link to nowhere or to itself, or a file that has just gone: nothing to read.
                continue


def _found(name: str, path: Path, status: os.stat_result) -> FoundFile:
    return FoundFile(name, path, status.st_size, status.st_mtime_ns)


def shown(name: str) -> str:
    """Return a file's name or path with escapes for what cannot be printed, and for backslashes."""
    return "".join(
        c if c.isprintable() and c != "\\" else c.encode("unicode_escape").decode() for c in name
    )


def reason(error: OSError) -> str:
    """Return why something could not be reached, as the system tells it."""
    return error.strerror or type(error).__name__
