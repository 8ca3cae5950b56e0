"""Limits on what is taken out of one file. None of them is silent."""

from __future__ import annotations

import json

import pytest

from tests.support.sample_digests import SamplePaper, block_digest, hub_digest, ko_digest
from tui.digests import builder, text_size
from tui.digests.dialects import table
from tui.digests.reader import read
from tui.models import Digest

PATH = "2025-05-01.md"


def papers(number: int) -> list[SamplePaper]:
    ids = [f"2505.{each:05}" for each in range(number)]
    return [SamplePaper(arxiv_id, f"Paper {arxiv_id}", 1, ("Ada Bell",)) for arxiv_id in ids]


@pytest.fixture(autouse=True)
def _low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_size, "MAX_TEXT_BYTES", 4 << 20)
    monkeypatch.setattr(text_size, "_SMALL_BYTES", 1 << 20)
    monkeypatch.setattr(text_size, "MAX_JSON_VALUES", 1000)
    monkeypatch.setattr(builder, "MAX_PAPERS", 5)
    monkeypatch.setattr(builder, "MAX_PROBLEMS", 10)
    monkeypatch.setattr(builder, "MAX_SUMMARY_CHARS", 2000)
    monkeypatch.setattr(builder, "MAX_PAPER_CHARS", 5000)


def messages(digest: Digest) -> list[str]:
    return [problem.message for problem in digest.problems]


def read_page(text: str) -> Digest:
    return read(text.encode(), PATH)


def test_papers_above_the_limit_are_reported() -> None:
    digest = read_page(ko_digest("2025-05-01", papers(8)))
    assert [entry.arxiv_id for entry in digest.entries] == [f"2505.{n:05}" for n in range(5)]
    lines = ko_digest("2025-05-01", papers(8)).splitlines()
    line = 1 + next(number for number, text in enumerate(lines) if "2505.00005" in text)
    assert messages(digest)[0] == (
        f"has more than 5 papers; those from line {line} on are skipped."
        " Split it into several files"
    )


def test_names_above_the_limit_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "MAX_NAMES", 5)
    digest = read_page(ko_digest("2025-05-01", papers(4)))
    assert [len(entry.authors) for entry in digest.entries] == [1, 1, 0, 0]
    assert [len(entry.sections) for entry in digest.entries] == [1, 1, 0, 0]
    assert "has more than 5 authors and sections; those from line " in messages(digest)[0]


def test_problems_above_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "MAX_PAPERS", 100)
    without_votes = [paper for number in range(25) for paper in [SamplePaper(f"2505.{number:05}")]]
    digest = read_page(ko_digest("2025-05-01", without_votes))
    # Each paper lacks votes and authors.
    assert len(digest.problems) == 11
    assert messages(digest)[-1] == ("40 more notes on this file, from this line on, are not listed")
    assert digest.problems[-1].line > digest.problems[-2].line


def test_notes_do_not_displace_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "MAX_PAPERS", 100)
    without_votes = [SamplePaper(f"2505.{number:05}") for number in range(25)]
    skipped = "### Wind\n\nVote: 3\n\nAuthors: Eli Fox\n\n- ***What's New***: words\n\n" * 12
    digest = read_page(ko_digest("2025-05-01", without_votes) + f"\n{skipped}")
    problems = [each.message for each in digest.problems if not each.is_note]
    assert len(problems) == 11
    assert set(problems[:10]) == {"the paper has no link to arXiv; skipped"}
    assert problems[10] == "2 more problems in this file, from this line on, are not listed"
    assert sum(each.is_note for each in digest.problems) == 11


@pytest.mark.parametrize("characters", [2001, 4000])
def test_long_summary_is_shortened(characters: int) -> None:
    paper = SamplePaper("2505.00001", "One", 1, ("Ada Bell",), "x" * characters)
    for text in (ko_digest("2025-05-01", [paper]), hub_digest("2025-05-01", [paper])):
        digest = read_page(text)
        assert len(digest.entries[0].summary) == 2000
        assert messages(digest) == ["the summary has more than 2,000 characters; shortened"]
    [digest] = [read_page(block_digest("2025-05-01", [paper]))]
    assert len(digest.entries[0].summary) == 2000


def test_long_paper_is_cut() -> None:
    paper = SamplePaper("2505.00001", "One", 1, ("Ada Bell",), "x" * 6000)
    digest = read_page(ko_digest("2025-05-01", [paper, *papers(1)]))
    assert [entry.arxiv_id for entry in digest.entries] == ["2505.00001", "2505.00000"]
    assert "characters; only the first 5,000 are read" in messages(digest)[0]


def test_long_row_of_a_table_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_MAX_LINE_CHARS", 200)
    row = "| One (Read more on [arXiv](https://arxiv.org/abs/2505.00001)) | Ada | {} |\n"
    head = "## Papers for 2025-05-01\n\n| Title | Authors | Summary |\n|---|---|---|\n"
    digest = read_page(head + row.format("x" * 500) + row.replace("00001", "00002").format("y"))
    assert [entry.arxiv_id for entry in digest.entries] == ["2505.00001", "2505.00002"]
    assert "characters; only the first 200 are read" in " ".join(messages(digest))


def test_text_that_takes_too_much_memory_is_not_read() -> None:
    text = ko_digest("2025-05-01", papers(2)) + "words " * 250_000
    assert len(read_page(text).entries) == 2
    assert len(read_page(text.replace("words", "단어", 1)).entries) == 2
    digest = read_page(text.replace("words", "🌬", 1))
    assert (digest.dialect, digest.entries) == (None, ())
    assert messages(digest) == [
        "takes more than 4 MB of memory; skipped. Split it into several files"
    ]


def test_large_file_in_another_encoding_is_not_read() -> None:
    text = ko_digest("2025-05-01", papers(2)) + "단어 " * 400_000
    assert len(read(text.encode("utf-16"), PATH).entries) == 2
    digest = read(text.encode("cp949"), PATH)
    assert (digest.dialect, digest.entries) == (None, ())
    assert messages(digest) == ["is larger than 1 MB and not UTF-8; skipped. Save it as UTF-8"]
    digest = read(f"{text}\n🌬".encode("utf-16"), PATH)
    assert messages(digest) == [
        "takes more than 4 MB of memory; skipped. Split it into several files"
    ]


def test_json_of_too_many_values_is_not_read() -> None:
    row = json.loads(hub_digest("2025-05-01", papers(1)))[0]
    assert len(read_page(json.dumps([{**row, "x": [[]] * 400}])).entries) == 1
    digest = read_page(json.dumps([{**row, "x": [[]] * 600}]))
    assert (digest.dialect, digest.entries) == (None, ())
    assert messages(digest) == [
        "has more than 1,000 JSON values; skipped. Split it into several files"
    ]
    # A file that is not a digest has no problems.
    assert read_page(json.dumps([{"x": [[]] * 600}])) == Digest(PATH, None)
