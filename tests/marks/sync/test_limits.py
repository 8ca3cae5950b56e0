"""Marks from elsewhere fill neither the disk nor the memory."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from tui.marks.edits import set_note, set_read, set_starred, set_tags
from tui.marks.limits import (
    MAX_SHARD_PAPERS,
    MAX_STORE_BYTES,
    MAX_TAGS,
    MarkTooLargeError,
    check_note,
    check_tags,
    size_of,
)
from tui.marks.shard_files import StoreFullError
from tui.marks.store import MarkStore
from tui.marks.sync.json_values import RejectedFileError
from tui.marks.sync.jsonl_file import read_marks_file
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.sync.shared_folder import exchange_marks
from tui.marks.timestamped_marks import TimestampedMarks
from tui.models import Marks

PAPER = "2505.00001"
LIMIT = 100_000
NOTE = "n" * 5_000
MACHINE = "here-00000000"


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.marks.limits.MAX_STORE_BYTES", LIMIT)
    monkeypatch.setattr("tui.marks.sync.shared_marks.MAX_STORE_BYTES", LIMIT)


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*.json*"))


def write_peer(shared: Path, name: str, papers: int, note: str = NOTE) -> None:
    """Write a machine's files, each with ten papers."""
    folder = shared / f"{name}-00000000"
    folder.mkdir(parents=True)
    for number in range(papers):
        record = {"id": f"{2401 + number // 10}.{number:05}", "note": f"{name}{note}"}
        with (folder / f"{2401 + number // 10}.jsonl").open("a") as file:
            file.write(json.dumps(record) + "\n")


@pytest.mark.usefixtures("small_limit")
def test_peers_fill_the_marks_only_up_to_the_limit(tmp_path: Path) -> None:
    shared, marks = tmp_path / "shared", tmp_path / "marks"
    MarkStore(marks).apply(set_read([PAPER], True))
    for name in "abc":
        write_peer(shared, name, 30)
    merger = MarkMerger(marks)
    result = exchange_marks(shared, MACHINE, merger)
    # Of each machine, one file fits, and the second in part.
    assert [problem.file[:1] for problem in result.problems] == list("aabbcc")
    assert "your marks would exceed 0 MB" in result.problems[-1].message
    assert len(result.changed) >= 15
    assert size(marks) <= LIMIT + 20_000  # escapes and times are estimated
    assert size(shared / MACHINE) <= LIMIT + 20_000
    # Nothing grows with the next exchange, and the reader goes on.
    before = size(marks)
    exchange_marks(shared, MACHINE, MarkMerger(marks))
    assert size(marks) <= before * 1.3
    store = MarkStore(marks)
    store.apply(set_starred([PAPER], True))
    store.apply(set_note([PAPER], ""))
    assert MarkStore(marks).get(PAPER) == Marks(read=True, starred=True)


@pytest.mark.usefixtures("small_limit")
def test_marks_that_do_not_fit_are_not_written(tmp_path: Path) -> None:
    store = MarkStore(tmp_path)
    papers = [f"2505.{number:05}" for number in range(19)]
    store.apply(set_note(papers, NOTE))
    before = store.all_marks()
    with pytest.raises(StoreFullError, match="shorten or remove notes"):
        store.apply([*set_starred([PAPER], True), *set_note(["2504.00001"], NOTE)])
    with pytest.raises(StoreFullError):
        MarkMerger(tmp_path).merge({"2504.00001": TimestampedMarks(note=(5, NOTE))})
    assert store.all_marks() == MarkStore(tmp_path).all_marks() == before
    assert store.pending_count == 0
    # Marks that take no room, and shorter notes, are always written.
    store.apply(set_starred(papers, True))
    store.apply(set_note(papers[:5], ""))
    store.apply(set_note(["2504.00001"], NOTE))


def test_tags_added_over_time_are_limited(tmp_path: Path) -> None:
    merger = MarkMerger(tmp_path)
    MarkStore(tmp_path).apply(set_tags([PAPER], ("mine",)))
    for start in range(0, 1000, 100):
        tags = {f"t{number}": (5, f"t{number}") for number in range(start, start + 100)}
        merger.merge({PAPER: TimestampedMarks(starred=(5, True), tags=tags)})
    [(_, shard)] = merger.read_shards()
    assert len(shard[PAPER].tags) == 301
    assert shard[PAPER].starred[1]
    assert merger.warnings[-1] == "papers that were not merged completely: 1 (more than 400 tags)"


def test_limits_allow_what_people_write() -> None:
    check_note("n" * 60_000)
    check_tags([str(number) for number in range(MAX_TAGS)])
    assert size_of(TimestampedMarks(read=(1_796_000_000_000, True))) * 300_000 < MAX_STORE_BYTES
    assert MAX_SHARD_PAPERS > 40_000


def test_file_with_too_many_marks_is_refused() -> None:
    tags = [f"t{number}" for number in range(400)]
    lines = [json.dumps({"id": f"2505.{number:05}", "tags": tags}) for number in range(1000)]
    with pytest.raises(RejectedFileError, match="too many marks: your marks would exceed 32 MB"):
        read_marks_file(BytesIO("\n".join(lines).encode()), "marks")
    assert len(read_marks_file(BytesIO("\n".join(lines[:500]).encode()), "marks").papers) == 500


def test_papers_of_one_month_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.marks.sync.merge_store.MAX_SHARD_PAPERS", 10)
    MarkStore(tmp_path).apply(set_read([PAPER], True))
    read = TimestampedMarks(read=(5, True), starred=(5, True))
    papers = [f"{month}.{number:05}" for month in (2504, 2505) for number in range(20)]
    merger = MarkMerger(tmp_path)
    changed = merger.merge(dict.fromkeys(papers, read), skips_unusable=True)
    assert len(changed) == 20
    assert PAPER in changed
    assert "20 (more than 50000 papers of one month)" in merger.warnings[0]
    with pytest.raises(StoreFullError):
        merger.merge(dict.fromkeys(papers, read))


@pytest.mark.parametrize("note", ["n" * 70_000, "가" * 22_000])
def test_long_note_may_only_become_shorter(note: str) -> None:
    with pytest.raises(MarkTooLargeError, match="longer than 64 KB"):
        check_note(note)
    check_note(note[:-1], replaced=note)
    with pytest.raises(MarkTooLargeError):
        check_note(f"{note}x", replaced=note)
