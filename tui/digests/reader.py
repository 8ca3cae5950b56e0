"""Reads a digest: whatever the bytes, in whichever dialect they are written."""

from __future__ import annotations

from collections.abc import Iterator

from tui.digests import registry
from tui.digests.decode import decode
from tui.digests.deduplicate import merge_duplicates
from tui.digests.dialect import Dialect
from tui.digests.plugins import load_dialects as dialects_of_others
from tui.models import Digest, Problem
from tui.sanitize import EditorLineNumbers, clean


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
    text = _DecodedText(decoded)
    dialect = _dialect_of(text)
    if dialect is None:
        return Digest(path, None)
    digest = dialect.read(text.as_asked(dialect), path)
    if not dialect.reads_raw and text.cleaned is not decoded:
        digest = _renumbered(digest, EditorLineNumbers(decoded))
    digest = merge_duplicates(digest)
    problems = sorted(digest.problems, key=lambda problem: problem.line)
    if complaint:
        problems.insert(0, Problem(path, 0, complaint))
    return digest._replace(problems=tuple(problems))


class _DecodedText:
    """A text as it was decoded and as it is cleaned, which takes a while and not all need."""

    def __init__(self, decoded: str) -> None:
        self.is_json = registry.starts_like_json(decoded)
        self._decoded = decoded
        self._cleaned: str | None = None
        self._raw: str | None = None

    @property
    def cleaned(self) -> str:
        if self._cleaned is None:
            self._cleaned = clean(self._decoded)
        return self._cleaned

    @property
    def raw(self) -> str:
        if self._raw is None:
            self._raw = self._decoded.replace("\r\n", "\n").replace("\r", "\n")
        return self._raw

    def as_asked(self, dialect: Dialect) -> str:
        return self.raw if dialect.reads_raw else self.cleaned


def _dialect_of(text: _DecodedText) -> Dialect | None:
    """Return the dialect that claims a text: one of ours, one of others', or the last resort."""
    return next((each for each in _candidates(text) if each.claims(text.as_asked(each))), None)


def _candidates(text: _DecodedText) -> Iterator[Dialect]:
    """Yield those that are to be asked; the later ones are loaded only if nobody claims it."""
    if text.is_json:
        yield from registry.candidates(text.raw, is_json=True)
        yield from dialects_of_others()
    else:
        yield from registry.candidates(text.cleaned, is_json=False)
        yield from dialects_of_others()
        yield from registry.fallback(text.cleaned)


def _renumbered(digest: Digest, line_in_editor: EditorLineNumbers) -> Digest:
    """Return the digest with the line numbers of the file instead of the cleaned text's."""
    entries = (entry._replace(line=line_in_editor(entry.line)) for entry in digest.entries)
    problems = (found._replace(line=line_in_editor(found.line)) for found in digest.problems)
    return digest._replace(entries=tuple(entries), problems=tuple(problems))
