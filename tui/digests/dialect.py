"""The interface of a dialect: how a digest format is recognized and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tui.models import Digest, MessageValue


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing a digest.

    Attributes:
        name: an identifier, stored in `tui.models.Entry.dialect`.
        claims: returns whether a text is written in this dialect. It goes by the content, never
            by the file name, and rejects other texts quickly.
        read: parses a text. The second argument is the path, for problems and for the date if the
            text has none. Never raises.
        reads_raw: whether both functions get the decoded text with normalized line ends instead
            of the sanitized text, and `read` sanitizes every value itself. Needed for JSON, which
            can escape unsafe characters and whose strings may hold Unicode line separators.
    """

    name: str
    claims: Callable[[str], bool]
    read: Callable[[str, str], Digest]
    reads_raw: bool = False


class ReportProblem(Protocol):
    """A callback that records a problem."""

    def __call__(self, line: int, template: str, **values: MessageValue) -> None:
        """Record a problem.

        Args:
            line: the line number, from 1.
            template: the message, marked with ``N_``; see `tui.models.Problem`.
            values: the values of the placeholders in the template.
        """
