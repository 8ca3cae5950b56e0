"""Rows of commands, each in a new process."""

from __future__ import annotations

import time

from tests.bench.sample_libraries import SampleLibrary
from tests.bench.samples import Samples
from tests.bench.startup import MILLISECONDS_PER_SECOND

WORD = "diffusion"


def measure_list(samples: Samples, round_number: int, library: SampleLibrary) -> None:
    """List the papers with a word in their summaries."""
    started = time.monotonic()
    result = library.home.run("list", WORD, "-p", library.digests)
    duration = (time.monotonic() - started) * MILLISECONDS_PER_SECOND
    assert result.code == 0, result.err
    samples.add("list-word", library.papers, round_number, duration)
