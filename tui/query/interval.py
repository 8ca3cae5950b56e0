"""Intervals of votes or dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", int, str)


@dataclass(frozen=True, slots=True)
class Interval(Generic[Value]):
    """All values between two bounds, or on one side of a bound.

    Attributes:
        low: the lower bound, or None if there is only an upper one.
        high: the upper bound, or None if there is only a lower one.
        strict: whether the bound itself is excluded; False if there are two.
    """

    low: Value | None
    high: Value | None
    strict: bool = False

    def __str__(self) -> str:
        """Return the shortest notation: ``20``, ``>=20``, ``<20``, ``10..20``."""
        sign = "" if self.strict else "="
        if self.high is None:
            return f">{sign}{self.low}"
        if self.low is None:
            return f"<{sign}{self.high}"
        return f"{self.low}" if self.low == self.high else f"{self.low}..{self.high}"
