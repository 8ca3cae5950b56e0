"""The announcement of new papers and days."""

from __future__ import annotations

from tui.ui.screens.main.news import News


def test_days_are_announced_before_papers() -> None:
    news = News()
    news.add(3, ["2025-05-02", "2025-05-01"])
    news.add(1, ["2025-05-02"])
    assert news.take() == "2 new days, the newest: Fri 2 May 2025"
    assert news.take() == "", "it is announced once"


def test_one_day() -> None:
    news = News()
    news.add(3, ["2025-05-02"])
    assert news.take() == "1 new day: Fri 2 May 2025"


def test_papers_of_known_days_are_counted() -> None:
    news = News()
    news.add(1, [])
    assert news.take() == "1 new paper."
    news.add(1, [])
    news.add(1, [])
    assert news.take() == "2 new papers."
