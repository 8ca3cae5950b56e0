"""The output of ``broadsheet marks import``."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cli import output
from tui.models import Problem


def print_import(read: int, changed: int, problems: Sequence[Problem], *, is_json: bool) -> None:
    """Print how many papers were read, and how many of them changed."""
    if is_json:
        counts = {"read": read, "changed": changed}
        output.print_json({**counts, "problems": output.problems_as_json(problems)})
    else:
        papers = output.plural(read, "paper")
        output.print_line(f"Read marks of {papers}; {changed or 'none'} changed.")
