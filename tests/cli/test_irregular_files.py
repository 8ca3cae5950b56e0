"""Pipes, folders and sparse giants in the place of files: no command hangs or fails internally."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.fault_injection import log_path, with_fault
from tests.support.home import Home
from tests.support.irregular_files import IRREGULAR, put_pipe
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.cache.source_cache import SourceCache
from tui.config.session import Session, load_session, save_session

PAPER = "2505.00001"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a digest, marks, a view and settings."""
    home = Home(tmp_path)
    digest = ko_digest("2025-05-01", [SamplePaper(PAPER, "Kettle", 3, ("Ann Bee",))])
    write_digest(tmp_path / "digests" / "1.md", digest)
    home.configure(f'sources = ["{tmp_path}/digests"]\n')
    home.config.with_name("views.toml").write_text('May = "date:2025-05"\n')
    assert home.run("sync").code == 0
    for option in ("--star", "--read"):
        assert home.run("marks", "set", PAPER, option).code == 0
    return home


def assert_one_sentence_each(text: str) -> None:
    assert all(line.startswith("broadsheet: ") for line in text.splitlines()), text
    assert "internal error" not in text


@pytest.mark.parametrize("kind", IRREGULAR)
@pytest.mark.parametrize("name", ["calendar", "catalogue", "counts", "index-25q2", "2025-05.rows"])
def test_file_of_the_cache_is_set_aside(home: Home, name: str, kind: str) -> None:
    file = SourceCache(home.cache, home.root / "digests").folder.file(name)
    IRREGULAR[kind](file)
    result = home.run("list", "--format", "ids")
    assert (result.code, result.lines) == (0, [PAPER])
    assert_one_sentence_each(result.err)
    assert home.run("sync").err == ""
    assert file.is_file()
    assert file.stat().st_size < 1 << 20


@pytest.mark.parametrize("kind", IRREGULAR)
@pytest.mark.parametrize("name", ["config.toml", "views.toml"])
def test_configuration_is_reported_and_left_alone(home: Home, name: str, kind: str) -> None:
    file = home.config.with_name(name)
    IRREGULAR[kind](file)
    for words in (["list"], ["doctor"], ["config"], ["add", "digests"]):
        result = home.run(*words)
        assert result.code in {0, 1, 2}
        assert_one_sentence_each(result.err)
        if words == ["doctor"] or (name == "config.toml" and words != ["add", "digests"]):
            assert str(file) in result.err + result.out
    assert not file.is_file() or file.stat().st_size > 1 << 30


@pytest.mark.parametrize("kind", IRREGULAR)
def test_marks_are_restored_from_the_backup(home: Home, kind: str) -> None:
    file = home.state / "marks" / "2505.json"
    IRREGULAR[kind](file)
    listed = home.run("list", "is:starred", "--format", "ids")
    assert (listed.code, listed.lines) == (0, [PAPER])
    changed = home.run("marks", "set", PAPER, "--tag", "tea")
    assert changed.code == 0
    assert_one_sentence_each(changed.err)
    assert home.run("list", "is:starred tag:tea", "--format", "ids").lines == [PAPER]
    assert [path.name for path in file.parent.glob("damaged-*")]


@pytest.mark.parametrize("kind", IRREGULAR)
def test_session_starts_empty(tmp_path: Path, kind: str) -> None:
    IRREGULAR[kind](tmp_path / "session.json")
    assert load_session(tmp_path) == Session()
    if kind != "folder":
        save_session(tmp_path, Session(theme="paper"))
        assert load_session(tmp_path).theme == "paper"


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_crash_log_is_named_in_the_message(home: Home, kind: str) -> None:
    IRREGULAR[kind](log_path(home))
    result = with_fault(home, "tui.library.library:Library.papers").run("list")
    assert result.code == 3
    assert f"the log {log_path(home)} cannot be written" in result.err


@pytest.mark.parametrize("name", ["p.zip", "p.tar.gz", "p.md"])
def test_source_that_is_a_pipe(home: Home, name: str) -> None:
    put_pipe(home.root / name)
    for words in (["list", "-p", name], ["sync", "-p", name], ["add", name]):
        result = home.run(*words)
        assert result.code == 2
        assert "neither a file nor a folder" in result.err
        assert_one_sentence_each(result.err)
