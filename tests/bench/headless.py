"""Measure searches, marks and similar papers without a terminal.

    python -m tests.bench.headless [--papers 5500]

Times are from a key to its effect on a headless screen of 120 x 40 cells. Machines are noisy:
compare times of one run only.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from tests.corpus import write_corpus
from tests.ui.driver import AppDriver, open_app, wait_until
from tests.ui.sources import DigestSource

SEARCH_WORDS = ("diffusion", "transformer", "강화학습", "ㄱㅎㅎㅅ")
STAR_COUNT = 40


def format_row(name: str, seconds: list[float]) -> str:
    """Return a line of the table: median and 95th percentile, in milliseconds."""
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"{name:<34} {median(seconds) * 1000:8.0f} {p95 * 1000:8.0f} {len(seconds):6}"


async def time_letters(reader: AppDriver, word: str) -> list[float]:
    """Type a word into the search; return for each letter the seconds until its result is shown."""
    times = []
    for end in range(1, len(word) + 1):
        start = perf_counter()
        reader.prompt.value = word[:end]
        await wait_until(lambda end=end: _shown_query(reader) == word[:end])  # type: ignore[misc]
        times.append(perf_counter() - start)
    reader.prompt.value = ""
    await reader.wait_until_idle()
    return times


def _shown_query(reader: AppDriver) -> str:
    model = reader.screen.model
    return str(model.view.query) if model.is_complete else ""


def _shows_similar_papers(reader: AppDriver) -> bool:
    model = reader.screen.model
    return model.is_complete and bool(model.view.scope.similar_to)


async def time_key(reader: AppDriver, key: str, condition: Callable[[], bool]) -> float:
    """Press a key; return the seconds until a condition is met."""
    start = perf_counter()
    await reader.pilot.press(key)
    await wait_until(condition)
    return perf_counter() - start


async def measure(source: DigestSource) -> list[str]:
    """Return the table's lines."""
    rows = []
    async with open_app(source.options(period="")) as reader:
        await reader.press("slash")
        start = await time_letters(reader, SEARCH_WORDS[0][:1])
        rows.append(format_row("search, first letter (texts read)", start))
        for word in SEARCH_WORDS:
            rows.append(
                format_row(f"search, each letter of {word}", await time_letters(reader, word))
            )
        await reader.press("escape")
        marks = []
        for _ in range(STAR_COUNT):
            marks.append(await time_key(reader, "asterisk", lambda: "tarred" in reader.status))
            await reader.press("j")
        rows.append(format_row("star, until it is on disk", marks))
        like = []
        for _ in range(3):
            like.append(await time_key(reader, "m", lambda: _shows_similar_papers(reader)))
            await reader.press("ctrl+o")
            await reader.press("j")
        rows.append(format_row("similar papers, first time", like[:1]))
        rows.append(format_row("similar papers, again", like[1:]))
    return rows


def main() -> None:
    """Generate a library, measure, and print the table."""
    parser = argparse.ArgumentParser(prog="tests.bench.headless", description=__doc__)
    parser.add_argument("--papers", type=int, default=5500, help="number of papers")
    papers = parser.parse_args().papers
    with tempfile.TemporaryDirectory() as folder:
        digests = Path(folder) / "digests"
        write_corpus(digests, papers)
        source = DigestSource(digests, Path(folder) / "cache")
        source.sync()
        lines = asyncio.run(measure(source))
    print(f"{f'{papers} papers':<34} {'median':>8} {'p95':>8} {'times':>6}   (ms)")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
