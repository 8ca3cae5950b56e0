"""Reads a digest: whatever the bytes, in whichever dialect they are written."""

from __future__ import annotations

from tui.digests import daily_papers, daily_papers_ko
from tui.digests.repeats import merge_repeats
from tui.digests.text import decode
from tui.model import Digest, Problem
from tui.untrusted import LineNumbers, clean

DIALECTS = (daily_papers_ko.DIALECT, daily_papers.DIALECT)
"""Every dialect, in the order in which they are asked whether a text is theirs."""


def read(data: bytes, path: str) -> Digest:
    """Read one file.

    Args:
        data: the whole file; no bytes make this fail.
        path: the file as problems shall name it. It also tells the day where the text does not.

    Returns:
        What was found. Its dialect is None if no dialect claims the text; then there are neither
        entries nor problems, as the file is none of ours. Problems are ordered by line, and lines
        are numbered as a text editor does.
    """
    decoded, complaint = decode(data)
    text = clean(decoded)
    dialect = next((dialect for dialect in DIALECTS if dialect.claims(text)), None)
    if dialect is None:
        return Digest(path, None)
    digest = dialect.read(text, path)
    if text is not decoded:
        digest = _renumbered(digest, LineNumbers(decoded))
    digest = merge_repeats(digest)
    problems = sorted(digest.problems, key=lambda problem: problem.line)
    if complaint:
        problems.insert(0, Problem(path, 0, complaint))
    return digest._replace(problems=tuple(problems))


def _renumbered(digest: Digest, line_in_editor: LineNumbers) -> Digest:
    """Return the digest with the line numbers of the file instead of the cleaned text's."""
    entries = (entry._replace(line=line_in_editor(entry.line)) for entry in digest.entries)
    problems = (found._replace(line=line_in_editor(found.line)) for found in digest.problems)
    return digest._replace(entries=tuple(entries), problems=tuple(problems))
