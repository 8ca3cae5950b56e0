"""Read a digest file: decode it, choose its dialect, and merge duplicate entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import itemgetter

from tui.digests import registry
from tui.digests.builder import limit_problems
from tui.digests.encodings import decode
from tui.digests.id_search import may_be_digest
from tui.digests.plugins import load_dialects
from tui.digests.registry import Dialect
from tui.digests.text_size import Refusal, json_refusal, text_refusal
from tui.i18n import N_
from tui.models import UNDATED, Digest, Entry, MessageValue, Problem
from tui.sanitize import EditorLineNumbers, clean
from tui.sources.git.lfs import is_lfs_pointer

_MAX_GENERAL_CHARS = 8_000_000
"""The general reader keeps a text as a tree, which takes about ten times the memory."""

_DIGEST_SUFFIXES = (".md", ".markdown", ".txt", ".json", ".jsonl", ".ndjson")
"""Names of files that are probably digests, even if their content is missing."""

_LFS_POINTER = N_(
    "is a Git LFS pointer instead of the file itself; run 'git lfs pull' in its repository, or"
    " download the file"
)


def read(data: bytes, path: str) -> Digest:
    """Read one file.

    Args:
        data: the whole file; any bytes are accepted.
        path: the file's name in problems. It also supplies the date if the text has none.

    Returns:
        The digest. If no dialect claims the text, its dialect is None and it has no entries and no
        problems, unless it stands for a digest that Git LFS did not download. Problems are sorted
        by line; lines are numbered as in a text editor.
    """
    text = DigestText(data)
    del data
    return read_text(text, path)


class DigestText:
    """The text of a file, raw and sanitized; both forms are computed on first use.

    It does not keep the file's content, which the caller can therefore release.

    Args:
        data: the whole file.

    Attributes:
        decoded: the text as it was decoded; empty if it is too large.
        problems: what is wrong with the encoding or the size: templates and values.
        is_too_large: whether reading it would take too much memory.
        is_lfs_pointer: whether Git LFS did not download the file.
        may_be_digest: whether it may have papers; if not, it is not decoded.
    """

    def __init__(self, data: bytes) -> None:
        self.decoded = ""
        self.problems: list[tuple[str, dict[str, MessageValue]]] = []
        self._cleaned: str | None = None
        self._raw: str | None = None
        self.is_lfs_pointer = is_lfs_pointer(data)
        self.may_be_digest = may_be_digest(data)
        too_large = text_refusal(data)
        self.is_too_large = too_large is not None
        if too_large is not None:
            self.problems.append(too_large)
            return
        if not self.may_be_digest and not load_dialects():
            return
        self.decoded, encoding_problem = decode(data)
        if encoding_problem:
            self.problems.append((encoding_problem, {}))

    @property
    def cleaned(self) -> str:
        """The sanitized text."""
        if self._cleaned is None:
            self._cleaned = clean(self.decoded)
        return self._cleaned

    @property
    def raw(self) -> str:
        r"""The decoded text with ``\n`` as line end."""
        if self._raw is None:
            self._raw = self.decoded.replace("\r\n", "\n").replace("\r", "\n")
        return self._raw

    def form_for(self, dialect: Dialect) -> str:
        """Return the form of the text that a dialect reads."""
        return self.raw if dialect.reads_raw else self.cleaned

    def keep_only(self, dialect: Dialect) -> str:
        """Return the form that a dialect reads, and release the others."""
        text = self.form_for(dialect)
        self.decoded, self._cleaned, self._raw = "", None, None
        return text


def read_text(text: DigestText, path: str) -> Digest:
    """Read the text of a file, which cannot be used again; see `read`."""
    if text.is_lfs_pointer:
        # Repositories keep pictures and models in Git LFS, too.
        is_digest = path.lower().endswith(_DIGEST_SUFFIXES)
        return Digest(path, None, problems=(Problem(path, 0, _LFS_POINTER),) if is_digest else ())
    general = [Problem(path, 0, template, values) for template, values in text.problems]
    if text.is_too_large or not text.decoded:
        return Digest(path, None, problems=tuple(general))
    if too_many_values := _json_refusal(text):
        return Digest(path, None, problems=(Problem(path, 0, *too_many_values),))
    digest = _read_with_first_fitting(text, path)
    if digest.dialect is None:
        return digest
    digest = _merge_duplicates(digest)
    problems = sorted(digest.problems, key=lambda problem: problem.line)
    return digest._replace(problems=(*general, *limit_problems(problems, path)))


def _read_with_first_fitting(text: DigestText, path: str) -> Digest:
    """Return what the first dialect that fits reads: one that finds papers with a day.

    In JSON, it must find titles, too, and the fallback authors and votes. Otherwise the result of
    the first that has most of these counts, else of the first that has problems. A text that is too
    large for the general reader is read by one dialect only.
    """
    digests = [((False, False, False, 0, False), Digest(path, None))]
    is_large = len(text.decoded) > _MAX_GENERAL_CHARS
    for dialect in _candidates(text):
        if not dialect.claims(text.form_for(dialect)):
            continue
        editor_line = None
        if not dialect.reads_raw and text.cleaned is not text.decoded:
            editor_line = EditorLineNumbers(text.decoded)
        form = text.keep_only(dialect) if is_large else text.form_for(dialect)
        digest = dialect.read(form, path)
        if editor_line is not None:
            digest = _renumber(digest, editor_line)
        # JSON may have the titles under another name than the dialect expects.
        has_titles = any(entry.title or not dialect.reads_raw for entry in digest.entries)
        has_days = any(entry.date != UNDATED for entry in digest.entries)
        kinds = _authors_and_votes(digest)
        has_fields = dialect.name != registry.FALLBACK.name or kinds == 2
        if is_large or (has_titles and has_days and has_fields and len(digests) == 1):
            return digest
        rank = (bool(digest.entries), has_titles, has_days, kinds, bool(digest.problems))
        digests.append((rank, digest))
    # `max` returns the first of several that are equal.
    return max(digests, key=itemgetter(0))[1]


def _authors_and_votes(digest: Digest) -> int:
    """Return 2 if a digest has authors and votes, 1 if it has one of them, else 0."""
    has_authors = any(entry.authors for entry in digest.entries)
    return has_authors + any(entry.votes is not None for entry in digest.entries)


def _json_refusal(text: DigestText) -> Refusal | None:
    """Return why a text that may be a digest in JSON has too many values; None if it has not."""
    if not registry.starts_like_json(text.decoded):
        return None
    refusal = json_refusal(text.decoded)
    return refusal if refusal and any(_json_candidates(text)) else None


def _json_candidates(text: DigestText) -> Iterator[Dialect]:
    return registry.candidates(text.raw[: registry.JSON_HEAD_CHARS], registry.JSON_DIALECTS)


def _candidates(text: DigestText) -> Iterator[Dialect]:
    """Yield the dialects to try in order: built-in, plug-ins, the fallback; loaded lazily."""
    if registry.starts_like_json(text.decoded):
        yield from _json_candidates(text)
        yield from load_dialects()
        if json_refusal(text.decoded) is None:
            yield from _general(text)
    else:
        yield from registry.candidates(text.cleaned, registry.MARKDOWN_DIALECTS)
        yield from load_dialects()
        yield from registry.candidates(text.cleaned, [registry.FALLBACK])
        yield from _general(text)


def _general(text: DigestText) -> Iterator[Dialect]:
    if len(text.decoded) <= _MAX_GENERAL_CHARS:
        yield from registry.candidates(text.raw, [registry.GENERAL])


def _renumber(digest: Digest, editor_line: EditorLineNumbers) -> Digest:
    """Convert line numbers of the sanitized text to those of the file."""
    entries = (entry._replace(line=editor_line(entry.line)) for entry in digest.entries)
    problems = (problem._replace(line=editor_line(problem.line)) for problem in digest.problems)
    return digest._replace(entries=tuple(entries), problems=tuple(problems))


def _merge_duplicates(digest: Digest) -> Digest:
    """Return the digest with one entry per paper and day, at the position of the first.

    Each field comes from the last entry that has it. A problem is added for every duplicate paper.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in digest.entries:
        groups.setdefault((entry.paper_id, entry.date), []).append(entry)
    if len(groups) == len(digest.entries):
        return digest
    problems = list(digest.problems)
    for first, *others in groups.values():
        if not others:
            continue
        template = N_("{id} occurs {times} times, first on line {line}; using the last")
        if len(others) == 1:
            template = N_("{id} occurs twice, first on line {line}; using the last")
        times = 1 + len(others)
        values: dict[str, MessageValue] = {"id": first.paper_id, "times": times, "line": first.line}
        problems.append(Problem(digest.path, others[0].line, template, values))
    entries = [reduce(_merge, group) for group in groups.values()]
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
