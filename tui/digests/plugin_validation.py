"""Validate the digest that a plug-in returned, before anything else uses it."""

from __future__ import annotations

from datetime import date

from tui.digests.builder import RecordDigestBuilder
from tui.digests.parsing.markdown_lines import truncate
from tui.digests.parsing.record_values import as_authors, as_line, as_paper_id, as_text
from tui.digests.parsing.votes_and_authors import MAX_VOTES
from tui.i18n import N_
from tui.models import Digest, Entry, Problem

_MAX_MESSAGE_CHARS = 200
_MAX_LABELS, _MAX_LABEL_CHARS = 50, 40


def validate_digest(digest: object, name: str, path: str) -> Digest:
    """Return a sanitized copy of a plug-in's digest.

    Entries without a valid id, date or line are replaced by problems. The sections are derived
    from the summary.

    Args:
        digest: what the plug-in returned.
        name: the name of its dialect.
        path: the path of the file.

    Raises:
        TypeError: it is not a `Digest`.
    """
    if not isinstance(digest, Digest):
        raise TypeError("it returned no Digest")
    builder = RecordDigestBuilder(path, name, follows_path=False)
    builder.problems += [_clean_problem(problem, path) for problem in digest.problems]
    for entry in digest.entries:
        if not _is_entry(entry):
            template = N_("the dialect {name} returned an invalid entry; skipped")
            builder.report(1, template, name=name)
            continue
        builder.is_arxiv_title = bool(entry.is_arxiv_title)
        builder.add_paper(
            entry.line,
            paper_id=as_paper_id(entry.paper_id),
            day=entry.date,
            title=as_line(entry.title),
            votes=_valid_votes(entry.votes),
            authors=as_authors(list(entry.authors)),
            thumbnail=as_line(entry.thumbnail) or None,
            summary=as_text(entry.summary),
            published=entry.published if _is_day(entry.published) else None,
            labels=_valid_labels(entry.labels),
        )
    return builder.build()


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, Entry) or not isinstance(entry.authors, tuple | list):
        return False
    return isinstance(entry.line, int) and entry.line > 0 and _is_day(entry.date)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _valid_votes(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= MAX_VOTES else None


def _valid_labels(labels: object) -> tuple[str, ...]:
    """Return the labels that can be stored: words without spaces, which separate them."""
    if not isinstance(labels, tuple | list):
        return ()
    lines = map(as_line, labels[:_MAX_LABELS])
    return tuple(line for line in lines if 0 < len(line) <= _MAX_LABEL_CHARS and " " not in line)


def _clean_problem(problem: Problem, path: str) -> Problem:
    """Return a problem with its final text, because messages of plug-ins have no translation."""
    message = truncate(as_line(problem.message), _MAX_MESSAGE_CHARS)
    return Problem(path, max(problem.line, 0), message, is_note=bool(problem.is_note))
