"""Which marks must be found: those confirmed, and of what was in flight the old or the new."""

from __future__ import annotations

from collections.abc import Mapping

from tui.marks import NO_MARKS
from tui.models import Marks


class Kept:
    """What a reader may rely on, over all rounds."""

    def __init__(self) -> None:
        self._confirmed: dict[str, Marks] = {}
        self._in_flight: dict[str, Marks] = {}

    @property
    def is_in_flight(self) -> bool:
        """Whether something was asked for that nobody has confirmed."""
        return bool(self._in_flight)

    def get(self, arxiv_id: str) -> Marks:
        """Return the marks that a paper has by all that was confirmed."""
        return self._confirmed.get(arxiv_id, NO_MARKS)

    def ask(self, marks: Mapping[str, Marks]) -> None:
        """Note which marks papers shall have."""
        assert not self._in_flight
        self._in_flight = dict(marks)

    def confirm(self) -> int:
        """Note that it is so; return how many papers that are."""
        number = len(self._in_flight)
        self._confirmed.update(self._in_flight)
        self._in_flight = {}
        return number

    def check(self, found: Mapping[str, Marks]) -> None:
        """Compare with what there is, which is from now on what a reader may rely on.

        Raises:
            AssertionError: a mark is lost, or there is one that nobody asked for.
        """
        for arxiv_id in {*self._confirmed, *self._in_flight, *found}:
            there, expected = found.get(arxiv_id, NO_MARKS), self.get(arxiv_id)
            may_be = (expected, self._in_flight.get(arxiv_id, expected))
            assert there in may_be, f"{arxiv_id} is {there}, and was confirmed to be {expected}"
        self._confirmed = dict(found)
        self._in_flight = {}
