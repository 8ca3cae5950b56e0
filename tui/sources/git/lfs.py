"""Git LFS pointers: what a repository holds in place of files that Git LFS stores elsewhere."""

from __future__ import annotations

MAX_POINTER_BYTES = 1024
"""The limit of the specification."""

_FIRST_WORDS = (
    b"version https://git-lfs.github.com/spec/",
    b"version https://hawser.github.com/spec/",
)


def is_lfs_pointer(data: bytes) -> bool:
    """Return whether the content of a file is a pointer to the real content."""
    return len(data) <= MAX_POINTER_BYTES and data.startswith(_FIRST_WORDS) and b"\noid " in data
