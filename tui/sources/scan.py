"""Finds the files of a source, without reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tui.i18n import N_, _
from tui.storage.disk_errors import reason

MAX_FILE = 256 * 1024 * 1024
"""Bytes; a larger file is no digest of a day."""


class SkipReason(NamedTuple):
    """Why a file is not read.

    Attributes:
        words: a sentence, with a ``{name}`` for each value; empty if nobody need be told.
        values: what stands in it.
    """

    message: str
    values: Mapping[str, int] = MappingProxyType({})


class FoundFile(NamedTuple):
    """A file that may be a digest.

    Attributes:
        name: its path relative to the source, fit to be shown and kept: what cannot be printed
            is written as an escape, and no two files have the same.
        path: the file itself, or the archive that it is in. No ``Path``: most are never read,
            and to make one takes longer than to ask the system about the file.
        size: of that, in bytes.
        mtime: time of its last change, in nanoseconds.
        content: what tells the content without reading it; empty if nothing does.
        refused: why it is not read, or None.
    """

    name: str
    path: str
    size: int
    mtime: int
    content_id: str = ""
    skip_reason: SkipReason | None = None


@dataclass(slots=True)
class ScanResult:
    """What was found of a source.

    Attributes:
        files: newest name first, so that the newest digests are read first.
        unreachable: folders (relative names, ``""`` is the source) that could not be listed, with
            the reason; what was known below them may still be there.
        outward: links (relative names) that lead out of the source and were not followed, with
            where they lead to, fit to be shown.
        folders: those that were listed, the source among them, without links.
    """

    files: list[FoundFile] = field(default_factory=list)
    unreachable: dict[str, str] = field(default_factory=dict)
    unfollowed_links: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list, compare=False)

    def may_hold(self, name: str) -> bool:
        """Tell whether a file that was not found may lie in a folder that was not listed."""
        return any(not folder or name.startswith(f"{folder}/") for folder in self.unreachable)


def scan(source: Path, *, follow_links: bool = False) -> ScanResult:
    """List the files of a source.

    Hidden files and folders are left out. A symbolic link is followed if it leads to a place
    within the source. No file is found and no folder listed twice, so that loops end; each goes by
    its own name if it has one in the source.

    Args:
        source: a file, which is listed by its own name, or a folder, which is listed to its depth.
            It may be a link itself.
        follow_links: whether links that lead out of the source are followed, too.

    Returns:
        The files and what could not be listed. It does not raise.
    """
    found = ScanResult()
    try:
        status = source.stat()
    except OSError as error:
        found.unreachable[""] = reason(error)
        return found
    if stat.S_ISDIR(status.st_mode):
        linked = _walk(source, found, follow_links=follow_links)
        there = {file.path for file in found.files} if linked else set()
        for file in linked:
            if file.path not in there:
                there.add(file.path)
                found.files.append(file)
        found.files.sort(reverse=True)
    elif stat.S_ISREG(status.st_mode):
        found.files.append(_found(printable_path(source.name), str(source), status))
    else:
        # Reading a pipe or a device might never end.
        found.unreachable[""] = _("neither a file nor a folder")
    return found


def _walk(source: Path, found: ScanResult, *, follow_links: bool) -> list[FoundFile]:
    """Note the files below a folder, what cannot be listed, and what is not followed.

    Returns:
        Files that links lead to. They may be among the others.
    """
    root = source.resolve()
    seen: set[str] = set()
    linked: list[FoundFile] = []
    waiting = [("", str(root))]
    while waiting:
        prefix, folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        try:
            with os.scandir(folder) as listing:
                children = sorted(listing, key=attrgetter("name"))
        except OSError as error:
            found.unreachable[prefix.rstrip("/")] = reason(error)
            continue
        found.folders.append(folder)
        for child in children:
            if child.name.startswith("."):
                continue
            name = prefix + printable_path(child.name)
            path = child.path
            try:
                is_link = child.is_symlink()
                if is_link:
                    path = os.path.realpath(path, strict=True)
                    if not (follow_links or Path(path).is_relative_to(root)):
                        found.unfollowed_links[name] = printable_path(path)
                        continue
                if child.is_dir():
                    # Links wait to the last, so that a folder goes by its own name if it can.
                    waiting.insert(0 if is_link else len(waiting), (f"{name}/", path))
                elif child.is_file():
                    files = linked if is_link else found.files
                    files.append(_found(name, path, child.stat()))
            except OSError:
                # A link to nowhere or to itself, or a file that has just gone: nothing to read.
                continue
    return linked


def _found(name: str, path: str, status: os.stat_result) -> FoundFile:
    size = status.st_size
    words = N_("is larger than {size} MB; skipped")
    refused = SkipReason(words, {"size": MAX_FILE >> 20}) if size > MAX_FILE else None
    return FoundFile(name, path, size, status.st_mtime_ns, skip_reason=refused)


def printable_path(name: str) -> str:
    """Return a file's name or path with escapes for what cannot be printed, and for backslashes."""
    if name.isprintable() and "\\" not in name:
        return name
    return "".join(
        c if c.isprintable() and c != "\\" else c.encode("unicode_escape").decode() for c in name
    )
