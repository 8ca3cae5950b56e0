"""How the parts of a dialect's reader tell what is odd."""

from __future__ import annotations

from typing import Protocol

from tui.models import MessageValue


class ReportProblem(Protocol):
    """Takes a problem for a person to read."""

    def __call__(self, line: int, template: str, **values: MessageValue) -> None:
        """Keep the problem.

        Args:
            line: counted from 1.
            template: what was found, as `tui.models.Problem` has it; marked with ``N_``.
            values: what stands in the words, by name.
        """
