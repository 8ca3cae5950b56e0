"""Read a digest file, in whichever encoding and dialect it is written."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.digests import registry
from tui.digests.decode import decode
from tui.digests.deduplicate import merge_duplicates
from tui.digests.plugins import load_dialects
from tui.models import Digest, Problem
from tui.sanitize import EditorLineNumbers, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.digests.dialect import Dialect


def read(data: bytes, path: str) -> Digest:
    """Read one file.

    Args:
        data: the whole file; any bytes are accepted.
        path: the file's name in problems. It also supplies the date if the text has none.

    Returns:
        The digest. If no dialect claims the text, its dialect is None and it has no entries and no
        problems. Problems are sorted by line; lines are numbered as in a text editor.
    """
    decoded, encoding_problem = decode(data)
    text = _DecodedText(decoded)
    dialect = next((each for each in _candidates(text) if each.claims(text.form_for(each))), None)
    if dialect is None:
        return Digest(path, None)
    digest = dialect.read(text.form_for(dialect), path)
    if not dialect.reads_raw and text.cleaned is not decoded:
        digest = _renumber(digest, EditorLineNumbers(decoded))
    digest = merge_duplicates(digest)
    problems = sorted(digest.problems, key=lambda problem: problem.line)
    if encoding_problem:
        problems.insert(0, Problem(path, 0, encoding_problem))
    return digest._replace(problems=tuple(problems))


class _DecodedText:
    """A decoded text, raw and sanitized; both forms are computed on first use."""

    def __init__(self, decoded: str) -> None:
        self.is_json = registry.starts_like_json(decoded)
        self._decoded = decoded

    @cached_property
    def cleaned(self) -> str:
        return clean(self._decoded)

    @cached_property
    def raw(self) -> str:
        return self._decoded.replace("\r\n", "\n").replace("\r", "\n")

    def form_for(self, dialect: Dialect) -> str:
        """Return the form of the text that a dialect reads."""
        return self.raw if dialect.reads_raw else self.cleaned


def _candidates(text: _DecodedText) -> Iterator[Dialect]:
    """Yield the dialects to try in order: built-in, plug-ins, the fallback; loaded lazily."""
    if text.is_json:
        yield from registry.candidates(text.raw, is_json=True)
        yield from load_dialects()
    else:
        yield from registry.candidates(text.cleaned, is_json=False)
        yield from load_dialects()
        yield from registry.fallback(text.cleaned)


def _renumber(digest: Digest, editor_line: EditorLineNumbers) -> Digest:
    """Convert line numbers of the sanitized text to those of the file."""
    entries = (entry._replace(line=editor_line(entry.line)) for entry in digest.entries)
    problems = (problem._replace(line=editor_line(problem.line)) for problem in digest.problems)
    return digest._replace(entries=tuple(entries), problems=tuple(problems))
