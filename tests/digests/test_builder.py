from __future__ import annotations

import pytest

from tui.digests.builder import RecordDigestBuilder
from tui.models import Digest


def digest_with_title(title: str, summary: str = "", *, has_summary_titles: bool = False) -> Digest:
    builder = RecordDigestBuilder("a.md", "page", has_summary_titles=has_summary_titles)
    builder.add_paper(7, arxiv_id="2504.00001", day="2025-05-01", title=title, summary=summary)
    return builder.build()


def test_long_title_is_truncated_and_reported() -> None:
    digest = digest_with_title("x" * 501)
    [entry] = digest.entries
    assert entry.title is not None
    assert len(entry.title) == 500
    assert entry.title.endswith("x…")
    [problem] = digest.problems
    assert str(problem) == "a.md:7: the title has 501 characters; shortened"


@pytest.mark.parametrize("title", ["x" * 500, "x"])
def test_short_titles_are_kept(title: str) -> None:
    digest = digest_with_title(title)
    assert digest.entries[0].title == title
    assert digest.problems == ()


@pytest.mark.parametrize(
    ("summary", "title"), [("# Title: Wind\n\ntext", "Wind"), ("text", "x"), ("# Title:", "x")]
)
def test_title_in_the_summary_is_preferred_if_the_dialect_has_such_titles(
    summary: str, title: str
) -> None:
    assert digest_with_title("x", summary, has_summary_titles=True).entries[0].title == title
    assert digest_with_title("x", summary).entries[0].title == "x"


def test_missing_title_is_reported_unless_it_may_be_missing() -> None:
    digest = digest_with_title("")
    assert digest.entries[0].title is None
    assert [str(problem) for problem in digest.problems] == ["a.md:7: title missing"]
    digest = digest_with_title("", has_summary_titles=True)
    assert digest.entries[0].title is None
    assert digest.problems == ()
