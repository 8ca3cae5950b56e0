"""Sources of every kind with far more text than papers, small for the tests and large by hand."""

from __future__ import annotations

import itertools
import json
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support.archives import add_member, make_old
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

WORDS = "Counting what the wind does to a mill of wood takes a while. "
EMOJI = "🌬️ "
"""Python stores a text with it in four bytes per character."""


def summary(characters: int, salt: str = "") -> str:
    """Return a text that compresses like prose if it has a salt, and by a thousand if not."""
    words = itertools.count()
    piece = "".join(f"{salt}{next(words)} {WORDS}" for _ in range(40)) if salt else WORDS
    return (piece * (characters // len(piece) + 1))[:characters]


def digest(number: int, megabytes: float, papers: int, *, prefix: str = "", salt: str = "") -> str:
    """Return a digest of May 2025 with a total length."""
    text = prefix + summary(int(megabytes * 1e6 / papers), salt)
    day = f"2025-05-{number % 28 + 1:02}"
    first = number * papers
    return ko_digest(
        day,
        [
            SamplePaper(f"2505.{first + paper:05}", f"Paper {first + paper}", 5, ("Ada",), text)
            for paper in range(papers)
        ],
    )


def digests(total_megabytes: float, each: float = 1.0, papers: int = 20) -> Iterator[str]:
    """Yield digests of one month, with a total length."""
    for number in range(int(total_megabytes / each)):
        yield digest(number, each, papers, salt=f"{number:x}")


def folder(root: Path, megabytes: float) -> Path:
    for number, text in enumerate(digests(megabytes, 2.0)):
        write_digest(root / "folder" / f"{number}.md", text)
    return root / "folder"


def zip_archive(root: Path, megabytes: float) -> Path:
    with zipfile.ZipFile(root / "papers.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(digests(megabytes)):
            archive.writestr(f"{number}.md", text)
    return make_old(root / "papers.zip")


def zip_bomb(root: Path, megabytes: float) -> Path:
    """Members of less than a megabyte, of which any one may compress as well as it likes."""
    with zipfile.ZipFile(root / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(int(megabytes)):
            archive.writestr(f"{number}.md", digest(number, 0.99, 2))
    return make_old(root / "bomb.zip")


def tar_archive(root: Path, megabytes: float) -> Path:
    with tarfile.open(root / "papers.tar.xz", "w:xz", preset=9) as archive:
        for number, text in enumerate(digests(megabytes)):
            add_member(archive, f"{number}.md", text)
    return make_old(root / "papers.tar.xz")


def single_file(root: Path, megabytes: float) -> Path:
    """One digest, of which every paper has a character that makes it four times as wide."""
    text = digest(1, megabytes, 500, prefix=EMOJI)
    return write_digest(root / "2025-05-01.md", text)


def many_papers(root: Path, megabytes: float) -> Path:
    """One digest with as many papers as fit into it."""
    lines = (
        f"## [a](https://arxiv.org/abs/{number // 90000 % 80 + 1001}.{number % 90000 + 10000})\n"
        for number in range(int(megabytes * 1e6 / 47))
    )
    return write_digest(root / "2025-05-01.md", "# 2025-05-01\n" + "".join(lines))


def many_problems(root: Path, megabytes: float) -> Path:
    """Digests of objects that are no papers."""
    paper = json.dumps({"paper": {"id": "2505.00001", "upvotes": 3, "title": "One"}}) + "\n"
    for number in range(10):
        text = paper + '{"paper":0}\n' * int(megabytes * 1e5 / 12)
        write_digest(root / "problems" / f"2025-05-{number + 1:02}.json", text)
    return root / "problems"


def nested_json(root: Path, megabytes: float) -> Path:
    """A paper with a field that takes thirty times the memory of its text."""
    field = "[" + "[]," * int(megabytes * 1e6 / 3) + "[]]"
    text = f'[{{"paper": {{"id": "2505.00001", "upvotes": 3, "x": {field}}}}}]'
    return write_digest(root / "2025-05-01.json", text)


def headings(root: Path, megabytes: float) -> Path:
    """A paper whose summary is nothing but headings."""
    text = ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 5, ("Ada",), "Text.")])
    return write_digest(root / "2025-05-01.md", text + "#### a\n" * int(megabytes * 1e6 / 7))


def page_headings(root: Path, megabytes: float) -> Path:
    """A page of which hardly any heading is a paper."""
    text = "# 2025-05-01\n\n## [One](https://arxiv.org/abs/2505.00001)\n\nText.\n"
    return write_digest(root / "2025-05-01.md", text + "# a\n" * int(megabytes * 1e6 / 4))


def controls(root: Path, megabytes: float) -> Path:
    """A paper whose summary is one line of short strings between control characters."""
    text = ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 5, ("Ada",), "Text.")])
    return write_digest(root / "2025-05-01.md", text + "ab\x01" * int(megabytes * 1e6 / 3))


def authors(root: Path, megabytes: float) -> Path:
    """Papers with thousands of short names."""
    names = ", ".join(f"a{number:x}" for number in range(4900))
    papers = range(int(megabytes * 1e6 / len(names)))
    text = ko_digest(
        "2025-05-01", [SamplePaper(f"2505.{n:05}", f"Paper {n}", 5, (names,)) for n in papers]
    )
    return write_digest(root / "2025-05-01.md", text)


def repository(root: Path, megabytes: float) -> Path:
    """The URL of a repository is the path of its folder."""
    folder(root, megabytes)
    git = ["git", "-C", str(root / "folder"), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Add digests"]):
        subprocess.run([*git, *command], check=True)
    return root / "folder"


class LargeSource(NamedTuple):
    """A kind of source.

    Attributes:
        write: writes it into a folder, with about a number of megabytes; returns its path.
        megabytes: its size in the tests; 0 if it is only read by hand, because it takes long.
        memory: the megabytes of memory that reading it may take in the tests. It took more, or
            grew with the size, when memory was not bounded.
        max_megabytes: its size by hand.
        problem: what a sync reports; empty if it reads everything.
    """

    write: Callable[[Path, float], Path]
    megabytes: float
    memory: float
    max_megabytes: float
    problem: str = ""


LARGE_SOURCES = {
    "a folder": LargeSource(folder, 40, 130, 2000),
    "a zip": LargeSource(zip_archive, 40, 130, 1000),
    "a zip bomb": LargeSource(zip_bomb, 70, 150, 979, "unpacks to more than 64 MB"),
    "a tar": LargeSource(tar_archive, 20, 98, 1000),
    "wide characters": LargeSource(single_file, 18, 150, 15, "takes more than 64 MB of memory"),
    "one file": LargeSource(single_file, 68, 100, 250, "is larger than 64 MB; skipped"),
    "papers": LargeSource(many_papers, 2, 90, 63),
    "problems": LargeSource(many_problems, 0.7, 60, 600, "are not listed"),
    "nested JSON": LargeSource(nested_json, 6, 120, 60, "has more than 3,000,000 JSON values"),
    "headings in a summary": LargeSource(headings, 0, 0, 63),
    "headings of a page": LargeSource(page_headings, 1.5, 80, 63),
    "control characters": LargeSource(controls, 12, 150, 63, "shortened"),
    "authors": LargeSource(authors, 9, 110, 63, "authors and sections"),
}
"""Sources by what they have too much of."""
