"""Who may read what is kept: its owner alone, or everybody."""

from __future__ import annotations

from typing import NamedTuple


class FileModes(NamedTuple):
    """Permissions, whatever the process's umask says.

    Attributes:
        file: of a file.
        folder: of a folder.
        needed: what a folder must allow group and others.
        refused: what it must not.
    """

    file: int
    folder: int
    needed: int
    refused: int

    def is_of(self, mode: int) -> bool:
        """Tell whether a folder of this mode is open to those to whom it shall be."""
        return mode & self.needed == self.needed and not mode & self.refused

    def given(self, mode: int) -> int:
        """Return the mode with as little changed as need be."""
        return (mode | self.needed) & ~self.refused


PRIVATE = FileModes(0o600, 0o700, needed=0, refused=0o077)
SHARED = FileModes(0o644, 0o755, needed=0o055, refused=0)
