"""The values that a comparison or a range lets through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", int, str)


@dataclass(frozen=True, slots=True)
class Interval(Generic[Value]):
    """All values between two bounds, or on one side of one.

    Attributes:
        low: the lower bound, or None.
        high: the upper bound, or None. Not both are None; if they are the same, it is one value.
        strict: whether the bound is itself left out. Only where there is one bound.
    """

    low: Value | None
    high: Value | None
    strict: bool = False

    def __str__(self) -> str:
        """Return the shortest way to write it: ``20``, ``>=20``, ``<20``, ``10..20``."""
        sign = "" if self.strict else "="
        if self.high is None:
            return f">{sign}{self.low}"
        if self.low is None:
            return f"<{sign}{self.high}"
        return f"{self.low}" if self.low == self.high else f"{self.low}..{self.high}"
