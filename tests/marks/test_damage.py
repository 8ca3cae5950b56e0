"""Damaged shards: nothing is overwritten, and the newest readable backup is used."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from tests.storage.corruption import bit_flips, truncations, with_other_content
from tests.support.irregular_files import IRREGULAR, put_folder
from tests.support.marks import set_marks
from tui.marks.edits import set_note, set_read, set_starred
from tui.marks.store import MarkStore, NotPersistedError
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.timestamped_marks import SCHEMA, TimestampedMarks, read_marks
from tui.models import Marks
from tui.storage.tables import NewerSchemaError, read_tables, write_tables

PAPER = "2505.00001"
WITH_NOTE = Marks(read=True, note="mine")

DAMAGE = [
    b"",
    b"{",
    b"[]",
    b"\xff\xfe",
    b"{}",
    b'{"schema": {"1": {"version": 0}}}',
    b'{"schema": {"1": {"version": 1}}}',
    b'{"schema": {"1": {"version": 2}}}',
    b'{"schema": {"1": {"version": 2}}, "times": {}}',
    b'{"schema": {"1": {"version": 2}}, "other": {"2505.00001": {"read": true}}}',
    b'{"schema": {"1": {"version": 1}}, "marks": []}',
    b'{"schema": {"1": {"version": 1}}, "marks": {"2505.00001": {"read": "yes"}}}',
    b'{"schema": {"1": {"version": 1}}, "marks": {"2505.00001": {"tags": "rl"}}}',
    b'{"schema": {"1": {"version": 1}}, "marks": {"2505.00001": {"tags": [1]}}}',
    b'{"schema": {"1": {"version": 1}}, "marks": {"2505.00001": {"note": null}}}',
    b'{"schema": {"1": {"version": 1}}, "marks": {"2505.00001": {"starred": 1}}}',
    b'{"schema": {"1": {"version": 1}}, "marks": {"2505.00001": {"color": "red"}}}',
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose marks changed twice today, so that the first change has a backup."""
    folder = tmp_path / "marks"
    store = MarkStore(folder)
    store.apply(set_marks([PAPER], WITH_NOTE))
    store.apply(set_starred([PAPER, "2504.00001"], True))
    return folder


def backups(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").iterdir())


def backdate(folder: Path, day: str) -> None:
    """Give today's backup another date."""
    copy = folder / "backups" / f"2505-{date.today()}.json"
    copy.rename(copy.with_name(f"2505-{day}.json"))


@pytest.mark.parametrize("data", DAMAGE)
def test_damaged_shard_is_quarantined_and_its_backup_used(folder: Path, data: bytes) -> None:
    (folder / "2505.json").write_bytes(data)
    backdate(folder, "2025-05-20")
    store = MarkStore(folder)
    assert store.get(PAPER) == WITH_NOTE
    [damage] = store.read_errors
    assert "2505.json is damaged" in damage
    assert "2025-05-20" in damage
    assert (folder / "2505.json").read_bytes() == data  # reading does not write
    assert store.all_marks() == {PAPER: WITH_NOTE, "2504.00001": Marks(starred=True)}
    store.apply(set_starred([PAPER], True))
    aside = folder / f"damaged-2505-{date.today()}.json"
    assert aside.read_bytes() == data
    assert store.quarantined_files() == [aside]
    [damage] = store.read_errors
    assert aside.name in damage
    opened = MarkStore(folder)
    assert opened.get(PAPER) == WITH_NOTE._replace(starred=True)
    assert opened.all_marks().keys() == {PAPER, "2504.00001"}
    assert opened.read_errors == []


def test_quarantined_files_are_not_overwritten(folder: Path) -> None:
    for number in range(3):
        (folder / "2505.json").write_text(f"damage {number}")
        MarkStore(folder).apply(set_note([PAPER], str(number)))
    texts = [path.read_text() for path in MarkStore(folder).quarantined_files()]
    assert sorted(texts) == ["damage 0", "damage 1", "damage 2"]


def test_damage_while_the_store_is_open_is_repaired(folder: Path) -> None:
    store = MarkStore(folder)
    before = store.all_marks()
    (folder / "2505.json").write_bytes(b"{")
    assert store.refresh()
    assert store.get(PAPER) == WITH_NOTE
    assert len(store.read_errors) == 1
    assert not store.refresh()
    (folder / "2504.json").write_bytes(b"{")  # not refreshed before the next change
    store.apply(set_read(["2504.00001", "2504.00002"], True))
    assert store.get("2504.00002") == Marks(read=True)
    assert len(store.read_errors) == 2
    assert before[PAPER].starred


def test_damage_without_a_readable_backup_is_reported(folder: Path) -> None:
    (folder / "2505.json").write_bytes(b"{")
    for copy in (folder / "backups").iterdir():
        copy.write_bytes(b"{")
    store = MarkStore(folder)
    assert store.get(PAPER) == Marks()
    [damage] = store.read_errors
    assert "2505.json is damaged" in damage
    assert "missing" in damage
    store.apply(set_read(["2505.00002"], True))
    assert MarkStore(folder).all_marks().keys() == {"2505.00002", "2504.00001"}
    assert [path.read_bytes() for path in store.quarantined_files()] == [b"{"]


@pytest.mark.parametrize("put", [Path.unlink, *IRREGULAR.values()])
def test_shard_that_is_gone_or_something_else_is_restored(
    folder: Path, put: Callable[[Path], None]
) -> None:
    put(folder / "2505.json")
    store = MarkStore(folder)
    assert store.all_marks() == {PAPER: WITH_NOTE, "2504.00001": Marks(starred=True)}
    [damage] = store.read_errors
    assert "2505.json is " in damage
    assert dict(MarkMerger(folder).read_shards()).keys() == {"2504", "2505"}
    assert store.has_restorable_files()
    store.apply(set_starred([PAPER], True))
    opened = MarkStore(folder)
    assert opened.get(PAPER) == WITH_NOTE._replace(starred=True)
    assert opened.read_errors == []


def test_shard_that_was_moved_aside_before_the_disk_was_full_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_folder(folder / "2505.json")

    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tui.marks.shard_files.replace_file", fail)
        merger = MarkMerger(folder)
        with pytest.raises(OSError, match="No space"):
            merger.repair()
    assert not (folder / "2505.json").exists()
    assert MarkStore(folder).get(PAPER) == WITH_NOTE
    merger = MarkMerger(folder)
    merger.repair()
    assert "2505.json was missing" in merger.warnings[0]
    assert MarkStore(folder).get(PAPER) == WITH_NOTE


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"{")])
def test_nothing_replaces_marks_whose_backup_cannot_be_read_just_now(
    folder: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    damage(folder / "2505.json")

    def fail(file: Path) -> dict[str, Marks]:
        if file.parent.name == "backups":
            raise OSError(errno.EIO, "Input/output error", str(file))
        return read_marks(file)

    with monkeypatch.context() as patch:
        patch.setattr("tui.marks.shard_files.read_marks", fail)
        with pytest.raises(NotPersistedError, match="backups"):
            MarkStore(folder).apply(set_starred(["2505.00002"], True))
    assert MarkStore(folder).get(PAPER) == WITH_NOTE
    MarkStore(folder).apply(set_starred(["2505.00002"], True))
    assert MarkStore(folder).get(PAPER) == WITH_NOTE


def test_missing_shard_without_an_intact_backup_is_a_month_without_marks(folder: Path) -> None:
    (folder / "2505.json").unlink()
    for copy in (folder / "backups").iterdir():
        copy.write_bytes(b"{")
    store = MarkStore(folder)
    assert (store.get(PAPER), store.read_errors) == (Marks(), [])
    store.apply(set_read([PAPER], True))
    assert MarkStore(folder).get(PAPER) == Marks(read=True)


def test_newest_readable_backup_is_used(folder: Path) -> None:
    backdate(folder, "2025-05-20")
    MarkStore(folder).apply(set_note([PAPER], "later"))
    backdate(folder, "2025-05-21")
    MarkStore(folder).apply(set_note([PAPER], "last"))
    (folder / "2505.json").write_bytes(b"{")
    (folder / "backups" / f"2505-{date.today()}.json").write_bytes(b"{")
    store = MarkStore(folder)
    assert store.get(PAPER) == WITH_NOTE._replace(starred=True)
    assert "2025-05-21" in store.read_errors[0]


def test_each_shard_has_one_backup_per_day_and_at_most_three(folder: Path) -> None:
    assert backups(folder) == [f"2505-{date.today()}.json"]
    MarkStore(folder).apply(set_note([PAPER], "again"))
    assert backups(folder) == [f"2505-{date.today()}.json"]
    copy = folder / "backups" / f"2505-{date.today()}.json"
    for day in ("2025-05-19", "2025-05-20", "2025-05-21", "2025-05-22"):
        MarkStore(folder).apply(set_note([PAPER], day))
        if day != "2025-05-22":
            backdate(folder, day)
    expected = [f"2505-{day}.json" for day in ("2025-05-20", "2025-05-21", date.today())]
    assert backups(folder) == expected
    assert '"note":"2025-05-21"' in copy.read_text()
    # Another shard has its own backups.
    MarkStore(folder).apply(set_note(["2504.00001"], "first backup"))
    assert backups(folder) == [f"2504-{date.today()}.json", *expected]


def test_shard_of_a_newer_version_is_not_changed(folder: Path) -> None:
    file = folder / "2505.json"
    write_tables(file, {"marks": {PAPER: {"color": "red"}}}, SCHEMA + 1)
    data = file.read_bytes()
    store = MarkStore(folder)
    assert store.get(PAPER) == Marks()
    [damage] = store.read_errors
    assert "newer Broadsheet" in damage
    with pytest.raises(NewerSchemaError, match="newer Broadsheet"):
        store.apply(set_note(["2504.00001", PAPER], "mine"))
    assert store.get("2504.00001") == MarkStore(folder).get("2504.00001") == Marks(starred=True)
    assert file.read_bytes() == data
    assert store.quarantined_files() == []


def test_shard_that_was_emptied_is_damaged(folder: Path) -> None:
    write_tables(folder / "2505.json", {}, SCHEMA)
    store = MarkStore(folder)
    assert store.get(PAPER) == WITH_NOTE
    assert "2505.json is damaged" in store.read_errors[0]
    store.apply(set_starred([PAPER], True))
    assert MarkStore(folder).get(PAPER) == WITH_NOTE._replace(starred=True)


def test_shard_of_removed_marks_is_intact(tmp_path: Path) -> None:
    """Another machine removed marks that this one never had."""
    removed = TimestampedMarks(read=(5, False), tags={"rl": (5, "")})
    merger = MarkMerger(tmp_path)
    assert merger.merge({PAPER: removed}) == []
    assert dict(merger.read_shards()) == {"2505": {PAPER: removed}}
    assert (merger.warnings, MarkStore(tmp_path).read_errors) == ([], [])
    tables = read_tables(tmp_path / "2505.json", SCHEMA)
    # Earlier versions wrote it without a table of marks.
    write_tables(tmp_path / "2505.json", {"times": tables["times"]}, SCHEMA)
    store = MarkStore(tmp_path)
    assert (store.all_marks(), store.read_errors) == ({}, [])
    store.apply(set_starred([PAPER], True))
    assert dict(MarkMerger(tmp_path).read_shards())["2505"][PAPER].read == (5, False)


def sample_damage(damage: Callable[[bytes], Iterator[bytes]], data: bytes) -> Iterator[bytes]:
    number = sum(1 for _ in damage(data))
    return islice(damage(data), None, None, max(1, number // 150))


@pytest.mark.parametrize(
    "damage",
    [truncations, bit_flips, lambda _: with_other_content(SCHEMA)],
    ids=lambda function: function.__name__,
)
def test_marks_are_restored_after_any_damage(
    folder: Path, damage: Callable[[bytes], Iterator[bytes]]
) -> None:
    backdate(folder, "2025-05-20")
    file = folder / "2505.json"
    data = file.read_bytes()
    intact = read_tables(file, SCHEMA)
    restored = 0
    for damaged in sample_damage(damage, data):
        file.write_bytes(damaged)
        store = MarkStore(folder)
        marks = store.get(PAPER)
        if store.read_errors:
            assert marks == WITH_NOTE
            restored += 1
        else:
            assert read_tables(file, SCHEMA) == intact
        assert file.read_bytes() == damaged
    assert restored > 10


def test_empty_table_is_valid(folder: Path) -> None:
    write_tables(folder / "2505.json", {"marks": {}}, SCHEMA)
    store = MarkStore(folder)
    assert (store.get(PAPER), store.read_errors) == (Marks(), [])
