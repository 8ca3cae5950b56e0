"""What one round came to."""

from __future__ import annotations

from typing import NamedTuple


class Outcome(NamedTuple):
    """What a round came to in which nothing was lost.

    Attributes:
        killed: whether the writer had not ended by itself before.
        midst: whether it was in the midst of writing.
        confirmed: how many changes of marks it had confirmed.
    """

    killed: bool
    midst: bool
    confirmed: int = 0
