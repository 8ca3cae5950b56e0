"""Why a file that names papers gave none."""

from __future__ import annotations

import re
from collections import Counter
from posixpath import basename

from tui.digests.dialects import general
from tui.digests.explain.left_over import LeftOverFinder, Reason, ids_by_line
from tui.digests.explain.structure import structure_of
from tui.digests.id_search import names_paper
from tui.i18n import N_
from tui.models import Problem

_MAX_EXPLAINED_IDS = 100

_TEXT_SUFFIXES = (
    ".md", ".markdown", ".mdx", ".txt", ".rst", ".org", ".json", ".jsonl", ".ndjson", ".yaml",
    ".yml", ".csv", ".tsv", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".log",
)  # fmt: skip
"""Names of files that may be digests. Papers in a program or a bibliography are no digest."""

_ABOUT_THE_FOLDER = re.compile(
    r"(?:readme|changelog|contributing|license|licence|citation|code_of_conduct|security|authors"
    r"|index|_?config)\b",
    re.IGNORECASE,
)

_EXPORT = N_("was written by 'broadsheet export'; not read")
_OTHER_FORMAT = N_("names papers, but its format is not one of digests; not read")
_TOO_LARGE = N_(
    "names papers, but in no known form, and is too large for any other; not read. Split it into"
    " several files"
)
_REASONS = {
    Reason.IN_TEXT: N_("names papers only in running text; not read"),
    Reason.IN_REFERENCES: N_("names papers only as references; not read"),
    Reason.IN_CODE: N_("names papers only in blocks of code; not read"),
    Reason.IN_DATA: N_("names papers, but no object has both a title and an id; not read"),
    Reason.OF_PROJECT: N_("is the page of a project; not read"),
    Reason.IN_INDEX: N_("is an index of digests, which are read themselves"),
    Reason.WITHOUT_TITLE: N_("names papers without their titles; not read"),
}
_NO_DIGEST = frozenset({Reason.OF_PROJECT, Reason.IN_INDEX})
_OTHER_REASON = N_("names papers, but in no heading, list item, table row or field; not read")


def unread_problem(text: str, path: str, *, is_too_large: bool) -> Problem | None:
    """Return why a text that gave no paper gave none, or None if it names none.

    Args:
        text: the decoded text.
        path: the path of the file.
        is_too_large: whether it is too large for the general reader.
    """
    if not names_paper(text):
        return None
    if general.is_own_export(text):
        return Problem(path, 0, _EXPORT, is_note=True)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    ids = ids_by_line(text.split("\n"), _MAX_EXPLAINED_IDS)
    if not ids:
        return None
    name = basename(path).lower()
    if "." in name and not name.endswith(_TEXT_SUFFIXES):
        return Problem(path, 0, _OTHER_FORMAT, is_note=True)
    if is_too_large:
        return Problem(path, 0, _TOO_LARGE)
    reason = _main_reason(text, ids)
    is_note = reason in _NO_DIGEST or (
        reason in {Reason.IN_TEXT, Reason.IN_REFERENCES}
        and _ABOUT_THE_FOLDER.match(name) is not None
    )
    return Problem(path, 0, _REASONS.get(reason, _OTHER_REASON), is_note=is_note)


def _main_reason(text: str, ids: dict[str, list[int]]) -> Reason:
    """Return the reason that most of the first ids have."""
    finder = LeftOverFinder(structure_of(text), ())
    return Counter(each.reason for each in finder.find(ids)).most_common(1)[0][0]
