"""The rows of the sidebar and their counts."""

from __future__ import annotations

import pytest

from tui.cache.period_counts import PeriodCounts
from tui.library.scope import Scope, SidebarCounts
from tui.ui.widgets.sidebar_rows import (
    GAP,
    SidebarContent,
    SidebarRow,
    build_rows,
    count_texts,
    row_name,
)

DAY = ("2025-09-01", "2025-09", "2025", "")
PERIODS = PeriodCounts(dict.fromkeys(DAY, 20))


def rows(content: SidebarContent, *, with_gaps: bool = False) -> list[SidebarRow]:
    return build_rows(content, {"2025", "2025-09"}, None, with_gaps=with_gaps)


@pytest.mark.parametrize(
    ("papers", "unread", "texts"),
    [
        (None, None, [""]),
        (1204, None, ["1,204"]),
        (1204, 1204, ["1,204"]),
        (1204, 0, ["1,204"]),
        (999, 30, ["30/999", "30"]),
        (5495, 5407, ["5,407/5,495", "5.4k/5.5k", "5,407"]),
        (5495, 5494, ["5,494/5,495", "5,494"]),
        (54795, 16, ["16/54,795", "16/55k", "16"]),
        (1_234_567, 9_950, ["9,950/1,234,567", "10k/1.2m", "9,950"]),
        (999_500, 999_499, ["999,499/999,500", "999k/1.0m", "999,499"]),
    ],
)
def test_counts_are_written_shorter_where_space_is_short(
    papers: int | None, unread: int | None, texts: list[str]
) -> None:
    assert list(count_texts(SidebarRow(Scope("2025"), papers, unread))) == texts


def test_months_have_short_names() -> None:
    assert row_name(Scope("2025-09")) == "Sep"


def test_periods_show_their_unread_papers() -> None:
    counts = SidebarCounts(read={"": 4, "2025": 4, "2025-09": 4, "2025-09-01": 4})
    dates = [row for row in rows(SidebarContent(PERIODS, counts)) if row.scope and row.papers]
    assert {row.scope.period for row in dates if row.unread == 16 and row.scope} == set(DAY)


def test_papers_that_were_not_counted_yet_are_unread() -> None:
    # Counts of marks are older than those of papers while digests are read.
    counts = SidebarCounts(read={"2025": 30})
    [year] = [row for row in rows(SidebarContent(PERIODS, counts)) if row.scope == Scope("2025")]
    assert year.unread == 0
    assert year.is_read


def test_before_anything_is_counted_periods_show_their_papers() -> None:
    assert all(row.unread is None for row in rows(SidebarContent(PERIODS)))


def test_gaps_separate_sections() -> None:
    counts = SidebarCounts(views=[(Scope(query_text="rl", name="RL"), 3)])
    scopes = [row.scope for row in rows(SidebarContent(PERIODS, counts), with_gaps=True)]
    names = [scope.title if scope else "" for scope in scopes]
    assert names == [
        "All days", "Unread", "Starred", "", "RL", "", "2025", "September 2025",
        "Mon 1 September 2025",
    ]  # fmt: skip
    assert GAP not in rows(SidebarContent(PERIODS, counts))
