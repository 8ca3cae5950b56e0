"""A reader of LaTeX tokens, for checking formulas (export) and for showing them (typeset)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

MAX_DEPTH = 12
"""Levels of nested braces; deeper formulas are rejected."""

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)

_Group = TypeVar("_Group")


class LatexError(Exception):
    """LaTeX source that is malformed, nested too deeply, or not supported."""


class LatexTokens:
    r"""The tokens of LaTeX source, read from left to right.

    A token is a command (``\alpha``, ``\,``), a run of white space, or any other character.

    Args:
        source: the source, without the dollar signs around it.
    """

    def __init__(self, source: str) -> None:
        self._tokens: list[str] = [*_TOKEN.findall(source), ""]  # "" marks the end
        self._position = 0
        self._depth = 0

    def peek(self) -> str:
        """Return the next token without reading it; empty at the end."""
        return self._tokens[self._position]

    def read(self) -> str:
        """Read the next token.

        Raises:
            LatexError: there is no further token.
        """
        token = self.peek()
        if not token:
            raise LatexError
        self._position += 1
        return token

    def read_argument_start(self) -> str:
        """Read the next token that is not white space.

        Raises:
            LatexError: there is no further token.
        """
        token = self.read()
        return self.read() if token.isspace() else token

    def read_group(self, read_content: Callable[[], _Group]) -> _Group:
        """Read a group whose opening brace has been read, including its closing brace.

        Args:
            read_content: reads up to the closing brace and returns the content.

        Raises:
            LatexError: the brace is not closed, or groups are nested too deeply.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise LatexError
        content = read_content()
        self.read()
        self._depth -= 1
        return content

    def read_brackets(self) -> str:
        """Read all groups in braces or brackets that follow, and return their source."""
        start, depth = self._position, 0
        while self.peek() and (depth or self.peek() in "{["):
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(self.read(), 0)
        return "".join(self._tokens[start : self._position])
