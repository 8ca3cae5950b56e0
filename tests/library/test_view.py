"""What the reader looks at, in words."""

from __future__ import annotations

import pytest

from tui.config.keybindings import first_key_label
from tui.library.listing import Listing
from tui.library.scope import Scope, by_author, similar_to, starred, unread
from tui.library.view import View, empty_list_text, result_count_text
from tui.models import Paper
from tui.query import Query, SortKey, columns, parse

VOTES = (SortKey(columns.VOTES, descending=True),)


def papers(*votes: int | None) -> list[Paper]:
    return [
        Paper(f"2505.0000{number}", f"T{number}", each, "", ("2025-05-01",), ())
        for number, each in enumerate(votes)
    ]


def view(period: str = "", min_votes: int = 0, query: str = "") -> View:
    return View(Scope(period), min_votes, VOTES, parse(query))


def empty(total: int = 0, found: int = 0, below: int = 0, unknown: int = 0) -> Listing:
    return Listing((), total, found, below, unknown)


def reasons(
    shown: View, listing: Listing, *, reading: bool = False, any_papers: bool = True
) -> tuple[str, ...]:
    return empty_list_text(
        shown,
        listing,
        any_papers=any_papers,
        reading=reading,
        sign=first_key_label,
    )


def test_a_listing_is_by_threshold_and_order() -> None:
    listing = view(min_votes=5).listing(papers(5, 9, None, 4), 7)
    assert [paper.votes for paper in listing.papers] == [9, 5]
    assert (listing.total, listing.matched, listing.below_threshold, listing.unknown_votes) == (
        7,
        4,
        1,
        1,
    )


def test_the_query_may_tell_the_order() -> None:
    shown = view(query="sort:id")
    assert [paper.votes for paper in shown.listing(papers(5, 9), 2).papers] == [5, 9]
    assert shown.order_text == "id ▴"
    assert view().order_text == "votes ▾"
    both = View(Scope(), 0, (*VOTES, SortKey(columns.TITLE, descending=False)), Query())
    assert both.order_text == "votes ▾, title ▴"


def test_the_name_is_the_period() -> None:
    assert view("2025-05").name == "May 2025"
    assert view().name == "All days"


@pytest.mark.parametrize(
    ("min_votes", "query", "rule"),
    [
        (0, "", ""),
        (10, "", "10+ votes"),
        (0, "diffusion sort:id", "/diffusion sort:id"),
        (10, "diffusion", "/diffusion   10+ votes"),
        (0, "sort:id", ""),
    ],
)
def test_the_rule_is_query_and_threshold(min_votes: int, query: str, rule: str) -> None:
    assert view(min_votes=min_votes, query=query).filter_text == rule


def test_what_the_threshold_hides() -> None:
    listing = Listing(papers(20), 9, 4, 2, 1)
    assert view(min_votes=10).hidden_text(listing) == ", 3 hidden (1 unknown)"
    assert view(min_votes=10).hidden_text(empty(below=2)) == ", 2 hidden"
    assert view().hidden_text(listing) == ""


def test_how_many_are_shown() -> None:
    assert result_count_text(Listing(papers(1, 2), 210, 9, 0, 0)) == "2 of 210 papers"
    assert result_count_text(Listing(papers(1, 2), 2, 2, 0, 0)) == "2 papers"
    assert result_count_text(Listing(papers(1), 1, 1, 0, 0)) == "1 paper"
    assert result_count_text(empty(total=1)) == "0 of 1 paper"


def test_why_nothing_is_shown_and_the_way_out() -> None:
    few = reasons(view(min_votes=50), empty(total=9, found=4, below=3, unknown=1))
    assert few[0] == "No paper reaches 50 votes."
    assert few[1] == "3 with fewer; 1 paper with unknown votes."
    assert few[2].startswith("- lowers")
    known = reasons(view(min_votes=50), empty(total=9, found=3, below=3))
    assert known[1] == "3 with fewer."
    searched = reasons(view("2025-05", query="abc"), empty(total=9))
    assert "abc" in searched[0]
    assert searched[-1].startswith("0 ")
    assert len(reasons(view(query="abc"), empty(total=9))) == len(searched) - 1
    assert "Reading" in reasons(view("2025"), empty(), reading=True)[0]
    assert "sidebar" in reasons(view("2025"), empty())[1]
    assert "broadsheet add" in reasons(view(), empty(), any_papers=False)[1]
    assert "broadsheet add" in reasons(View(unread(), 0, VOTES), empty(), any_papers=False)[1]


def test_shelves_of_marks_are_empty_for_reasons_of_their_own() -> None:
    def reason(shelf: Scope) -> str:
        return reasons(View(shelf, 0, VOTES), empty())[1]

    assert reason(unread()) == "You have read them all."
    assert reason(starred()) == "* gives the paper under the cursor a star."
    assert reason(by_author("Ada Bell")) == "Ctrl+O goes back to where you were."
    assert reason(similar_to(papers(1)[0])) == "Ctrl+O goes back to where you were."


@pytest.mark.parametrize(
    ("shown", "query"),
    [
        (view(), "sort:-votes"),
        (view("2025-05", 10, "diffusion"), "diffusion date:2025-05 votes:>=10 sort:-votes"),
        (view(query="a OR b sort:id"), "a OR b sort:id"),
        (View(starred(), 0, (), parse("a")), "is:starred a"),
        (View(by_author('A "B" C'), 0, VOTES), 'author:="a ""b"" c" sort:-votes'),
    ],
)
def test_what_is_looked_at_is_one_query(shown: View, query: str) -> None:
    assert str(shown.as_query()) == query


def test_what_is_like_a_paper_is_no_query() -> None:
    with pytest.raises(ValueError, match="no words"):
        View(similar_to(papers(1)[0]), 0, ()).as_query()


def test_another_order_takes_the_place_of_the_query_s() -> None:
    by_id = (SortKey(columns.ID, descending=False),)
    assert view(query="a sort:-date").with_sort(by_id) == View(Scope(), 0, by_id, parse("a"))
