"""Papers that one file tells twice for one day, as when a run was repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import N_
from tui.models import MessageValue, Problem

if TYPE_CHECKING:
    from tui.models import Digest, Entry


def merge_duplicates(digest: Digest) -> Digest:
    """Return the digest with one entry a paper and day, at the place where it is told first.

    The later telling wins field by field; what it does not tell, the earlier one does. Each paper
    that is told more than once is a problem.
    """
    tellings: dict[tuple[str, str], list[Entry]] = {}
    for entry in digest.entries:
        tellings.setdefault((entry.arxiv_id, entry.date), []).append(entry)
    if len(tellings) == len(digest.entries):
        return digest
    entries = []
    problems = list(digest.problems)
    for told in tellings.values():
        entry = told[0]
        for later in told[1:]:
            entry = _merged(entry, later)
        entries.append(entry)
        if len(told) > 1:
            first = entry.line
            values: dict[str, MessageValue] = {
                "id": entry.arxiv_id,
                "times": len(told),
                "line": first,
            }
            words = N_("{id} is told {times} times, first on line {line}: the last wins")
            if len(told) == 2:
                words = N_("{id} is told twice, first on line {line}: the last wins")
            problems.append(Problem(digest.path, told[1].line, words, values))
    return digest._replace(entries=tuple(entries), problems=tuple(problems))


def _merged(earlier: Entry, later: Entry) -> Entry:
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
