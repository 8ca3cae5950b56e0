"""What is learnt from marks: matches, their explanation, and what is missing for them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.bench import topic_corpus
from tests.cache.cached_source import CachedSource
from tui.library.library import Library
from tui.library.ranking.match_explanation import explain
from tui.library.ranking.recommended import recent_papers
from tui.library.scope import FOR_YOU_QUERY
from tui.library.search.search import search
from tui.models import Marks, Paper
from tui.query.matches import current_matches, use_matches
from tui.query.parser import parse
from tui.runtime.task import Task, TaskCancelledError

DAYS, DAY_PAPERS = 16, 40
STAR, READ = Marks(read=True, starred=True), Marks(read=True)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Mapping[str, set[str]]]:
    """Return a library, and the ids of each topic's papers."""
    source = CachedSource(tmp_path_factory.mktemp("topics"))
    topic_corpus.write_topic_corpus(source.digests, DAYS * DAY_PAPERS, day_papers=DAY_PAPERS)
    source.sync()
    library, topics = source.library(), dict[str, set[str]]()
    for paper in library.papers():
        [text] = library.markdown_of(paper)
        for topic in text.rpartition(":")[2].strip(" *\n").split(", "):
            topics.setdefault(topic, set()).add(paper.paper_id)
    return library, topics


@pytest.fixture(autouse=True)
def _no_matches() -> Iterator[None]:
    yield
    use_matches({})


def learn(library: Library, marks: Mapping[str, Marks]) -> Library:
    """Open the library for a reader with these marks."""
    opened = Library(library.caches)
    opened.reader_marks = lambda: marks
    return opened


def split(library: Library) -> tuple[list[Paper], list[Paper]]:
    """Return the papers of the last four days, and those before."""
    days = library.period_counts.days()
    papers = library.papers()
    return (
        [paper for paper in papers if paper.dates[-1] >= days[3]],
        [paper for paper in papers if paper.dates[-1] < days[3]],
    )


def stars(library: Library, topic: set[str], number: int) -> dict[str, Marks]:
    """Star some older papers of a topic."""
    _newest, older = split(library)
    liked = [paper.paper_id for paper in older if paper.paper_id in topic]
    return dict.fromkeys(random.Random(1).sample(liked, number), STAR)


def precision(papers: list[Paper], topic: set[str]) -> float:
    """Return the share of a topic among the first ten papers."""
    return sum(paper.paper_id in topic for paper in papers[:10]) / 10


def test_papers_of_the_starred_topic_come_first(
    corpus: tuple[Library, Mapping[str, set[str]]],
) -> None:
    library, topics = corpus
    for topic in ("topic-2", "topic-5"):
        reader = learn(library, stars(library, topics[topic], 25))
        newest, _older = split(reader)
        found = list(search(reader, newest, parse("sort:-match")))
        ranked = sorted(found, key=lambda paper: -current_matches()[paper.paper_id])
        by_chance = len(topics[topic]) / len(library.papers())
        assert precision(ranked, topics[topic]) >= 0.3 > 2 * by_chance
        assert all(0 <= current_matches()[paper.paper_id] <= 99 for paper in newest)


def test_explanation_names_what_the_paper_says_and_a_starred_paper(
    corpus: tuple[Library, Mapping[str, set[str]]],
) -> None:
    library, topics = corpus
    marks = stars(library, topics["topic-2"], 25)
    reader = learn(library, marks)
    assert reader.ranking.prepare(reader)
    newest, _older = split(reader)
    named = 0
    for paper in newest:
        explanation = explain(reader, paper)
        assert explanation is not None
        content = " ".join([paper.title, paper.author_lines, *reader.markdown_of(paper)])
        for term in explanation.terms:
            assert term in " ".join(content.split())
        assert explanation.like in {"", *marks}
        named += bool(explanation.terms and explanation.like)
        if explanation.terms:
            assert explanation.text.startswith(f"match {explanation.match}: {explanation.terms[0]}")
    assert named > len(newest) / 2


def test_terms_in_one_language_find_papers_in_the_other(tmp_path: Path) -> None:
    # The starred papers are about one thing, in English; a Korean summary names it in English.
    source = CachedSource(tmp_path)
    rng = random.Random(3)
    lines = []
    for number in range(60):
        noun = "Flow matching" if number % 2 else rng.choice(["Chess", "Wavelets", "Proteins"])
        lines.append(
            f"### [Paper {number}](https://arxiv.org/abs/2505.{number:05d})\n\n"
            f"- ***Abstract***: {noun} with {rng.choice(topic_corpus.GENERIC)}.\n"
        )
    korean = {
        "2505.00101": "흐름 정합(flow matching)을 다룹니다.",
        "2505.00102": "체스를 다룹니다.",
    }
    lines += [
        f"### [새 논문](https://arxiv.org/abs/{paper})\n\n- ***요약***: {text}\n"
        for paper, text in korean.items()
    ]
    source.write("1.md", "\n".join(["## Daily Papers (2025-05-30)\n", *lines]))
    source.sync()
    marks = {f"2505.{number:05d}": STAR for number in range(1, 60, 2)}
    reader = learn(source.library(), marks)
    list(search(reader, reader.papers(), parse("sort:match")))
    matches = current_matches()
    assert matches["2505.00101"] >= 60 > matches["2505.00102"]


def test_words_with_other_endings_are_the_same(tmp_path: Path) -> None:
    source = CachedSource(tmp_path)
    texts = ["Quantized networks", "Whales and boats", "Quantization", "Whaling"]
    lines = [
        f"### [{text} {number}](https://arxiv.org/abs/2505.{number:05d})\n\n- ***Abstract***: A.\n"
        for number, text in enumerate([*texts[:2] * 12, *texts[2:]])
    ]
    source.write("1.md", "\n".join(["## Daily Papers (2025-05-30)\n", *lines]))
    source.sync()
    reader = learn(source.library(), {f"2505.{number:05d}": STAR for number in range(0, 24, 2)})
    list(search(reader, reader.papers(), parse("sort:match")))
    matches = current_matches()
    assert matches["2505.00024"] > matches["2505.00025"] + 20


def test_hidden_papers_count_against_their_topic(
    corpus: tuple[Library, Mapping[str, set[str]]],
) -> None:
    library, topics = corpus
    disliked = topics["topic-5"] - topics["topic-2"]
    marks = stars(library, topics["topic-2"] - disliked, 15) | stars(library, disliked, 10)
    hidden = dict.fromkeys(list(marks)[15:], Marks(hidden=True))
    newest, _older = split(library)
    means = []
    for each in (marks, marks | hidden):
        list(search(learn(library, each), newest, parse("sort:match")))
        found = [paper for paper in newest if paper.paper_id in disliked]
        means.append(sum(current_matches()[paper.paper_id] for paper in found) / len(found))
    assert means[1] < 0.8 * means[0]


def test_model_of_a_tag_is_about_its_papers_only(
    corpus: tuple[Library, Mapping[str, set[str]]],
) -> None:
    library, topics = corpus
    marks = stars(library, topics["topic-5"] - topics["topic-2"], 20)
    tagged = stars(library, topics["topic-2"], 20)
    marks |= dict.fromkeys(tagged, Marks(read=True, tags=("RL",)))
    marks |= {paper: found._replace(tags=("few",)) for paper, found in list(marks.items())[:3]}
    reader = learn(library, marks)
    newest, _older = split(reader)
    found = {
        text: {paper.paper_id for paper in search(reader, newest, parse(text))}
        for text in ("match:rl>=50", "match:few>=0", "match:>=50", "match:rl=50..99")
    }
    assert found["match:few>=0"] == set()
    assert found["match:rl>=50"] == found["match:rl=50..99"] != found["match:>=50"]
    of_tag, of_star = (
        len(found["match:rl>=50"] & topics[topic]) for topic in ("topic-2", "topic-5")
    )
    assert of_tag > 2 * of_star


def test_too_few_marks_are_counted_and_leave_recent_papers_by_votes(
    corpus: tuple[Library, Mapping[str, set[str]]],
) -> None:
    library, topics = corpus
    marks = stars(library, topics["topic-2"], 7)
    reader = learn(library, marks)
    assert not reader.ranking.prepare(reader)
    assert reader.ranking.missing == 3
    assert list(search(reader, reader.papers(), parse("match:>=0"))) == []
    found = list(search(reader, reader.papers(), parse(FOR_YOU_QUERY), marks))
    recent = [paper for paper in recent_papers(reader) if paper.paper_id not in marks]
    assert found == recent
    assert explain(reader, recent[0]) is None


def test_days_marked_as_read_at_once_say_nothing(
    corpus: tuple[Library, Mapping[str, set[str]]],
) -> None:
    library, topics = corpus
    marks = stars(library, topics["topic-2"], 15)
    day = library.period_counts.days()[-1]
    all_read = marks | {
        paper.paper_id: READ for paper in library.papers(day) if paper.paper_id not in marks
    }
    newest, _older = split(library)
    matches = []
    for each in (marks, all_read):
        reader = learn(library, each)
        list(search(reader, newest, parse("sort:match")))
        matches.append([current_matches()[paper.paper_id] for paper in newest])
    assert max(abs(one - other) for one, other in zip(*matches, strict=True)) <= 5


def test_learning_again_follows_marks_and_can_be_cancelled(
    corpus: tuple[Library, Mapping[str, set[str]]],
) -> None:
    library, topics = corpus
    current = stars(library, topics["topic-2"], 15)
    reader = Library(library.caches)
    reader.reader_marks = lambda: current
    with pytest.raises(TaskCancelledError):
        reader.ranking.prepare(reader, Task(is_cancelled=lambda: True))
    assert reader.ranking.prepare(reader)
    first = reader.ranking.trained
    reader.ranking.prepare(reader)
    assert reader.ranking.trained is first
    current = {}
    assert not reader.ranking.prepare(reader)
    assert reader.ranking.missing == 10
    assert dict(current_matches()) == {}
