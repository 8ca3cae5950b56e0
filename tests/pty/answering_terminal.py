"""A terminal that answers queries about graphics: with kitty's protocol, or as others do."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.pty.harness import PseudoTerminal

PLACEHOLDER = "\U0010eeee"

_GRAPHICS = re.compile(rb"\x1b_G(?P<keys>[^;\x1b]*)(?:;(?P<data>[^\x1b]*))?\x1b\\")
_PASSTHROUGH = re.compile(rb"\x1bPtmux;((?:[^\x1b]|\x1b\x1b)*)\x1b\\")


class GraphicsCommand(NamedTuple):
    """A command of the protocol: its keys, and its data without base64."""

    keys: dict[str, str]
    data: bytes


class AnsweringTerminal(PseudoTerminal):
    """A pseudo-terminal that answers queries about graphics.

    Args:
        has_kitty: whether it has the protocol.
        half_block_cells: how wide it draws a half block.
        answers: whether it answers at all.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        has_kitty: bool = True,
        half_block_cells: int = 1,
        answers: bool = True,
        **options: Any,
    ) -> None:
        self.has_kitty, self.half_block_cells, self.answers = has_kitty, half_block_cells, answers
        super().__init__(command, **options)

    def _handle_sequence(self, match: re.Match[str]) -> str:
        sequence = match.group()
        if sequence.startswith("\x1b_G") and "a=q" in sequence and self.has_kitty:
            self.send("\x1b_Gi=31;OK\x1b\\")
        if sequence == "\x1b[6n" and match.string[: match.start()].endswith("▀"):
            if self.answers:
                self.send(f"\x1b[1;{self.half_block_cells + 1}R")
            return ""
        return super()._handle_sequence(match)

    @property
    def commands(self) -> list[GraphicsCommand]:
        """The commands so far; chunks are joined, and queries left out."""
        commands: list[GraphicsCommand] = []
        raw = _PASSTHROUGH.sub(lambda each: each[1].replace(b"\x1b\x1b", b"\x1b"), self.raw)
        is_continued = False
        text = b""
        for match in _GRAPHICS.finditer(raw):
            pairs = (pair.partition("=") for pair in match["keys"].decode().split(",") if pair)
            keys = {name: value for name, _, value in pairs}
            if is_continued:
                keys = commands.pop().keys | keys
            text = (text if is_continued else b"") + (match["data"] or b"")
            is_continued = keys.get("m") == "1"
            commands.append(GraphicsCommand(keys, b"" if is_continued else b64decode(text)))
        return [command for command in commands if command.keys.get("a") != "q"]
