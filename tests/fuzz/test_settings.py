"""Settings, saved views and sessions: any file can be read, and errors are reported."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.digests import unsafe_characters
from tui.config.keybindings import BY_ID
from tui.config.session import Session, load_session
from tui.config.settings import SETTINGS
from tui.config.settings_file import initial_file, load_settings
from tui.library.saved_views import load_views
from tui.models import Problem

_NAMES = [*SETTINGS, "source", "themes", "keymap.x", "day", "\x1b[31m", "", "a b", "논문"]
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_PLAIN = (
    st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=True)
    | st.datetimes()
    | _TEXT
    | st.sampled_from(["auto", "-votes", "votes,,", "~nobody/x", "on", "ko", "q", "q,", "\x1b[2J"])
)
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(_NAMES) | st.sampled_from(sorted(BY_ID)), inner, max_size=3
        )
    ),
    max_leaves=6,
)
_TREES = st.dictionaries(st.sampled_from(_NAMES) | _TEXT, _VALUES, max_size=5)


@st.composite
def toml_files(draw: st.DrawFn) -> bytes:
    """Generate TOML, sometimes with a mutation, or any text."""
    text = draw(_TREES.map(tomlkit.dumps) | st.just(initial_file()) | st.text())
    data = text.encode("utf-8", "surrogatepass")
    if draw(st.booleans()):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 4))
        data = data[:start] + draw(st.binary(max_size=4)) + data[end:]
    return data


@contextmanager
def _temporary_file(data: bytes, name: str = "a.toml") -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(data)
        yield file


def _check_problems(problems: list[Problem], file: Path, data: bytes) -> None:
    for problem in problems:
        assert problem.file == str(file)
        assert 0 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert problem.message
        assert unsafe_characters(problem.message) == set()


@given(toml_files())
def test_any_settings_file_can_be_loaded(data: bytes) -> None:
    with _temporary_file(data) as file:
        settings, problems = load_settings(file)
        _check_problems(problems, file, data)
        assert "title" in settings.columns
        assert settings.min_votes >= 0
        assert 0 <= settings.read_after <= 3600
        assert all(path.is_absolute() for path in settings.sources)


@given(toml_files() | st.dictionaries(_TEXT, _TEXT, max_size=4).map(tomlkit.dumps).map(str.encode))
def test_any_views_file_can_be_loaded(data: bytes) -> None:
    with _temporary_file(data) as file:
        views, problems = load_views(file)
        _check_problems(problems, file, data)
        for view in views:
            assert unsafe_characters(view.name) == set()
        assert len({view.name for view in views}) == len(views)


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
_SESSIONS = st.dictionaries(st.sampled_from([*vars(Session()), "other"]), _JSON)


def _session_file(document: Any) -> bytes:
    tables = {"schema": {"1": {"version": 1}}, "session": {"": document}}
    return json.dumps(tables).encode()


@given((_SESSIONS | _JSON).map(_session_file) | st.binary())
def test_any_session_file_can_be_loaded(data: bytes) -> None:
    with _temporary_file(data, "session.json") as file:
        session = load_session(file.parent)
        session.reset_unless_same_sources(["a"])
        session.remember_cursor("2025-05", "2505.00001")
        assert session.cursors["2025-05"] == "2505.00001"
        assert isinstance(session.sidebar, bool)
        for number in (session.min_votes, session.table_share):
            assert number is None or type(number) is int
