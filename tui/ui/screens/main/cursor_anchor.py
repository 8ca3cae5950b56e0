"""Where the cursor belongs while what is found changes under it. Pure."""

from __future__ import annotations


class CursorAnchor:
    """The paper that the cursor is meant for, though it may not be among what is found by now.

    A reader who moves the cursor means the paper they moved to.
    """

    def __init__(self) -> None:
        self._meant: str | None = None
        self._put_on: str | None = None

    def stay(self, here: str | None) -> None:
        """Mean the paper that the cursor is on, by its id."""
        self._meant = self._put_on = here

    def mean(self, wanted: str | None) -> None:
        """Mean another one, or none in particular."""
        self._meant = wanted

    def put_on(self, here: str | None) -> None:
        """Note where the cursor came to be."""
        self._put_on = here

    def is_unmoved(self, here: str | None) -> bool:
        """Tell whether the reader has left the cursor where it was put."""
        return here == self._put_on

    def meant(self, here: str | None) -> str | None:
        """Return the paper that is meant, of a reader whose cursor is on this one."""
        return (self.is_unmoved(here) and self._meant) or here
