"""How long finding and keeping take in the browser, on a made-up library.

    python -m tests.bench.finding [--papers 5500]

Times are from a key to its result on the screen, in a headless terminal of 120 x 40 cells, so
that they hold all but the terminal's own. Machines are noisy: compare times of one run.
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
from tests.ui.driver import Reader, browsing, until
from tests.ui.sources import DigestSource

WORDS = ("diffusion", "transformer", "강화학습", "ㄱㅎㅎㅅ")
MARKS = 40


def row(name: str, seconds: list[float]) -> str:
    """Return a line of the table: median and 95th percentile, in milliseconds."""
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"{name:<34} {median(seconds) * 1000:8.0f} {p95 * 1000:8.0f} {len(seconds):6}"


async def typed(reader: Reader, word: str) -> list[float]:
    """Type a word into the search, and return how long the list took to follow each letter."""
    times = []
    for end in range(1, len(word) + 1):
        start = perf_counter()
        reader.prompt.value = word[:end]
        await until(lambda end=end: _asked(reader) == word[:end])  # type: ignore[misc]
        times.append(perf_counter() - start)
    reader.prompt.value = ""
    await reader.settle()
    return times


def _asked(reader: Reader) -> str:
    shown = reader.screen._shown
    return str(shown.query) if shown is not None and reader.screen.is_found else ""


def _shows_likeness(reader: Reader) -> bool:
    return reader.screen.is_found and bool(reader.screen._view.scope.similar_to)


async def pressed(reader: Reader, key: str, condition: Callable[[], bool]) -> float:
    """Press a key, and return how long it took until something was true."""
    start = perf_counter()
    await reader.pilot.press(key)
    await until(condition)
    return perf_counter() - start


async def measure(shelf: DigestSource) -> list[str]:
    """Return the table's lines."""
    rows = []
    async with browsing(shelf.opening(period="")) as reader:
        await reader.press("slash")
        first = await typed(reader, WORDS[0][:1])
        rows.append(row("search, first letter (texts read)", first))
        for word in WORDS:
            rows.append(row(f"search, each letter of {word}", await typed(reader, word)))
        await reader.press("escape")
        marks = []
        for _ in range(MARKS):
            marks.append(await pressed(reader, "asterisk", lambda: "tarred" in reader.status))
            await reader.press("j")
        rows.append(row("a star, until it is on disk", marks))
        like = []
        for _ in range(3):
            like.append(await pressed(reader, "m", lambda: _shows_likeness(reader)))
            await reader.press("ctrl+o")
            await reader.press("j")
        rows.append(row("papers like another, first call", like[:1]))
        rows.append(row("papers like another, later", like[1:]))
    return rows


def main() -> None:
    """Make a library, measure, and print the table."""
    parser = argparse.ArgumentParser(prog="tests.bench.finding", description=__doc__)
    parser.add_argument("--papers", type=int, default=5500, help="how many papers")
    papers = parser.parse_args().papers
    with tempfile.TemporaryDirectory() as folder:
        digests = Path(folder) / "digests"
        write_corpus(digests, papers)
        shelf = DigestSource(digests, Path(folder) / "cache")
        shelf.sync()
        lines = asyncio.run(measure(shelf))
    print(f"{f'{papers} papers':<34} {'median':>8} {'p95':>8} {'times':>6}   (ms)")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
