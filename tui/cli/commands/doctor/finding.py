"""What the doctor says of one thing."""

from __future__ import annotations

from typing import NamedTuple


class CheckResult(NamedTuple):
    """One thing that was looked at.

    Attributes:
        is_well: whether nothing has to be done.
        what: what it is.
        found: where it is and how; if it is not well, what to do.
    """

    is_well: bool
    what: str
    found: str
