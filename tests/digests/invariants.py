"""Invariants of every digest that a dialect returns."""

from __future__ import annotations

import re

from tui.models import UNDATED, Digest
from tui.sanitize import clean


def check_digest(digest: Digest) -> None:
    """Assert that the fields of a digest are valid, bounded and sanitized."""
    if digest.dialect is None:
        assert digest.entries == ()
        # Why it gave no paper, if it names any.
        assert [problem.line for problem in digest.problems] in ([], [0])
    identities = {(entry.paper_id, entry.date) for entry in digest.entries}
    assert len(identities) == len(digest.entries)
    for entry in digest.entries:
        is_elsewhere = re.fullmatch(r"(?:doi|openreview|acl|url):\S+", entry.paper_id)
        if digest.dialect != "general" or not is_elsewhere:
            assert re.fullmatch(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}", entry.paper_id)
        assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", entry.date) or entry.date == UNDATED
        assert entry.title is None or (0 < len(entry.title) <= 500)
        assert entry.votes is None or 0 <= entry.votes < 10_000_000
        assert all(0 < len(name) <= 200 and "\n" not in name for name in entry.authors)
        assert entry.thumbnail is None or re.fullmatch(r"(?i:https?)://\S+", entry.thumbnail)
        assert all(0 < len(label) <= 200 for label in entry.sections)
        assert entry.dialect == digest.dialect
        assert entry.line >= 1
        texts = [entry.title or "", *entry.authors, *entry.sections, entry.summary]
        for text in [*texts, entry.thumbnail or ""]:
            assert clean(text) == text
            assert text == text.strip("\n")
    for problem in digest.problems:
        assert problem.file == digest.path
        assert problem.line >= 0
        assert "\n" not in problem.message
        assert len(problem.message) < 300
    lines = [problem.line for problem in digest.problems]
    assert lines == sorted(lines)
