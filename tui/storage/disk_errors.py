"""What a disk refuses, in words that say where, why and what to do about it."""

from __future__ import annotations

import errno

from tui.i18n import N_, _
from tui.storage.tables import StorageError

_NOT_PERMITTED = N_("you are not permitted to; 'broadsheet doctor' tells more")

_ADVICE = {
    errno.ENOSPC: N_("no room is left on this disk; make some"),
    errno.EDQUOT: N_("your quota on this disk is used up; make room"),
    errno.EFBIG: N_("the file would be larger than you may write here; see 'ulimit -f'"),
    errno.EROFS: N_("this disk is read-only; mount it for writing"),
    errno.EIO: N_("the disk fails; save what is on it"),
    errno.EACCES: _NOT_PERMITTED,
    errno.EPERM: _NOT_PERMITTED,
}


def why(error: StorageError | OSError) -> str:
    """Return why something could not be read or written, and what to do where that is known."""
    if isinstance(error, StorageError):
        return error.message
    words = _ADVICE.get(error.errno or 0)
    return _(words) if words else error.strerror or type(error).__name__


def why_and_where(error: Exception) -> str:
    """Return the same with the path after it, for a line that may be cut off."""
    if isinstance(error, StorageError):
        return f"{error.message} ({error.path})"
    if isinstance(error, OSError):
        return f"{why(error)} ({error.filename})" if error.filename else why(error)
    return str(error)


def told(error: Exception) -> str:
    """Return the same with the path before it; of any other error, its text."""
    if isinstance(error, OSError):
        return f"{error.filename}: {why(error)}" if error.filename else why(error)
    return str(error)
