"""Measure how fast digests are read, by format: python -m tests.bench.readers [--text 900,2700].

Prints megabytes per second of processor time, the best of some runs, so that other programs disturb
little, for each length of a paper's text. Most of the time goes into finding a paper and its
fields, so that longer texts are read at more megabytes per second. The last line is a page that
names no paper; such a page costs a search only.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import process_time

from rich.console import Console
from rich.table import Table

from tests.digests.general.shapes import SHAPES, WrittenPaper
from tui.digests.reader import read

DAY = date(2025, 5, 14)
NAMES = ("Ada Bell", "Cy Dorn", "Hana Seo", "Paul Wirth", "Mei Lin")
SENTENCE = "Stairs are climbed by people of all ages, and most of them are quiet while they do it. "
FORMATS = frozenset(
    {
        *("headings_with_fields", "korean_headings", "bold_titles", "collapsed", "labels_only"),
        *("channel_posts", "linked_items", "plain_items", "nested_fields", "english_table"),
        *("html_table", "html_articles", "rss", "fields", "json_by_day", "json_lines"),
        *("python_dicts", "messages_in_json", "yaml_list", "comma_separated"),
    }
)
"""The shapes to measure."""

SAMPLES = Path(__file__).parents[2] / "sample_data"


def main() -> None:
    """Parse the command line, measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--text", default="900,2700", help="bytes of text of each paper")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("names", nargs="*", help="measure only these formats")
    arguments = parser.parse_args()
    lengths = [int(length) for length in arguments.text.split(",")]
    table = Table("format", "papers", *(f"MB/s, {length:,} bytes" for length in lengths))
    for column in table.columns[1:]:
        column.justify = "right"
    rows: dict[str, list[str]] = {}
    for length in lengths:
        for name, path, text in _digests(arguments.papers, length):
            if arguments.names and name not in arguments.names:
                continue
            data = text.encode()
            seconds, papers = _measure(data, path, arguments.runs)
            rows.setdefault(name, [name, f"{papers:,}"]).append(f"{len(data) / seconds / 1e6:.1f}")
    for row in rows.values():
        table.add_row(*row)
    Console(width=100).print(table)


def _digests(count: int, length: int) -> Iterator[tuple[str, str, str]]:
    """Yield the name, path and text of a digest in each format.

    Args:
        count: how many papers it has.
        length: of the text of each paper, in bytes.
    """
    papers = [_paper(number, length) for number in range(count)]
    for shape in SHAPES:
        if shape.name in FORMATS:
            yield shape.name, *shape.write(papers, DAY)
    for folder in sorted(SAMPLES.glob("daily_papers*")):
        file = min(folder.rglob("*.md"))
        text = file.read_text("utf-8")
        yield f"{folder.name} (dialect)", file.name, text * (2_000_000 // len(text))
    yield "no paper", "notes.md", f"# Notes\n\n{SENTENCE * 6}\n\n" * 20_000


def _paper(number: int, length: int) -> WrittenPaper:
    return WrittenPaper(
        f"2505.{number:05}",
        f"Quiet Stairs in Houses of the Year {1000 + number}: A Study of Steps",
        tuple(NAMES[(number + each) % len(NAMES)] for each in range(4)),
        number % 200,
        (SENTENCE * (length // len(SENTENCE) + 1))[:length].rstrip(),
    )


def _measure(data: bytes, path: str, runs: int) -> tuple[float, int]:
    """Return the least processor time of some runs, and how many papers were found."""
    times = []
    papers = 0
    for _ in range(runs):
        gc.collect()
        start = process_time()
        papers = len(read(data, path).entries)
        times.append(process_time() - start)
    return min(times), papers


if __name__ == "__main__":
    main()
