"""Scrolling a widget's lines."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual import events

from tests.ui.widget_host import host_widget
from tui.ui.widgets.cursor_list import CursorList
from tui.ui.widgets.line_window import scroll_distance


class NumberList(CursorList):
    """A hundred rows below one heading line."""

    heading_lines = 1
    line_count = 100

    def draw_row(self, row: int, width: int) -> list[Segment]:  # noqa: ARG002
        return [Segment(f"row {row}", self.window.base_style)]


@pytest.mark.parametrize(
    ("move", "lines"),
    [
        ("down", 1), ("up", -1), ("page_down", 20), ("page_up", -20),
        ("half_down", 10), ("half_up", -10), ("top", -300), ("bottom", 300),
    ],
)  # fmt: skip
def test_scroll_distance(move: str, lines: int) -> None:
    assert scroll_distance(move, page=20, length=300) == lines


def test_half_a_page_is_at_least_one_line() -> None:
    assert scroll_distance("half_down", page=1, length=300) == 1


async def test_first_line_stays_within_the_text() -> None:
    rows = NumberList()
    async with host_widget(rows, (20, 11)):
        window = rows.window
        assert (window.page, window.width) == (10, 19)
        for line, top in ((-5, 0), (50, 50), (200, 90)):
            window.top = line
            assert window.top == top


async def test_only_a_change_of_the_first_line_is_reported() -> None:
    rows = NumberList()
    async with host_widget(rows, (20, 11)):
        tops: list[int] = []
        rows.window.on_scroll = lambda: tops.append(rows.window.top)
        for line in (3, 3, 7, -1, 0):
            rows.window.top = line
        rows.window.set_top_silently(5)
        assert tops == [3, 7, 0]


async def test_lines_are_found_by_their_row_on_the_screen() -> None:
    rows = NumberList()
    async with host_widget(rows, (20, 11)):
        rows.window.top = 90
        assert [rows.window.line_at(y) for y in (0, 1, 10, 11)] == [None, 90, 99, None]


async def test_thumb_is_as_long_as_the_part_in_view() -> None:
    rows = NumberList()
    async with host_widget(rows, (20, 51)):
        assert rows.window.thumb == range(25)
        rows.window.top = 100
        assert rows.window.thumb == range(25, 50)


async def test_there_is_no_thumb_if_all_lines_are_in_view() -> None:
    rows = NumberList()
    async with host_widget(rows, (20, 120)):
        assert not rows.window.thumb


async def test_taller_widget_has_no_empty_lines_below_the_last() -> None:
    rows = NumberList()
    async with host_widget(rows, (20, 11)) as host:
        rows.cursor = 99
        assert rows.window.top == 90
        await host.resize(20, 31)
        assert rows.window.top == 70


async def test_wheel_scrolls_three_lines_and_leaves_the_cursor() -> None:
    rows = NumberList()
    async with host_widget(rows, (20, 11)) as host:
        await host.pilot._post_mouse_events([events.MouseScrollDown], NumberList, (3, 3))
        assert (rows.window.top, rows.cursor) == (3, 0)
