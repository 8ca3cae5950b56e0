"""The marks that must be found after a kill: confirmed ones, and either state of a pending edit."""

from __future__ import annotations

from collections.abc import Mapping

from tui.models import NO_MARKS, Marks


class ConfirmedMarks:
    """The confirmed marks over all rounds."""

    def __init__(self) -> None:
        self._confirmed: dict[str, Marks] = {}
        self._in_flight: dict[str, Marks] = {}

    @property
    def is_in_flight(self) -> bool:
        """Whether an edit is not confirmed yet."""
        return bool(self._in_flight)

    def get(self, arxiv_id: str) -> Marks:
        """Return the confirmed marks of a paper."""
        return self._confirmed.get(arxiv_id, NO_MARKS)

    def begin_edit(self, marks: Mapping[str, Marks]) -> None:
        """Record the marks that papers will have after a pending edit."""
        assert not self._in_flight
        self._in_flight = dict(marks)

    def confirm(self) -> int:
        """Record that the pending edit is confirmed; return the number of papers."""
        number = len(self._in_flight)
        self._confirmed.update(self._in_flight)
        self._in_flight = {}
        return number

    def check(self, found: Mapping[str, Marks]) -> None:
        """Compare with the marks found, which count as confirmed from now on.

        Raises:
            AssertionError: a mark is lost or unexpected.
        """
        for arxiv_id in {*self._confirmed, *self._in_flight, *found}:
            actual, expected = found.get(arxiv_id, NO_MARKS), self.get(arxiv_id)
            allowed = (expected, self._in_flight.get(arxiv_id, expected))
            assert actual in allowed, f"{arxiv_id} is {actual}, and was confirmed to be {expected}"
        self._confirmed = dict(found)
        self._in_flight = {}
