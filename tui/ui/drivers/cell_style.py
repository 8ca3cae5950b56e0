"""How a cell looks: the attributes, colours and link that escape sequences gave it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class CellStyle(NamedTuple):
    """How a cell looks.

    Attributes:
        attributes: bold, underlined and the like, as the numbers that turn them on.
        colour: of the text, as the numbers that choose it; "" is the terminal's own.
        ground: behind it, likewise.
        link: what stands between the semicolons of the sequence that begins a link, or "".
        is_blank: whether nothing but the ground is seen.
    """

    attributes: frozenset[str] = frozenset()
    colour: str = ""
    ground: str = ""
    link: str = ""
    is_blank: bool = False


PLAIN = CellStyle()

_SEEN_WITHOUT_TEXT = frozenset({"4", "7", "9", "21", "53"})
"""Lines under, through and over what may be nothing, and colours that change places."""


@lru_cache(maxsize=4096)
def styled(look: CellStyle, numbers: str) -> CellStyle:
    """Return a look after the numbers of one more sequence, as ``1;38;5;253``."""
    parts = iter(numbers.split(";"))
    for number in parts:
        if number in {"", "0"}:
            look = CellStyle(link=look.link)
        elif number in {"38", "48"}:
            chosen = ";".join((number, *_further(parts)))
            is_text = number == "38"
            look = look._replace(colour=chosen) if is_text else look._replace(ground=chosen)
        elif number.startswith(("3", "9")) and number not in {"3", "9"}:
            look = look._replace(colour="" if number == "39" else number)
        elif number.startswith(("4", "10")) and number != "4":
            look = look._replace(ground="" if number == "49" else number)
        else:
            look = look._replace(attributes=look.attributes | {number})
    return look


def _further(parts: Iterator[str]) -> list[str]:
    """Take the numbers of a colour that follow its first one."""
    kind = next(parts, "5")
    return [kind, *(next(parts, "0") for _ in range(3 if kind == "2" else 1))]


@lru_cache(maxsize=1024)
def blank(look: CellStyle) -> CellStyle:
    """Return how a space looks: spaces that look the same are the same."""
    if look.attributes & _SEEN_WITHOUT_TEXT:
        return look
    return CellStyle(ground=look.ground, link=look.link, is_blank=True)


@lru_cache(maxsize=4096)
def change(now: CellStyle, wanted: CellStyle) -> str:
    """Return the sequences after which a terminal draws a look, if it draws another one now."""
    if now.attributes <= wanted.attributes or (wanted.is_blank and not _shows(now)):
        numbers = sorted(wanted.attributes - now.attributes)
        before = now
    else:
        numbers = ["0", *sorted(wanted.attributes)]
        before = PLAIN
    if wanted.colour != before.colour and not wanted.is_blank:
        numbers.append(wanted.colour or "39")
    if wanted.ground != before.ground:
        numbers.append(wanted.ground or "49")
    link = f"\x1b]8;{wanted.link or ';'}\x1b\\" if wanted.link != now.link else ""
    return (f"\x1b[{';'.join(numbers)}m" if numbers else "") + link


def _shows(look: CellStyle) -> bool:
    return bool(look.attributes & _SEEN_WITHOUT_TEXT)


@lru_cache(maxsize=4096)
def changed(now: CellStyle, wanted: CellStyle) -> CellStyle:
    """Return what a terminal draws after ``change``; a space leaves alone what it does not need."""
    if wanted.is_blank and not _shows(now):
        return now._replace(ground=wanted.ground, link=wanted.link)
    return wanted._replace(is_blank=False)
