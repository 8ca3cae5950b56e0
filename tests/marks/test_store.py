"""Storing, reading and undoing marks."""

from __future__ import annotations

import os
import threading
from datetime import date
from pathlib import Path

import pytest

from tests.support.marks import set_marks
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.marks.edits import MarkEdit, set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore, NotPersistedError
from tui.marks.timestamped_marks import SCHEMA
from tui.models import NO_MARKS, Marks
from tui.storage.tables import read_tables

PAPERS = ["2505.04921", "2505.04922", "2504.00001", "math/0309136", "something else"]
ALL_FIELDS = Marks(read=True, starred=True, tags=("RL", "강화학습"), note="First line.\n\n둘째 줄")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "marks"


@pytest.fixture
def store(folder: Path) -> MarkStore:
    return MarkStore(folder)


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the files with inode and mtime, which change if a file is replaced."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*.json")
    }


def test_reading_creates_no_files(store: MarkStore, tmp_path: Path) -> None:
    assert store.get("2505.04921") == NO_MARKS
    assert store.get("2505.04921", ALL_FIELDS) == ALL_FIELDS
    assert store.all_marks() == {}
    assert not store.refresh()
    assert store.undo([]) == []
    assert store.apply(set_read([], True)) == []
    assert store.read_errors == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arxiv_id", PAPERS)
@pytest.mark.parametrize("marks", [
    Marks(read=True), Marks(starred=True), Marks(tags=("a", "b")), Marks(note="n"), ALL_FIELDS,
])  # fmt: skip
def test_marks_are_stored(store: MarkStore, folder: Path, arxiv_id: str, marks: Marks) -> None:
    edits = store.apply(set_marks([arxiv_id], marks))
    assert {edit.field: edit.value for edit in edits} == {
        field: value for field, value in marks._asdict().items() if value
    }
    for opened in (store, MarkStore(folder)):
        assert opened.get(arxiv_id) == marks
        assert opened.all_marks() == {arxiv_id: marks}
        assert opened.get("2505.99999") == NO_MARKS
        assert opened.read_errors == []


def test_each_month_has_its_own_shard(store: MarkStore, folder: Path) -> None:
    store.apply(set_read(PAPERS, True))
    names = {"2505.json", "2504.json", "0309.json", "other.json"}
    assert files(folder).keys() == names
    before = files(folder)
    store.apply(set_starred(["2504.00001"], True))
    after = files(folder)
    assert {name for name in names if before[name] != after[name]} == {"2504.json"}
    assert MarkStore(folder).all_marks().keys() == set(PAPERS)


def test_every_kind_of_edit_is_applied(store: MarkStore) -> None:
    paper = "2505.04921"
    steps = [
        (set_read([paper], True), Marks(read=True)),
        (set_starred([paper], True), Marks(read=True, starred=True)),
        (set_read([paper], False), Marks(starred=True)),
        (set_tags([paper], ["a", "b"]), Marks(starred=True, tags=("a", "b"))),
        (set_note([paper], " a\n b \n\n"), Marks(starred=True, tags=("a", "b"), note=" a\n b")),
        (set_starred([paper], False), Marks(tags=("a", "b"), note=" a\n b")),
        (set_tags([paper], []), Marks(note=" a\n b")),
        (set_note([paper], " \n"), NO_MARKS),
    ]
    before = NO_MARKS
    for [edit], after in steps:
        replaced = getattr(before, edit.field)
        expected = edit._replace(value=getattr(after, edit.field), replaces=replaced)
        assert store.apply([edit]) == [expected]
        assert store.get(paper) == after
        before = after
    assert store.all_marks() == {}


def test_notes_are_sanitized(store: MarkStore) -> None:
    store.apply(set_note(["2505.00001"], "a\x1b[31mb\r\nc\u202ed"))
    assert store.get("2505.00001").note == "ab\ncd"


def test_papers_without_marks_are_not_stored(store: MarkStore, folder: Path) -> None:
    store.apply(set_read(PAPERS[:2], True))
    store.apply(set_read(PAPERS[:1], False))
    assert store.all_marks() == MarkStore(folder).all_marks() == {PAPERS[1]: Marks(read=True)}
    assert PAPERS[0] not in read_tables(folder / "2505.json", SCHEMA)["marks"]


def test_edits_without_effect_are_not_returned_or_written(store: MarkStore, folder: Path) -> None:
    store.apply(set_read(["2505.00001", "2504.00001"], True))
    before = files(folder)
    assert store.apply(set_read(["2505.00001", "2504.00001"], True)) == []
    assert store.apply(set_read(["2505.00009"], False)) == []
    assert files(folder) == before
    ids = ["2505.00002", "2504.00001", "2503.00001", "2505.00002"]
    changed = store.apply(set_read(ids, True))
    assert [edit.paper for edit in changed] == ["2505.00002", "2503.00001"]
    assert files(folder)["2504.json"] == before["2504.json"]


def test_all_marks_is_a_snapshot(store: MarkStore) -> None:
    store.apply(set_read(["2505.00001"], True))
    marked = store.all_marks()
    store.apply(set_read(["2505.00002", "2504.00001"], True))
    assert marked.keys() == {"2505.00001"}
    assert store.all_marks().keys() == {"2505.00001", "2505.00002", "2504.00001"}


def test_folder_and_files_are_private(store: MarkStore, folder: Path) -> None:
    old = os.umask(0)
    try:
        store.apply(set_read(["2505.00001"], True))
        store.apply(set_starred(["2505.00001"], True))
    finally:
        os.umask(old)
    paths = [folder, *folder.rglob("*")]
    assert {path.name for path in paths if path.is_dir()} == {"marks", "backups"}
    for path in paths:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


# Undo


@pytest.mark.parametrize("before", [NO_MARKS, ALL_FIELDS, Marks(tags=("b", "c"), note="old")])
@pytest.mark.parametrize(
    "edits",
    [
        set_read(PAPERS[:1], True),
        set_starred(PAPERS[:1], True),
        set_tags(PAPERS[:1], ["c", "d"]),
        set_note(PAPERS[:1], "new"),
        set_marks(PAPERS[:1], NO_MARKS),
    ],
)
def test_each_field_is_undone(
    store: MarkStore, folder: Path, before: Marks, edits: list[MarkEdit]
) -> None:
    paper = PAPERS[0]
    store.apply(set_marks([paper], before))
    applied = store.apply(edits)
    after = store.get(paper)
    undone = store.undo(applied)
    assert [(edit.field, edit.value, edit.replaces) for edit in undone] == [
        (edit.field, edit.replaces, edit.value) for edit in reversed(applied)
    ]
    assert store.get(paper) == MarkStore(folder).get(paper) == before
    assert store.undo(applied) == []
    store.undo(undone)  # redo
    assert store.get(paper) == after


def test_edits_of_many_papers_are_undone(store: MarkStore, folder: Path) -> None:
    papers = [f"{month}.{number:05}" for month in (2503, 2504, 2505) for number in range(50)]
    store.apply(set_read(papers[::3], True))
    changes = store.apply(set_read(papers, True))
    assert len(changes) == 100
    assert len(store.undo(changes)) == 100
    assert MarkStore(folder).all_marks().keys() == set(papers[::3])


def test_several_edits_of_one_paper_are_undone_together(store: MarkStore) -> None:
    changes = [
        *store.apply(set_note(["2505.00001"], "one")),
        *store.apply(set_starred(["2505.00001"], True)),
        *store.apply(set_note(["2505.00001"], "two")),
    ]
    store.undo(changes[1:])
    assert store.get("2505.00001") == Marks(note="one")


def test_undo_keeps_later_changes_by_another_process(folder: Path) -> None:
    mine, other_store = MarkStore(folder), MarkStore(folder)
    mine.apply(set_marks(["2505.00001"], Marks(tags=("a", "b"), note="old")))
    changes = mine.apply(
        set_marks(["2505.00001"], Marks(read=True, starred=True, tags=("B", "c"), note="new"))
    )
    other_store.apply(set_note(["2505.00001"], "newer"))
    other_store.apply(set_tags(["2505.00001"], ("x", "C", "b")))
    mine.undo(changes)
    # Read, starred and the tags a and c are undone; the note and the tag x were changed since.
    assert mine.get("2505.00001") == Marks(tags=("x", "b", "a"), note="newer")
    assert MarkStore(folder).get("2505.00001") == mine.get("2505.00001")


# Errors


def test_failing_edit_changes_nothing(store: MarkStore, folder: Path) -> None:
    store.apply(set_read(["2503.00001", "2504.00001"], True))
    ids = ["2502.00001", "2503.00001", "2504.00001"]
    edits = set_starred(ids, True)
    unknown = edits[-1]._replace(field="color")  # type: ignore[arg-type]
    with pytest.raises(AttributeError, match="color"):
        store.apply([*edits[:-1], unknown])
    for opened in (store, MarkStore(folder)):
        assert opened.all_marks() == dict.fromkeys(ids[1:], Marks(read=True))
    assert not store.refresh()
    assert len(store.apply(edits)) == 3


@pytest.mark.parametrize("stays_full", [True, False])
@pytest.mark.parametrize("failing_write", range(4))  # two backups and two shards
def test_full_disk_leaves_complete_files(
    store: MarkStore,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing_write: int,
    stays_full: bool,
) -> None:
    ids = ["2504.00001", "2505.00001"]
    old, new = Marks(read=True), Marks(read=True, starred=True)
    store.apply(set_read(ids, True))
    edits = set_starred(ids, True)
    sync, write_numbers = os.fsync, iter(range(99))

    def fail_when_full(handle: int) -> None:
        number = next(write_numbers)
        if number == failing_write or (number > failing_write and stays_full):
            raise OSError(28, "No space left on device")
        sync(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail_when_full)
        with pytest.raises(NotPersistedError, match="no space left") as raised:
            store.apply(edits)
    assert raised.value.edits == [edit._replace(replaces=False) for edit in edits]
    assert store.all_marks() == {id_: store.get(id_) for id_ in ids} == dict.fromkeys(ids, new)
    assert store.pending_count == 2
    # If there is no space to restore a replaced shard, it stays as it is.
    first = new if stays_full and failing_write >= 2 else old
    assert MarkStore(folder).all_marks() == dict(zip(ids, (first, old), strict=True))
    assert store.refresh() == (first == new)
    assert store.all_marks() == dict.fromkeys(ids, new)
    assert list(folder.rglob("*.tmp")) == []
    assert store.retry_pending() == 2
    assert store.pending_count == store.retry_pending() == 0
    assert store.all_marks() == MarkStore(folder).all_marks() == dict.fromkeys(ids, new)


def test_read_only_folder_can_be_read() -> None:
    with folder_of_nobody() as parent, as_nobody():
        folder = parent / "marks"
        MarkStore(folder).apply(set_starred(["2505.00001"], True))
        folder.chmod(0o500)
        store = MarkStore(folder)
        assert store.all_marks() == {"2505.00001": Marks(starred=True)}
        with pytest.raises(NotPersistedError, match="permission denied"):
            store.apply(set_read(["2505.00001", "2505.00002"], True))
        assert store.get("2505.00002") == Marks(read=True)
        assert MarkStore(folder).all_marks() == {"2505.00001": Marks(starred=True)}
        assert store.read_errors == []
        folder.chmod(0o700)
        store.retry_pending()
        assert MarkStore(folder).all_marks() == store.all_marks()


def test_unreadable_file_is_reported_and_kept() -> None:
    with folder_of_nobody() as parent, as_nobody():
        folder = parent / "marks"
        MarkStore(folder).apply(set_starred(["2505.00001", "2504.00001"], True))
        (folder / "2505.json").chmod(0)
        store = MarkStore(folder)
        assert store.get("2505.00001") == NO_MARKS
        assert store.all_marks().keys() == {"2504.00001"}
        [damage] = store.read_errors
        assert "2505.json" in damage
        with pytest.raises(NotPersistedError, match="permission denied"):
            store.apply(set_read(["2504.00001", "2505.00001"], True))
        (folder / "2505.json").chmod(0o600)
        store.retry_pending()
        assert MarkStore(folder).all_marks() == dict.fromkeys(
            ["2504.00001", "2505.00001"], Marks(read=True, starred=True)
        )
        (folder / "2505.json").chmod(0o600)
        assert MarkStore(folder).all_marks().keys() == {"2504.00001", "2505.00001"}
        folder.chmod(0)
        closed = MarkStore(folder)
        assert closed.all_marks() == {}
        assert len(closed.read_errors) == 1
        folder.chmod(0o700)


def test_backup_of_an_unreadable_file_is_read() -> None:
    with folder_of_nobody() as parent, as_nobody():
        folder = parent / "marks"
        MarkStore(folder).apply(set_starred(["2505.00001"], True))
        MarkStore(folder).apply(set_note(["2505.00001"], "backed up before"))
        (folder / "2505.json").chmod(0)
        store = MarkStore(folder)
        assert store.get("2505.00001") == Marks(starred=True)
        [message] = store.read_errors
        assert message.startswith("Marks cannot be read: permission denied")
        assert f"The backup of {date.today()} is used." in message
        (folder / "2505.json").chmod(0o600)
        assert MarkStore(folder).get("2505.00001").note == "backed up before"


def test_edits_of_several_threads_are_serialized(folder: Path) -> None:
    store = MarkStore(folder)
    counts: list[int] = []

    def mark(thread: int) -> None:
        for number in range(20):
            store.apply(set_tags([f"{2501 + number % 3}.{thread:05}"], [str(number)]))
            store.refresh()
            counts.append(len(store.all_marks()))

    threads = [threading.Thread(target=mark, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == 80
    assert counts[-1] == 12
    assert store.all_marks() == MarkStore(folder).all_marks()
    assert {marks.tags for marks in store.all_marks().values()} == {("17",), ("18",), ("19",)}
