"""Kitty's graphics protocol with Unicode placeholders.

The terminal gets a picture once. Where it is shown, the screen has placeholder characters, whose
color is the number of the picture, so that they can be moved, cut off and erased like text, also by
tmux. See https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders.
"""

from __future__ import annotations

from base64 import standard_b64encode

PLACEHOLDER = "\U0010eeee"

QUERY_ID = 31
"""The number of the picture in a query, which is not kept."""

QUERY = f"\x1b_Gi={QUERY_ID},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
"""Asks whether the terminal supports the protocol; others do not answer."""

_CHUNK_CHARS = 4096
"""Characters of one sequence, the protocol's limit."""

_ROW_MARKS = "".join(
    map(
        chr,
        (
            0x305, 0x30D, 0x30E, 0x310, 0x312, 0x33D, 0x33E, 0x33F, 0x346, 0x34A, 0x34B, 0x34C,
            0x350, 0x351, 0x352, 0x357, 0x35B, *range(0x363, 0x370), *range(0x483, 0x488),
            *range(0x592, 0x596), *range(0x597, 0x59A), *range(0x59C, 0x5A2), 0x5A8, 0x5A9, 0x5AB,
            0x5AC, 0x5AF, 0x5C4, *range(0x610, 0x618), *range(0x657, 0x65C), 0x65D, 0x65E,
        ),
    )
)  # fmt: skip
"""The combining characters that number the rows and columns of a placeholder, from 0."""

MAX_ROWS = len(_ROW_MARKS)


def transmission(number: int, png: bytes) -> str:
    """Return the sequences that store a picture in the terminal, without an answer.

    Args:
        number: the number of the picture, 1 to 2**24 - 1.
        png: the picture.
    """
    text = standard_b64encode(png).decode("ascii")
    chunks = [text[at : at + _CHUNK_CHARS] for at in range(0, len(text), _CHUNK_CHARS)]
    keys = f"a=t,f=100,t=d,i={number},q=2,"
    sequences = []
    for index, chunk in enumerate(chunks):
        more = int(index + 1 < len(chunks))
        sequences.append(f"\x1b_G{'' if index else keys}m={more};{chunk}\x1b\\")
    return "".join(sequences)


def placement(number: int, columns: int, rows: int) -> str:
    """Return the sequence that sets the size in cells at which placeholders show a picture."""
    return f"\x1b_Ga=p,U=1,i={number},c={columns},r={rows},q=2\x1b\\"


def deletion(number: int) -> str:
    """Return the sequence that removes a picture from the terminal."""
    return f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\"


def placeholders(row: int, columns: int) -> str:
    """Return the characters that show a row of a picture; they need its color.

    Only the first one says which row and column it is; the others continue it.
    """
    return PLACEHOLDER + _ROW_MARKS[row] + _ROW_MARKS[0] + PLACEHOLDER * (columns - 1)


def through_tmux(sequences: str) -> str:
    """Return sequences wrapped so that tmux passes them on to its terminal."""
    wrapped = [
        f"\x1bPtmux;{each.replace(chr(27), chr(27) * 2)}\x1b\x1b\\\x1b\\"
        for each in sequences.split("\x1b\\")
        if each
    ]
    return "".join(wrapped)
