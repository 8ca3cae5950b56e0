"""Generate digests of any number of made-up papers, for tests and benchmarks.

The same arguments give the same bytes. A small corpus has the newest days of a large one. All texts
are combined from lists of words.

    python -m tests.corpus --papers 5500 --out DIR [--seed 1] [--end 2025-05-30]
"""

import argparse
import itertools
import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

MIN_DAY_PAPERS, MAX_DAY_PAPERS = 15, 40  # papers of a day, including repeated ones
MAX_VOTES, MAX_AUTHORS = 300, 25
MAX_PAPERS = 500_000  # more would reach back to another century, where ids repeat
DEFAULT_END = date(2025, 5, 30)

T = TypeVar("T")

# Days are numbered back from the newest, 0. 15 % of the days are in daily_papers only, 1 % of the
# papers are in both dialects, and 2 % have a second date; even 120 papers include some of each.
_CYCLE_DAYS, _DAYS_WITHOUT_KOREAN, _DAY_IN_BOTH_DIALECTS = 13, (2, 8), 1
_REPEAT_EVERY_DAYS = 2  # a paper is repeated on the next day of daily_papers_ko
_VOTELESS_SHARE = 0.01  # of the entries in daily_papers_ko
_VOTES_LOGNORMAL = (
    math.log(8),
    math.log(28 / 8) / 1.2816,
)  # log-normal: median 8, 90th percentile 28
_AUTHORS_LOGNORMAL = (math.log(6), 0.65)


class _Noun(str):
    """A word that takes its particle in a template: ``{task:을를}``, ``{task:으로로}``."""

    __slots__ = ()

    def __format__(self, format_spec: str, /) -> str:
        """Return the word with the form of a particle that fits it."""
        return _with_particle(self, format_spec) if format_spec else str(self)


@cache
def _with_particle(word: str, pair: str) -> str:
    """Return a word with the form of a particle that fits its pronunciation.

    Args:
        word: Korean or English.
        pair: the form after a consonant, followed by the form after a vowel (its last letter).
    """
    last = word.partition("(")[0][-1].lower()
    hangul = "가" <= last <= "힣"
    final = (ord(last) - ord("가")) % 28 if hangul else {"l": 8, "m": 16, "n": 4, "g": 21}.get(last)
    after_vowel = not final or (final == 8 and pair == "으로로")  # 8 is the consonant ㄹ
    return word + (pair[-1] if after_vowel else pair[:-1])


def _nouns(text: str) -> tuple[_Noun, ...]:
    """Return the items of a list that are separated by slashes."""
    return tuple(_Noun(" ".join(item.split())) for item in text.split("/"))


def _combined_nouns(text: str) -> list[_Noun]:
    """Return all combinations of lists that are separated by plus signs."""
    return [_Noun("".join(parts)) for parts in itertools.product(*map(_nouns, text.split("+")))]


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()


def _terms(text: str) -> tuple[tuple[_Noun, ...], ...]:
    """Return the English form and two Korean forms of each ``Korean = English`` term."""
    pairs = (item.split(" = ") for item in _nouns(text))
    return tuple((_Noun(en), _Noun(ko), _Noun(f"{ko}({en})")) for ko, en in pairs)


TERMS = _terms("""확산 모델 = Diffusion Model / 강화 학습 = Reinforcement Learning / 희소 어텐션 =
Sparse Attention / 검색 증강 생성 = Retrieval-Augmented Generation / 전문가 혼합 = Mixture of
Experts / 지식 증류 = Knowledge Distillation / 양자화 = Quantization / 토큰화 = Tokenization /
연쇄 사고 추론 = Chain-of-Thought Reasoning / 보상 모델링 = Reward Modeling / 선호 최적화 =
Preference Optimization / 시각 언어 모델 = Vision-Language Model / 텍스트-비디오 생성 =
Text-to-Video Generation / 3차원 재구성 = 3D Reconstruction / 가우시안 스플래팅 = Gaussian
Splatting / 음성 합성 = Speech Synthesis / 음성 인식 = Speech Recognition / 기계 번역 = Machine
Translation / 코드 생성 = Code Generation / 수학 추론 = Mathematical Reasoning / 정리 증명 =
Theorem Proving / 도구 사용 = Tool Use / 웹 에이전트 = Web Agent / 로봇 조작 = Robotic
Manipulation / 모방 학습 = Imitation Learning / 월드 모델 = World Model / 연합 학습 = Federated
Learning / 대조 학습 = Contrastive Learning / 자기 지도 학습 = Self-Supervised Learning / 합성
데이터 = Synthetic Data / 데이터 선별 = Data Curation / 지시 튜닝 = Instruction Tuning / 저랭크
적응 = Low-Rank Adaptation / 모델 병합 = Model Merging / 추측 디코딩 = Speculative Decoding / 긴
문맥 처리 = Long-Context Modeling / 위치 임베딩 = Positional Embedding / 상태 공간 모델 = State
Space Model / 그래프 신경망 = Graph Neural Network / 흐름 정합 = Flow Matching / 이미지 편집 =
Image Editing / 초해상도 = Super-Resolution / 영상 분할 = Image Segmentation / 객체 탐지 = Object
Detection / 자세 추정 = Pose Estimation / 문서 이해 = Document Understanding / 표 질의응답 = Table
Question Answering / 환각 탐지 = Hallucination Detection / 안전성 정렬 = Safety Alignment /
적대적 강건성 = Adversarial Robustness / 기계 망각 = Machine Unlearning / 불확실성 추정 =
Uncertainty Estimation / 추론 시점 확장 = Test-Time Scaling / 스케일링 법칙 = Scaling Law /
커리큘럼 학습 = Curriculum Learning / 다중 에이전트 협업 = Multi-Agent Collaboration / 추천 시스템
= Recommender System / 시계열 예측 = Time Series Forecasting / 단백질 설계 = Protein Design""")

NAMES = _combined_nouns("""Lumo / Vera / Kite / Ember / Nimbus / Tessa / Orbi / Quill / Maru /
Haneul / Juno / Pebble / Sora / Cobalt / Willow / Fable / Onyx / Rune / Saffron / Tandem / Zephyr /
Argo + Former / Flow / Mind / Coder / Lens / Bridge / Graph / Plan / Prism / Distill / Align /
Path""")

_POOLS: dict[str, Sequence[str]] = {  # the values of each field of a template
    "rival": NAMES,
    "bench": _nouns("OpenReason / LongBook-QA / VideoTrace / CodeLadder / MathTower / K-Culture"),
    "other": _nouns("RoboKitchen / DocMosaic / MultiVoice / SceneAtlas / ProteinLoom / ToolArena"),
    "setting": _nouns("""긴 문맥 / 저자원 언어 / 잡음이 많은 데이터 / 달라진 환경 / 실시간 추론 /
        제한된 메모리 / 라벨이 부족한 상황 / 다단계 의사결정 / 처음 보는 도메인 / 고해상도 입력"""),
    "flaw": _nouns("추론 비용 / 보상 해킹 / 데이터 편향 / 오류 누적 / 메모리 병목 / 환각 현상"),
    "kind": _nouns("프레임워크 / 학습 방법 / 벤치마크 / 데이터셋 / 아키텍처 / 파이프라인"),
    "size": _nouns("0.5B / 1.5B / 3B / 7B / 8B / 14B / 32B / 70B"),
    "many": [str(number) for number in range(2, 400)],
    "gain": [f"{number / 10:.1f}" for number in range(4, 380)],
    "times": [f"{number / 10:.1f}" for number in range(12, 96)],
    "verb": _nouns("Advancing / Scaling / Accelerating / Grounding / Stabilizing / Compressing"),
    "trait": _nouns("Scalable / Robust / Unified / Compact / Training-Free / Hierarchical"),
}

# Titles have 30 to 120 characters with any terms.
_TITLES = _nouns("""{name}: {verb} {task} with {method} / {verb} {task} through {trait} {method} /
{name}: {trait} {method} for {task} / {name}: A {trait} Framework for {task} via {method} /
Rethinking {task}: A {trait} Study of {method} / How Far Can {method} Take Us in {task}? /
{task} Meets {method}: Toward {trait} {part} / {name}: Learning When to Trust {method} in {task}""")
_KOREAN_TITLES = _nouns("""{name}: {task:을를} 위한 {method} 기반의 새로운 접근 방식 /
논문 요약: {task:을를} 위한 {trait} {method} 접근 방식 / {name}: {setting}에서 {task:을를}
개선하는 {method} {kind} / {name}: {method:과와} {part:을를} 결합한 새로운 {kind}""")
_NEWS = _nouns("""이 연구는 {task} 문제를 다루며, {method:을를} 활용한 {name:을를} 제안합니다. /
{name:은는} {setting}에서도 {task:을를} 안정적으로 수행하도록 설계된 새로운 {kind}입니다. /
기존 접근은 {task}에서 {flaw:이가} 컸지만, {name:은는} {method:으로로} 이를 완화합니다. /
저자들은 {flaw:이가} {setting}에서 커진다는 점을 보이고, 원인을 {part}의 관점에서 설명합니다. /
{task:과와} {method:을를} 하나의 틀에서 함께 학습하는 시도는 이 논문이 처음이라고 말합니다. /
이를 위해 약 {many}만 개의 예제로 이루어진 {kind}도 함께 공개하여 후속 연구를 돕습니다.""")
_TECHNIQUE = _nouns("""{name:은는} {size} 모델에 {method:을를} 적용하고 {part:을를} 더합니다. /
학습은 두 단계로 나뉘며, 먼저 {part:을를} 충분히 익힌 다음 {method:으로로} 세밀하게 조정합니다. /
입력은 {part} 모듈을 거쳐 압축되고, 이후 {method:이가} {setting}에 맞는 표현을 골라냅니다. /
{flaw:을를} 줄이기 위해 단계마다 신뢰도를 계산하고, 낮은 경우에만 {part:을를} 다시 호출합니다. /
데이터는 {many}만 개의 원본에서 시작하여 중복 제거와 품질 평가를 거쳐 {gain}%만 남겼습니다. /
손실 함수는 {task:과와} {part}의 균형을 맞추는 가중치를 두어 {flaw:이가} 커지지 않게 합니다.""")
_SETUP = _nouns("""평가는 {bench:과와} {other}에서 이루어졌으며, 결과는 세 번 실행한 평균입니다. /
비교 대상은 {rival:과와} 같은 공개 모델이며, 공정한 비교를 위해 {size} 규모로 맞추었습니다. /
학습에는 {many}장의 GPU를 사용했고, 나머지 설정은 {rival}의 것을 그대로 따랐습니다.""")
_RESULTS = _nouns("""{name:은는} {bench}에서 {rival}보다 평균 {gain}% 높은 정확도를 기록했습니다. /
{bench:과와} {other} 모두에서 최고 수준(SOTA)의 성능을 보였고, 비용은 {times}배 줄었습니다. /
특히 {setting}에서 {gain}점의 큰 향상을 보여, {method}의 효과가 가장 뚜렷하게 나타났습니다. /
제거 실험(ablation) 결과, {part:을를} 빼면 성능이 {gain}% 떨어져 그 중요성을 확인했습니다. /
{size} 모델만으로도 {rival:과와} 비슷한 품질을 내면서 처리 속도는 오히려 {times}배 빨라졌습니다.""")
_LIMITS = _nouns("""{setting}에 대한 실험이 부족하여 {method}의 일반화 여부는 분명하지 않습니다. /
{flaw:이가} 완전히 사라진 것은 아니며, {part:이가} 약한 모델에서는 효과가 줄어듭니다. /
{bench} 이외의 평가가 적고, {size}보다 큰 모델에서는 검증되지 않았습니다.""")
_FUTURE = _nouns("""앞으로 {method:을를} {setting}까지 넓히는 연구가 필요합니다. /
{part:과와} {task:을를} 함께 최적화하면 {flaw:을를} 더 줄일 수 있을 것으로 기대됩니다. /
공개된 코드와 {kind:을를} 바탕으로 다른 분야의 {task:을를} 탐구할 수 있습니다.""")

_BULLETS = (
    ("What's New", _NEWS),
    ("Technical Details", _TECHNIQUE),
    ("Performance Highlights", _SETUP + _RESULTS),
)
_SECTIONS = (
    ("배경과 풀고자 하는 문제", _NEWS),
    ("제안하는 방법의 요점", _NEWS + _TECHNIQUE),
    ("모델 구조와 학습 절차", _TECHNIQUE),
    ("실험 환경과 비교 대상", _SETUP),
    ("주요 수치와 해석", _RESULTS),
    ("한계와 주의할 점", _LIMITS),
    ("이어질 연구 방향", _FUTURE),
)
_LABELS = _nouns("핵심 아이디어 / 데이터 구성 / 학습 전략 / 비용 분석 / 관찰 결과 / 실용적 의미")

_GROUPS = """Min / Seo / Ji / Ha / Dong / Eun / Tae / Jae + jun / yeon / ho / yoon / hyun / woo :
Kim / Lee / Park / Choi / Jung / Kang / Cho / Yoon / Jang / Lim / Han / Shin / Seo / Kwon / Oh |
Xiao / Jia / Yi / Zi / Hao / Rui / Yu / Tian / Bo + hao / fan / han / qi / ran / xuan / wen : Zhang
/ Wang / Li / Liu / Chen / Yang / Huang / Zhao / Wu / Zhou / Xu / Sun / Zhu / Guo / Lin | Aarav /
Priya / Rohan / Ananya / Vikram / Sneha / Arjun / Kavya / Meera : Sharma / Patel / Iyer / Gupta /
Reddy / Nair / Rao / Singh | Anna / Lukas / Chloé / Matteo / Søren / Elena / José / Emily / Tomasz :
Müller / Rossi / Dubois / Novák / García / Jensen / Smith / Kowalski / Van Dijk / O'Brien | Haruto /
Kenji / Omar / Layla / Amina / Chidi : Tanaka / Sato / Haddad / Al-Farsi / Rahimi / Okafor"""
PEOPLE = [
    [" ".join(names) for names in itertools.product(*map(_combined_nouns, group.split(":")))]
    for group in _GROUPS.split("|")
]


@dataclass(frozen=True, slots=True)
class CorpusFacts:
    """Numbers that a reader of the corpus must find."""

    papers: int  # distinct arXiv ids
    entries: int  # in all digests together
    digests: int  # files
    days: int
    bytes: int
    repeated: int  # papers with a second date
    shared: int  # papers in both dialects on one date
    voteless: int  # entries of daily_papers_ko without votes
    newest: date
    oldest: date


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper on one date; its summary is generated when it is written."""

    arxiv_id: str
    title: str
    authors: Sequence[str]
    votes: int
    name: str  # of the proposed method
    terms: Sequence[Sequence[str]]  # task, method and part, in all their forms


def write_corpus(out: Path, papers: int, *, seed: int = 1, end: date = DEFAULT_END) -> CorpusFacts:
    """Write digests with exactly ``papers`` distinct papers.

    Args:
        out: the folder to write to.
        papers: the number of papers.
        seed: for other texts.
        end: the newest day.

    Raises:
        ValueError: the number of papers is out of range.
        FileExistsError: the folder contains digests already.
    """
    days = _plan_days(papers, seed, end)
    if any((out / folder).exists() for folder in ("daily_papers_ko", "daily_papers")):
        raise FileExistsError(f"{out} contains digests already")
    counts = Counter(papers=papers, days=len(days), shared=0, repeated=0, voteless=0)
    repeated: list[_Paper] = []
    for age, (day, size) in reversed(list(enumerate(days))):
        rng = random.Random(f"{seed}/{day}")
        new = plain = _new_papers(rng, day, size)
        if age % _CYCLE_DAYS not in _DAYS_WITHOUT_KOREAN:
            plain = new[: rng.randint(2, 5)] if age % _CYCLE_DAYS == _DAY_IN_BOTH_DIALECTS else []
            counts.update(_write_korean(out, rng, day, new + repeated))
            counts.update(shared=len(plain), repeated=len(repeated))
            repeated = []
        if plain:
            counts.update(_write_daily_papers(out, rng, day, plain))
        if age % _REPEAT_EVERY_DAYS:
            votes = min(MAX_VOTES, new[0].votes + rng.randint(1, 12))
            repeated.append(replace(new[0], votes=votes))
    return CorpusFacts(newest=days[0][0], oldest=days[-1][0], **counts)


def _plan_days(papers: int, seed: int, end: date) -> list[tuple[date, int]]:
    """Return weekdays back from ``end``, each with its number of new papers."""
    if not 1 <= papers <= MAX_PAPERS:
        raise ValueError(f"papers must be between 1 and {MAX_PAPERS}, not {papers}")
    rng = random.Random(f"{seed}/plan")
    days: list[tuple[date, int]] = []
    left, day, most = papers, end, MAX_DAY_PAPERS - 1  # leave room for a repeated paper
    while left:
        if day.weekday() < 5:
            drawn = rng.randint(MIN_DAY_PAPERS, most)
            days.append((day, left if left <= most else min(drawn, left - MIN_DAY_PAPERS)))
            left -= days[-1][1]
        day -= timedelta(days=1)
    return days


def _new_papers(rng: random.Random, day: date, count: int) -> list[_Paper]:
    """Generate papers with ids of the month, from a range for this day only."""
    numbers = sorted(rng.sample(range(day.day * 700, day.day * 700 + 700), count))
    return [_new_paper(rng, f"{day:%y%m}.{number:05d}") for number in numbers]


def _new_paper(rng: random.Random, arxiv_id: str) -> _Paper:
    """Generate the title, authors, votes and terms of a paper."""
    count = min(MAX_AUTHORS, max(1, round(rng.lognormvariate(*_AUTHORS_LOGNORMAL))))
    authors = dict.fromkeys(rng.choice(rng.choice(PEOPLE)) for _ in range(count))
    votes = min(MAX_VOTES, round(rng.lognormvariate(*_VOTES_LOGNORMAL)))
    paper = _Paper(arxiv_id, "", tuple(authors), votes, rng.choice(NAMES), rng.sample(TERMS, 3))
    in_english = replace(paper, terms=[forms[:1] for forms in paper.terms])
    [title] = _sentences(rng, in_english, _TITLES, 1)
    return replace(paper, title=title)


def _sentences(rng: random.Random, paper: _Paper, templates: Sequence[str], n: int) -> list[str]:
    """Return sentences about a paper, each from another template, with random words."""
    sentences = []
    for number in sorted(rng.sample(range(len(templates)), n)):
        words = {field: rng.choice(pool) for field, pool in _POOLS.items()}
        task, method, part = (rng.choice(forms) for forms in paper.terms)
        words.update(name=paper.name, task=task, method=method, part=part)
        sentences.append(templates[number].format_map(words))
    return sentences


def _write_digest(path: Path, parts: list[str]) -> Counter[str]:
    """Write a digest, a heading and entries; return its counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = path.write_bytes("\n".join(parts).encode())
    return Counter(digests=1, entries=len(parts) - 1, bytes=size)


def _write_korean(out: Path, rng: random.Random, day: date, papers: list[_Paper]) -> Counter[str]:
    """Write papers in the dialect daily_papers_ko, most votes first; return the counts."""
    parts, voteless = [f"## Daily Papers ({day})\n"], 0
    for paper in sorted(papers, key=lambda paper: -paper.votes):
        hidden = rng.random() < _VOTELESS_SHARE
        parts.append(_korean_entry(rng, paper, "" if hidden else f"Vote: {paper.votes}\n\n"))
        voteless += hidden
    written = _write_digest(out / "daily_papers_ko" / f"{day:%Y/%m/%d}.md", parts)
    return written + Counter(voteless=voteless)


def _korean_entry(rng: random.Random, paper: _Paper, votes: str) -> str:
    """Return an entry with a line of votes, authors and three bullet points."""
    entry = (
        f"### [{paper.title}](https://arxiv.org/abs/{paper.arxiv_id})\n\n"
        "![](https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/"
        f"{paper.arxiv_id}.png)\n\n{votes}Authors: {', '.join(paper.authors)}\n\n"
    )
    for label, templates in _BULLETS:
        text = " ".join(_sentences(rng, paper, templates, rng.choice((3, 4, 4, 5, 5))))
        entry += f"- ***{label}***: {text}\n"
    return entry


def _write_daily_papers(
    out: Path, rng: random.Random, day: date, papers: list[_Paper]
) -> Counter[str]:
    """Write papers in the dialect daily_papers, without votes and authors; return the counts."""
    heading = f"# 📰 Hugging Face Daily Papers \N{EN DASH} {day}\n"
    parts = [heading, *(_daily_papers_entry(rng, paper) for paper in papers)]
    return _write_digest(out / "daily_papers" / f"{day}.md", parts)


def _daily_papers_entry(rng: random.Random, paper: _Paper) -> str:
    """Return an entry with a fenced summary of a title and 5 to 7 sections."""
    blocks = [f"# {title}" for title in _sentences(rng, paper, _KOREAN_TITLES, 1)]
    kept = sorted(rng.sample(range(len(_SECTIONS)), rng.randint(5, len(_SECTIONS))))
    for number, (name, templates) in enumerate((_SECTIONS[index] for index in kept), start=1):
        lines = _sentences(rng, paper, templates, rng.randint(1, 3))
        if len(lines) > 1:
            labels = rng.sample(_LABELS, len(lines))
            lines = [f"- **{label}**: {line}" for label, line in zip(labels, lines, strict=True)]
        blocks += [f"## {number}. {name}", "\n".join(lines)]
    link = f"🔗 https://huggingface.co/papers/{paper.arxiv_id}\n\n**Summary**:\n"
    summary = "\n\n".join(blocks)
    return f"## {paper.arxiv_id}\n{link}```markdown\n{summary}\n```\n \n\n---\n"


def run_generator(name: str, write: Callable[..., T]) -> T:
    """Parse the command line of a generator, and run it.

    Args:
        name: the module.
        write: writes the corpus; see ``write_corpus``.

    Returns:
        The result of ``write``.
    """
    parser = argparse.ArgumentParser(prog=name, description="Generate digests.")
    parser.add_argument("--papers", type=int, required=True, help="number of distinct papers")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write them to")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--end", type=date.fromisoformat, default=DEFAULT_END, help="newest day")
    chosen = parser.parse_args()
    try:
        return write(chosen.out, chosen.papers, seed=chosen.seed, end=chosen.end)
    except (ValueError, FileExistsError) as error:
        parser.error(str(error))


def main() -> None:
    """Write the corpus, and print its facts in one line."""
    facts = run_generator("tests.corpus", write_corpus)
    print(", ".join(f"{name} {value}" for name, value in asdict(facts).items()))


if __name__ == "__main__":
    main()
