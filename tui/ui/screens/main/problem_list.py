"""The problems that the browser knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from tui.i18n import ngettext
from tui.library.problem_groups import count_groups
from tui.models import Problem


class ProblemKind(StrEnum):
    """What a problem concerns, in the order of display: possible loss of data comes first."""

    MARKS = "marks"
    SETTINGS = "settings"
    SAVED_VIEWS = "views"
    DIGESTS = "digests"
    OTHER_USERS_DIGESTS = "another user's digests"
    """Digests that another user syncs, and whose problems are that user's business."""


class ProblemList:
    """The current problems.

    Args:
        settings: problems in the settings.
    """

    def __init__(self, settings: Sequence[Problem]) -> None:
        self._problems: dict[ProblemKind, Sequence[Problem]] = {ProblemKind.SETTINGS: settings}
        self._numbers = {ProblemKind.SETTINGS: count_groups(settings)}
        self.on_change: Callable[[], None] = lambda: None
        """Called whenever the problems have changed."""

    def replace(self, kind: ProblemKind, problems: Sequence[Problem]) -> None:
        """Replace the problems of a kind."""
        if list(problems) != list(self._problems.get(kind, ())):
            self._problems[kind] = problems
            self._numbers[kind] = count_groups(problems)
            self.on_change()

    def all(self) -> list[Problem]:
        """Return all problems in the order of their kinds."""
        return [problem for kind in ProblemKind for problem in self._problems.get(kind, ())]

    def status_text(self, key: str) -> str:
        """Return the number of problems and the key that lists them; empty without problems.

        Only what the reader can do something about counts, and problems of one kind in one folder
        count once. Notes do not count.

        Args:
            key: the label of the key; empty if it has no key.
        """
        number = self._count
        text = ngettext("{number} problem", "{number} problems", number)
        return f"{key} {text.format(number=f'{number:,}')}".strip() if number else ""

    def short_text(self, key: str) -> str:
        """Return the same in a few cells: the key and the number."""
        return f"{key} {self._count:,}".strip() if self._count else ""

    @property
    def _count(self) -> int:
        return sum(
            number
            for kind, number in self._numbers.items()
            if kind is not ProblemKind.OTHER_USERS_DIGESTS
        )
