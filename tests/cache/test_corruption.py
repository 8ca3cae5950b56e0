"""Corruption of every file of a cache is detected, and the cache is rebuilt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.cache.collecting import FILES, Collection, contents
from tests.storage.corruption import bit_flips, truncations, with_other_content
from tests.support.sample_digests import SamplePaper, block_digest, ko_digest
from tui.cache.source_cache import SCHEMA
from tui.storage.tables import StorageError

pytestmark = pytest.mark.slow

SAMPLES_PER_KIND = 40
"""Corruptions of each kind, spread over the file. The tests of storage use all."""

Corruption = Callable[[bytes], Iterator[bytes]]


def other_contents(_data: bytes) -> Iterator[bytes]:
    return with_other_content(SCHEMA)


def spread(corrupt: Corruption, data: bytes) -> Iterator[bytes]:
    number = sum(1 for _ in corrupt(data))
    return islice(corrupt(data), None, None, max(1, number // SAMPLES_PER_KIND))


@pytest.fixture
def papers(tmp_path: Path) -> Collection:
    collection = Collection(tmp_path)
    collection.write("may.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 10)]))
    collection.write("june.md", block_digest("2025-06-01", [SamplePaper("2506.00001", "June")]))
    collection.sync()
    return collection


@pytest.mark.parametrize("corrupt", [truncations, bit_flips, other_contents])
@pytest.mark.parametrize("name", FILES)
def test_corruption_is_detected_and_the_cache_rebuilt(
    papers: Collection, name: str, corrupt: Corruption
) -> None:
    expected = papers.rebuilt_contents()
    data = papers.file(name).read_bytes()
    for spoiled in spread(corrupt, data):
        papers.file(name).write_bytes(spoiled)
        papers.sync()
        library = papers.library()
        # Reading reports damage, and never raises.
        library.problems()
        for paper in library.papers():
            library.summaries(paper)
        library.paper("2505.00001")
        if library.read_errors:
            assert str(papers.file(name)) in library.read_errors[0]
            papers.sync(rebuild=True)
        assert contents(papers.library()) == expected, spoiled
        papers.file(name).write_bytes(data)
        papers.sync(rebuild=True)
        data = papers.file(name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_swapped_files_are_detected(papers: Collection, name: str) -> None:
    expected = papers.rebuilt_contents()
    for other_name in FILES:
        originals = {file: papers.file(file).read_bytes() for file in FILES}
        papers.file(name).write_bytes(originals[other_name])
        try:
            papers.sync()
        except StorageError as error:
            pytest.fail(f"{other_name} for {name}: {error}")
        library = papers.library()
        for paper in library.papers():
            library.summaries(paper)
        if library.read_errors or contents(library) != expected:
            papers.sync(rebuild=True)
        assert contents(papers.library()) == expected
