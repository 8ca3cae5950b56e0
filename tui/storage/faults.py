"""What a disk refuses, in words that say where, why and what to do about it."""

from __future__ import annotations

import errno

from tui.i18n import N_, _

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


def told(error: Exception) -> str:
    """Return what went wrong as a clause: the path, why, and what to do where that is known."""
    if not isinstance(error, OSError):
        return str(error)
    words = _ADVICE.get(error.errno or 0)
    why = _(words) if words else error.strerror or type(error).__name__
    return f"{error.filename}: {why}" if error.filename else why
