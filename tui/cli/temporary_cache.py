"""A temporary cache, for readers whose own cannot be written."""

from __future__ import annotations

import functools
from pathlib import Path

from tui.cli.output import describe_error, warn
from tui.config.paths import NO_HOME, cache_folder


def unwritable_cache_fallback() -> Path:
    """Return a temporary cache folder, because the reader's own cannot be written."""
    import tempfile

    from tui.storage.permissions import make_folder

    folder = cache_folder()
    if folder.is_relative_to(NO_HOME):
        remedy = "; set HOME to keep settings and marks"
        return temporary_cache_folder("there is no home folder", remedy)
    why = f"{folder} cannot be written"
    try:
        make_folder(folder, 0o700)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        path = error.filename if error.errno is None else str(folder)
        why = describe_error(OSError(error.errno, error.strerror, path))
    return temporary_cache_folder(why)


@functools.cache
def temporary_cache_folder(why: str, remedy: str = "") -> Path:
    """Return a folder for caches that is deleted at exit, and say why."""
    from tui.cache.temporary import temporary_cache_root

    folder = temporary_cache_root()
    warn(f"{why}; the digests are not cached, but read each time{remedy}")
    return folder
