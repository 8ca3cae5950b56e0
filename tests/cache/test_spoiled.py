"""Every file of a cache, spoiled in every way: it is noticed, and the cache made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.cache.collecting import FILES, Collection, contents
from tests.storage.spoiling import replaced, truncated, with_a_bit_flipped
from tests.support.sample_digests import SamplePaper, block_digest, ko_digest
from tui.cache.source_cache import SCHEMA
from tui.storage.tables import StorageError

A_FEW = 40
"""Of each way, spread over the file: storage is tried with all of them."""

Spoil = Callable[[bytes], Iterator[bytes]]


def replaced_by_others(_data: bytes) -> Iterator[bytes]:
    return replaced(SCHEMA)


def spread(spoil: Spoil, data: bytes) -> Iterator[bytes]:
    number = sum(1 for _ in spoil(data))
    return islice(spoil(data), None, None, max(1, number // A_FEW))


@pytest.fixture
def papers(tmp_path: Path) -> Collection:
    made = Collection(tmp_path)
    made.write("may.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 10)]))
    made.write("june.md", block_digest("2025-06-01", [SamplePaper("2506.00001", "June")]))
    made.sync()
    return made


@pytest.mark.parametrize("spoil", [truncated, with_a_bit_flipped, replaced_by_others])
@pytest.mark.parametrize("name", FILES)
def test_it_is_noticed_and_made_anew(papers: Collection, name: str, spoil: Spoil) -> None:
    expected = papers.afresh()
    data = papers.file(name).read_bytes()
    for spoiled in spread(spoil, data):
        papers.file(name).write_bytes(spoiled)
        papers.sync()
        library = papers.library()
        # As a reader would: what is wrong is noticed when it is looked at, and never raised.
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
def test_a_file_in_the_place_of_another(papers: Collection, name: str) -> None:
    expected = papers.afresh()
    for other in FILES:
        whole = {each: papers.file(each).read_bytes() for each in FILES}
        papers.file(name).write_bytes(whole[other])
        try:
            papers.sync()
        except StorageError as error:
            pytest.fail(f"{other} for {name}: {error}")
        library = papers.library()
        for paper in library.papers():
            library.summaries(paper)
        if library.read_errors or contents(library) != expected:
            papers.sync(rebuild=True)
        assert contents(papers.library()) == expected
