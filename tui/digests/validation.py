"""What somebody else's dialect found is checked before anything behind it sees it."""

from __future__ import annotations

from datetime import date

from tui.digests.builder import RecordDigestBuilder
from tui.digests.parsing.json_values import as_arxiv_id, as_authors, as_line, as_text
from tui.digests.parsing.markdown_lines import truncate
from tui.digests.parsing.votes_and_authors import MAX_VOTES
from tui.i18n import N_
from tui.models import Digest, Entry, Problem

_LONGEST_WORDS = 200


def validate_digest(found: object, name: str, path: str) -> Digest:
    """Return what a dialect found, clean and with nothing in it that is not what it says.

    An entry that tells no id, no day or no line is a problem. Sections are told by the summary.

    Args:
        found: what its reader returned.
        name: the dialect's.
        path: the file.

    Raises:
        TypeError: it is no digest.
    """
    if not isinstance(found, Digest):
        raise TypeError("it returned no Digest")
    gathering = RecordDigestBuilder(path, name, follows_path=False)
    for problem in found.problems:
        gathering.problems.append(_problem(problem, path))
    for entry in found.entries:
        if _is_entry(entry):
            gathering.is_arxiv_title = bool(entry.is_arxiv_title)
            gathering.add_paper(
                entry.line,
                arxiv_id=as_arxiv_id(entry.arxiv_id),
                day=entry.date,
                title=as_line(entry.title),
                votes=_votes(entry.votes),
                authors=as_authors(list(entry.authors)),
                thumbnail=as_line(entry.thumbnail) or None,
                summary=as_text(entry.summary),
            )
        else:
            words = N_("the dialect {name} told no proper entry: it is left out")
            gathering.report(1, words, name=name)
    return gathering.build()


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, Entry) or not isinstance(entry.authors, tuple | list):
        return False
    return isinstance(entry.line, int) and entry.line > 0 and _is_day(entry.date)


def _is_day(told: object) -> bool:
    try:
        return isinstance(told, str) and date.fromisoformat(told).isoformat() == told
    except ValueError:
        return False


def _votes(told: object) -> int | None:
    if not isinstance(told, int) or isinstance(told, bool):
        return None
    return told if 0 <= told <= MAX_VOTES else None


def _problem(told: Problem, path: str) -> Problem:
    """Return a problem in plain words: there is no translation of somebody else's."""
    words = truncate(as_line(told.message), _LONGEST_WORDS)
    return Problem(path, max(told.line, 0), words)
