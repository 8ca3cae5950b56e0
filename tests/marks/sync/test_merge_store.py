"""Reading a store's marks with their times, and merging marks from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.concurrent_processes import WAIT_FOR_START, run_concurrently
from tests.support.marks import set_marks
from tui.marks.edits import set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.timestamped_marks import SCHEMA, TimestampedMarks
from tui.models import Marks
from tui.storage.tables import NewerSchemaError, read_tables, write_tables

PAPER, OTHER = "2505.00001", "2404.00002"


def timestamped(folder: Path) -> dict[str, TimestampedMarks]:
    return {
        arxiv_id: timestamped_marks
        for _, shard in MarkMerger(folder).read_shards()
        for arxiv_id, timestamped_marks in shard.items()
    }


def marked(folder: Path) -> dict[str, Marks]:
    return dict(MarkStore(folder).all_marks())


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    return tmp_path / "laptop"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def test_each_field_has_its_own_time(laptop: Path) -> None:
    store = MarkStore(laptop)
    store.apply(set_read([PAPER], True))
    at_first = timestamped(laptop)[PAPER]
    assert at_first.read[0] > 1_700_000_000_000
    assert at_first.starred == (0, False)
    store.apply(set_tags([PAPER], ("RL",)))
    store.apply(set_read([PAPER], False))
    later = timestamped(laptop)[PAPER]
    assert later.read[0] > at_first.read[0]
    assert later.read[1] is False
    assert later.tags["rl"][1] == "RL"
    assert later.note == (0, "")


def test_different_marks_are_merged(laptop: Path, desk: Path) -> None:
    laptop_store, desk_store = MarkStore(laptop), MarkStore(desk)
    laptop_store.apply(set_read([PAPER], True))
    laptop_store.apply(set_tags([PAPER], ("rl",)))
    desk_store.apply(set_tags([PAPER], ("vision",)))
    desk_store.apply(set_starred([PAPER, OTHER], True))
    laptop_store.apply(set_note([OTHER], "메모"))
    MarkMerger(desk).merge(timestamped(laptop))
    MarkMerger(laptop).merge(timestamped(desk))
    assert timestamped(laptop) == timestamped(desk)
    assert marked(desk)[OTHER] == Marks(starred=True, note="메모")
    merged = marked(laptop)[PAPER]
    assert merged.read
    assert merged.starred
    assert set(merged.tags) == {"rl", "vision"}


def test_removed_marks_do_not_come_back(laptop: Path, desk: Path) -> None:
    store = MarkStore(laptop)
    store.apply(set_marks([PAPER], Marks(True, True, ("rl",), "note")))
    MarkMerger(desk).merge(timestamped(laptop))
    store.apply(set_marks([PAPER], Marks()))
    assert marked(laptop) == {}
    assert MarkMerger(laptop).merge(timestamped(desk)) == []
    assert MarkMerger(desk).merge(timestamped(laptop)) == [PAPER]
    assert marked(desk) == marked(laptop) == {}


def test_merging_known_marks_writes_nothing(laptop: Path) -> None:
    MarkStore(laptop).apply(set_read([PAPER], True))
    file = laptop / "2505.json"
    before = file.stat()
    assert MarkMerger(laptop).merge(timestamped(laptop)) == []
    assert file.stat().st_ino == before.st_ino


def test_open_store_sees_merged_marks(laptop: Path, desk: Path) -> None:
    MarkStore(desk).apply(set_starred([PAPER], True))
    store = MarkStore(laptop)
    assert store.all_marks() == {}
    MarkMerger(laptop).merge(timestamped(desk))
    assert store.refresh()
    assert store.get(PAPER) == Marks(starred=True)
    store.apply(set_read([PAPER], True))
    assert timestamped(laptop)[PAPER].starred == timestamped(desk)[PAPER].starred


def test_marks_of_an_older_version_get_times_when_they_change(laptop: Path, desk: Path) -> None:
    laptop.mkdir()
    write_tables(
        laptop / "2505.json", {"marks": {PAPER: {"read": True, "tags": ["RL"], "note": "old"}}}, 1
    )
    assert marked(laptop)[PAPER] == Marks(read=True, tags=("RL",), note="old")
    assert timestamped(laptop)[PAPER].note == (0, "old")
    MarkStore(desk).apply(set_note([PAPER], "new"))
    MarkMerger(laptop).merge(timestamped(desk))
    assert marked(laptop)[PAPER] == Marks(read=True, tags=("RL",), note="new")
    assert read_tables(laptop / "2505.json", SCHEMA)["times"][PAPER]["note"] > 0


def test_damaged_shard_is_restored_before_merging(laptop: Path, desk: Path) -> None:
    store = MarkStore(laptop)
    store.apply(set_read([PAPER], True))
    store.apply(set_starred([PAPER], True))  # backs up the first version
    (laptop / "2505.json").write_bytes(b"{")
    MarkStore(desk).apply(set_note([PAPER], "theirs"))
    MarkMerger(laptop).merge(timestamped(desk))
    assert marked(laptop)[PAPER] == Marks(read=True, note="theirs")
    assert len(MarkStore(laptop).quarantined_files()) == 1


def test_damaged_shard_does_not_hide_the_others(laptop: Path) -> None:
    store = MarkStore(laptop)
    store.apply(set_read([PAPER, OTHER], True))
    store.apply(set_starred([PAPER, OTHER], True))  # backs up the first version
    before = timestamped(laptop)
    damaged = laptop / "2505.json"
    damaged.write_bytes(b"{")
    merger = MarkMerger(laptop)
    shards = dict(merger.read_shards())
    assert shards["2404"] == {OTHER: before[OTHER]}
    assert shards["2505"] == {PAPER: before[PAPER]._replace(starred=(0, False))}
    assert (merger.is_complete("2404"), merger.is_complete("2505")) == (True, False)
    [warning] = merger.warnings
    assert "2505.json is damaged; its marks are those of the backup of" in warning
    assert damaged.read_bytes() == b"{"  # reading does not write


def test_damaged_shard_is_repaired(laptop: Path) -> None:
    store = MarkStore(laptop)
    store.apply(set_read([PAPER, OTHER], True))
    store.apply(set_starred([PAPER, OTHER], True))
    before = timestamped(laptop)
    (laptop / "2505.json").write_bytes(b"{")
    merger = MarkMerger(laptop)
    merger.repair()
    [warning] = merger.warnings
    assert "2505.json was damaged and is kept as damaged-2505-" in warning
    assert timestamped(laptop) == {**before, PAPER: before[PAPER]._replace(starred=(0, False))}
    merger.repair()
    assert len(merger.warnings) == len(MarkStore(laptop).quarantined_files()) == 1


def test_damaged_shard_without_a_backup_stays_until_something_replaces_it(laptop: Path) -> None:
    MarkStore(laptop).apply(set_read([PAPER], True))
    damaged = laptop / "2505.json"
    damaged.write_bytes(b"{")
    merger = MarkMerger(laptop)
    merger.repair()
    assert (merger.warnings, damaged.read_bytes()) == ([], b"{")
    assert merger.merge({PAPER: TimestampedMarks(starred=(5, True))}) == [PAPER]
    assert "2505.json was damaged and had no backup" in merger.warnings[0]
    assert [file.read_bytes() for file in MarkStore(laptop).quarantined_files()] == [b"{"]


@pytest.mark.parametrize("skips_unusable", [True, False])
def test_shard_of_a_newer_version_is_left_alone(
    laptop: Path, desk: Path, skips_unusable: bool
) -> None:
    MarkStore(desk).apply(set_read([PAPER, OTHER], True))
    laptop.mkdir()
    write_tables(laptop / "2505.json", {"marks": {PAPER: {"color": "red"}}}, SCHEMA + 1)
    data = (laptop / "2505.json").read_bytes()
    merger = MarkMerger(laptop)
    if skips_unusable:
        merger.repair()
        assert merger.merge(timestamped(desk), skips_unusable=True) == [OTHER]
        [warning] = merger.warnings
        assert "newer Broadsheet" in warning
        assert not merger.is_complete("2505")
        assert len(dict(merger.read_shards())) == 2
        assert len(merger.warnings) == 1
    else:
        with pytest.raises(NewerSchemaError):
            merger.merge(timestamped(desk))
        assert list(dict(merger.read_shards())) == ["2505"]
    assert (laptop / "2505.json").read_bytes() == data


def test_folder_that_cannot_be_written_is_reported(laptop: Path, desk: Path) -> None:
    MarkStore(desk).apply(set_read([PAPER], True))
    laptop.write_text("a file")
    with pytest.raises(OSError, match=r"laptop|exists|directory"):
        MarkMerger(laptop).merge(timestamped(desk))
    assert laptop.read_text() == "a file"


MERGE_OR_EDIT_SCRIPT = f"""
from pathlib import Path
from tui.marks.store import MarkStore
from tui.marks.edits import set_starred
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.timestamped_marks import TimestampedMarks
{WAIT_FOR_START}
folder = Path(sys.argv[1])
for number in range(15):
    if sys.argv[2] == "1":
        MarkMerger(folder).merge({{f"2505.{{number:05}}": TimestampedMarks(read=(9, True))}})
    else:
        MarkStore(folder).apply(set_starred([f"2505.{{number:05}}"], True))
"""


def test_concurrent_merges_and_edits_lose_nothing(laptop: Path) -> None:
    run_concurrently(MERGE_OR_EDIT_SCRIPT, str(laptop), names=("1", "2"))
    assert set(marked(laptop).values()) == {Marks(read=True, starred=True)}
    assert len(marked(laptop)) == 15
