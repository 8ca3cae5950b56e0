"""The sample data has digests in every dialect, which agree with each other."""

from __future__ import annotations

import pytest

from tests.digests.dialect_cases import all_dialects
from tui.config.paths import sample_data
from tui.digests.reader import read

FOLDERS = sorted(folder.name for folder in sample_data().iterdir())


def test_every_dialect_has_a_sample() -> None:
    assert sorted(dialect.name for dialect in all_dialects()) == FOLDERS


@pytest.mark.parametrize("name", FOLDERS)
def test_sample_is_read_by_its_dialect(name: str) -> None:
    for file in (sample_data() / name).rglob("*.*"):
        digest = read(file.read_bytes(), str(file.relative_to(sample_data())))
        assert digest.dialect == name
        assert digest.entries
        assert all(problem.is_note for problem in digest.problems)
        messages = [problem.message for problem in digest.problems]
        assert messages in ([], ["votes missing"])


def test_papers_agree_between_dialects() -> None:
    titles: dict[str, set[str | None]] = {}
    votes: dict[tuple[str, str], set[int]] = {}
    for file in sample_data().rglob("*.*"):
        for entry in read(file.read_bytes(), str(file)).entries:
            if entry.dialect != "daily_papers":
                titles.setdefault(entry.paper_id, set()).add(entry.title)
            if entry.votes is not None:
                votes.setdefault((entry.paper_id, entry.date), set()).add(entry.votes)
    assert all(len(variants) == 1 for variants in titles.values())
    assert all(len(variants) == 1 for variants in votes.values())
