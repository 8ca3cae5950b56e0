"""Views, and the texts that describe them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.keybindings import first_key_label
from tui.library.empty_list import empty_list_text
from tui.library.scope import Scope, by_author, similar_to
from tui.library.view import (
    VOTE_THRESHOLDS,
    Listing,
    View,
    left_out_text,
    next_threshold,
    result_count_text,
)
from tui.models import Paper
from tui.query import columns
from tui.query.parser import parse
from tui.query.query import Query
from tui.query.sorting import SortKey, reversed_sort, sort_by

UNREAD = Scope(query_text="is:unread", name="Unread")
STARRED = Scope(query_text="is:starred", name="Starred")

VOTES = (SortKey(columns.VOTES, descending=True),)


def papers(*votes: int | None) -> list[Paper]:
    return [
        Paper(f"2505.0000{number}", f"T{number}", count, "", ("2025-05-01",), ())
        for number, count in enumerate(votes)
    ]


def view(period: str = "", min_votes: int = 0, query: str = "") -> View:
    return View(Scope(period), min_votes, VOTES, parse(query))


def empty(total: int = 0, matched: int = 0, below: int = 0, unknown: int = 0) -> Listing:
    return Listing((), total, matched, below, unknown)


def empty_text(
    view: View, listing: Listing, *, is_syncing: bool = False, has_papers: bool = True
) -> tuple[str, ...]:
    return empty_list_text(
        view, listing, has_papers=has_papers, is_syncing=is_syncing, key_label=first_key_label,
        newest_day="2025-05-30" if has_papers else "",
    )  # fmt: skip


def test_threshold_excludes_fewer_and_unknown_votes() -> None:
    listing = view(min_votes=10).listing(papers(5, None, 20, 10, None, 9), 50)
    assert [paper.votes for paper in listing.papers] == [20, 10]
    assert listing[1:5] == (50, 6, 2, 2)


def test_without_threshold_all_papers_are_listed() -> None:
    listing = view(min_votes=0).listing(papers(0, None, 3), 3)
    assert [paper.votes for paper in listing.papers] == [3, 0, None]
    assert listing[1:5] == (3, 3, 0, 0)


@given(
    votes=st.lists(st.none() | st.integers(0, 120), max_size=9),
    min_votes=st.sampled_from(VOTE_THRESHOLDS),
)
def test_counts_add_up(votes: list[int | None], min_votes: int) -> None:
    listing = view(min_votes=min_votes).listing(papers(*votes), 99)
    assert (
        len(listing.papers) + listing.below_threshold + listing.unknown_votes
        == listing.matched
        == len(votes)
    )
    assert listing.below_threshold == sum(
        count is not None and count < min_votes for count in votes
    )
    assert all((paper.votes or 0) >= min_votes for paper in listing.papers)


@pytest.mark.parametrize(
    ("min_votes", "higher", "lower"),
    [(0, 5, 0), (5, 10, 0), (7, 10, 5), (50, 100, 20), (100, 100, 50), (250, 250, 100)],
)
def test_next_threshold_is_one_step_away(min_votes: int, higher: int, lower: int) -> None:
    assert next_threshold(min_votes, 1) == higher
    assert next_threshold(min_votes, -1) == lower


def test_thresholds_are_the_same_up_and_down() -> None:
    ascending = [0]
    while (threshold := next_threshold(ascending[-1], 1)) != ascending[-1]:
        ascending.append(threshold)
    assert tuple(ascending) == VOTE_THRESHOLDS
    descending = [VOTE_THRESHOLDS[-1]]
    while (threshold := next_threshold(descending[-1], -1)) != descending[-1]:
        descending.append(threshold)
    assert descending == ascending[::-1]


def test_listing_applies_threshold_and_order() -> None:
    listing = view(min_votes=5).listing(papers(5, 9, None, 4), 7)
    assert [paper.votes for paper in listing.papers] == [9, 5]
    assert listing[1:5] == (7, 4, 1, 1)


def test_order_of_the_query_takes_precedence() -> None:
    sorted_view = view(query="sort:id")
    assert [paper.votes for paper in sorted_view.listing(papers(5, 9), 2).papers] == [5, 9]
    assert sorted_view.order_text() == "id ▴"
    assert view().order_text() == "votes ▾"
    two_columns = View(Scope(), 0, (*VOTES, SortKey(columns.TITLE, descending=False)), Query())
    assert two_columns.order_text() == "votes ▾, title ▴"


def test_name_is_the_period() -> None:
    assert view("2025-05").scope.title == "May 2025"
    assert view().scope.title == "All days"


@pytest.mark.parametrize(
    ("min_votes", "query", "text"),
    [
        (0, "", ""),
        (10, "", "10+ votes"),
        (0, "GPT-4o  sort:id", "/GPT-4o"),
        (10, "diffusion", "/diffusion   10+ votes"),
        (0, "sort:id", ""),
    ],
)
def test_filter_text_is_query_and_threshold(min_votes: int, query: str, text: str) -> None:
    assert view(min_votes=min_votes, query=query).filter_text == text


def test_below_text_counts_the_papers_below_the_threshold() -> None:
    listing = Listing(papers(20), 9, 4, 2000, 1)
    assert view(min_votes=10).below_text(listing) == " (2,000 below, 1 unknown)"
    assert view(min_votes=10).below_text(empty(below=2)) == " (2 below)"
    assert view(min_votes=10).below_text(empty()) == ""


def test_hidden_papers_are_counted_apart_from_others_that_are_left_out() -> None:
    listing = empty()
    assert left_out_text(listing) == ""
    assert left_out_text(listing._replace(left_out=1200, hidden=1200)) == "1,200 hidden"
    assert left_out_text(listing._replace(left_out=3, hidden=1)) == "1 hidden, 2 left out"


def test_result_count_text_has_counts() -> None:
    assert result_count_text(Listing(papers(1, 2), 210, 9, 0, 0)) == "2/210"
    assert result_count_text(Listing(papers(1, 2), 2, 2, 0, 0)) == "2 papers"
    assert result_count_text(Listing(papers(1), 1, 1, 0, 0)) == "1 paper"
    assert result_count_text(empty(total=1)) == "0/1"


def test_empty_list_text_gives_reason_and_remedy() -> None:
    with_unknown = empty_text(view(min_votes=50), empty(total=9, matched=4, below=3, unknown=1))
    assert with_unknown[0] == "No papers have 50 or more votes."
    assert with_unknown[1] == "3 with fewer; 1 paper with unknown votes."
    assert with_unknown[2].startswith("- lowers")
    all_known = empty_text(view(min_votes=50), empty(total=9, matched=3, below=3))
    assert all_known[1] == "3 with fewer."
    searched = empty_text(view("2025-05", query="abc"), empty(total=9))
    assert "abc" in searched[0]
    assert searched[-1] == "/ and then Shift+Tab searches all days."
    assert len(empty_text(view(query="abc"), empty(total=9))) == len(searched) - 1
    assert "Reading" in empty_text(view("2025"), empty(), is_syncing=True)[0]
    assert "sidebar" in empty_text(view("2025"), empty())[1]
    for empty_view in (view(), View(UNREAD, 0, VOTES)):
        no_papers, fetch, add, *_rest = empty_text(empty_view, empty(), has_papers=False)
        assert no_papers == "There are no papers yet."
        assert fetch == "Press F to fetch this week's papers from Hugging Face."
        assert "broadsheet add" in add


def test_search_for_dates_says_where_the_digests_end() -> None:
    newest = "Fri 30 May 2025 is the newest day."
    assert empty_text(view(query="date:7d"), empty(total=9))[1] == newest
    assert newest not in empty_text(view(query="abc"), empty(total=9))
    saved_view = View(Scope(query_text="date:7d votes:>=20", name="Week"), 0, VOTES)
    assert empty_text(saved_view, empty())[1:] == (newest, "Ctrl+O goes back.")


def test_empty_scopes_of_marks_have_their_own_hints() -> None:
    def hint(scope: Scope) -> str:
        return empty_text(View(scope, 0, VOTES), empty())[1]

    assert hint(UNREAD) == "You have read all papers."
    assert hint(STARRED) == "* stars the paper under the cursor."
    assert hint(by_author("Ada Bell")) == "Ctrl+O goes back."
    assert hint(similar_to(papers(1)[0])) == "Ctrl+O goes back."


@pytest.mark.parametrize(
    ("current", "query"),
    [
        (view(), "sort:-votes"),
        (view("2025-05", 10, "id:1"), "id:1 date:2025-05 votes:>=10 sort:-votes"),
        (view(query="Map date:7d"), "map date:7d sort:relevance,-votes"),
        (view(query="a OR b sort:id"), "a OR b sort:id"),
        (View(STARRED, 0, (), parse("a")), "is:starred a"),
        (View(by_author('A "B" C'), 0, VOTES), 'author:="a ""b"" c" sort:-votes'),
    ],
)
def test_view_is_a_single_query(current: View, query: str) -> None:
    assert str(current.as_query()) == query


def test_similar_papers_are_not_a_query() -> None:
    with pytest.raises(ValueError, match="cannot express"):
        View(similar_to(papers(1)[0]), 0, ()).as_query()


def test_with_sort_replaces_the_order_of_the_query() -> None:
    by_id = (SortKey(columns.ID, descending=False),)
    sorted_by_id = view(query="votes:5 sort:-date").with_sort(by_id)
    assert sorted_by_id == View(Scope(), 0, by_id, parse("votes:5"))


def test_text_search_is_sorted_by_relevance_unless_another_order_is_chosen() -> None:
    by_relevance = (SortKey(columns.RELEVANCE, descending=False), *VOTES)
    assert view(query="Diffusion -survey").order == by_relevance
    assert view(query="Diffusion").order_text() == "relevance"
    assert view(query="(a OR votes:>5)").order == by_relevance
    for query in ("", "-survey", "votes:>5", "author:kim title:map", "NOT (a OR b)"):
        assert view(query=query).order == VOTES
    assert view(query="diffusion sort:date").order_text() == "date ▴"
    # Papers similar to another one are sorted by similarity.
    assert View(similar_to(papers(1)[0]), 0, (), parse("a")).order == ()
    saved = Scope(query_text="a sort:relevance,-votes", name="Saved")
    assert View(saved, 0, saved.sort() or (), parse("b")).order == by_relevance


def test_order_that_is_chosen_in_a_text_search_replaces_relevance() -> None:
    search = view(query="Diffusion")
    by_date = sort_by(columns.DATE, search.order)
    chosen = search.with_sort(by_date)
    assert chosen.order == by_date
    assert chosen.filter_text == "/Diffusion"
    # It stays after the search, but relevance does not.
    assert chosen._replace(query=Query()).order == by_date
    assert search.with_sort(reversed_sort(search.order)).sort == reversed_sort(VOTES)
