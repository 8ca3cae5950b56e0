"""Read a digest file: decode it, choose its dialect, and merge duplicate entries."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import cached_property, reduce

from tui.digests import registry
from tui.digests.plugins import load_dialects
from tui.digests.registry import Dialect
from tui.i18n import N_
from tui.models import Digest, Entry, MessageValue, Problem
from tui.sanitize import EditorLineNumbers, clean
from tui.sources.git.lfs import is_lfs_pointer

# The share of unreadable non-ASCII characters above which another encoding is more likely. cp949
# Korean decoded as UTF-8 loses 90% of its characters; a damaged UTF-8 file loses a few.
_MAX_DAMAGE = 0.4

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
    if is_lfs_pointer(data):
        # Repositories keep pictures and models in Git LFS, too.
        is_digest = path.lower().endswith(_DIGEST_SUFFIXES)
        return Digest(path, None, problems=(Problem(path, 0, _LFS_POINTER),) if is_digest else ())
    decoded, encoding_problem = decode(data)
    text = _DecodedText(decoded)
    dialect = next((each for each in _candidates(text) if each.claims(text.form_for(each))), None)
    if dialect is None:
        return Digest(path, None)
    digest = dialect.read(text.form_for(dialect), path)
    if not dialect.reads_raw and text.cleaned is not decoded:
        digest = _renumber(digest, EditorLineNumbers(decoded))
    digest = _merge_duplicates(digest)
    problems = sorted(digest.problems, key=lambda problem: problem.line)
    if encoding_problem:
        problems.insert(0, Problem(path, 0, encoding_problem))
    return digest._replace(problems=tuple(problems))


class _DecodedText:
    """A decoded text, raw and sanitized; both forms are computed on first use."""

    def __init__(self, decoded: str) -> None:
        self.decoded = decoded

    @cached_property
    def cleaned(self) -> str:
        return clean(self.decoded)

    @cached_property
    def raw(self) -> str:
        return self.decoded.replace("\r\n", "\n").replace("\r", "\n")

    def form_for(self, dialect: Dialect) -> str:
        """Return the form of the text that a dialect reads."""
        return self.raw if dialect.reads_raw else self.cleaned


def _candidates(text: _DecodedText) -> Iterator[Dialect]:
    """Yield the dialects to try in order: built-in, plug-ins, the fallback; loaded lazily."""
    if registry.starts_like_json(text.decoded):
        yield from registry.candidates(text.raw[: registry.JSON_HEAD_CHARS], registry.JSON_DIALECTS)
        yield from load_dialects()
    else:
        yield from registry.candidates(text.cleaned, registry.MARKDOWN_DIALECTS)
        yield from load_dialects()
        yield from registry.candidates(text.cleaned, [registry.FALLBACK])


def _renumber(digest: Digest, editor_line: EditorLineNumbers) -> Digest:
    """Convert line numbers of the sanitized text to those of the file."""
    entries = (entry._replace(line=editor_line(entry.line)) for entry in digest.entries)
    problems = (problem._replace(line=editor_line(problem.line)) for problem in digest.problems)
    return digest._replace(entries=tuple(entries), problems=tuple(problems))


def decode(data: bytes) -> tuple[str, str | None]:
    """Decode a file, whatever its encoding; never fails.

    Args:
        data: the whole file.

    Returns:
        The text, not yet sanitized, and a message (marked with ``N_``) if it is not plain UTF-8. A
        byte order mark is fine.
    """
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = N_("the file is encoded in UTF-16; save it as UTF-8")
        return data.decode("utf-16", "replace"), message
    for encoding, message in (
        ("utf-8-sig", N_("some bytes are not valid UTF-8; shown as \ufffd")),
        ("cp949", N_("the file is not UTF-8 and was read as cp949; save it as UTF-8")),
    ):
        text = data.decode(encoding, "replace")
        non_ascii = len(text) - len(text.encode("ascii", "ignore"))
        if text.count("\ufffd") / max(non_ascii, 1) <= _MAX_DAMAGE:
            return text, message
    text = data.decode("cp1252", "replace")
    return text, N_("the file is not UTF-8 and was read as Windows-1252; save it as UTF-8")


def _merge_duplicates(digest: Digest) -> Digest:
    """Return the digest with one entry per paper and day, at the position of the first.

    Each field comes from the last entry that has it. A problem is added for every duplicate paper.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in digest.entries:
        groups.setdefault((entry.arxiv_id, entry.date), []).append(entry)
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
        values: dict[str, MessageValue] = {"id": first.arxiv_id, "times": times, "line": first.line}
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
