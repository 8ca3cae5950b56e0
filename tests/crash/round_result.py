"""The result of one round."""

from __future__ import annotations

from typing import NamedTuple


class RoundResult(NamedTuple):
    """The result of a round in which nothing was lost.

    Attributes:
        killed: whether the writer was still running.
        was_writing: whether it was writing a file.
        confirmed: how many edits of marks it had confirmed.
    """

    killed: bool
    was_writing: bool
    confirmed: int = 0
