"""Finds the files of a source, without reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a digest.

    Attributes:
        name: its path relative to the source, fit to be shown and kept: what is no valid text in
            the file system's encoding is written as an escape.
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
        found.unreachable[""] = _reason(error)
        return found
    if stat.S_ISDIR(status.st_mode):
        found.files.extend(_walk(source, found))
        found.files.sort(key=lambda file: file.name, reverse=True)
    else:
        found.files.append(_found(source.name, source, status))
    return found


def _walk(source: Path, found: Scan) -> Iterator[FoundFile]:
    """Yield the files below a folder; note what cannot be listed."""
    root = source.resolve()
    seen = {root}
    waiting: list[tuple[str, Path]] = [("", root)]
    while waiting:
        prefix, folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                children = list(listing)
        except OSError as error:
            found.unreachable[prefix.rstrip("/")] = _reason(error)
            continue
        for child in children:
            if child.name.startswith("."):
                continue
            name = prefix + _shown(child.name)
            path = Path(child.path)
            try:
                if child.is_symlink():
                    path = path.resolve(strict=True)
                    if not path.is_relative_to(root):
                        continue
                if child.is_dir():
                    if path not in seen:
                        seen.add(path)
                        waiting.append((f"{name}/", path))
                elif child.is_file():
                    yield _found(name, path, child.stat())
            except OSError:
                # A link to nowhere or to itself, or a file that has just gone: nothing to read.
                continue


def _found(name: str, path: Path, status: os.stat_result) -> FoundFile:
    return FoundFile(_shown(name), path, status.st_size, status.st_mtime_ns)


def _shown(name: str) -> str:
    """Return a file's name as text without surrogates and control characters."""
    text = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
