"""Merge entries of the same paper and day, which occur when a digest was generated twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import N_
from tui.models import MessageValue, Problem

if TYPE_CHECKING:
    from tui.models import Digest, Entry


def merge_duplicates(digest: Digest) -> Digest:
    """Return the digest with one entry per paper and day, at the position of the first.

    Each field comes from the last entry that has it. A problem is added for every duplicate paper.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in digest.entries:
        groups.setdefault((entry.arxiv_id, entry.date), []).append(entry)
    if len(groups) == len(digest.entries):
        return digest
    entries = []
    problems = list(digest.problems)
    for first, *others in groups.values():
        entry = first
        for later in others:
            entry = _merge(entry, later)
        entries.append(entry)
        if others:
            template = N_("{id} occurs {times} times, first on line {line}; using the last")
            if len(others) == 1:
                template = N_("{id} occurs twice, first on line {line}; using the last")
            values: dict[str, MessageValue] = {
                "id": first.arxiv_id,
                "times": 1 + len(others),
                "line": first.line,
            }
            problems.append(Problem(digest.path, others[0].line, template, values))
    return digest._replace(entries=tuple(entries), problems=tuple(problems))


def _merge(earlier: Entry, later: Entry) -> Entry:
    summarized = later if later.summary else earlier
    return later._replace(
        title=later.title or earlier.title,
        votes=earlier.votes if later.votes is None else later.votes,
        authors=later.authors or earlier.authors,
        thumbnail=later.thumbnail or earlier.thumbnail,
        summary=summarized.summary,
        sections=summarized.sections,
        line=earlier.line,
    )
