"""Files that are not digests but copies of one: of editors, and of programs that sync folders."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

_BACKUP_ENDS = ("~", ".bak", ".orig", ".old", ".rej", ".save", ".swp", ".swo", ".swn", ".tmp")
"""Suffixes that Emacs, vim, nano, patch and others use; ``#name#`` and ``~name`` are by editors,
too."""

_CONFLICT = (
    r"\.sync-conflict-\d{8}-\d{6}(?:-\w+)?(?=\.|$)"  # Syncthing
    r"|\s?\((?=[^()]*(?:"  # Dropbox, Nextcloud, Seafile and others, in several languages
    r"conflict(?:ed|ing)?\s+copy|\bSFConflict\b|conflict\s+\d{4}-|'s\s+conflict|case\s+conflict"
    r"|충돌\S*\s*(?:사본|복사본|파일|버전|\d)|(?:사본|복사본)\S*\s*충돌|競合コピー|競合する?|冲突副本|冲突文件|衝突"
    r"|In\s+Konflikt|copie\s+en\s+conflit|copia\s+en\s+conflicto|copia\s+in\s+conflitto"
    r"))[^()]*\)"
    r"|_conflict-\d{8}-\d{6}(?=\.|$)"  # ownCloud
    r"|_[\w-]+_[A-Z][a-z]{2}-\d{1,2}-\d{6}-\d{4}_Conflict(?=\.|$)"  # Synology Drive
    r"|\.conflict\d*(?=\.|$)|\s?\[conflict(?:ed)?\]"  # rclone, Resilio and pCloud
    r"|_(?-i:BACKUP|BASE|LOCAL|REMOTE)_\d+(?=\.|$)"  # git mergetool
)
_DUPLICATE = (
    r"(?:\s?\(\d{1,3}\)"  # browsers and file managers
    r"|\s[-–]\s(?:copy|Kopie|copia|copie|복사본|사본|コピー|副本|копия)(?:\s?\(\d{1,3}\))?"
    r"|\scopy(?:\s\d{1,3})?"
    r"|의?\s(?:복사본|사본)(?:\s\d{1,3})?"
    r"|-(?-i:DESKTOP|LAPTOP)-(?-i:[A-Z0-9]{7})(?:-\d+)?)$"  # OneDrive
)
_DUPLICATE_START = (
    r"(?:copy\s(?:\(?\d{1,3}\)?\s)?of|Kopie\svon|copia\sd[ei]|copie\sde|Копия|복사본"
    r"|사본(?:\s-)?)\s"
)
_NUMBERED = re.compile(r"\.\d{1,3}$")
"""The end of older versions, as of logrotate and wget."""
_NUMBERED_LINE = re.compile(_NUMBERED.pattern, re.MULTILINE)
_MARKERS = (
    "(", " ", "onflict", "-DESKTOP-", "-LAPTOP-", "_BACKUP_", "_BASE_", "_LOCAL_", "_REMOTE_",
)  # fmt: skip
"""What names of copies contain. Few other names do, and the patterns are slow."""


class Copy(NamedTuple):
    """A file that is a copy of another one.

    Attributes:
        original: the name of that file.
        is_conflict: whether a program that syncs folders made it, because the file was changed in
            two places.
    """

    original: str
    is_conflict: bool


def may_have_copies(names: Iterable[str]) -> bool:
    """Return whether a file may be a copy or the backup of an editor, given all names of a folder.

    In a folder without either, this is much faster than a look at each name.
    """
    lines = "\n".join(names)
    return (
        any(marker in lines for marker in ("~", "#", *_MARKERS))
        or any(end in lines.lower() for end in _BACKUP_ENDS)
        or _NUMBERED_LINE.search(lines) is not None
    )


def is_editor_backup(name: str) -> bool:
    """Return whether an editor or a merge tool left a file, given its name."""
    is_autosave = len(name) > 2 and name.startswith("#") and name.endswith("#")
    return is_autosave or name.startswith("~") or name.lower().endswith(_BACKUP_ENDS)


def copy_of(name: str, siblings: Container[str]) -> Copy | None:
    """Return what a file is a copy of; None if it seems to be no copy.

    Args:
        name: the name of the file, without its folder; in NFC, which macOS does not use.
        siblings: the names of the files in its folder, in NFC. ``2025-05-01 (1).md`` is a copy
            only if ``2025-05-01.md`` is there, too; part 1 of something has no such sibling.
    """
    if (number := _NUMBERED.search(name)) and name[: number.start()] in siblings:
        return Copy(name[: number.start()], False)
    if not any(marker in name for marker in _MARKERS):
        return None
    conflict, duplicate, duplicate_start = _patterns()
    if match := conflict.search(name):
        return Copy(name[: match.start()] + name[match.end() :], True)
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    match = duplicate.search(stem)
    original = stem[: match.start()] + suffix if match else ""
    if start := duplicate_start.match(name):
        original = name[start.end() :]
    return Copy(original, False) if original in siblings else None


@lru_cache(1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    patterns = (_CONFLICT, _DUPLICATE, _DUPLICATE_START)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
