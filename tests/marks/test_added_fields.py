"""Hidden papers and the reading list: stored so that earlier versions keep them, and merged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.marks.added_fields import ADDED_TABLE
from tui.marks.edits import set_hidden, set_read
from tui.marks.reading_list import (
    add_to_list,
    move_in_list,
    reading_order,
    remove_from_list,
)
from tui.marks.store import MarkStore
from tui.marks.sync.jsonl_file import format_line, read_marks_file
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.timestamped_marks import MARKS_TABLE, SCHEMA
from tui.models import NO_MARKS, Marks
from tui.storage.database import Database
from tui.storage.tables import read_tables

FIRST, SECOND, THIRD = PAPERS = ("2505.00001", "2505.00002", "2505.00003")
FIELDS_OF_EARLIER_VERSIONS = {"read", "starred", "tags", "note"}


@pytest.fixture
def store(tmp_path: Path) -> MarkStore:
    store = MarkStore(tmp_path)
    store.apply([*set_read([FIRST], True), *set_hidden([FIRST, SECOND], True)])
    store.apply(add_to_list([THIRD]))
    return store


def test_earlier_version_reads_the_file_and_keeps_what_it_does_not_know(
    store: MarkStore, tmp_path: Path
) -> None:
    file = tmp_path / "2505.json"
    documents = read_tables(file, SCHEMA)[MARKS_TABLE]
    assert documents == {FIRST: {"read": True}}
    assert all(document.keys() <= FIELDS_OF_EARLIER_VERSIONS for document in documents.values())
    with Database(file, SCHEMA) as database:
        # What an earlier version does for each of its edits.
        database.keyed(MARKS_TABLE).put([(SECOND, {"starred": True})])
        database.keyed("times").put([(SECOND, {"starred": 1_800_000_000_000})])
    again = MarkStore(tmp_path)
    assert again.get(FIRST) == Marks(read=True, hidden=True)
    assert again.get(SECOND) == Marks(starred=True, hidden=True)
    assert again.get(THIRD) == store.get(THIRD)


def test_field_that_is_malformed_costs_no_other_mark(store: MarkStore, tmp_path: Path) -> None:
    store.flush()
    with Database(tmp_path / "2505.json", SCHEMA) as database:
        database.keyed(ADDED_TABLE).put([(SECOND, {"hidden": "yes"}), (THIRD, {"later": [1, -5]})])
    again = MarkStore(tmp_path)
    assert again.get(FIRST) == Marks(read=True, hidden=True)
    assert again.get(SECOND) == again.get(THIRD) == NO_MARKS


def test_merging_goes_by_the_last_change_and_undo_restores(tmp_path: Path) -> None:
    mine, theirs = MarkStore(tmp_path / "mine"), MarkStore(tmp_path / "theirs")
    hidden = mine.apply(set_hidden([FIRST], True))
    mine.apply(add_to_list([SECOND]))
    lines = [
        format_line(paper, marks)
        for _shard, papers in MarkMerger(tmp_path / "mine").read_shards()
        for paper, marks in papers.items()
    ]
    assert json.loads(lines[0])["hidden"] is True
    exported = tmp_path / "marks.jsonl"
    exported.write_bytes(b"".join(lines))
    with exported.open("rb") as file:
        imported = read_marks_file(file, "marks.jsonl")
    assert not imported.problems
    MarkMerger(tmp_path / "theirs").merge(imported.papers)
    theirs.refresh()
    assert theirs.all_marks() == mine.all_marks()
    mine.undo(hidden)
    merger = MarkMerger(tmp_path / "mine")
    # The undo is later than what comes back.
    assert merger.merge(imported.papers) == []
    assert not MarkStore(tmp_path / "mine").get(FIRST).hidden


def test_line_of_a_paper_without_the_new_fields_is_as_before(tmp_path: Path) -> None:
    MarkStore(tmp_path).apply(set_read([FIRST], True))
    [(_name, papers)] = MarkMerger(tmp_path).read_shards()
    line = json.loads(format_line(FIRST, papers[FIRST]))
    assert line.keys() == {"id", "changed", *FIELDS_OF_EARLIER_VERSIONS}


def test_reading_list_keeps_the_order_in_which_papers_were_added_and_moved(tmp_path: Path) -> None:
    store = MarkStore(tmp_path)
    store.apply(add_to_list([SECOND, FIRST]))
    store.apply(add_to_list([THIRD, SECOND]))
    assert reading_order(store.all_marks()) == [SECOND, FIRST, THIRD]
    up = store.apply(move_in_list(THIRD, -1, store.all_marks()))
    assert reading_order(store.all_marks()) == [SECOND, THIRD, FIRST]
    store.apply(move_in_list(SECOND, 9, store.all_marks()))
    assert reading_order(store.all_marks()) == [THIRD, FIRST, SECOND]
    assert move_in_list(THIRD, -1, store.all_marks()) == []
    store.undo(up)
    assert reading_order(store.all_marks()) == [FIRST, THIRD, SECOND]
    store.apply(remove_from_list([THIRD]))
    assert reading_order(store.all_marks()) == [FIRST, SECOND]


def test_moving_makes_room_where_there_is_none() -> None:
    marks = {paper: Marks(later=number) for number, paper in enumerate(PAPERS, start=1)}
    for _time in range(30):
        edits = move_in_list(reading_order(marks)[2], -1, marks)
        order = reading_order(marks)
        marks |= {edit.paper: Marks(later=edit.value) for edit in edits}
        assert reading_order(marks) == [order[0], order[2], order[1]]
