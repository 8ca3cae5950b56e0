"""The result of one check of ``broadsheet doctor``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.cli.output import describe_error
from tui.storage.tables import StorageError


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


def safely(subject: str, check: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """Yield the results of a check, and one that says why if it cannot go on."""
    try:
        yield from check
    except (StorageError, OSError) as error:
        yield CheckResult(False, subject, describe_error(error))
