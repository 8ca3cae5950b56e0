from __future__ import annotations

from tui.cache.report import SyncReport
from tui.models import Problem


def test_reports_add_up() -> None:
    problem = Problem("a.md", 1, "no votes")
    total = SyncReport(1, 2, 3, 4, 5, [problem])
    total += SyncReport(10, 20, 30, 40, 50, [problem], cancelled=True, rebuilt="why")
    total += SyncReport(rebuilt="another")
    assert total == SyncReport(
        11, 22, 33, 44, 55, [problem, problem], cancelled=True, rebuilt="why"
    )


def test_report_is_changed_if_files_were_read_or_removed() -> None:
    assert not SyncReport(unchanged=9, skipped=9, entries=9, cancelled=True).changed
    assert SyncReport(read=1).changed
    assert SyncReport(removed=1).changed
    assert SyncReport(rebuilt="why").changed
