"""A mapping from the ids of papers that takes a small part of a dict's memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from typing import TypeVar

_V = TypeVar("_V")


class IdMap(Mapping[str, _V]):
    """A read-only mapping from ids to values, of which there are few different ones.

    Ids of arXiv since 2007 are stored as numbers: a paper takes eight bytes instead of a hundred.
    Other ids are in a dict.

    Args:
        parts: ids and values; no id may be in two parts. Memory is only needed for one part at a
            time.
    """

    def __init__(self, parts: Iterable[Mapping[str, _V]]) -> None:
        self._numbers = array("I")
        self._indexes = array("I")
        self._values: list[_V] = []
        self._others: dict[str, _V] = {}
        index_of: dict[_V, int] = {}
        for part in parts:
            numbered = []
            for paper_id, value in part.items():
                if (number := _to_number(paper_id)) is None:
                    self._others[paper_id] = value
                else:
                    numbered.append((number, index_of.setdefault(value, len(index_of))))
            numbered.sort()
            is_after = not (numbered and self._numbers) or self._numbers[-1] < numbered[0][0]
            if not is_after:
                numbered = sorted([*zip(self._numbers, self._indexes, strict=True), *numbered])
                self._numbers, self._indexes = array("I"), array("I")
            self._numbers.extend(number for number, _index in numbered)
            self._indexes.extend(index for _number, index in numbered)
        self._values = list(index_of)

    def __getitem__(self, paper_id: str) -> _V:
        """Return the value of an id.

        Raises:
            KeyError: it has no value.
        """
        position = self._position(paper_id)
        if position is None:
            return self._others[paper_id]
        return self._values[self._indexes[position]]

    def __contains__(self, paper_id: object) -> bool:
        """Return whether an id has a value."""
        if not isinstance(paper_id, str):
            return False
        return self._position(paper_id) is not None or paper_id in self._others

    def __len__(self) -> int:
        """Return the number of ids."""
        return len(self._numbers) + len(self._others)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        yield from map(_to_id, self._numbers)
        yield from self._others

    def items(self) -> ItemsView[str, _V]:
        """Return a view of ids and values, without looking up each id."""
        return _Items(self)

    def pairs(self) -> Iterator[tuple[str, _V]]:
        """Yield ids and values."""
        values = map(self._values.__getitem__, self._indexes)
        yield from zip(map(_to_id, self._numbers), values, strict=True)
        yield from self._others.items()

    def _position(self, paper_id: str) -> int | None:
        number = _to_number(paper_id)
        if number is None:
            return None
        position = bisect_left(self._numbers, number)
        is_found = position < len(self._numbers) and self._numbers[position] == number
        return position if is_found else None


class _Items(ItemsView[str, _V]):
    _mapping: IdMap[_V]

    def __iter__(self) -> Iterator[tuple[str, _V]]:
        return self._mapping.pairs()


def _to_number(paper_id: str) -> int | None:
    """Return a number for ids such as ``2505.01234`` and ``0704.1234``; None for other forms."""
    length = len(paper_id)
    if not 9 <= length <= 10 or paper_id[4] != ".":
        return None
    digits = paper_id[:4] + paper_id[5:]
    if not (digits.isascii() and digits.isdigit()):
        return None
    # The numbers of older ids have a digit less, which the lowest bit says.
    return 2 * int(digits) + length % 2


def _to_id(number: int) -> str:
    digits, is_short = divmod(number, 2)
    text = f"{digits:08}" if is_short else f"{digits:09}"
    return f"{text[:4]}.{text[4:]}"
