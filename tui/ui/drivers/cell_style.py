"""The style of a terminal cell, and the escape sequences that lead from one style to another.

SGR (Select Graphic Rendition) is defined in ECMA-48, section 8.3.117; hyperlinks are OSC 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class CellStyle(NamedTuple):
    """The style of a cell.

    Attributes:
        attributes: SGR codes of the attributes that are on, such as "1" for bold.
        foreground: SGR codes of the text color, such as "38;5;253"; "" for the default.
        background: SGR codes of the background color; "" for the default.
        link: parameters and address of an OSC 8 hyperlink, "id=7;https://…"; "" for none.
        is_blank: whether only the background of the cell is visible.
    """

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""
    is_blank: bool = False


PLAIN = CellStyle()

_VISIBLE_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""SGR codes that are visible on a space: underlines, strike-through, overline and reverse."""


@lru_cache(maxsize=4096)
def apply_sgr(style: CellStyle, codes: str) -> CellStyle:
    """Return a style after an SGR sequence with the given codes, such as "1;38;5;253"."""
    parts = iter(codes.split(";"))
    for code in parts:
        if code in {"", "0"}:
            style = CellStyle(link=style.link)
        elif code in {"38", "48"}:
            color = ";".join((code, *_color_parameters(parts)))
            is_text = code == "38"
            style = (
                style._replace(foreground=color) if is_text else style._replace(background=color)
            )
        elif code.startswith(("3", "9")) and code not in {"3", "9"}:
            style = style._replace(foreground="" if code == "39" else code)
        elif code.startswith(("4", "10")) and code != "4":
            style = style._replace(background="" if code == "49" else code)
        else:
            style = style._replace(attributes=style.attributes | {code})
    return style


def _color_parameters(parts: Iterator[str]) -> list[str]:
    """Consume the codes of an extended color that follow its 38 or 48."""
    kind = next(parts, "5")
    return [kind, *(next(parts, "0") for _ in range(3 if kind == "2" else 1))]


@lru_cache(maxsize=1024)
def blank_style(style: CellStyle) -> CellStyle:
    """Normalize the style of a space, so that visually equal blanks compare equal."""
    if style.attributes & _VISIBLE_ON_BLANKS:
        return style
    return CellStyle(background=style.background, link=style.link, is_blank=True)


@lru_cache(maxsize=4096)
def transition(current: CellStyle, target: CellStyle) -> str:
    """Return the escape sequences that change a terminal's style from one to another."""
    if current.attributes <= target.attributes or (
        target.is_blank and not _is_visible_on_blanks(current)
    ):
        codes = sorted(target.attributes - current.attributes)
        before = current
    else:
        codes = ["0", *sorted(target.attributes)]
        before = PLAIN
    if target.foreground != before.foreground and not target.is_blank:
        codes.append(target.foreground or "39")
    if target.background != before.background:
        codes.append(target.background or "49")
    link = f"\x1b]8;{target.link or ';'}\x1b\\" if target.link != current.link else ""
    return (f"\x1b[{';'.join(codes)}m" if codes else "") + link


def _is_visible_on_blanks(style: CellStyle) -> bool:
    return bool(style.attributes & _VISIBLE_ON_BLANKS)


@lru_cache(maxsize=4096)
def style_after(current: CellStyle, target: CellStyle) -> CellStyle:
    """Return the terminal's style after ``transition``; blanks only set what they need."""
    if target.is_blank and not _is_visible_on_blanks(current):
        return current._replace(background=target.background, link=target.link)
    return target._replace(is_blank=False)
