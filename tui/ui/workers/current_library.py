"""The library that is on screen."""

from __future__ import annotations

from tui.library.library import Library


class CurrentLibrary:
    """Holds the current library, which is replaced as a whole when its caches change."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def get(self) -> Library:
        """Return the current library."""
        return self._library

    def replace(self, library: Library) -> None:
        """Continue with another library."""
        if library is not self._library:
            # The start-up options hold on to the first library until the program ends.
            self._library.clear_caches()
        self._library = library
