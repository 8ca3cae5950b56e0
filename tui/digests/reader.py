"""Read a digest file: decode it, choose its dialect, and merge duplicate entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, reduce
from operator import itemgetter
from typing import NamedTuple

from tui.digests import registry
from tui.digests.builder import limit_problems
from tui.digests.detail_files import as_details, is_details_file
from tui.digests.encodings import DAMAGED, decode, name_of_encoding
from tui.digests.general.markup.mail import without_mime
from tui.digests.id_search import may_be_digest
from tui.digests.plugins import load_dialects
from tui.digests.registry import Dialect
from tui.digests.text_size import Refusal, json_refusal, text_refusal
from tui.i18n import N_
from tui.models import UNDATED, Digest, Entry, Problem
from tui.sanitize import EditorLineNumbers, clean
from tui.sources.git.lfs import is_lfs_pointer

MAX_GENERAL_CHARS = 8_000_000
"""The general reader keeps a text as a tree, which takes about ten times the memory."""

_MAX_COMPARED_CHARS = 500_000
"""Of a longer page, what the fallback reads is not compared with the general reader."""

_DIGEST_SUFFIXES = (".md", ".markdown", ".txt", ".json", ".jsonl", ".ndjson")
"""Names of files that are probably digests, even if their content is missing."""

_LFS_POINTER = N_(
    "is a Git LFS pointer instead of the file itself; run 'git lfs pull' in its repository, or"
    " download the file"
)

_DEFECT = N_(
    "skipped because of a defect of Broadsheet ({error}); please report it, with what"
    " 'broadsheet why' says about this file"
)


class Attempt(NamedTuple):
    """A dialect that was tried on a text, for explanations.

    Attributes:
        dialect: its name.
        digest: what it read; None if it did not claim the text.
    """

    dialect: str
    digest: Digest | None


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


def read_or_report(data: bytes, path: str) -> Digest:
    """Read one file of many; see `read`. A defect of a dialect becomes a problem of the file."""
    try:
        return read(data, path)
    except Exception as error:
        from tui.runtime.crash_log import summary_of

        defect = Problem(path, 0, _DEFECT, {"error": summary_of(error)})
        return Digest(path, None, problems=(defect,))


class DigestText:
    """The text of a file, raw and sanitized; both forms are computed on first use.

    It does not keep the file's content, which the caller can therefore release.

    Args:
        data: the whole file.

    Attributes:
        decoded: the text as it was decoded; empty if it is too large.
        encoding: the name of its encoding; empty if it is too large.
        problems: what is wrong with the encoding or the size; without the name of the file.
        is_too_large: whether reading it would take too much memory.
        is_lfs_pointer: whether Git LFS did not download the file.
        may_be_digest: whether it may have papers; if not, it is not decoded.
    """

    def __init__(self, data: bytes) -> None:
        self.decoded = self.encoding = ""
        self.problems: list[Problem] = []
        self._cleaned: str | None = None
        self._raw: str | None = None
        data = without_mime(data)
        self.is_lfs_pointer = is_lfs_pointer(data)
        self.may_be_digest = may_be_digest(data)
        too_large = text_refusal(data)
        self.is_too_large = too_large is not None
        if too_large is not None:
            self.problems.append(Problem("", 0, *too_large))
            return
        if not self.may_be_digest and not load_dialects():
            return
        self.decoded, message = decode(data)
        self.encoding = name_of_encoding(message)
        if message:
            self.problems.append(Problem("", 0, message, is_note=message != DAMAGED))

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

    @cached_property
    def json_refusal(self) -> Refusal | None:
        """Why it has too many values to be read as JSON; None if it has not."""
        return json_refusal(self.decoded)

    def form_for(self, dialect: Dialect) -> str:
        """Return the form of the text that a dialect reads."""
        return self.raw if dialect.reads_raw else self.cleaned

    def keep_only(self, dialect: Dialect) -> str:
        """Return the form that a dialect reads, and release the others."""
        text = self.form_for(dialect)
        self.decoded, self._cleaned, self._raw = "", None, None
        return text


def read_text(text: DigestText, path: str, attempts: list[Attempt] | None = None) -> Digest:
    """Read the text of a file, which cannot be used again; see `read`.

    Args:
        text: the text.
        path: the file's name.
        attempts: the dialects that are tried are added to it.
    """
    if text.is_lfs_pointer:
        # Repositories keep pictures and models in Git LFS, too.
        is_digest = path.lower().endswith(_DIGEST_SUFFIXES)
        return Digest(path, None, problems=(Problem(path, 0, _LFS_POINTER),) if is_digest else ())
    general = [problem._replace(file=path) for problem in text.problems]
    if text.is_too_large:
        return Digest(path, None, problems=tuple(general))
    if not text.decoded:
        return Digest(path, None)
    if too_many_values := _json_refusal(text):
        return Digest(path, None, problems=(Problem(path, 0, *too_many_values),))
    attempts = [] if attempts is None else attempts
    digest = _read_with_first_fitting(text, path, attempts)
    if not digest.entries and (why := _unread_problem(digest, text, attempts)):
        digest = digest._replace(problems=(*digest.problems, why))
    if digest.dialect is None:
        return digest
    digest = _merge_duplicates(as_details(digest) if is_details_file(path) else digest)
    problems = sorted(digest.problems, key=lambda problem: problem.line)
    return digest._replace(problems=(*general, *limit_problems(problems, path)))


def _read_with_first_fitting(text: DigestText, path: str, attempts: list[Attempt]) -> Digest:
    """Return what the first dialect that fits reads: one that finds papers with a day.

    In JSON, it must find titles, too, and the fallback authors and votes. Otherwise the result of
    the first that has most of these counts, else of the first that has problems. A text that is too
    large for the general reader is read by one dialect only.
    """
    digests = [((False, False, False, 0, False), Digest(path, None))]
    is_large = len(text.decoded) > MAX_GENERAL_CHARS
    for dialect in _candidates(text):
        if not dialect.claims(text.form_for(dialect)):
            attempts.append(Attempt(dialect.name, None))
            continue
        editor_line = None
        if not dialect.reads_raw and text.cleaned is not text.decoded:
            editor_line = EditorLineNumbers(text.decoded)
        form = text.keep_only(dialect) if is_large else text.form_for(dialect)
        digest = dialect.read(form, path)
        if editor_line is not None:
            digest = _renumber(digest, editor_line)
        attempts.append(Attempt(dialect.name, digest))
        is_fallback = dialect.name == registry.FALLBACK.name
        # JSON may have the titles under another name than the dialect expects.
        may_lack_titles = not (dialect.reads_raw or is_fallback)
        has_titles = any(entry.title or may_lack_titles for entry in digest.entries)
        has_days = any(entry.date != UNDATED for entry in digest.entries)
        kinds = _authors_and_votes(digest)
        is_long = len(text.decoded) > _MAX_COMPARED_CHARS
        has_fields = not is_fallback or kinds == 2 or is_long
        is_complete = has_titles and has_days and has_fields and len(digests) == 1
        if is_large or dialect.is_certain or is_complete:
            return digest
        rank = (bool(digest.entries), has_titles, has_days, kinds, bool(digest.problems))
        digests.append((rank, digest))
    # `max` returns the first of several that are equal.
    return max(digests, key=itemgetter(0))[1]


def _authors_and_votes(digest: Digest) -> int:
    """Return 2 if a digest has authors and votes, 1 if it has one of them, else 0."""
    has_authors = any(entry.authors for entry in digest.entries)
    return has_authors + any(entry.votes is not None for entry in digest.entries)


def _unread_problem(digest: Digest, text: DigestText, attempts: list[Attempt]) -> Problem | None:
    """Return why a text gave no paper although it names some, unless a problem says it already."""
    is_too_large = len(text.decoded) > MAX_GENERAL_CHARS
    is_known = any(not problem.is_note for problem in digest.problems)
    # The general reader is tried on every text that may name a paper.
    may_name_papers = any(attempt.dialect == registry.GENERAL.name for attempt in attempts)
    if is_known or not (may_name_papers or is_too_large):
        return None
    from tui.digests.explain.unread import unread_problem

    return unread_problem(text.decoded, digest.path, is_too_large=is_too_large)


def _json_refusal(text: DigestText) -> Refusal | None:
    """Return why a text that may be a digest in JSON has too many values; None if it has not."""
    if not registry.starts_like_json(text.decoded):
        return None
    refusal = text.json_refusal
    return refusal if refusal and any(_json_candidates(text)) else None


def _json_candidates(text: DigestText) -> Iterator[Dialect]:
    return registry.candidates(text.raw[: registry.JSON_HEAD_CHARS], registry.JSON_DIALECTS)


def _candidates(text: DigestText) -> Iterator[Dialect]:
    """Yield the dialects to try in order: built-in, plug-ins, the fallback; loaded lazily."""
    if registry.starts_like_json(text.decoded):
        yield from _json_candidates(text)
        yield from load_dialects()
        if text.json_refusal is None:
            yield from _general(text)
    else:
        yield from registry.candidates(text.cleaned, registry.MARKDOWN_DIALECTS)
        yield from load_dialects()
        yield from registry.candidates(text.cleaned, [registry.FALLBACK])
        yield from _general(text)


def _general(text: DigestText) -> Iterator[Dialect]:
    if len(text.decoded) <= MAX_GENERAL_CHARS:
        yield from registry.candidates(text.raw, [registry.GENERAL])


def _renumber(digest: Digest, editor_line: EditorLineNumbers) -> Digest:
    """Convert line numbers of the sanitized text to those of the file."""
    entries = (entry._replace(line=editor_line(entry.line)) for entry in digest.entries)
    problems = (problem._replace(line=editor_line(problem.line)) for problem in digest.problems)
    return digest._replace(entries=tuple(entries), problems=tuple(problems))


def _merge_duplicates(digest: Digest) -> Digest:
    """Return the digest with one entry per paper and day, at the position of the first.

    Each field comes from the last entry that has it.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in digest.entries:
        groups.setdefault((entry.paper_id, entry.date), []).append(entry)
    if len(groups) == len(digest.entries):
        return digest
    return digest._replace(entries=tuple(reduce(_merge, group) for group in groups.values()))


def _merge(earlier: Entry, later: Entry) -> Entry:
    summarized = later if later.summary else earlier
    return later._replace(
        title=later.title or earlier.title,
        is_arxiv_title=(later if later.title else earlier).is_arxiv_title,
        votes=earlier.votes if later.votes is None else later.votes,
        authors=later.authors or earlier.authors,
        thumbnail=later.thumbnail or earlier.thumbnail,
        labels=tuple(dict.fromkeys((*earlier.labels, *later.labels))),
        summary=summarized.summary,
        sections=summarized.sections,
        published=later.published or earlier.published,
        line=earlier.line,
    )
