"""The problems that are listed and counted."""

from __future__ import annotations

from tui.models import Problem
from tui.ui.screens.main.problem_list import ProblemKind, ProblemList


def problem(name: str) -> Problem:
    return Problem(name, 0, "unreadable")


def test_change_is_reported_once() -> None:
    changes: list[int] = []
    problems = ProblemList([])
    problems.on_change = lambda: changes.append(1)
    problems.replace(ProblemKind.DIGESTS, [])
    assert changes == []
    for _ in range(2):
        problems.replace(ProblemKind.DIGESTS, [problem("a.md")])
    assert changes == [1]


def test_possible_loss_of_data_comes_first() -> None:
    problems = ProblemList([problem("config.toml")])
    problems.replace(ProblemKind.DIGESTS, [problem("a.md")])
    problems.replace(ProblemKind.MARKS, [problem("marks")])
    assert [each.file for each in problems.all()] == ["marks", "config.toml", "a.md"]


def test_problems_of_other_users_are_listed_but_not_counted() -> None:
    problems = ProblemList([])
    problems.replace(ProblemKind.OTHER_USERS_DIGESTS, [problem("b.md")])
    assert len(problems.all()) == 1
    assert problems.status_text("!") == ""
    problems.replace(ProblemKind.DIGESTS, [problem("a.md")])
    assert problems.status_text("!") == "! 1 problem"


def test_notes_and_further_problems_of_a_kind_are_not_counted() -> None:
    problems = ProblemList([])
    note = Problem("a.md", 3, "votes missing", is_note=True)
    problems.replace(ProblemKind.DIGESTS, [note])
    assert problems.status_text("!") == ""
    same = [problem(f"may/{number}.md") for number in range(9)]
    problems.replace(ProblemKind.DIGESTS, [note, *same, problem("june/1.md")])
    assert problems.status_text("!") == "! 2 problems"
