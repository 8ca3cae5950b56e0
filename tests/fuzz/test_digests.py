"""Whatever a file holds, it is read; and what was written in a dialect is read as it was."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.digests.invariants import check_digest
from tests.fuzz.digests import Written, bent, unseen, written
from tui.digests.reader import read
from tui.models import Digest, EntryRef, Paper, Summary
from tui.ui.typeset.page import typeset_page


def check_what_is_shown(digest: Digest) -> None:
    """Lay out every entry: nothing in it may act or hide, nor be wider than the screen."""
    for entry in digest.entries:
        telling = EntryRef(entry.date, entry.dialect, digest.path, 0, 1)
        names, title = "\n".join(entry.authors), entry.title or entry.arxiv_id
        paper = Paper(entry.arxiv_id, title, entry.votes, names, (entry.date,), (telling,))
        summary = Summary(telling, entry.summary, entry.sections, entry.thumbnail)
        for line in typeset_page(paper, [summary], 40):
            assert unseen(line.text) == set()
            assert cell_len(line.text) <= 40
            assert all(re.match("(?i)https?://|$", span.href) for span in line.spans)


@given(bent(), st.sampled_from(["2025/05/01.md", "README.md", "x"]))
def test_bent_digests(text: str, path: str) -> None:
    digest = read(text.encode("utf-8", "surrogatepass"), path)
    check_digest(digest)
    check_what_is_shown(digest)


@given(bent(), st.binary(max_size=30), st.integers(0, 5000))
def test_bent_digests_with_bytes_of_any_kind(text: str, data: bytes, at: int) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    check_digest(read(raw[:at] + data + raw[at:], "2025-05-01.md"))
    check_digest(read(raw[:at], "2025-05-01.md"))


@given(bent(), st.sampled_from(["utf-16", "utf-16-le", "utf-32", "cp949", "latin-1", "utf-7"]))
def test_bent_digests_in_another_encoding(text: str, encoding: str) -> None:
    check_digest(read(text.encode(encoding, "replace"), "2025-05-01.md"))


_SECTIONS: dict[str, tuple[str, ...]] = {
    "daily_papers_ko": ("What's New",),
    "daily_papers": ("1. Motivation",),
    "table": (),
    "note": (),
    "page": (),
}


@given(written())
def test_what_is_written_is_read(page: Written) -> None:
    digest = read(page.text.encode(), page.date)
    assert digest.dialect == page.dialect
    assert [entry.arxiv_id for entry in digest.entries] == [told.id for told in page.papers]
    for entry, told in zip(digest.entries, page.papers, strict=True):
        assert entry.date == page.date
        assert entry.title == told.title
        summary = " ".join(unicodedata.normalize("NFC", told.summary).split())
        assert summary in " ".join(entry.summary.split())
        tells_votes = page.dialect in {"daily_papers_ko", "hub_json", "page"}
        assert entry.votes == (told.votes if tells_votes else None)
        assert entry.authors == (() if page.dialect == "daily_papers" else told.authors)
        assert entry.sections == _SECTIONS.get(page.dialect, ("Abstract",))
    check_digest(digest)
    check_what_is_shown(digest)
