"""Any file can be read and displayed, and a generated digest is read completely."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.digests.invariants import check_digest
from tests.fuzz.digests import (
    GeneratedDigest,
    generated_digests,
    mutated_digests,
    mutated_shapes,
    unsafe_characters,
)
from tui.digests.reader import read
from tui.models import Digest, EntryRef, Paper, Summary
from tui.ui.typeset.paper_page import typeset_page


def check_typeset_lines(digest: Digest) -> None:
    """Typeset every entry; assert that its lines are safe and fit the screen."""
    for entry in digest.entries:
        reference = EntryRef(entry.date, entry.dialect, digest.path, 0, 1)
        authors, title = "\n".join(entry.authors), entry.title or entry.paper_id
        paper = Paper(entry.paper_id, title, entry.votes, authors, (entry.date,), (reference,))
        summary = Summary(reference, entry.summary, entry.sections, entry.thumbnail)
        for line in typeset_page(paper, [summary], 40):
            assert unsafe_characters(line.text) == set()
            assert cell_len(line.text) <= 40
            assert all(re.match("(?i)https?://|$", span.href) for span in line.spans)


@given(mutated_digests(), st.sampled_from(["2025/05/01.md", "README.md", "x"]))
def test_mutated_digest_can_be_read_and_displayed(text: str, path: str) -> None:
    digest = read(text.encode("utf-8", "surrogatepass"), path)
    check_digest(digest)
    check_typeset_lines(digest)


@given(mutated_shapes())
def test_mutated_shape_can_be_read_and_displayed(digest: tuple[str, str]) -> None:
    path, text = digest
    found = read(text.encode("utf-8", "surrogatepass"), path)
    check_digest(found)
    check_typeset_lines(found)


@given(mutated_digests(), st.binary(max_size=30), st.integers(0, 5000))
def test_mutated_digest_with_any_bytes_can_be_read(text: str, data: bytes, offset: int) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    check_digest(read(raw[:offset] + data + raw[offset:], "2025-05-01.md"))
    check_digest(read(raw[:offset], "2025-05-01.md"))


@given(
    mutated_digests(),
    st.sampled_from(["utf-16", "utf-16-le", "utf-32", "cp949", "latin-1", "utf-7"]),
)
def test_mutated_digest_in_another_encoding_can_be_read(text: str, encoding: str) -> None:
    check_digest(read(text.encode(encoding, "replace"), "2025-05-01.md"))


_SECTIONS: dict[str, tuple[str, ...]] = {
    "daily_papers_ko": ("What's New",),
    "daily_papers": ("1. Motivation",),
    "table": (),
    "note": (),
    "page": (),
}


@given(generated_digests())
def test_generated_digest_is_read_completely(page: GeneratedDigest) -> None:
    digest = read(page.text.encode(), page.date)
    assert digest.dialect == page.dialect
    assert [entry.paper_id for entry in digest.entries] == [paper.id for paper in page.papers]
    for entry, paper in zip(digest.entries, page.papers, strict=True):
        assert entry.date == page.date
        assert entry.title == paper.title
        summary = " ".join(unicodedata.normalize("NFC", paper.summary).split())
        assert summary in " ".join(entry.summary.split())
        has_votes = page.dialect in {"daily_papers_ko", "hub_json", "page"}
        assert entry.votes == (paper.votes if has_votes else None)
        assert entry.authors == (() if page.dialect == "daily_papers" else paper.authors)
        assert entry.sections == _SECTIONS.get(page.dialect, ("Abstract",))
    check_digest(digest)
    check_typeset_lines(digest)
