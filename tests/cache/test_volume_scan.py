"""Rows that are found in a file without parsing it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cache.source_cache import SCHEMA
from tui.cache.volume_scan import rows_with_numbers
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import write_tables

PIECES = ['"', "\\", '"}', '"},"3":{"id":"', '":{"id":', "}}", ',"', "3", "\n", "é", "한", " "]
texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
rows = st.lists(st.tuples(texts, texts), max_size=8)


def row(paper_id: str, labels: str) -> dict[str, Any]:
    return {"id": paper_id, "date": "2025-05-01", "title": paper_id, "labels": labels}


@given(rows=rows, seed=st.randoms(use_true_random=False))
def test_rows_are_found_by_their_numbers(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], seed: Random
) -> None:
    folder = TinyDbFolder(tmp_path_factory.mktemp("cache"), SCHEMA)
    # Numbers of which some begin or end with others.
    numbers = sorted(seed.sample([*range(40), *range(300, 340), 10**12 + 3], len(rows)))
    documents = {str(n): row(*texts) for n, texts in zip(numbers, rows, strict=True)}
    write_tables(folder.file("2025-05.rows"), {"entries": documents}, SCHEMA)
    data = folder.read_intact("2025-05.rows")
    assert data is not None
    wanted = sorted({*numbers[::2], 3, 17, 333})
    expected = {str(number): documents[str(number)] for number in wanted if number in numbers}
    assert rows_with_numbers(data, wanted) == expected


@pytest.mark.parametrize("data", [b"", b"{}", b'{"entries":{"1":{"id":"a"', b'"1":{"id":'])
def test_other_files_have_no_rows(data: bytes) -> None:
    try:
        assert rows_with_numbers(data, [1, 2]) == {}
    except ValueError:
        # It begins like a row, which is reported as damage.
        assert b'"1":{"id":' in data
