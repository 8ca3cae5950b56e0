"""A folder for caches that cannot be written where they belong."""

from __future__ import annotations

import functools
from pathlib import Path


@functools.cache
def temporary_cache_root() -> Path:
    """Return a folder for caches that is deleted at exit; it is created once.

    Raises:
        OSError: there is no room for temporary files, either.
    """
    import atexit
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="broadsheet-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
