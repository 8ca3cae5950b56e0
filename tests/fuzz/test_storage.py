"""The storage folder behaves like a dict, and any file is read or rejected with an error."""

from __future__ import annotations

import copy
import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.fuzz.digests import unsafe_characters
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError, Tables, read_tables

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
_JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=5,
)
_DOCUMENTS = st.dictionaries(
    st.sampled_from("abcd") | _TEXT, st.dictionaries(_TEXT, _JSON_VALUES, max_size=3)
)
_FILES = st.sampled_from(["2505", "calendar"])
_TABLES = st.sampled_from(["all", "표", "more"])


class _AbortError(Exception):
    """Aborts an edit."""


class StorageMachine(RuleBasedStateMachine):
    """Applies the same edits to a storage folder and to a dict."""

    @initialize()
    def create_folder(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self._store = TinyDbFolder(Path(self._temporary.name, "store"), 3)
        self._model: dict[str, Tables] = {"2505": {}, "calendar": {}}

    def teardown(self) -> None:
        if hasattr(self, "_temporary"):
            self._temporary.cleanup()

    @rule(file=_FILES, table=_TABLES, documents=_DOCUMENTS)
    def put(self, file: str, table: str, documents: dict[str, Any]) -> None:
        with self._store.locked(), self._store.edit(file) as database:
            database.keyed(table).put(documents.items())
        if documents:
            self._model[file].setdefault(table, {}).update(copy.deepcopy(documents))

    @rule(file=_FILES, table=_TABLES, names=st.lists(st.sampled_from("abcd") | _TEXT))
    def drop(self, file: str, table: str, names: list[str]) -> None:
        with self._store.locked(), self._store.edit(file) as database:
            database.keyed(table).drop(names)
        for name in names:
            self._model[file].get(table, {}).pop(name, None)

    @rule(file=_FILES, documents=_DOCUMENTS)
    def abort(self, file: str, documents: dict[str, Any]) -> None:
        with (
            suppress(_AbortError),
            self._store.locked(),
            self._store.edit(file) as database,
        ):
            database.keyed("all").put(documents.items())
            database.keyed("all").drop(["a"])
            raise _AbortError

    @rule(file=_FILES, documents=_DOCUMENTS)
    def put_and_drop_in_one_edit(self, file: str, documents: dict[str, Any]) -> None:
        with self._store.locked(), self._store.edit(file) as database:
            database.keyed("all").put(documents.items())
            database.keyed("all").drop(list(documents))
        for name in documents:
            self._model[file].get("all", {}).pop(name, None)

    @invariant()
    def folder_equals_model(self) -> None:
        if not hasattr(self, "_model"):
            return
        for file, tables in self._model.items():
            stored = self._store.read(file)
            assert {name: table for name, table in stored.items() if table} == {
                name: table for name, table in tables.items() if table
            }
        files = {path.name for path in self._store.path.glob("*")}
        assert files <= {"2505.json", "calendar.json", ".lock"}


TestStorage = StorageMachine.TestCase
# Each example has many steps, and each step writes to disk.
TestStorage.settings = settings(max_examples=settings().max_examples // 10)


@st.composite
def _files(draw: st.DrawFn) -> bytes:
    schema: object = draw(st.sampled_from([1, 1, 1, 0, 2, -1, True, 1.0, "1", None, [], 10**30]))
    tables = draw(st.dictionaries(_TABLES, _DOCUMENTS | _JSON_VALUES, max_size=3))
    data = json.dumps({"schema": {"1": {"version": schema}}, **tables}).encode()
    if draw(st.booleans()):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 40))
        data = data[:start] + draw(st.binary(max_size=3)) + data[end:]
    return data


@given(_files() | st.binary())
def test_any_file_is_read_or_rejected(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.json")
        file.write_bytes(data)
        tables = _read_or_error(file)
        if isinstance(tables, StorageError):
            assert tables.path == file
            assert unsafe_characters(str(tables)) == set()
        else:
            documents = [row for table in tables.values() for row in table.values()]
            assert all(isinstance(document, dict) for document in documents)
        assert file.read_bytes() == data


def _read_or_error(file: Path) -> Tables | StorageError:
    try:
        return read_tables(file, 1)
    except StorageError as error:
        return error
