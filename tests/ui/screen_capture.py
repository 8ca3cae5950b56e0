"""What is seen on the screen of an app that is tested."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import App


def plain(text: str) -> str:
    """Return a text with the spaces that keep words together as spaces."""
    return text.replace("\xa0", " ")


class Sight:
    """Looks at an app's screen."""

    app: App[Any]

    @property
    def lines(self) -> list[str]:
        """All lines of the terminal, as text."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [plain(strip.text) for strip in strips]

    @property
    def text(self) -> str:
        """All that is on the screen."""
        return "\n".join(line.rstrip() for line in self.lines)

    def place_of(self, text: str) -> tuple[int, int]:
        """Return the cell where a text begins where it first stands."""
        for y, line in enumerate(self.lines):
            before, found, _ = line.partition(text)
            if found:
                return cell_len(before), y
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")
