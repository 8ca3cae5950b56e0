"""Read the screen of a running app."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import App


def with_plain_spaces(text: str) -> str:
    """Return a text with ordinary instead of non-breaking spaces."""
    return text.replace("\xa0", " ")


class ScreenCapture:
    """A mix-in that reads the screen of ``app``."""

    app: App[Any]

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [with_plain_spaces(strip.text) for strip in strips]

    @property
    def text(self) -> str:
        """The text of the whole screen."""
        return "\n".join(line.rstrip() for line in self.lines)

    def find(self, text: str) -> tuple[int, int]:
        """Return the cell at which the first occurrence of a text starts."""
        for y, line in enumerate(self.lines):
            before, found, _ = line.partition(text)
            if found:
                return cell_len(before), y
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")
