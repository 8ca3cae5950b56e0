from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.config.session import PLACES_KEPT, SCHEMA, Session, load_session, save_session
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import NewerSchemaError, write_tables

FULL = Session(
    theme="nord",
    min_votes=20,
    sort="-votes,title",
    period="2025-05",
    newest="2025-05-30",
    shelf=["is:starred", "Starred", ""],
    places={"2025-05-01": "2505.00001", "": "math/0309136"},
    table_share=60,
    sidebar=False,
    sources=["/home/논문", "relative"],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "broadsheet"


def keep(folder: Path, document: dict[str, Any]) -> None:
    """Keep a document where a session would be."""
    folder.mkdir(parents=True)
    write_tables(TinyDbFolder(folder, SCHEMA).file("session"), {"session": {"": document}}, SCHEMA)


def test_nothing_is_remembered_at_first(folder: Path) -> None:
    assert load_session(folder) == Session()
    assert not folder.exists()


def test_everything_is_remembered(folder: Path) -> None:
    assert all(value != getattr(Session(), name) for name, value in asdict(FULL).items())
    save_session(folder, FULL)
    assert load_session(folder) == FULL
    save_session(folder, Session())
    assert load_session(folder) == Session()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"schema": {"1": {"version": 0}}}', b"\xff"])
def test_damaged_file_is_forgotten(folder: Path, data: bytes) -> None:
    save_session(folder, FULL)
    (folder / "session.json").write_bytes(data)
    assert load_session(folder) == Session()
    save_session(folder, FULL)
    assert load_session(folder) == FULL


def test_newer_file_is_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    file = folder / "session.json"
    write_tables(file, {"session": {"": {"theme": "new"}}}, SCHEMA + 1)
    before = file.read_bytes()
    assert load_session(folder) == Session()
    with pytest.raises(NewerSchemaError):
        save_session(folder, FULL)
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
        ("places", ["2025"]),
        ("places", {"2025-05": 3}),
        ("places", {"2025-05": None}),
        ("table_share", "half"),
        ("table_share", False),
        ("sidebar", 0),
        ("sidebar", "no"),
        ("sources", "abc"),
        ("sources", [1]),
    ],
)
def test_value_of_another_kind_is_forgotten(folder: Path, name: str, value: object) -> None:
    keep(folder, {**asdict(FULL), name: value})
    session = load_session(folder)
    assert getattr(session, name) == getattr(Session(), name)
    assert session.theme == (None if name == "theme" else "nord")


def test_what_is_not_known_or_missing(folder: Path) -> None:
    keep(folder, {"theme": "nord", "colour": "blue"})
    assert load_session(folder) == Session(theme="nord")


@pytest.mark.parametrize("tables", [{}, {"session": {}}, {"other": {"": {"theme": "nord"}}}])
def test_file_without_a_session(folder: Path, tables: dict[str, Any]) -> None:
    folder.mkdir(parents=True)
    write_tables(folder / "session.json", tables, SCHEMA)
    assert load_session(folder) == Session()


def test_places_are_capped() -> None:
    session = Session()
    for number in range(PLACES_KEPT):
        session.remember_place(str(number), "2505.00001")
    session.remember_place("0", "2505.00002")
    assert len(session.places) == PLACES_KEPT
    session.remember_place("new", "2505.00003")
    assert len(session.places) == PLACES_KEPT
    assert "1" not in session.places  # the one longest not looked at
    assert session.places["0"] == "2505.00002"
    assert list(session.places)[-1] == "new"


def test_places_of_other_sources_are_forgotten() -> None:
    session = Session(period="2025", newest="2025-05-30", places={"a": "b"}, sources=["x"])
    session.of_sources(["x"])
    assert session.places == {"a": "b"}
    session.of_sources(("y", "x"))
    assert session == Session(sources=["y", "x"])


def test_is_for_its_owner(folder: Path) -> None:
    old = os.umask(0)
    try:
        save_session(folder, FULL)
    finally:
        os.umask(old)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "session.json").stat().st_mode & 0o777 == 0o600


def test_folder_that_cannot_be_used() -> None:
    with folder_of_nobody() as folder, as_nobody():
        save_session(folder, FULL)
        folder.chmod(0o500)
        assert load_session(folder) == FULL
        (folder / ".lock").chmod(0)
        with pytest.raises(OSError, match="denied"):
            save_session(folder, Session())
        folder.chmod(0)
        assert load_session(folder) == Session()
