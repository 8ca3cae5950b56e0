"""Papers of a letter are grouped by topic, whatever language their summaries are in."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.bench.recommend import open_library
from tests.bench.topic_corpus import write_topic_corpus
from tui.library.letter.topics import Topic, group_by_topic
from tui.library.library import Library
from tui.models import Paper

_LABEL = re.compile(r"- \*\*\*Keywords\*\*\*: (topic-\d+).*\n")


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


@pytest.fixture
def topics_of_papers(tmp_path: Path) -> dict[str, str]:
    """Write digests whose papers have a known topic; return it by id. The texts do not name it."""
    write_topic_corpus(tmp_path / "labelled", 180, day_papers=60)
    (tmp_path / "digests").mkdir()
    topics: dict[str, str] = {}
    for file in (tmp_path / "labelled").iterdir():
        text = file.read_text(encoding="utf-8")
        ids = re.findall(r"arxiv\.org/abs/(\d{4}\.\d{5})", text)
        topics.update(zip(ids, _LABEL.findall(text), strict=True))
        (tmp_path / "digests" / file.name).write_text(_LABEL.sub("", text), encoding="utf-8")
    return topics


@pytest.fixture
def library(tmp_path: Path, topics_of_papers: dict[str, str]) -> Library:  # noqa: ARG001
    return open_library(tmp_path / "digests", tmp_path / "cache")


def test_topics_have_papers_about_the_same(
    library: Library, topics_of_papers: dict[str, str]
) -> None:
    topics = group_by_topic(library, library.papers())
    named = [topic for topic in topics if topic.terms]
    same = all_pairs = 0
    for topic in named:
        counts = Counter(topics_of_papers[paper.paper_id] for paper in topic.papers)
        all_pairs += _pairs(counts.total())
        same += sum(map(_pairs, counts.values()))
    everything = Counter(topics_of_papers.values())
    chance = sum(map(_pairs, everything.values())) / _pairs(everything.total())
    assert same / all_pairs > 3 * chance
    assert sum(len(topic.papers) for topic in named) > 0.9 * len(topics_of_papers)


def test_every_paper_is_in_one_topic(library: Library) -> None:
    papers = library.papers()
    grouped = [paper for topic in group_by_topic(library, papers) for paper in topic.papers]
    assert sorted(grouped, key=papers.index) == papers


def test_names_are_words_of_titles(library: Library) -> None:
    def has(paper: Paper, word: str) -> bool:
        return word.casefold() in paper.title.casefold()

    def shared(topic: Topic) -> bool:
        return all(sum(has(paper, word) for paper in topic.papers) > 1 for word in topic.terms)

    topics = group_by_topic(library, library.papers())
    assert all(map(shared, topics))
    assert [bool(topic.terms) for topic in topics] == [True] * (len(topics) - 1) + [False]
