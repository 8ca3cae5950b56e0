from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import where

from tests.support.irregular_files import IRREGULAR
from tests.support.unprivileged import NOBODY_ID, as_nobody, folder_of_nobody
from tui.storage.folder import TinyDbFolder
from tui.storage.locks import BusyError
from tui.storage.permissions import PRIVATE, SHARED
from tui.storage.tables import DamagedFileError, NewerSchemaError, StorageError


@pytest.fixture
def store(tmp_path: Path) -> TinyDbFolder:
    return TinyDbFolder(tmp_path / "deep" / "store", 1)


@pytest.fixture
def filled(store: TinyDbFolder) -> TinyDbFolder:
    put(store, "things", {"a": {"n": 1}, "b": {"n": 2}})
    return store


def put(store: TinyDbFolder, name: str, documents: dict[str, dict[str, Any]]) -> None:
    with store.locked(), store.edit(name) as database:
        database.keyed("all").put(documents.items())


def stamp(store: TinyDbFolder, name: str) -> tuple[int, int]:
    """Return a value that changes if a file is replaced."""
    status = store.file(name).stat()
    return status.st_ino, status.st_mtime_ns


def names(store: TinyDbFolder) -> set[str]:
    return {path.name for path in store.path.iterdir()}


def test_reading_creates_nothing(store: TinyDbFolder, tmp_path: Path) -> None:
    assert store.read("things") == {}
    assert store.is_writable()
    assert list(tmp_path.iterdir()) == []


def test_edits_accumulate(filled: TinyDbFolder) -> None:
    put(filled, "things", {"b": {"n": 20}, "2025/05/01.md": {"n": 3}})
    expected = {"a": {"n": 1}, "b": {"n": 20}, "2025/05/01.md": {"n": 3}}
    assert filled.read("things") == {"all": expected}


def test_dropped_documents_are_deleted(filled: TinyDbFolder) -> None:
    with filled.locked(), filled.edit("things") as database:
        database.keyed("all").drop(["b", "never there"])
    assert filled.read("things") == {"all": {"a": {"n": 1}}}


def test_edit_is_not_visible_before_it_ends(filled: TinyDbFolder) -> None:
    with filled.locked(), filled.edit("things") as database:
        database.keyed("all").put([("c", {"n": 3})])
        assert dict(database.keyed("all").documents()["c"]) == {"n": 3}
        assert "c" not in filled.read("things")["all"]
    assert "c" in filled.read("things")["all"]


def test_tinydb_api_is_available(filled: TinyDbFolder) -> None:
    with filled.locked(), filled.edit("things") as database:
        table = database.keyed("all")
        assert [dict(document) for document in table.search(where("n") > 1)] == [{"n": 2}]
        table.update({"n": 5}, where("n") == 1)
        database.table("other").insert({"x": 1})
        assert database.tables() == {"all", "other"}
    assert filled.read("things")["all"]["a"] == {"n": 5}
    assert list(filled.read("things")["other"].values()) == [{"x": 1}]


def test_tables_are_independent(filled: TinyDbFolder) -> None:
    with filled.locked(), filled.edit("things") as database:
        database.keyed("more").put([("a", {"n": 9})])
        database.keyed("all").drop(["a"])
    assert filled.read("things") == {"all": {"b": {"n": 2}}, "more": {"a": {"n": 9}}}


def test_failed_edit_writes_nothing(filled: TinyDbFolder) -> None:
    before = stamp(filled, "things")

    def fail() -> None:
        with filled.locked(), filled.edit("things") as database:
            database.keyed("all").put([("c", {"n": 3})])
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail()
    assert stamp(filled, "things") == before
    assert filled.read("things") == {"all": {"a": {"n": 1}, "b": {"n": 2}}}
    assert names(filled) == {"things.json", ".lock"}
    put(filled, "things", {"c": {"n": 4}})  # the lock was released


def test_edit_without_change_writes_nothing(filled: TinyDbFolder) -> None:
    before = stamp(filled, "things")
    with filled.locked():
        with filled.edit("things") as database:
            table = database.keyed("all")
            assert len(table.documents()) == 2
            table.drop(["never there"])
            table.put([])
            table.put([("a", {"n": 1}), ("b", {"n": 2})])
        with filled.edit("new") as database:
            database.keyed("all").put([])
    assert stamp(filled, "things") == before
    assert names(filled) == {"things.json", ".lock"}


def test_damaged_file_is_not_overwritten(filled: TinyDbFolder) -> None:
    filled.file("things").write_text("{")
    with pytest.raises(DamagedFileError):
        put(filled, "things", {"c": {}})
    assert filled.file("things").read_text() == "{"


def test_newer_file_is_not_overwritten(filled: TinyDbFolder) -> None:
    put(TinyDbFolder(filled.path, 2), "new", {"a": {"n": 1}})
    before = filled.file("new").read_bytes()
    with pytest.raises(NewerSchemaError):
        put(filled, "new", {"c": {}})
    assert filled.file("new").read_bytes() == before


def test_folder_and_files_are_private(store: TinyDbFolder) -> None:
    old = os.umask(0)
    try:
        put(store, "things", {"a": {}})
    finally:
        os.umask(old)
    modes = {path.name: path.stat().st_mode & 0o777 for path in store.path.iterdir()}
    assert modes == {"things.json": 0o600, ".lock": 0o600}
    assert store.path.stat().st_mode & 0o777 == 0o700


def test_shared_files_are_readable_as_soon_as_they_exist(tmp_path: Path) -> None:
    store = TinyDbFolder(tmp_path / "all" / "store", 1, SHARED)
    old = os.umask(0o077)
    try:
        put(store, "things", {"a": {}})
        assert store.file("things").stat().st_mode & 0o777 == 0o644
        assert not store.has_expected_permissions()
        with store.locked():
            store.apply_permissions()
    finally:
        os.umask(old)
    assert store.has_expected_permissions()
    assert store.path.stat().st_mode & 0o777 == 0o755
    assert store.path.parent.stat().st_mode & 0o777 == 0o755
    assert TinyDbFolder(store.path, 1, PRIVATE).has_expected_permissions() is False


def test_other_owner_is_detected() -> None:
    with folder_of_nobody() as folder:
        store = TinyDbFolder(folder / "store", 1, SHARED)
        assert store.other_owner() is None  # it does not exist yet
        with as_nobody():
            put(store, "things", {"a": {}})
            assert store.other_owner() is None
            store.path.chmod(0o500)
            assert store.other_owner() is None  # a read-only folder of the current user
        os.chown(store.path, os.geteuid(), -1)
        with as_nobody():
            expected = None if os.geteuid() != NOBODY_ID else "root"
            assert store.other_owner() == expected


def test_stamp_changes_only_with_the_file(filled: TinyDbFolder) -> None:
    before = filled.stamp("things")
    assert before == filled.stamp("things")
    put(filled, "things", {"a": {"n": 1}})
    assert filled.stamp("things") == before
    put(filled, "things", {"a": {"n": 2}})
    assert filled.stamp("things") != before
    assert filled.stamp("never there") is None


def test_stable_mtime_is_known_once_the_last_change_is_old(filled: TinyDbFolder) -> None:
    assert filled.stable_mtime() is None
    an_hour_ago = time.time_ns() - 3600 * 10**9
    os.utime(filled.path, ns=(an_hour_ago, an_hour_ago))
    assert filled.stable_mtime() == an_hour_ago
    put(filled, "things", {"a": {"n": 2}})
    assert filled.stable_mtime() is None


def test_next_writer_removes_temporary_files(filled: TinyDbFolder) -> None:
    (filled.path / ".things.json.x1y2.tmp").write_bytes(b"half")
    (filled.path / ".config.toml.x1y2.tmp").write_bytes(b"not ours")
    put(filled, "things", {"c": {}})
    assert names(filled) == {"things.json", ".lock", ".config.toml.x1y2.tmp"}


EDIT_SCRIPT = """
import sys
from pathlib import Path
from tui.storage.folder import TinyDbFolder
store = TinyDbFolder(Path(sys.argv[1]), 1)
for number in range(25):
    with store.locked(timeout=60), store.edit("things") as database:
        table = database.keyed("all")
        count = table.documents().get("count", {"n": 0})["n"]
        table.put([("count", {"n": count + 1}), (f"{sys.argv[2]}-{number}", {})])
"""


def test_processes_lose_no_edits(store: TinyDbFolder) -> None:
    command = [sys.executable, "-c", EDIT_SCRIPT, str(store.path)]
    writers = [subprocess.Popen([*command, name]) for name in "abcd"]
    assert [writer.wait() for writer in writers] == [0] * 4
    documents = store.read("things")["all"]
    assert documents.pop("count") == {"n": 100}
    assert documents.keys() == {f"{name}-{number}" for name in "abcd" for number in range(25)}


HOLD_LOCK_SCRIPT = """
import sys
from pathlib import Path
from tui.storage.folder import TinyDbFolder
with TinyDbFolder(Path(sys.argv[1]), 1).locked():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def lock_holder(filled: TinyDbFolder) -> Iterator[subprocess.Popen[str]]:
    """Start another process that holds the lock of ``filled``."""
    command = [sys.executable, "-c", HOLD_LOCK_SCRIPT, str(filled.path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.kill()


def test_lock_held_by_another_process_is_reported(
    filled: TinyDbFolder, lock_holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(BusyError, match="another Broadsheet") as raised, filled.locked(timeout=0.1):
        pytest.fail("two processes hold the lock")
    assert not isinstance(raised.value, DamagedFileError)
    assert filled.read("things")["all"]["a"] == {"n": 1}  # reading needs no lock
    lock_holder.kill()
    lock_holder.wait()
    with filled.locked(timeout=10):  # the lock was released when its holder ended
        pass


def test_read_only_folder_can_be_read() -> None:
    with folder_of_nobody() as folder, as_nobody():
        store = TinyDbFolder(folder / "store", 1)
        put(store, "things", {"a": {"n": 1}})
        (store.path / ".lock").unlink()
        assert store.is_writable()
        store.path.chmod(0o500)
        assert not store.is_writable()
        assert store.read("things") == {"all": {"a": {"n": 1}}}
        assert names(store) == {"things.json"}
        with pytest.raises(PermissionError), store.locked(timeout=0.1):
            pytest.fail("a read-only folder was locked")
        assert not TinyDbFolder(store.path / "new", 1).is_writable()
        with pytest.raises(PermissionError), TinyDbFolder(store.path / "new", 1).locked():
            pytest.fail("a folder was created in a read-only folder")


def test_folder_in_an_inaccessible_folder_is_an_error() -> None:
    with folder_of_nobody() as folder, as_nobody():
        (folder / "closed").mkdir(mode=0)
        assert not TinyDbFolder(folder / "closed" / "store", 1).is_writable()
        with pytest.raises(PermissionError):
            TinyDbFolder(folder / "closed" / "store", 1).read("things")


def test_file_in_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("mine")
    store = TinyDbFolder(tmp_path / "store", 1)
    with pytest.raises(OSError, match="exists"), store.locked():
        pytest.fail("a file was locked like a folder")
    with pytest.raises(NotADirectoryError):
        store.read("things")
    assert (tmp_path / "store").read_text() == "mine"


def test_link_to_a_missing_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").symlink_to("not-mounted")
    store = TinyDbFolder(tmp_path / "store" / "deep", 1)
    assert not store.is_writable()
    expected = f"is a link to {tmp_path}/not-mounted, which does not exist"
    with pytest.raises(OSError, match=expected) as raised, store.locked():
        pytest.fail("it has no folder")
    assert raised.value.filename == str(tmp_path / "store")
    assert not (tmp_path / "not-mounted").exists()


@pytest.mark.parametrize("kind", IRREGULAR)
def test_anything_but_a_file_of_bounded_size_is_damage(filled: TinyDbFolder, kind: str) -> None:
    IRREGULAR[kind](filled.file("things"))
    with pytest.raises(DamagedFileError):
        filled.read("things")


def test_tables_that_could_not_be_read_again_are_not_written(
    filled: TinyDbFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.storage.tables.MAX_FILE_BYTES", 1000)
    with pytest.raises(StorageError, match="would be larger"):
        put(filled, "things", {"c": {"text": "x" * 1000}})
    assert filled.read("things") == {"all": {"a": {"n": 1}, "b": {"n": 2}}}
