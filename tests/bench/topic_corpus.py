"""Generate digests whose papers have a latent topic, to measure rankings.

    python -m tests.bench.topic_corpus --papers 9900 --out DIR

Each topic has some terms of ``tests.corpus``, each with synonyms, and a community of authors. A
paper has a main topic, whose number is its keyword, and a term or two of other topics; some papers
have a side topic instead of generic terms, so that topics overlap. One of three summaries is
Korean: it names most terms in Korean, some in English and some in both.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from tests import corpus

TOPICS = 11
KOREAN_SHARE = 1 / 3
NEW_AUTHORS_SHARE = 0.7
"""The share of authors who do not belong to the community of their paper's topic."""

_DAY_PAPERS = 225
_COMMUNITY = 60

_ENGLISH = """We study {a} under {g} constraints and find that {b} matters less than {h}. / A
{g} view of {a} explains why {h} fails. / Experiments with {b} on {x} improve {h} by {n} points. /
Training takes {n} hours on {m} GPUs with a {g} schedule. / Our analysis of {c} suggests a {g}
trade-off between {h} and {k}. / Code and {k} are public. / Prior work treats {c} as {k}, which is
{g}. / Compared with {x}, {k} drops by {n} percent while {h} stays {g}.""".replace("\n", " ")
_KOREAN = """이 논문은 {g} 조건에서 {a} 문제를 다룹니다. / {b} 덕분에 {h} 비용이 {n}% 줄었습니다. /
{x} 평가에서 {c} 방식이 {k} 지표를 높였습니다. / 저자들은 {a} 과정에서 {h} 현상을 관찰합니다. /
학습에는 GPU {m}장이 쓰였습니다. / {c} 대신 {b} 구조를 쓰면 {k} 오류가 늘어납니다.""".replace(
    "\n", " "
)
GENERIC = corpus.words("""
latency memory throughput accuracy calibration coverage stability noise variance
convergence sampling evaluation annotation supervision transfer adaptation robustness
generalization scaling efficiency tokens layers heads batches gradients prompts responses
preferences feedback search planning memory-free compression routing caching decoding
labeling filtering ranking retrieval budget uncertainty drift bias fairness privacy
leakage consistency alignment faithfulness diversity novelty interpretability probing
ablation baseline benchmark corpus pipeline simulator agent user expert student teacher
encoder decoder adapter module kernel cluster network device edge cloud""")
_ADJECTIVES = corpus.words("""
strict limited noisy sparse dense long short open closed mixed static dynamic local global
online offline weak strong shallow deep partial full hidden visible""")
_KOREAN_GENERIC = corpus.words("""
지연 메모리 처리량 정확도 보정 범위 안정성 잡음 분산 수렴 표본 평가 주석
전이 적응 강건성 일반화 확장 효율 토큰 계층 배치 기울기 응답 선호 탐색 계획
압축 경로 예산 편향 공정성 개인정보 누출 일관성 충실도 다양성 해석 기준선
말뭉치 모의실험 사용자 전문가 학생 교사""")
_KOREAN_ADJECTIVES = corpus.words("""
엄격한 제한된 희소한 긴 짧은 열린 닫힌 정적인 동적인 국소적인 약한 강한""")


class TopicPaper(NamedTuple):
    """A generated paper."""

    title: str
    authors: Sequence[str]
    votes: int
    summary: str
    topics: Sequence[str]


def topic_paper(rng: random.Random, *, korean: bool | None = None) -> TopicPaper:
    """Generate a paper.

    Args:
        rng: the random number generator.
        korean: whether its summary is Korean; None for some.
    """
    topic = rng.randrange(TOPICS)
    side = rng.randrange(TOPICS) if rng.random() < 0.4 else topic
    is_korean = rng.random() < KOREAN_SHARE if korean is None else korean
    english = [_term(rng, topic), _term(rng, side), _term(rng, rng.randrange(TOPICS))]
    rng.shuffle(english)
    templates = (_KOREAN if is_korean else _ENGLISH).split(" / ")
    chosen = rng.sample(templates, min(len(templates), rng.randint(4, 7)))
    summary = " ".join(_sentence(rng, each, english, is_korean=is_korean) for each in chosen)
    named = _spelled(rng, english[0], is_korean=False)
    title = f"{rng.choice(corpus.NAMES)}: {rng.choice(_ADJECTIVES)} {named} and"
    title = f"{title.capitalize()} {rng.choice(GENERIC)}"
    labels = dict.fromkeys([f"topic-{topic}", *([f"topic-{side}"] if side != topic else [])])
    votes = min(corpus.MAX_VOTES, round(rng.lognormvariate(2, 1)))
    return TopicPaper(title, _authors(rng, topic), votes, summary, tuple(labels))


def _term(rng: random.Random, topic: int) -> int:
    """Return the number of a term of a topic; the first ones are more frequent."""
    size = len(corpus.TERMS) // TOPICS
    return topic * size + min(int(rng.expovariate(0.5)), size - 1)


def _spelled(rng: random.Random, term: int, *, is_korean: bool) -> str:
    english, korean, both = corpus.TERMS[term]
    if is_korean:
        return rng.choices([korean, both, english], [5, 3, 2])[0]
    words = english.lower().replace("-", " ").split()
    # A synonym: an abbreviation, the head alone, or other words of the phrase.
    forms = [" ".join(words), "".join(word[0] for word in words).upper(), words[0]]
    return rng.choices(forms, [6, 2, 2])[0]


def _sentence(rng: random.Random, template: str, terms: Sequence[int], *, is_korean: bool) -> str:
    generic, adjectives = (
        (_KOREAN_GENERIC, _KOREAN_ADJECTIVES) if is_korean else (GENERIC, _ADJECTIVES)
    )
    words: dict[str, object] = {
        key: _spelled(rng, term, is_korean=is_korean)
        if rng.random() < 0.55
        else rng.choice(generic)
        for key, term in zip("abc", terms, strict=True)
    }
    words |= {"g": rng.choice(adjectives), "h": rng.choice(generic), "k": rng.choice(generic)}
    words |= {"x": rng.choice(corpus.NAMES), "n": rng.randint(2, 90), "m": rng.randint(2, 512)}
    return template.format_map(words)


def _authors(rng: random.Random, topic: int) -> list[str]:
    people = [name for group in corpus.PEOPLE for name in group]
    community = random.Random(topic).sample(people, _COMMUNITY)
    count = min(12, max(1, round(rng.lognormvariate(1.4, 0.5))))
    return list(
        dict.fromkeys(
            rng.choice(people if rng.random() < NEW_AUTHORS_SHARE else community)
            for _ in range(count)
        )
    )


def digest_text(day: date, papers: Sequence[TopicPaper]) -> str:
    """Return a digest of the dialect daily_papers_ko, with a line of keywords in each summary."""
    parts = [f"## Daily Papers ({day})\n"]
    parts += [
        f"### [{paper.title}](https://arxiv.org/abs/{day:%y%m}.{day.day * 700 + number:05d})\n\n"
        f"Vote: {paper.votes}\n\nAuthors: {', '.join(paper.authors)}\n\n"
        f"- ***Abstract***: {paper.summary}\n- ***Keywords***: {', '.join(paper.topics)}\n"
        for number, paper in enumerate(papers)
    ]
    return "\n".join(parts)


def write_topic_corpus(
    out: Path, papers: int, *, day_papers: int = _DAY_PAPERS, seed: int = 1
) -> None:
    """Write digests of weekdays, the newest of which is the last one of ``tests.corpus``."""
    rng, day = random.Random(seed), corpus.DEFAULT_END
    out.mkdir(parents=True, exist_ok=True)
    for start in range(0, papers, day_papers):
        while day.weekday() > 4:
            day -= timedelta(days=1)
        generated = [topic_paper(rng) for _ in range(min(day_papers, papers - start))]
        (out / f"{day}.md").write_text(digest_text(day, generated), encoding="utf-8")
        day -= timedelta(days=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Generate digests of papers with latent topics.")
    parser.add_argument("--papers", type=int, default=9900)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    write_topic_corpus(arguments.out, arguments.papers)
