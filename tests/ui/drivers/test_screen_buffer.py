"""What is sent instead of a frame leaves a terminal as the frame would."""

from __future__ import annotations

from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.drivers.screen_buffer import ScreenBuffer

WIDTH, HEIGHT = 12, 4


class Screen:
    """A terminal that shows what is written to it."""

    def __init__(self) -> None:
        self._screen: Any = pyte.Screen(WIDTH, HEIGHT)
        self._screen.reset_mode(7, private=True)
        self._stream: Any = pyte.Stream(self._screen)

    def write(self, data: str) -> None:
        self._stream.feed(data)

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        """Each cell with all that is seen of it."""
        return [
            [seen(self._screen.buffer[line][column]) for column in range(WIDTH)]
            for line in range(HEIGHT)
        ]

    @property
    def cursor(self) -> tuple[int, int]:
        return min(self._screen.cursor.x, WIDTH - 1), self._screen.cursor.y


def seen(cell: Any) -> tuple[object, ...]:
    lines = (cell.underscore, cell.strikethrough)
    if cell.data == " " and not any(lines) and not cell.reverse:
        return (" ", cell.bg)
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, cell.reverse, *lines)


def at(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"


BLANK = "".join(f"{at(0, y)}\x1b[48;5;17m{' ' * WIDTH}\x1b[0m" for y in range(HEIGHT))
"""As any frame that is the first."""

looks = st.lists(
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
        text, look = draw(texts), draw(looks)
        width = sum(2 if each in "가나" else 1 for each in text)
        x = draw(st.integers(0, WIDTH - width)) if width <= WIDTH else 0
        frame += f"{at(x, draw(st.integers(0, HEIGHT - 1)))}\x1b[{look}m{text}\x1b[0m"
    return frame + at(draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1)))


def whole(screen: Screen) -> list[list[tuple[object, ...]]]:
    """Return all cells but those of wide characters: terminals leave other halves of them."""
    unsure = {"가", "나", "", " "}
    return [[cell for cell in row if cell[0] not in unsure] for row in screen.cells]


@given(st.lists(frames(), min_size=1, max_size=6))
def test_any_frames(written: list[str]) -> None:
    direct, far = Screen(), Screen()
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    for frame in [BLANK, *written]:
        direct.write(frame)
        assert wanted.draw(frame) == ""
        far.write(shown.catch_up(wanted))
        assert whole(far) == whole(direct)
        assert far.cursor == direct.cursor


@given(st.lists(frames(), min_size=1, max_size=6))
def test_frames_that_wait_are_sent_as_one(written: list[str]) -> None:
    step_by_step, at_once = Screen(), Screen()
    one, other = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    wanted = ScreenBuffer(WIDTH, HEIGHT)
    for frame in [BLANK, *written]:
        wanted.draw(frame)
        step_by_step.write(one.catch_up(wanted))
    at_once.write(other.catch_up(wanted))
    assert at_once.cells == step_by_step.cells


def test_what_is_there_already_is_not_sent_again() -> None:
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    wanted.draw(BLANK + at(2, 1) + "\x1b[1;48;5;17mpapers\x1b[0m" + at(0, 0))
    assert shown.catch_up(wanted)
    wanted.draw(BLANK + at(2, 1) + "\x1b[1;48;5;17mpapers\x1b[0m" + at(0, 0))
    assert shown.catch_up(wanted) == ""
    wanted.draw(at(2, 1) + "\x1b[1;48;5;17mpapist\x1b[0m" + at(0, 0))
    sent = shown.catch_up(wanted)
    assert "ist" in sent
    assert "pap" not in sent


def test_a_link_is_kept_and_ended() -> None:
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    link = "\x1b]8;id=7;https://arxiv.org/abs/2505.04921\x1b\\"
    wanted.draw(f"{at(0, 0)}{link}PDF\x1b]8;;\x1b\\ or")
    sent = shown.catch_up(wanted)
    assert f"{link}PDF" in sent
    assert sent.index("PDF") < sent.index("\x1b]8;;\x1b\\") < sent.index(" or")


@pytest.mark.parametrize("other", ["\x1b[?25l", "\x1b]52;c;cGFwZXI=\x07", "\x07", "\x1b[>29u"])
def test_what_draws_nothing_is_handed_back(other: str) -> None:
    wanted = ScreenBuffer(WIDTH, HEIGHT)
    assert wanted.draw(f"{at(0, 0)}a{other}b") == other
    assert "ab" in ScreenBuffer(WIDTH, HEIGHT).catch_up(wanted)


def test_a_second_half_of_a_wide_character_never_stands_alone() -> None:
    far = Screen()
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    for frame in (BLANK + at(0, 0) + "가나다라", at(0, 0) + "a가나다 ", at(0, 0) + "가나다라"):
        wanted.draw(frame)
        far.write(shown.catch_up(wanted))
    assert "".join(str(cell[0]) for cell in far.cells[0]).startswith("가나다라")


def test_nothing_is_known_of_a_terminal_at_first() -> None:
    shown, wanted = ScreenBuffer(WIDTH, HEIGHT), ScreenBuffer(WIDTH, HEIGHT)
    wanted.draw(BLANK)
    first = shown.catch_up(wanted)
    assert first.startswith("\x1b[H")
    assert shown.catch_up(wanted) == ""
    assert ScreenBuffer(WIDTH, HEIGHT).catch_up(wanted) == first
