"""Interrupt commands that repair marks or clones, and check what the next commands find."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.crash.repairs import ALLOWED_CODES
from tests.crash.system_calls import Interruption, run_interrupted
from tests.support.git_repositories import PublishedRepository
from tests.support.home import Home
from tests.support.irregular_files import put_folder
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.marks.edits import set_note, set_starred
from tui.marks.store import MarkStore
from tui.models import Marks

PAPER, OTHER_PAPER, NEW_PAPER = "2505.00001", "2504.00001", "2505.00002"
RESTORED = {PAPER: Marks(note="mine"), OTHER_PAPER: Marks(starred=True)}
"""Of the first paper, the star is newer than the backup."""


class Scenario(NamedTuple):
    """A state of the reader's files, and the command that repairs it.

    Attributes:
        prepare: creates the files in an empty home.
        words: returns the command line, given the home.
        check: runs the next commands and checks what they find.
    """

    prepare: Callable[[Home], object]
    words: Callable[[Home], list[str]]
    check: Callable[[Home], None]


def _marks_with(damage: Callable[[Path], object]) -> Callable[[Home], None]:
    def prepare(home: Home) -> None:
        store = MarkStore(home.state / "marks")
        store.apply(set_note([PAPER], "mine"))
        store.apply(set_starred([PAPER, OTHER_PAPER], True))
        damage(home.state / "marks" / "2505.json")

    return prepare


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def _check_marks(home: Home) -> None:
    """Check that everything is restored, and that a mark was made completely or not at all."""
    before = MarkStore(home.state / "marks").all_marks()
    assert before in (RESTORED, {**RESTORED, NEW_PAPER: Marks(starred=True)}), before
    assert run(home, "marks", "export") == 0
    assert run(home, "marks", "set", NEW_PAPER, "--star") == 0
    store = MarkStore(home.state / "marks")
    assert store.all_marks() == {**RESTORED, NEW_PAPER: Marks(starred=True)}
    assert not store.read_errors
    assert not list((home.state / "marks").rglob(".*.tmp"))


def _url(home: Home) -> str:
    return (home.root / "daily-papers.git").as_uri()


def _clones(home: Home) -> Path:
    return home.root / "data" / "broadsheet" / "clones"


def _prepare_clone(home: Home) -> PublishedRepository:
    repository = PublishedRepository(home.root)
    repository.push({"1.md": ko_digest("2025-05-01", [SamplePaper(PAPER, "One", 3)])})
    assert home.run("add", _url(home)).code == 0
    return repository


def _prepare_locked_clone(home: Home) -> None:
    later = ko_digest("2025-05-02", [SamplePaper(NEW_PAPER, "Two", 4)])
    _prepare_clone(home).push({"2.md": later})
    [head] = _clones(home).glob("*/.git/refs/heads")
    for lock in (
        head / "stale.lock",
        head.parents[1] / "index.lock",
        head.parents[1] / "HEAD.lock",
    ):
        lock.touch()


def _check_addition(home: Home) -> None:
    """Check that the repository can be added, whether or not it is a source and has a clone."""
    assert run(home, "add", _url(home)) == 0
    assert run(home, "sync", "--pull") == 0
    _check_clone(home, 1)


def _check_pull(home: Home) -> None:
    assert run(home, "sync", "--pull") == 0
    _check_clone(home, 2)


def _check_clone(home: Home, digests: int) -> None:
    [clone] = _clones(home).glob("[!.]*")
    assert len(list(clone.glob("*.md"))) == digests
    assert not list(clone.rglob("*.lock"))
    assert not list(_clones(home).glob(".*.tmp"))
    assert run(home, "list", f"id:{PAPER}") == 0


SCENARIOS: Mapping[str, Scenario] = {
    "truncated marks": Scenario(
        _marks_with(_truncate), lambda _: ["marks", "export", "-o", "all.jsonl"], _check_marks
    ),
    "folder for marks": Scenario(
        _marks_with(put_folder), lambda _: ["marks", "export", "-o", "all.jsonl"], _check_marks
    ),
    "missing marks": Scenario(
        _marks_with(Path.unlink), lambda _: ["marks", "set", NEW_PAPER, "--star"], _check_marks
    ),
    "folder, new mark": Scenario(
        _marks_with(put_folder), lambda _: ["marks", "set", NEW_PAPER, "--star"], _check_marks
    ),
    "removed clone": Scenario(
        _prepare_clone, lambda home: ["remove", _url(home), "--delete"], _check_addition
    ),
    "stale git locks": Scenario(
        _prepare_locked_clone, lambda _: ["sync", "--pull"], _check_pull
    ),
}  # fmt: skip


def run(home: Home, *words: str) -> int:
    """Run a command in a forked process, without an interruption; return its exit code."""
    return run_interrupted(home, list(words), Interruption.KILL, 0).code


class CommandRounds:
    """A scenario that is repeated, interrupted at another point each time.

    Args:
        folder: where to create the home.
        scenario: the scenario.

    Attributes:
        calls: the number of system calls of the command.
    """

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        self._home = Home(folder / "home")
        self._home.root.mkdir()
        self._scenario = scenario
        scenario.prepare(self._home)
        self._pristine = folder / "pristine"
        shutil.copytree(self._home.root, self._pristine, symlinks=True)
        self.calls = self._run(Interruption.KILL, 0)

    def play(self, interruption: Interruption, number: int) -> None:
        """Interrupt the command at a system call, then check.

        Raises:
            AssertionError: something is lost or cannot be used.
        """
        self._run(interruption, number)
        try:
            self._scenario.check(self._home)
        except AssertionError as error:
            where = f"{interruption.value} at call {number} of {self.calls}"
            raise AssertionError(f"{where}: {error}") from error

    def _run(self, interruption: Interruption, number: int) -> int:
        shutil.rmtree(self._home.root)
        shutil.copytree(self._pristine, self._home.root, symlinks=True)
        done = run_interrupted(self._home, self._scenario.words(self._home), interruption, number)
        # The number of calls differs a little, so the last ones may not be reached.
        is_interrupted = 0 < number <= done.calls
        allowed = ALLOWED_CODES[interruption] if is_interrupted else {0}
        assert done.code in allowed, (interruption, number, done)
        assert all(line.startswith("broadsheet: ") for line in done.err.splitlines()), done.err
        return done.calls
