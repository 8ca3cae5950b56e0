"""Export to a digest, which the program reads again."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tests.library.export.records import render_text
from tui.digests.dialects.broadsheet import NAME
from tui.digests.reader import read
from tui.library.export import ExportRecord
from tui.models import ET_AL, UNDATED, EntryRef, Marks, Paper, Summary
from tui.sanitize import clean, clean_line

IDS = (
    "2505.04921", "hep-th/9901001", "doi:10.1101/2025.04.11.648321", "openreview:rJl-b3RcF7",
    "acl:2023.acl-long.1", "url:https://example.org/a?b=c",
)  # fmt: skip
DAYS = ("2025-05-22", "2025-05-21", "2024-12-31", UNDATED)

SPECIAL = st.sampled_from(
    ["# x", "## [x](https://arxiv.org/abs/2505.00001)", "> y", "\\> z", "\\\\# w", "- Votes: 3",
     "- Id: 2505.00002", "```", "[//]: # (broadsheet digest)", "", "---", "   indented", "a; b, c"]
)  # fmt: skip
LINE = st.one_of(SPECIAL, st.text(max_size=20)).map(clean_line)
# The values in a library are clean, and summaries have no blank lines around them.
TEXT = st.lists(LINE, max_size=6).map(lambda lines: clean("\n".join(lines)).strip())
TITLE = st.one_of(SPECIAL, st.text(min_size=1, max_size=60)).map(clean_line).filter(bool)
NAME_TEXT = (
    st.text(min_size=1, max_size=20).map(clean_line).filter(lambda name: name not in {"", ET_AL})
)


@st.composite
def records(draw: st.DrawFn) -> ExportRecord:
    days = sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1)))
    entries = tuple(EntryRef(day, "note", "a.md", 0, number) for number, day in enumerate(days))
    authors = draw(st.lists(NAME_TEXT, max_size=3))
    has_more = draw(st.booleans())
    if authors and has_more:
        authors.append(ET_AL)
    paper = Paper(
        draw(st.sampled_from(IDS)),
        draw(TITLE),
        draw(st.one_of(st.none(), st.integers(0, 9_999_999))),
        "\n".join(authors),
        tuple(day for day in days if day != UNDATED),
        entries,
        draw(st.sampled_from(["", "cs.CL", "cs.CL math.GT +cross"])),
    )
    texts = draw(st.lists(st.tuples(st.sampled_from(entries), TEXT), max_size=3))
    summaries = [
        Summary(entry, text, (), draw(st.sampled_from([None, "https://example.org/a.png"])))
        for entry, text in texts
    ]
    return ExportRecord(paper, Marks(note=draw(TEXT)), summaries)


@given(st.lists(records(), max_size=3, unique_by=lambda record: record.paper.paper_id))
@example(
    [
        ExportRecord(
            Paper("2505.04921", "A *title* [x](y) $z_1$", 0, "Roe, Jane\net al.", (), ()),
            Marks(note="# Not a heading\n> nor a quotation\n## nor a paper"),
        )
    ]
)
def test_digest_is_read_again(exported: list[ExportRecord]) -> None:
    digest = read(render_text(exported, "digest").encode(), "2020-01-01.md")
    assert not [problem for problem in digest.problems if not problem.is_note]
    if not exported:
        assert digest.entries == ()
        return
    assert digest.dialect == NAME
    for paper, marks, summaries in exported:
        entries = [entry for entry in digest.entries if entry.paper_id == paper.paper_id]
        days = sorted({*paper.dates, *(each.entry.date for each in summaries)} or {UNDATED})
        assert [entry.date for entry in entries] == days[::-1]
        for entry in entries:
            assert entry.title == (None if paper.title == paper.paper_id else paper.title)
            assert "\n".join(entry.authors) == paper.author_lines
            of_day = [each for each in summaries if each.entry.date == entry.date]
            quotes = "\n\n".join(each.markdown for each in of_day if each.markdown)
            comment = marks.note if entry is entries[0] else ""
            expected = [f"## Comment\n\n{comment}" if comment else "", quotes]
            assert entry.summary == "\n\n".join(filter(None, expected))
            assert entry.thumbnail == next(
                (each.thumbnail for each in of_day if each.thumbnail), None
            )
        assert entries[0].labels == paper.categories
        assert [entry.votes for entry in entries] == [paper.votes, *[None] * (len(entries) - 1)]


def test_papers_may_be_added_by_hand() -> None:
    text = """[//]: # (broadsheet digest)
# Reading group

Preface.

## [Counting Wind](https://arxiv.org/abs/2505.04921v2)

Worth an hour.

## Another
https://openreview.net/forum?id=rJl-b3RcF7
- Day: 2025-05-23
- Authors: Ada Kim, Bo Lee

## Without a link
"""
    digest = read(text.encode(), "2025-05-22.md")
    first, second = digest.entries
    assert (first.paper_id, first.date) == ("2505.04921", "2025-05-22")
    assert first.title == "Counting Wind"
    assert "Worth an hour." in first.summary
    assert (second.paper_id, second.date) == ("openreview:rJl-b3RcF7", "2025-05-23")
    assert second.authors == ("Ada Kim", "Bo Lee")
    [problem] = [problem for problem in digest.problems if not problem.is_note]
    assert problem.line == 15
