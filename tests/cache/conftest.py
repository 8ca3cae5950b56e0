"""Fixtures that several tests of the cache share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource
from tests.support.sample_digests import SamplePaper, block_digest, ko_digest


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    """A source with two digests, synced."""
    source = CachedSource(tmp_path)
    source.write("may.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 10)]))
    source.write("june.md", block_digest("2025-06-01", [SamplePaper("2506.00001", "June")]))
    source.sync()
    return source
