"""Generate files of new papers as arXiv announces them: a thousand a weekday, with abstracts.

The files are in the dialect ``jsonl``, one for each day, and are written one after the other. The
same arguments give the same bytes, and a small corpus has the newest days of a large one.

    python -m tests.arxiv_corpus --papers 1000000 --out DIR [--seed 1] [--end 2025-05-30]
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.corpus import DEFAULT_END, NAMES, PEOPLE, TERMS, run_generator

DAY_PAPERS = 1000

MAX_PAPERS = 4_000_000
"""More would reach back to another form of ids."""

_MAX_AUTHORS = 12
_CATEGORIES = (
    "cs.AI",
    "cs.CL",
    "cs.CV",
    "cs.LG",
    "cs.RO",
    "cs.SD",
    "eess.IV",
    "math.OC",
    "stat.ML",
)
_TERMS = [forms[0] for forms in TERMS]
_PEOPLE = [name for group in PEOPLE for name in group]

_SENTENCES = (
    "{task} remains difficult because errors of {part} accumulate over long inputs.",
    "We present {name}, a method that combines {method} with {part} and needs no extra labels.",
    "Its main idea is to let {method} decide which examples deserve more computation.",
    "We train it on {count} thousand examples and release the data, the code and all models.",
    "On four benchmarks of {task}, {name} improves the best earlier result by {gain} points.",
    "An ablation shows that half of the gain is due to {part}, whose cost is {count} milliseconds.",
    "We also report where {name} fails, and discuss what this means for {method} in practice.",
    "The results suggest that {task} profits more from {part} than from larger models.",
)
"""The sentences of an abstract, which has about 110 words."""


def write_arxiv_corpus(out: Path, papers: int, *, seed: int = 1, end: date = DEFAULT_END) -> None:
    """Write files with exactly ``papers`` papers, the newest day first.

    Args:
        out: the folder to write to.
        papers: the number of papers.
        seed: for other texts.
        end: the newest day.

    Raises:
        ValueError: the number of papers is out of range.
    """
    if not 1 <= papers <= MAX_PAPERS:
        raise ValueError(f"papers must be between 1 and {MAX_PAPERS}, not {papers}")
    day = end
    while papers:
        if day.weekday() < 5:
            count = min(papers, DAY_PAPERS)
            file = out / f"{day:%Y}" / f"{day}.jsonl"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(_lines(random.Random(f"{seed}/{day}"), day, count)), "utf-8")
            papers -= count
        day -= timedelta(days=1)


def _lines(rng: random.Random, day: date, count: int) -> Iterator[str]:
    for number in range(count):
        task, method, part = rng.sample(_TERMS, 3)
        name = rng.choice(NAMES)
        values = {
            "name": name, "task": task, "method": method, "part": part,
            "count": rng.randint(2, 900), "gain": rng.randint(4, 190) / 10,
        }  # fmt: skip
        paper = {
            "id": f"{day:%y%m}.{day.day * DAY_PAPERS + number:05d}",
            "title": f"{name}: {method} with {part} for {task}",
            "authors": rng.sample(_PEOPLE, rng.randint(1, _MAX_AUTHORS)),
            "categories": rng.sample(_CATEGORIES, rng.randint(1, 3)),
            "summary": " ".join(_SENTENCES).format_map(values),
        }
        yield f"{json.dumps(paper, ensure_ascii=False)}\n"


if __name__ == "__main__":
    run_generator("tests.arxiv_corpus", write_arxiv_corpus)
