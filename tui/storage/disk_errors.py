"""Turn errors of files and folders into sentences: what failed, where, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from tui.i18n import N_, _
from tui.storage.tables import StorageError

_NOT_PERMITTED = N_("permission denied")

_ADVICE = {
    errno.ENOSPC: N_("no space left on this disk; free some up"),
    errno.EDQUOT: N_("your disk quota is used up; free some space"),
    errno.EFBIG: N_("the file would exceed your file size limit; see 'ulimit -f'"),
    errno.EROFS: N_("this disk is read-only; remount it writable"),
    errno.EIO: N_("the disk is failing; back up your files"),
    errno.EACCES: _NOT_PERMITTED,
    errno.EPERM: _NOT_PERMITTED,
}


def reason(error: BaseException) -> str:
    """Return the operating system's message, without a path; the error's type if it has none."""
    return getattr(error, "strerror", None) or type(error).__name__


def reason_and_remedy(error: Exception) -> str:
    """Return why a file could not be read or written and, if known, what to do about it."""
    if isinstance(error, StorageError):
        return error.message
    if isinstance(error, OSError):
        advice = _ADVICE.get(error.errno or 0)
        return _(advice) + _permission_remedy(error) if advice else reason(error)
    return str(error)


def _permission_remedy(error: OSError) -> str:
    """Return the command that gives a missing permission, as the end of a sentence; or nothing."""
    name = error.filename
    if error.errno not in {errno.EACCES, errno.EPERM} or not isinstance(name, str) or not name:
        return ""
    from tui.storage.ownership import permission_remedy

    return permission_remedy(Path(name))


def path_and_reason(error: Exception) -> str:
    """Return ``path: explanation``."""
    path = _path_of(error)
    return f"{path}: {reason_and_remedy(error)}" if path else reason_and_remedy(error)


def reason_and_path(error: Exception) -> str:
    """Return ``explanation (path)``, for a line that may be truncated; a command goes last."""
    path = _path_of(error)
    if not path:
        return reason_and_remedy(error)
    remedy = _permission_remedy(error) if isinstance(error, OSError) else ""
    return f"{reason_and_remedy(error).removesuffix(remedy)} ({path}){remedy}"


def _path_of(error: Exception) -> str:
    if isinstance(error, StorageError):
        return str(error.path)
    return str(error.filename or "") if isinstance(error, OSError) else ""
