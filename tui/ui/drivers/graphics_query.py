"""A query about what a terminal can draw. No input or output.

It is sent once, when the reader wants a picture. Terminals answer the last part, a cursor query, in
any case, so that the query ends soon; whatever arrives later is dropped with all other replies.
"""

from __future__ import annotations

from textual import events
from textual.message import Message

from tui.terminal.pictures.kitty import QUERY, QUERY_ID
from tui.terminal.pictures.support import GraphicsSupport
from tui.ui.drivers.terminal_input import GraphicsReply

HALF_BLOCK = "▀"

# Saved and restored: the cursor's position and style. The character is drawn invisibly at the
# upper left, where no cursor of the program stands, so that the reply is not taken for another one.
_MEASURE = f"\x1b7\x1b[H\x1b[8m{HALF_BLOCK}\x1b[6n\x1b8"


class GraphicsQuery:
    """The query and its replies.

    Args:
        asks_for_kitty: whether to ask for kitty's protocol. Within tmux its reply would be taken
            for keys.
    """

    def __init__(self, *, asks_for_kitty: bool) -> None:
        self.text = (QUERY if asks_for_kitty else "") + _MEASURE
        self.support: GraphicsSupport | None = None
        self._has_kitty = False

    def take(self, message: Message) -> bool:
        """Return whether a message is a reply to this query; ``support`` is set by the last."""
        if isinstance(message, GraphicsReply):
            self._has_kitty |= message.text == f"Gi={QUERY_ID};OK"
            return True
        if isinstance(message, events.CursorPosition) and message.y == 0 and message.x in {1, 2}:
            self.support = GraphicsSupport(self._has_kitty, message.x)
            return True
        return False
