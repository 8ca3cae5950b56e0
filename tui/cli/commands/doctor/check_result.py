"""The result of one check of ``broadsheet doctor``."""

from __future__ import annotations

from typing import NamedTuple


class CheckResult(NamedTuple):
    """The result of one check.

    Attributes:
        is_ok: whether nothing has to be done.
        subject: what was checked.
        details: where it is and its state; if something is wrong, also what to do.
    """

    is_ok: bool
    subject: str
    details: str
