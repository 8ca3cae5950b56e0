"""Backups: which one is the newest, and which ones are kept."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from tui.marks.edits import set_note, set_read
from tui.marks.store import MarkStore

PAPER = "2505.00001"
FUTURE = ("2099-01-01", "2099-01-02", "2099-01-03")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "marks"


def backup(folder: Path, day: date | str) -> Path:
    return folder / "backups" / f"2505-{day}.json"


def days(folder: Path) -> list[str]:
    names = (path.stem.removeprefix("2505-") for path in (folder / "backups").glob("2505-*.json"))
    return sorted(names)


def write_note(folder: Path, note: str, day: date | str | None = None) -> None:
    """Change the note; the backup of the note before gets a date, by default that of today."""
    MarkStore(folder).apply(set_note([PAPER], note))
    made = backup(folder, date.today())
    if day and made.exists():
        made.rename(backup(folder, day))


def restored_note(folder: Path) -> str:
    (folder / "2505.json").write_bytes(b"{")
    return MarkStore(folder).get(PAPER).note


def test_backup_with_a_date_in_the_future_is_not_the_newest(folder: Path) -> None:
    for note, day in (("first", None), ("of 2099", "2099-01-01"), ("second", None)):
        write_note(folder, note, day)
    write_note(folder, "third")
    assert days(folder) == [str(date.today()), "2099-01-01"]
    assert restored_note(folder) == "of 2099"  # the note before today's backup was made
    backup(folder, date.today()).write_bytes(b"{")
    assert MarkStore(folder).get(PAPER).note == "first"


def test_backups_with_dates_in_the_future_push_no_other_out(folder: Path) -> None:
    write_note(folder, "first")
    for day in FUTURE:
        write_note(folder, f"before {day}", day)
    for number in (3, 2, 1):
        write_note(folder, f"note {number}", date.today() - timedelta(days=number))
    write_note(folder, "last")
    expected = [date.today() - timedelta(days=number) for number in (2, 1, 0)]
    assert days(folder) == list(map(str, expected))
    assert restored_note(folder) == "note 1"


def test_backup_of_tomorrow_is_the_newest(folder: Path) -> None:
    """It is of a time zone that is ahead."""
    write_note(folder, "first")
    write_note(folder, "second", date.today() - timedelta(days=1))
    write_note(folder, "third", date.today() + timedelta(days=1))
    assert restored_note(folder) == "second"


def test_damaged_backups_push_no_intact_one_out(folder: Path) -> None:
    write_note(folder, "first")
    write_note(folder, "second", "2025-05-20")
    for number in range(1, 6):
        backup(folder, f"2025-05-2{number}").write_bytes(b"{")
    write_note(folder, "third")
    assert "2025-05-20" in days(folder)
    backup(folder, date.today()).write_bytes(b"{")
    assert restored_note(folder) == "first"


def test_equal_backups_count_once(folder: Path) -> None:
    write_note(folder, "first")
    write_note(folder, "second", "2025-05-20")
    write_note(folder, "third", "2025-05-21")
    for number in range(2, 9):
        shutil.copy(backup(folder, "2025-05-21"), backup(folder, f"2025-05-2{number}"))
    write_note(folder, "fourth")
    assert days(folder) == ["2025-05-20", "2025-05-28", str(date.today())]


def test_other_files_beside_backups_are_kept(folder: Path) -> None:
    write_note(folder, "first")
    write_note(folder, "second")
    (folder / "backups" / "2505-my-own-copy.json").write_text("{}")
    for day in ("2025-05-20", "2025-05-21", "2025-05-22", "2025-05-23"):
        write_note(folder, day, day)
    MarkStore(folder).apply(set_read([PAPER], True))
    assert (folder / "backups" / "2505-my-own-copy.json").exists()
