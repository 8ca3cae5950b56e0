"""A mapping from the ids of papers that takes a small part of a dict's memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, ItemsView, Iterable, Iterator, Mapping
from typing import TypeVar

_V = TypeVar("_V")

_SHORT, _LONG = 9, 10
"""Characters of arXiv's ids before 2015, and since then."""

_FIRST_LONG = 10 ** (_SHORT - 1)
"""Added to the digits of a long id. So later ids have higher numbers."""


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
        self._others: dict[str, _V] = {}
        index_of: dict[_V, int] = {}
        for part in parts:
            numbers, values = _to_numbers(part), list(part.values())
            if numbers is None:
                every = {paper_id: _to_number(paper_id) for paper_id in part}
                numbers = [number for number in every.values() if number is not None]
                values = [part[paper_id] for paper_id in part if every[paper_id] is not None]
                self._others.update(item for item in part.items() if every[item[0]] is None)
            for value in set(values):
                index_of.setdefault(value, len(index_of))
            indexes = map(index_of.__getitem__, values)
            self._add(dict(zip(numbers, indexes, strict=True)))
        self._values = list(index_of)

    def _add(self, indexes: dict[int, int]) -> None:
        """Add the numbers of ids with the indexes of their values."""
        numbers = sorted(indexes)
        if numbers and self._numbers and numbers[0] < self._numbers[-1]:
            indexes |= zip(self._numbers, self._indexes, strict=True)
            numbers = sorted(indexes)
            self._numbers, self._indexes = array("I"), array("I")
        self._numbers.extend(numbers)
        self._indexes.extend(map(indexes.__getitem__, numbers))

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


def _to_numbers(ids: Collection[str]) -> list[int] | None:
    """Return the results of ``_to_number`` if all ids are like ``2505.01234``; otherwise None."""
    lines, number = "\n".join(ids), len(ids)
    have_form = (
        len(lines) == (_LONG + 1) * number - 1
        and lines[4 :: _LONG + 1] == "." * number
        and lines[_LONG :: _LONG + 1] == "\n" * (number - 1)
    )
    if not (have_form and lines.isascii()):
        return None
    digits = lines.replace(".", "").split("\n")
    joined = "".join(digits)
    if not (joined.isdigit() and len(joined) == (_LONG - 1) * number and len(digits) == number):
        return None
    return [int(each) + _FIRST_LONG for each in digits]


def _to_number(paper_id: str) -> int | None:
    """Return a number for ids such as ``2505.01234`` and ``0704.1234``; None for other forms."""
    if not _SHORT <= len(paper_id) <= _LONG or paper_id[4] != ".":
        return None
    digits = paper_id[:4] + paper_id[5:]
    if not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits) + (_FIRST_LONG if len(paper_id) == _LONG else 0)


def _to_id(number: int) -> str:
    text = f"{number:08}" if number < _FIRST_LONG else f"{number - _FIRST_LONG:09}"
    return f"{text[:4]}.{text[4:]}"
