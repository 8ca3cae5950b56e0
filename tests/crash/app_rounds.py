"""Rounds in which the app is killed while papers are being marked with keys."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

from tests.crash.confirmed_marks import ConfirmedMarks
from tests.crash.file_operations import FileOperationCounter, kill_after
from tests.crash.round_result import RoundResult
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.models import NO_MARKS, Marks

PAPERS = 15
MAX_CONFIRMED_EDITS = 6
"""Maximum number of confirmed edits before the app is killed."""


CLEAR_LINE = "\x15"
"""The key that clears a line."""


PLACEHOLDER = "Tags: for example rl, todo"
"""Placeholder of the empty prompt."""


class _KeyEdit(NamedTuple):
    """An edit made with keys.

    Attributes:
        key: the key that makes the edit or opens its prompt.
        message: the message that confirms it.
        paper: the number of the paper.
        marks: the marks of the paper afterwards.
        typed: the text to enter, if the key opens a prompt.
    """

    key: str
    message: str
    paper: int
    marks: Marks
    typed: str = ""


class AppRounds:
    """A home with one digest.

    Args:
        folder: where to create the home.
    """

    def __init__(self, folder: Path) -> None:
        self._home = Home(folder)
        # Papers are marked by keys only.
        self._home.configure("read_after = 0\n")
        papers = [SamplePaper(_id(n), f"Paper {n:03}", 99 - n, ("Ann Lee",)) for n in range(PAPERS)]
        self._source = write_digest(folder / "digests" / "1.md", ko_digest("2025-05-01", papers))
        assert self._home.run("sync", "-p", self._source).code == 0
        self._counter = FileOperationCounter(folder)
        self._confirmed = ConfirmedMarks()
        self._tags = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._counter.close()

    def play(self, rng: random.Random) -> RoundResult:
        """Mark papers with keys, kill the app, and read the marks on the command line."""
        confirmed = 0
        before: list[tuple[int, Marks]] = []
        with PseudoTerminal(
            [*self._counter.program(), str(self._source)],
            environment=self._home.environment,
            at=self._home.root,
        ) as terminal:
            terminal.wait_until(lambda: f"{PAPERS} papers" in _status(terminal))
            last = rng.randint(0, MAX_CONFIRMED_EDITS)
            for paper in range(last):
                edit = self._choose_edit(rng, paper, before)
                self._request_edit(terminal, edit)
                terminal.wait_until(_shows(terminal, edit.message))
                confirmed += self._confirmed.confirm()
                terminal.press("j")
                terminal.wait_until(lambda: f"{PAPERS} papers" in _status(terminal))
            edit = self._choose_edit(rng, last, before)
            self._request_edit(terminal, edit)
            if rng.random() < 0.25:
                killed = kill_after(terminal.process, rng.uniform(0, 0.1))
            else:
                self._counter.wait(rng.randint(1, 2), terminal.process)
                killed = kill_after(terminal.process, rng.uniform(0, 0.003))
            terminal.wait()
            assert killed, "the app exited by itself"
            if _shows(terminal, edit.message)():
                confirmed += self._confirmed.confirm()
            was_writing = self._confirmed.is_in_flight
        self._check()
        return RoundResult(killed, was_writing, confirmed)

    def _choose_edit(
        self, rng: random.Random, paper: int, before: list[tuple[int, Marks]]
    ) -> _KeyEdit:
        """Choose an edit of the paper under the cursor, or undo."""
        marks = self._confirmed.get(_id(paper))
        kind = rng.choice(["star", "read", "tags", "undo" if before else "star"])
        if kind == "undo":
            return _KeyEdit("u", "Undone: ", *before.pop())
        before.append((paper, marks))
        if kind == "star":
            message = "Star removed." if marks.starred else "Starred."
            return _KeyEdit("*", message, paper, marks._replace(starred=not marks.starred))
        if kind == "read":
            message = "Marked as unread." if marks.read else "Marked as read."
            return _KeyEdit(" ", message, paper, marks._replace(read=not marks.read))
        self._tags += 1
        tag = f"k{self._tags}"
        return _KeyEdit("t", f"Tagged #{tag}.", paper, marks._replace(tags=(tag,)), tag)

    def _request_edit(self, terminal: PseudoTerminal, edit: _KeyEdit) -> None:
        if edit.typed:
            terminal.press(edit.key)
            # Wait for the prompt before typing, as a person does.
            terminal.wait_for("Tags:")
            if self._confirmed.get(_id(edit.paper)).tags:
                terminal.press(CLEAR_LINE)
            terminal.wait_for(PLACEHOLDER)
            terminal.send(edit.typed)
            terminal.wait_for(lambda text: edit.typed in text.splitlines()[-1])
        self._confirmed.begin_edit({_id(edit.paper): edit.marks})
        self._counter.reset()
        terminal.press("enter" if edit.typed else edit.key)

    def _check(self) -> None:
        listed = self._home.run("list", "-p", self._source, "--format", "json")
        assert listed.code == 0, listed.err
        assert not listed.err, listed.err
        found = {
            paper["arxiv_id"]: Marks(
                paper["read"], paper["starred"], tuple(paper["tags"]), paper["note"]
            )
            for paper in listed.json
        }
        assert len(found) == PAPERS
        self._confirmed.check({paper: marks for paper, marks in found.items() if marks != NO_MARKS})
        starred = self._home.run("list", "is:starred", "-p", self._source, "--format", "ids")
        assert starred.lines == [paper for paper, marks in found.items() if marks.starred]


def _id(number: int) -> str:
    """Return the id of a paper in one of two months."""
    return f"250{4 + number % 2}.{number:05}"


def _status(terminal: PseudoTerminal) -> str:
    return terminal.rows[terminal.lines - 2]


def _shows(terminal: PseudoTerminal, message: str) -> Callable[[], bool]:
    return lambda: message in _status(terminal)
