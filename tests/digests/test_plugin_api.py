"""The interface for plug-ins, under its current and its former names."""

from __future__ import annotations

import pytest

from tui.digests.plugin_validation import validate_digest
from tui.models import Digest, Entry, Problem

TEXT = """\
arXiv picks of 2025-05-01

2505.04921 +12 Counting Wind
    Three mills.
no paper
2505.04922 Waves
"""

CURRENT = """
import re

from tui.digests.plugin_api import Dialect, Digest, RecordDigestBuilder, day_in

PAPER = re.compile(r"(?P<id>\\d{4}\\.\\d{4,5})(?: \\+(?P<votes>\\d+))? (?P<title>.+)")


def claims(text: str) -> bool:
    return text.startswith("arXiv picks of ")


def read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, "picks", is_arxiv_title=False)
    first, *lines = text.splitlines()
    for number, line in enumerate(lines, start=2):
        if paper := PAPER.fullmatch(line):
            builder.add_paper(
                number,
                arxiv_id=paper["id"],
                day=day_in(first),
                title=paper["title"],
                votes=int(paper["votes"]) if paper["votes"] else None,
                summary="Words.",
            )
        elif line and not line.startswith(" "):
            builder.report(number, "expected an id and a title, found {what}", what=line)
    return builder.build()


DIALECT = Dialect("picks", claims, read)
"""

FORMER = (
    CURRENT.replace("tui.digests.plugin_api", "tui.dialects")
    .replace("RecordDigestBuilder", "Gathering")
    .replace("builder.add_paper", "gathering.tell")
    .replace("builder.build", "gathering.digest")
    .replace("builder", "gathering")
)


@pytest.mark.parametrize("source", [CURRENT, FORMER], ids=["current", "former"])
def test_plugin_reads_its_format(source: str) -> None:
    module: dict[str, object] = {}
    exec(source, module)  # in a new namespace
    dialect = module["DIALECT"]
    from tui.digests.registry import Dialect

    assert isinstance(dialect, Dialect)
    assert dialect.claims(TEXT)
    digest = validate_digest(dialect.read(TEXT, "picks.txt"), "picks", "picks.txt")
    assert [(entry.arxiv_id, entry.line, entry.votes) for entry in digest.entries] == [
        ("2505.04921", 3, 12),
        ("2505.04922", 6, None),
    ]
    first = digest.entries[0]
    assert (first.title, first.is_arxiv_title, first.date) == ("Counting Wind", False, "2025-05-01")
    assert [str(problem) for problem in digest.problems] == [
        "picks.txt:5: expected an id and a title, found no paper"
    ]


def test_labels_of_a_plugin_are_words() -> None:
    entry = Entry(
        paper_id="2505.04921", date="2025-05-01", title="Wind", is_arxiv_title=False, votes=None,
        authors=(), thumbnail=None, summary="", sections=(), dialect="picks", line=1,
        labels=("cs.CL", "two words", "+cross", "x" * 100, 7, "cs\x1b[31m.LG"),  # type: ignore[arg-type]
    )  # fmt: skip
    digest = validate_digest(Digest("picks.txt", "picks", (entry,)), "picks", "picks.txt")
    assert [each.labels for each in digest.entries] == [("cs.CL", "+cross", "cs.LG")]


def test_former_names_are_complete() -> None:
    # The names that plug-ins could import before `tui.digests.plugin_api` existed.
    names = (
        "Dialect Digest Entry Gathering Problem clean day_in day_in_path id_in_address number_of"
    )
    import tui.dialects

    assert sorted(tui.dialects.__all__) == sorted(names.split())
    assert all(hasattr(tui.dialects, name) for name in names.split())


def test_former_names_have_their_former_signatures() -> None:
    from tui.dialects import Gathering, id_in_address, number_of
    from tui.dialects import Problem as FormerProblem

    gathering = Gathering("x.txt", "picks", is_arxiv_title=True, follows_path=False)
    gathering.report(line=1, words="seen {what}", what="wind")
    gathering.problems.append(FormerProblem("x.txt", 2, words="waves"))
    gathering.tell(3, arxiv_id="2505.04921", day="2025-05-01", title="Wind", authors=["Ada"])
    digest = gathering.digest()
    assert isinstance(digest, Digest)
    assert [str(problem) for problem in digest.problems] == ["x.txt:1: seen wind", "x.txt:2: waves"]
    assert [
        problem.words for problem in gathering.problems if isinstance(problem, FormerProblem)
    ] == [
        "seen {what}",
        "waves",
    ]
    assert all(isinstance(problem, Problem) for problem in digest.problems)
    assert digest.entries[0].authors == ("Ada",)
    assert id_in_address("https://arxiv.org/abs/2505.04921v2") == "2505.04921"
    assert number_of("1.2k") == 1200


def test_entry_takes_its_id_under_the_former_name() -> None:
    from tui.dialects import Entry as FormerEntry
    from tui.digests.plugin_api import Entry

    assert FormerEntry is Entry
    rest = ("2025-05-01", "Wind", False, None, (), None, "", (), "picks", 3)
    names = Entry._fields[1:]
    entry = Entry(arxiv_id="2505.04921", **dict(zip(names, rest, strict=False)))
    assert entry == Entry("2505.04921", *rest)
    assert (entry.paper_id, entry.arxiv_id) == ("2505.04921", "2505.04921")
    other = entry._replace(arxiv_id="2505.04922", line=4)
    assert (other.paper_id, other.line) == ("2505.04922", 4)
    read = validate_digest(Digest("x.txt", "picks", (entry, other)), "picks", "x.txt")
    assert [each.paper_id for each in read.entries] == ["2505.04921", "2505.04922"]
