"""Problems on standard error: in groups on a terminal, all of them elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from posixpath import basename
from typing import TYPE_CHECKING

from tui.cli.output import plural, print_error_line, problems_as_json, warn

if TYPE_CHECKING:
    from tui.library.problem_groups import ProblemGroup
    from tui.models import Problem

MAX_LINES = 10
"""Lines of problems on a terminal."""


def print_problems(problems: Sequence[Problem], command: str) -> None:
    """Print problems and notes: at most ten lines on a terminal, one line for each elsewhere.

    Args:
        problems: the problems.
        command: what the reader can enter to see all of them.
    """
    if not sys.stderr.isatty():
        warn(*map(full_line, problems))
        return
    lines = _group_lines(problems)
    is_complete = len(lines) <= MAX_LINES and all(group_size == 1 for _, group_size in lines)
    shown = lines if is_complete else lines[: MAX_LINES - 1]
    for line, _ in shown:
        warn(line)
    if not is_complete:
        left_out = len(lines) - len(shown)
        more = f"{left_out} more; " if left_out else ""
        why = "how a file is read: broadsheet why FILE"
        print_error_line(f"  {more}all of them: {command} 2>&1 | less; {why}")


def problems_and_notes(found: Iterable[Problem]) -> dict[str, list[dict[str, object]]]:
    """Return all problems and notes as JSON, under the names of their fields."""
    problems: list[Problem] = []
    notes: list[Problem] = []
    for problem in found:
        (notes if problem.is_note else problems).append(problem)
    return {"problems": problems_as_json(problems), "notes": problems_as_json(notes)}


def full_line(problem: Problem) -> str:
    """Return a problem in the format of compilers."""
    kind = "note: " if problem.is_note else ""
    return f"{problem.location}: {kind}{problem.message}"


def note_lines(problems: Iterable[Problem]) -> list[str]:
    """Return a line for each kind of note, at most ten."""
    from tui.library.problem_groups import group_problems

    lines = list(map(_note_line, group_problems(each for each in problems if each.is_note)))
    if len(lines) > MAX_LINES:
        lines[MAX_LINES - 1 :] = ["and more; see 'broadsheet sync'"]
    return lines


def _group_lines(problems: Iterable[Problem]) -> list[tuple[str, int]]:
    """Return a line for each group, and the number of problems in the group."""
    from tui.library.problem_groups import group_problems

    return [(_group_line(group), group.number) for group in group_problems(problems)]


def _group_line(group: ProblemGroup) -> str:
    first = group.first
    if group.number == 1:
        return full_line(first)
    files = plural(len(group.files), "file")
    if first.is_note:
        return f"note: {_note_line(group)}"
    number = files if group.concerns_files else f"{plural(group.number, 'place')} in {files}"
    example = basename(first.location)
    return f"{group.folder or '.'}/ ({number}, such as {example}): {first.message}"


def _note_line(group: ProblemGroup) -> str:
    """Return a note with its numbers: ``votes missing: 57 papers in 12 files``."""
    files = plural(len(group.files), "file")
    if group.concerns_files:
        return f"{group.first.message}: {files}"
    noun = "paper" if group.concerns_papers else "place"
    return f"{group.first.message}: {plural(group.number, noun)} in {files}"
