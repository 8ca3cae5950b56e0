"""What a terminal can draw, and what can find that out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, runtime_checkable


class GraphicsSupport(NamedTuple):
    """What a terminal can draw.

    Attributes:
        has_kitty: whether it has kitty's graphics protocol.
        half_block_cells: how many cells a half block takes: two in some East Asian terminals.
    """

    has_kitty: bool = False
    half_block_cells: int = 1


@runtime_checkable
class GraphicsTerminal(Protocol):
    """A real terminal."""

    def ask_for_graphics(
        self, on_answer: Callable[[GraphicsSupport], object], *, asks_for_kitty: bool
    ) -> None:
        """Ask the terminal once what it can draw.

        Args:
            on_answer: called in another thread with the answer; never if there is no answer.
            asks_for_kitty: whether to ask for kitty's graphics protocol, too.
        """

    def send_directly(self, data: str, *, has_cursor_query: bool = False) -> None:
        """Write sequences that change no cell for good.

        Args:
            data: complete escape sequences.
            has_cursor_query: whether they contain a query of the cursor's position.
        """
