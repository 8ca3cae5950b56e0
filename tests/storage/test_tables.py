from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tests.storage.corruption import bit_flips
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.storage.atomic_write import replace_file
from tui.storage.tables import (
    DamagedFileError,
    NewerSchemaError,
    OlderSchemaError,
    StorageError,
    find_document,
    read_intact,
    read_tables,
    write_tables,
)

TABLES = {
    "digests": {"2025/05/01.md": {"entries": 3, "months": ["2025-05"], "dialect": None}},
    "논문": {"1": {"제목": "확산 모델 \U0001f4f0", "votes": 0, "seen": True}},
    "empty": {},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "things.json"


def test_missing_file_has_no_tables(file: Path) -> None:
    assert read_tables(file, 1) == {}
    assert not file.exists()


def test_written_tables_are_read_back(file: Path) -> None:
    write_tables(file, TABLES, 7)
    assert read_tables(file, 7) == TABLES


def test_tinydb_reads_and_changes_the_file(file: Path) -> None:
    write_tables(file, {"papers": {"1": {"votes": 3}, "2": {"votes": 30}}}, 1)
    with TinyDB(file) as stock:
        assert [
            document.doc_id for document in stock.table("papers").search(where("votes") > 10)
        ] == [2]
        stock.table("papers").insert({"votes": 4})
    assert read_tables(file, 1)["papers"]["3"] == {"votes": 4}


LOOKS_LIKE_DOCUMENTS = '"},"2":{"id":"5","7":{"id":"8"}}}'
TEXTS = {
    number: {"id": f"paper {number}", "markdown": text, "sections": ["{", "}"]}
    for number, text in {"1": LOOKS_LIKE_DOCUMENTS, "12": "", "2": "확산 \\", "30": "}}"}.items()
}


def test_single_document_is_the_same_as_in_the_whole_file(file: Path) -> None:
    write_tables(file, {"entries": TEXTS}, 7)
    data = read_intact(file, 7)
    assert data is not None
    for number in ("1", "12", "2", "30", "7", "0", "schema", "2505"):
        assert find_document(data, number, "id") == TEXTS.get(number)
    write_tables(file, {}, 7)
    assert find_document(read_intact(file, 7) or b"", "1", "id") is None


def test_only_files_that_are_certainly_intact_have_single_documents(file: Path) -> None:
    assert read_intact(file, 7) is None
    write_tables(file, {"entries": {"1": TEXTS["1"]}}, 7)
    data = file.read_bytes()
    assert (read_intact(file, 6), read_intact(file, 8)) == (None, None)
    for damaged in bit_flips(data):
        file.write_bytes(damaged)
        assert read_intact(file, 7) is None
    file.write_bytes(data)
    with TinyDB(file) as stock:
        stock.table("papers").insert({"votes": 4})
    assert read_intact(file, 7) is None, "another program may write spaces"
    file.unlink()
    file.mkdir()
    assert read_intact(file, 7) is None


def test_older_schema_can_be_rebuilt(file: Path) -> None:
    write_tables(file, TABLES, 1)
    with pytest.raises(DamagedFileError, match="older Broadsheet") as raised:
        read_tables(file, 2)
    assert raised.value.path == file


def test_newer_schema_cannot_be_rebuilt(file: Path) -> None:
    write_tables(file, TABLES, 3)
    with pytest.raises(NewerSchemaError, match="newer Broadsheet") as raised:
        read_tables(file, 2)
    assert not isinstance(raised.value, DamagedFileError)


def test_truncated_file_is_damaged(file: Path) -> None:
    write_tables(file, TABLES, 1)
    data = file.read_bytes()
    for length in range(len(data)):
        file.write_bytes(data[:length])
        with pytest.raises(DamagedFileError):
            read_tables(file, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0" * 100,
        "not JSON",
        "null",
        "17",
        '"schema"',
        "[]",
        '[{"schema": 1}]',
        "{}",
        '{"schema": 1}',
        '{"schema": []}',
        '{"schema": {"1": 1}}',
        '{"schema": {"1": {}}}',
        '{"schema": {"1": {"version": "1"}}}',
        '{"schema": {"1": {"version": null}}}',
        '{"schema": {"1": {"version": 1}}, "digests": []}',
        '{"schema": {"1": {"version": 1}}, "digests": {"a": 1}}',
        '{"schema": {"1": {"version": 1}}, "digests": {"a": {}, "b": []}}',
        "[" * 100_000,
    ],
)
def test_other_content_is_damaged(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(DamagedFileError) as raised:
        read_tables(file, 1)
    assert str(raised.value).startswith(f"{file}: ")
    assert file.read_text() == text


def test_invalid_utf8_is_damaged(file: Path) -> None:
    file.write_bytes(b'{"schema": {"1": {"version": 1}}, "\xff": {}}')
    with pytest.raises(StorageError):
        read_tables(file, 1)


def test_folder_in_place_of_a_file_is_an_error(file: Path) -> None:
    file.mkdir()
    with pytest.raises(DamagedFileError, match="a folder, not a file"):
        read_tables(file, 1)
    with pytest.raises(OSError, match="directory"):
        write_tables(file, TABLES, 1)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_file_is_private(file: Path) -> None:
    old = os.umask(0)
    try:
        write_tables(file, TABLES, 1)
        write_tables(file, {}, 1)
    finally:
        os.umask(old)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("error", [OSError("full"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_failed_write_leaves_only_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    write_tables(file, TABLES, 1)

    def fail(*_: object) -> None:
        raise error

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(type(error)):
        write_tables(file, {}, 1)
    monkeypatch.undo()
    assert read_tables(file, 1) == TABLES
    assert list(file.parent.iterdir()) == [file]


def test_value_that_json_cannot_represent_leaves_the_old_file(file: Path) -> None:
    write_tables(file, TABLES, 1)
    with pytest.raises(TypeError):
        write_tables(file, {"digests": {"1": {"thing": object()}}}, 1)
    assert read_tables(file, 1) == TABLES
    assert list(file.parent.iterdir()) == [file]


KILLED_WRITER_SCRIPT = """
import os, signal, sys
from pathlib import Path
from tui.storage.tables import write_tables
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
write_tables(Path(sys.argv[1]), {"much": {str(n): {"n": n} for n in range(20_000)}}, 1)
"""


def test_killed_writer_leaves_the_old_file(file: Path) -> None:
    write_tables(file, TABLES, 1)
    killed = subprocess.run([sys.executable, "-c", KILLED_WRITER_SCRIPT, file], check=False)
    assert killed.returncode == -9
    assert len(list(file.parent.iterdir())) == 2  # the killed writer left its temporary file
    assert read_tables(file, 1) == TABLES


def test_open_old_file_stays_readable(file: Path) -> None:
    write_tables(file, TABLES, 1)
    with file.open("rb") as opened:
        opened.read(10)
        write_tables(file, {}, 1)
        opened.seek(0)
        assert "digests" in json.load(opened)
    assert read_tables(file, 1) == {}


def test_file_in_a_read_only_folder_can_be_read() -> None:
    with folder_of_nobody() as folder, as_nobody():
        write_tables(folder / "things.json", TABLES, 1)
        folder.chmod(0o500)
        with pytest.raises(PermissionError):
            replace_file(folder / "things.json", b"new")
        assert read_tables(folder / "things.json", 1) == TABLES
        (folder / "things.json").chmod(0)
        with pytest.raises(PermissionError):
            read_tables(folder / "things.json", 1)


def test_flipped_bits_are_detected(file: Path) -> None:
    """Flips that only disable the checksum, or do not change the tables, are exempt."""
    write_tables(file, TABLES, 1)
    detected = 0
    for corrupted in bit_flips(file.read_bytes()):
        file.write_bytes(corrupted)
        try:
            assert read_tables(file, 1) == TABLES
        except OlderSchemaError:
            pytest.fail(f"mistaken for a file of another version: {corrupted!r}")
        except DamagedFileError:
            detected += 1
    assert detected > len(corrupted) * 7


def test_file_without_a_checksum_is_accepted(file: Path) -> None:
    write_tables(file, TABLES, 1)
    file.write_text(json.dumps({"schema": {"1": {"version": 1, "crc": "00000000"}}, **TABLES}))
    assert read_tables(file, 1) == TABLES


def test_error_names_the_file(file: Path) -> None:
    with pytest.raises(OSError, match="No such file") as raised:
        replace_file(file.parent / "gone" / "things.json", b"")
    assert raised.value.filename == str(file.parent / "gone" / "things.json")
