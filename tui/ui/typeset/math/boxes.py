"""Rectangles of text, and how they are put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui.terminal.glyphs import ASCII, current_glyphs


class Box(NamedTuple):
    """Lines of equal width.

    Attributes:
        lines: the lines, padded with spaces; at least one.
        width: their width in cells.
        baseline: the index of the line that is level with the text around it.
    """

    lines: tuple[str, ...]
    width: int
    baseline: int = 0

    @property
    def height(self) -> int:
        """The number of lines."""
        return len(self.lines)


def text_box(*lines: str, baseline: int = 0) -> Box:
    """Return a box of lines, which are padded on the right."""
    width = max(map(cell_len, lines))
    return Box(tuple(line + " " * (width - cell_len(line)) for line in lines), width, baseline)


EMPTY_BOX = text_box("")


def beside(boxes: Sequence[Box]) -> Box:
    """Return boxes beside each other, with their baselines at one level."""
    if len(boxes) == 1:
        return boxes[0]
    above = max((box.baseline for box in boxes), default=0)
    below = max((box.height - box.baseline for box in boxes), default=1)
    columns = []
    for box in boxes:
        blank = " " * box.width
        top = above - box.baseline
        bottom = below - (box.height - box.baseline)
        columns.append([blank] * top + [*box.lines] + [blank] * bottom)
    lines = tuple(map("".join, zip(*columns, strict=True))) if columns else ("",)
    return Box(lines, sum(box.width for box in boxes), above)


def stacked(boxes: Sequence[Box], baseline: int, align: str = "c") -> Box:
    """Return boxes above each other; the baseline is an index of the resulting lines."""
    width = max(box.width for box in boxes)
    lines = [line for box in boxes for line in widened(box, width, align).lines]
    return Box(tuple(lines), width, baseline)


def widened(box: Box, width: int, align: str = "c") -> Box:
    """Return a box of a greater width; ``align`` is ``l``, ``c`` or ``r``."""
    free = width - box.width
    left = {"l": 0, "c": free // 2, "r": free}[align]
    before, after = " " * left, " " * (free - left)
    return Box(tuple(f"{before}{line}{after}" for line in box.lines), width, box.baseline)


def grid(rows: Sequence[Sequence[Box]], aligns: str, gap: int, is_loose: bool) -> Box:  # noqa: FBT001
    """Return rows of boxes in columns, centered on the baseline.

    Args:
        rows: the boxes; rows may have different lengths.
        aligns: the alignment of each column, repeated.
        gap: cells between columns; none between one aligned right and one aligned left.
        is_loose: whether there are empty lines between rows.
    """
    widths: list[int] = []
    for row in rows:
        widths += [0] * (len(row) - len(widths))
        for column, box in enumerate(row):
            widths[column] = max(widths[column], box.width)
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells: list[Box] = []
        for column, width in enumerate(widths):
            box = row[column] if column < len(row) else EMPTY_BOX
            align = aligns[column % len(aligns)]
            is_attached = align == "l" and column and aligns[(column - 1) % len(aligns)] == "r"
            if column:
                cells.append(text_box(" " * (0 if is_attached else gap)))
            cells.append(widened(box, width, align))
        if number and is_loose:
            lines.append("")
        lines += beside(cells).lines
    box = text_box(*lines) if lines else EMPTY_BOX
    return box._replace(baseline=(box.height - 1) // 2)


# Pieces of what grows: in Unicode narrow in every terminal

_TALL = {  # top, extension, middle, bottom
    "(": "⎛⎜⎜⎝", ")": "⎞⎟⎟⎠", "[": "⎡⎢⎢⎣", "]": "⎤⎥⎥⎦", "{": "⎧⎪⎨⎩", "}": "⎫⎪⎬⎭",
    "⌊": "⎢⎢⎢⎣", "⌋": "⎥⎥⎥⎦", "⌈": "⎡⎢⎢⎢", "⌉": "⎤⎥⎥⎥",
}  # fmt: skip
_TALL_ASCII = {"(": "/||\\", ")": "\\||/", "{": "/|<\\", "}": "\\|>/"}


def fence(delimiter: str, height: int, baseline: int) -> Box:
    """Return a delimiter of a height in lines; of one line it is the character itself."""
    if not delimiter:
        return Box(("",) * height, 0, baseline)
    if height == 1 or delimiter in "/\\":
        return text_box(delimiter)
    if delimiter in "⟨⟩":
        return _angle(delimiter, height, baseline)
    table = _TALL_ASCII if current_glyphs() is ASCII else _TALL
    if delimiter not in table:
        return text_box(*[delimiter] * height, baseline=baseline)
    pieces = table[delimiter]
    lines = [pieces[0], *[pieces[1]] * (height - 2), pieces[3]]
    if height > 2:
        lines[height // 2] = pieces[2]
    return text_box(*lines, baseline=baseline)


def _angle(delimiter: str, height: int, baseline: int) -> Box:
    upper, lower = ("/", "\\") if delimiter == "⟨" else ("\\", "/")
    lines = [upper] * (height // 2) + [lower] * (height // 2)
    if height % 2:
        lines.insert(height // 2, "<" if delimiter == "⟨" else ">")
    return text_box(*lines, baseline=baseline)


def fenced(left: str, body: Box, right: str) -> Box:
    """Return a box between delimiters of its height."""
    fences = (fence(each, body.height, body.baseline) for each in (left, right))
    opening, closing = fences
    return beside([opening, body, closing])


def over(numerator: Box, denominator: Box) -> Box:
    """Return a fraction, whose bar is longer than those inside it."""
    width = max(numerator.width, denominator.width, 1)
    if numerator.height > 1 or denominator.height > 1:
        width += 2
    bar = text_box(("-" if current_glyphs() is ASCII else "╌") * width)
    return stacked([numerator, bar, denominator], numerator.height)


def root(radicand: Box, degree: str) -> Box:
    """Return a root: a diagonal as high as the radicand, and a line above that."""
    height, first = radicand.height, max(cell_len(degree) - 1, 0)
    lines = [" " * (first + height + 1) + "_" * radicand.width]
    for number, line in enumerate(radicand.lines, 1):
        slope = " " * (first + height - number) + " /" + " " * (number - 1)
        lines.append(slope + line)
    lines[-1] = " " * first + "\\" + lines[-1][first + 1 :]
    if degree:
        lines[-2] = degree + lines[-2][cell_len(degree) :]
    return text_box(*lines, baseline=radicand.baseline + 1)


def with_scripts(base: Box, lower: Box | None, upper: Box | None) -> Box:
    """Return a box with scripts to its right; beside the ends of a tall one."""
    is_tall = base.height > 2
    above = 0 if upper is None else max(upper.height - is_tall, 0)
    below = 0 if lower is None else max(lower.height - is_tall, 0)
    height = above + base.height + below
    width = max(box.width for box in (lower, upper) if box is not None)
    scripts = [" " * width] * height
    if upper is not None:
        scripts[: upper.height] = widened(upper, width, "l").lines
    if lower is not None:
        scripts[height - lower.height :] = widened(lower, width, "l").lines
    blank = (" " * base.width,)
    lines = (*blank * above, *base.lines, *blank * below)
    joined = tuple(map("".join, zip(lines, scripts, strict=True)))
    return Box(joined, base.width + width, above + base.baseline)


def with_limits(base: Box, lower: Box | None, upper: Box | None) -> Box:
    """Return a box with scripts centered above and below it."""
    baseline = base.baseline + (0 if upper is None else upper.height)
    return stacked([box for box in (upper, base, lower) if box is not None], baseline)


_LARGE = {
    "sum": text_box("___", "\\  ", "/__", baseline=1),
    "prod": text_box("___", "| |", baseline=1),
    "int": text_box("⌠", "⎮", "⌡", baseline=1),
    "iint": text_box("⌠⌠", "⎮⎮", "⌡⌡", baseline=1),
    "iiint": text_box("⌠⌠⌠", "⎮⎮⎮", "⌡⌡⌡", baseline=1),
    "oint": text_box("⌠", "o", "⌡", baseline=1),
}
_LARGE_ASCII = str.maketrans({"⌠": "/", "⎮": "|", "⌡": "/"})


def large_operator(art: str) -> Box:
    """Return the drawing of a large operator."""
    box = _LARGE[art]
    if current_glyphs() is ASCII:
        return box._replace(lines=tuple(line.translate(_LARGE_ASCII) for line in box.lines))
    return box
