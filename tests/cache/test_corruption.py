"""Corruption of every file of a cache is detected, and the cache is rebuilt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from tests.cache.cached_source import FILES, CachedSource, contents, indexed_words
from tests.storage.corruption import bit_flips, truncations, with_other_content
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


@pytest.mark.parametrize("corrupt", [truncations, bit_flips, other_contents])
@pytest.mark.parametrize("name", FILES)
def test_corruption_is_detected_and_the_cache_rebuilt(
    source: CachedSource, name: str, corrupt: Corruption
) -> None:
    expected = source.rebuilt_contents()
    data = source.file(name).read_bytes()
    for corrupted in spread(corrupt, data):
        source.file(name).write_bytes(corrupted)
        source.sync()
        library = source.library()
        # Reading reports damage, and never raises.
        library.problems()
        for paper in library.papers():
            library.summaries(paper)
        library.paper("2505.00001")
        if library.read_errors:
            assert str(source.file(name)) in library.read_errors[0]
            source.sync(rebuild=True)
        elif indexed_words(source.cache) is None:
            # The checksum is gone, and the texts may be those that were indexed, or not.
            assert name.endswith(".texts")
            source.sync(rebuild=True)
        assert contents(source.library()) == expected, corrupted
        source.file(name).write_bytes(data)
        source.sync(rebuild=True)
        data = source.file(name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_swapped_files_are_detected(source: CachedSource, name: str) -> None:
    expected = source.rebuilt_contents()
    for other_name in FILES:
        originals = {file: source.file(file).read_bytes() for file in FILES}
        source.file(name).write_bytes(originals[other_name])
        try:
            source.sync()
        except StorageError as error:
            pytest.fail(f"{other_name} in place of {name}: {error}")
        library = source.library()
        for paper in library.papers():
            library.summaries(paper)
        if library.read_errors or contents(library) != expected:
            source.sync(rebuild=True)
        assert contents(source.library()) == expected
