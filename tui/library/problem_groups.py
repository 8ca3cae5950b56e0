"""Problems and notes in groups, so that many of one kind do not hide the others."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname
from typing import NamedTuple

from tui.models import Problem


class ProblemGroup(NamedTuple):
    """Problems of one kind in one folder, or notes of one kind in all files.

    Attributes:
        folder: the folder of the problems, empty for the top folder; of notes, empty.
        problems: at least one.
    """

    folder: str
    problems: list[Problem]

    @property
    def first(self) -> Problem:
        """The first of them, as an example."""
        return self.problems[0]

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.problems)

    @property
    def files(self) -> dict[str, int]:
        """The number of problems in each file, in the order of the files."""
        files: dict[str, int] = {}
        for problem in self.problems:
            files[problem.file] = files.get(problem.file, 0) + 1
        return files

    @property
    def concerns_files(self) -> bool:
        """Whether all of them concern files as a whole."""
        return not any(problem.line for problem in self.problems)

    @property
    def concerns_papers(self) -> bool:
        """Whether each of them concerns one paper."""
        from tui.digests.entry_notes import PAPER_NOTES

        return self.first.template in PAPER_NOTES


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Return problems by folder and kind in the order of the first of each, then notes by kind."""
    groups: dict[tuple[bool, str, str], ProblemGroup] = {}
    for problem in problems:
        folder = "" if problem.is_note else dirname(problem.file)
        key = (problem.is_note, folder, problem.template)
        group = groups.get(key)
        if group is None:
            groups[key] = ProblemGroup(folder, [problem])
        else:
            group.problems.append(problem)
    return sorted(groups.values(), key=lambda group: group.first.is_note)


def count_groups(problems: Iterable[Problem]) -> int:
    """Return the number of groups of problems; notes do not count."""
    return len(
        {(dirname(problem.file), problem.template) for problem in problems if not problem.is_note}
    )
