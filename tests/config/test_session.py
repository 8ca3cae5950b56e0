from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.config.session import MAX_CURSORS, SCHEMA, Session, load_session, save_session
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import NewerSchemaError, write_tables

SESSION = Session(
    theme="nord",
    min_votes=20,
    sort="-votes,title",
    period="2025-05",
    newest="2025-05-30",
    scope=["is:starred", "Starred", ""],
    cursors={"2025-05-01": "2505.00001", "": "math/0309136"},
    table_share=60,
    sidebar=False,
    layout="below",
    sources=["/home/논문", "relative"],
    queries=["GPT-4o", "논문"],
    commands=["tag rl is:unread"],
)

STORED = {
    "theme": "nord", "min_votes": 20, "sort": "-votes,title", "period": "2025-05",
    "newest": "2025-05-30", "shelf": ["is:starred", "Starred", ""],
    "places": {"2025-05-01": "2505.00001", "": "math/0309136"}, "table_share": 60,
    "sidebar": False, "layout": "below", "sources": ["/home/논문", "relative"],
    "queries": ["GPT-4o", "논문"], "commands": ["tag rl is:unread"],
}  # fmt: skip
"""The same session as stored by earlier versions."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "broadsheet"


def store(folder: Path, document: dict[str, Any]) -> None:
    """Write a document as the session file."""
    folder.mkdir(parents=True)
    write_tables(TinyDbFolder(folder, SCHEMA).file("session"), {"session": {"": document}}, SCHEMA)


def test_missing_folder_is_an_empty_session(folder: Path) -> None:
    assert load_session(folder) == Session()
    assert not folder.exists()


def test_saved_session_loads_again(folder: Path) -> None:
    assert all(value != getattr(Session(), name) for name, value in asdict(SESSION).items())
    save_session(folder, SESSION)
    assert load_session(folder) == SESSION
    save_session(folder, Session())
    assert load_session(folder) == Session()


def test_file_format_is_stable(folder: Path) -> None:
    store(folder, STORED)
    assert load_session(folder) == SESSION
    save_session(folder, SESSION)
    assert TinyDbFolder(folder, SCHEMA).read("session")["session"][""] == STORED


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"schema": {"1": {"version": 0}}}', b"\xff"])
def test_damaged_file_is_an_empty_session(folder: Path, data: bytes) -> None:
    save_session(folder, SESSION)
    (folder / "session.json").write_bytes(data)
    assert load_session(folder) == Session()
    save_session(folder, SESSION)
    assert load_session(folder) == SESSION


def test_newer_file_is_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    file = folder / "session.json"
    write_tables(file, {"session": {"": {"theme": "new"}}}, SCHEMA + 1)
    before = file.read_bytes()
    assert load_session(folder) == Session()
    with pytest.raises(NewerSchemaError):
        save_session(folder, SESSION)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", 3),
        ("theme", ["nord"]),
        ("min_votes", "20"),
        ("min_votes", True),
        ("min_votes", 2.5),
        ("sort", {}),
        ("period", 2025),
        ("newest", False),
        ("cursors", ["2025"]),
        ("cursors", {"2025-05": 3}),
        ("cursors", {"2025-05": None}),
        ("table_share", "half"),
        ("table_share", False),
        ("sidebar", 0),
        ("sidebar", "no"),
        ("sources", "abc"),
        ("sources", [1]),
        ("queries", [1]),
        ("queries", "abc"),
    ],
)
def test_value_of_wrong_type_is_ignored(folder: Path, name: str, value: object) -> None:
    store(folder, {**STORED, {"cursors": "places"}.get(name, name): value})
    session = load_session(folder)
    assert getattr(session, name) == getattr(Session(), name)
    assert session.theme == (None if name == "theme" else "nord")


def test_unknown_and_missing_values_are_ignored(folder: Path) -> None:
    store(folder, {"theme": "nord", "color": "blue"})
    assert load_session(folder) == Session(theme="nord")


@pytest.mark.parametrize("tables", [{}, {"session": {}}, {"other": {"": {"theme": "nord"}}}])
def test_file_without_a_session_is_an_empty_session(folder: Path, tables: dict[str, Any]) -> None:
    folder.mkdir(parents=True)
    write_tables(folder / "session.json", tables, SCHEMA)
    assert load_session(folder) == Session()


def test_number_of_cursors_is_limited() -> None:
    session = Session()
    for number in range(MAX_CURSORS):
        session.remember_cursor(str(number), "2505.00001")
    session.remember_cursor("0", "2505.00002")
    assert len(session.cursors) == MAX_CURSORS
    session.remember_cursor("new", "2505.00003")
    assert len(session.cursors) == MAX_CURSORS
    assert "1" not in session.cursors, "the oldest one is dropped"
    assert session.cursors["0"] == "2505.00002"
    assert list(session.cursors)[-1] == "new"


def test_cursors_of_other_sources_are_forgotten() -> None:
    session = Session(period="2025", newest="2025-05-30", cursors={"a": "b"}, sources=["x"])
    session.reset_unless_same_sources(["x"])
    assert session.cursors == {"a": "b"}
    session.reset_unless_same_sources(("y", "x"))
    assert session == Session(sources=["y", "x"])


def test_only_the_owner_can_read_it(folder: Path) -> None:
    before = os.umask(0)
    try:
        save_session(folder, SESSION)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "session.json").stat().st_mode & 0o777 == 0o600


def test_folder_without_permissions_is_an_empty_session() -> None:
    with folder_of_nobody() as folder, as_nobody():
        save_session(folder, SESSION)
        folder.chmod(0o500)
        assert load_session(folder) == SESSION
        (folder / ".lock").chmod(0)
        with pytest.raises(OSError, match="denied"):
            save_session(folder, Session())
        folder.chmod(0)
        assert load_session(folder) == Session()
