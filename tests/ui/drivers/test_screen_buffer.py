"""The differences leave a terminal in the same state as the frames themselves."""

from __future__ import annotations

from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.drivers.screen_buffer import ScreenBuffer

WIDTH, HEIGHT = 12, 4


class Screen:
    """A terminal emulator."""

    def __init__(self) -> None:
        self._screen: Any = pyte.Screen(WIDTH, HEIGHT)
        self._screen.reset_mode(7, private=True)
        self._stream: Any = pyte.Stream(self._screen)

    def write(self, data: str) -> None:
        self._stream.feed(data)

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        """The visible content of each cell."""
        return [
            [visible(self._screen.buffer[line][column]) for column in range(WIDTH)]
            for line in range(HEIGHT)
        ]

    @property
    def cursor(self) -> tuple[int, int]:
        return min(self._screen.cursor.x, WIDTH - 1), self._screen.cursor.y


def visible(cell: Any) -> tuple[object, ...]:
    lines = (cell.underscore, cell.strikethrough)
    if cell.data == " " and not any(lines) and not cell.reverse:
        return (" ", cell.bg)
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, cell.reverse, *lines)


def at(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"


BLANK = "".join(f"{at(0, y)}\x1b[48;5;17m{' ' * WIDTH}\x1b[0m" for y in range(HEIGHT))
"""A first frame, which paints every cell."""

styles = st.lists(
    st.sampled_from(
        ["1", "3", "4", "7", "9", "31", "97", "44", "107", "38;5;200", "48;5;17", "38;2;1;2;3"]
    ),
    unique=True,
).map(";".join)
texts = st.text(st.sampled_from("ab  가é나"), min_size=1, max_size=5)


@st.composite
def frames(draw: st.DrawFn) -> str:
    frame = ""
    for _ in range(draw(st.integers(1, 4))):
        text, style = draw(texts), draw(styles)
        width = sum(2 if each in "가나" else 1 for each in text)
        x = draw(st.integers(0, WIDTH - width)) if width <= WIDTH else 0
        frame += f"{at(x, draw(st.integers(0, HEIGHT - 1)))}\x1b[{style}m{text}\x1b[0m"
    return frame + at(draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1)))


def narrow_cells(screen: Screen) -> list[list[tuple[object, ...]]]:
    """Return the cells without wide characters, whose halves terminals treat differently."""
    ambiguous = {"가", "나", "", " "}
    return [[cell for cell in row if cell[0] not in ambiguous] for row in screen.cells]


@pytest.mark.slow
@given(st.lists(frames(), min_size=1, max_size=6))
def test_differences_equal_the_frames(written: list[str]) -> None:
    direct, remote = Screen(), Screen()
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    for frame in [BLANK, *written]:
        direct.write(frame)
        assert wanted.apply(frame) == ""
        remote.write(shown.update_to(wanted))
        assert narrow_cells(remote) == narrow_cells(direct)
        assert remote.cursor == direct.cursor


@given(st.lists(frames(), min_size=1, max_size=6))
def test_skipped_frames_are_sent_as_one(written: list[str]) -> None:
    step_by_step, at_once = Screen(), Screen()
    one, other = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    wanted = ScreenBuffer(WIDTH, HEIGHT)
    for frame in [BLANK, *written]:
        wanted.apply(frame)
        step_by_step.write(one.update_to(wanted))
    at_once.write(other.update_to(wanted))
    assert at_once.cells == step_by_step.cells


def test_unchanged_cells_are_not_sent() -> None:
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    wanted.apply(BLANK + at(2, 1) + "\x1b[1;48;5;17mpapers\x1b[0m" + at(0, 0))
    assert shown.update_to(wanted)
    wanted.apply(BLANK + at(2, 1) + "\x1b[1;48;5;17mpapers\x1b[0m" + at(0, 0))
    assert shown.update_to(wanted) == ""
    wanted.apply(at(2, 1) + "\x1b[1;48;5;17mpapist\x1b[0m" + at(0, 0))
    sent = shown.update_to(wanted)
    assert "ist" in sent
    assert "pap" not in sent


def test_links_are_opened_and_closed() -> None:
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    link = "\x1b]8;id=7;https://arxiv.org/abs/2505.04921\x1b\\"
    wanted.apply(f"{at(0, 0)}{link}PDF\x1b]8;;\x1b\\ or")
    sent = shown.update_to(wanted)
    assert f"{link}PDF" in sent
    assert sent.index("PDF") < sent.index("\x1b]8;;\x1b\\") < sent.index(" or")


@pytest.mark.parametrize("other", ["\x1b[?25l", "\x1b]52;c;cGFwZXI=\x07", "\x07", "\x1b[>29u"])
def test_other_sequences_are_passed_through(other: str) -> None:
    wanted = ScreenBuffer(WIDTH, HEIGHT)
    assert wanted.apply(f"{at(0, 0)}a{other}b") == other
    assert "ab" in ScreenBuffer(WIDTH, HEIGHT).update_to(wanted)


def test_wide_characters_are_never_left_in_half() -> None:
    remote = Screen()
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    for frame in (BLANK + at(0, 0) + "가나다라", at(0, 0) + "a가나다 ", at(0, 0) + "가나다라"):
        wanted.apply(frame)
        remote.write(shown.update_to(wanted))
    assert "".join(str(cell[0]) for cell in remote.cells[0]).startswith("가나다라")


def test_first_update_paints_everything() -> None:
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    wanted.apply(BLANK)
    first = shown.update_to(wanted)
    assert first.startswith("\x1b[H")
    assert shown.update_to(wanted) == ""
    assert ScreenBuffer(WIDTH, HEIGHT).update_to(wanted) == first
