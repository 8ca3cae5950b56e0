"""The generated announcements of arXiv."""

from __future__ import annotations

from pathlib import Path

from tests.arxiv_corpus import DAY_PAPERS, write_arxiv_corpus
from tui.digests.reader import read


def test_each_day_has_a_file_of_new_papers(tmp_path: Path) -> None:
    write_arxiv_corpus(tmp_path, 2 * DAY_PAPERS + 7)
    files = sorted(tmp_path.rglob("*.jsonl"))
    digests = [read(file.read_bytes(), file.name) for file in files]
    assert [digest.problems for digest in digests] == [()] * 3
    assert [len(digest.entries) for digest in digests] == [7, DAY_PAPERS, DAY_PAPERS]
    entries = [entry for digest in digests for entry in digest.entries]
    assert len({entry.paper_id for entry in entries}) == len(entries)
    assert {entry.date for entry in entries} == {file.stem for file in files}
    assert all(entry.authors and entry.labels for entry in entries)


def test_small_corpus_has_the_newest_days_of_a_large_one(tmp_path: Path) -> None:
    write_arxiv_corpus(tmp_path / "large", DAY_PAPERS + 5)
    write_arxiv_corpus(tmp_path / "small", DAY_PAPERS)
    [small] = (tmp_path / "small").rglob("*.jsonl")
    large = tmp_path / "large" / small.relative_to(tmp_path / "small")
    assert small.read_bytes() == large.read_bytes()
