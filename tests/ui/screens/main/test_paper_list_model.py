"""The states of the paper list, without a user interface."""

from __future__ import annotations

import pytest

from tui.config.session import Session
from tui.library.scope import Scope
from tui.library.view import View
from tui.models import Paper
from tui.query.columns import TITLE, VOTES
from tui.query.parser import parse
from tui.query.query import Query
from tui.query.sorting import SortKey
from tui.ui.screens.main.paper_list_model import (
    CursorPlacement,
    LoadState,
    PaperListModel,
)

DAY, OTHER_DAY = Scope("2025-05-30"), Scope("2025-05-29")
BY_VOTES = (SortKey(VOTES, descending=True),)
BY_TITLE = (SortKey(TITLE, descending=False),)


def paper(number: int, votes: int | None = None) -> Paper:
    """Return a paper with the id ``2505.0000<number>``."""
    return Paper(f"2505.0000{number}", f"Paper {number}", votes, "", ("2025-05-30",), ())


PAPERS = [paper(number, votes=10 * number) for number in range(1, 5)]
IDS = [each.paper_id for each in PAPERS]


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def model(session: Session) -> PaperListModel:
    """A model that waits for its first papers."""
    model = PaperListModel(View(DAY, 0, BY_VOTES), session)
    model.begin_loading()
    return model


def search(model: PaperListModel, query: str) -> None:
    """Search for a query, as typing it does."""
    assert model.change_view(model.view._replace(query=parse(query)))
    model.begin_loading()


# States


def test_list_is_loading_until_papers_arrive(model: PaperListModel) -> None:
    assert (model.state, model.is_complete) == (LoadState.LOADING, False)
    model.accept_results(PAPERS, 4, None, None)
    assert (model.state, model.is_complete) == (LoadState.COMPLETE, True)
    assert model.papers == PAPERS


def test_partial_results_are_followed_by_complete_ones(model: PaperListModel) -> None:
    model.accept_results(PAPERS[:1], 4, 2, None)
    assert (model.state, model.searched) == (LoadState.PARTIAL, 2)
    model.accept_results(PAPERS, 4, None, None)
    assert (model.state, model.searched) == (LoadState.COMPLETE, None)


def test_another_request_leads_back_to_loading(model: PaperListModel) -> None:
    model.accept_results(PAPERS, 4, None, None)
    search(model, "lenses")
    assert model.state is LoadState.LOADING
    assert model.papers == PAPERS, "the earlier papers stay visible"


def test_reload_of_the_same_papers_leaves_the_list_complete(model: PaperListModel) -> None:
    model.accept_results(PAPERS, 4, None, None)
    model.begin_loading()
    assert model.is_complete


def test_reload_during_a_search_is_not_complete(model: PaperListModel) -> None:
    model.accept_results(PAPERS[:1], 4, 2, None)
    model.begin_loading()
    assert (model.state, model.searched) == (LoadState.LOADING, None)


def test_query_taken_back_before_its_results_leaves_the_list_complete(
    model: PaperListModel,
) -> None:
    model.accept_results(PAPERS, 4, None, None)
    search(model, "lenses")
    model.change_view(model.view._replace(query=Query()))
    model.begin_loading()
    assert model.is_complete


def test_results_of_an_earlier_request_are_recognized(model: PaperListModel) -> None:
    search(model, "lenses")
    assert model.is_requested(DAY, parse("lenses"))
    assert model.is_requested(DAY, parse("lenses sort:title")), "the order is no other request"
    assert not model.is_requested(DAY, Query())
    assert not model.is_requested(OTHER_DAY, parse("lenses"))


# Views


def test_only_scope_and_clauses_need_other_papers(model: PaperListModel) -> None:
    view = model.view
    assert not model.change_view(view._replace(min_votes=20))
    assert not model.change_view(view.with_sort(BY_TITLE))
    assert model.change_view(view._replace(query=parse("lenses")))
    assert model.change_view(view._replace(scope=OTHER_DAY))


def test_dates_share_threshold_and_order_and_other_scopes_do_not(
    model: PaperListModel, session: Session
) -> None:
    model.change_view(View(DAY, 20, BY_TITLE))
    assert model.view_of(OTHER_DAY, Query()) == View(OTHER_DAY, 20, BY_TITLE)
    starred = Scope(query_text="is:starred", name="Starred")
    assert model.view_of(starred, Query()) == View(starred, 0, BY_TITLE)
    assert model.view_of(Scope(similar_to=IDS[0]), Query()).sort == ()
    model.change_view(View(starred, 50, BY_VOTES))
    assert (session.min_votes, session.sort) == (20, "title"), "only those of dates are remembered"


def test_listing_is_filtered_and_sorted_by_the_view(model: PaperListModel) -> None:
    model.accept_results(PAPERS, 4, None, None)
    model.change_view(model.view._replace(min_votes=25))
    model.update_listing()
    assert [each.paper_id for each in model.listing.papers] == [IDS[3], IDS[2]]
    assert model.listing.below_threshold == 2


# The cursor


def test_cursor_starts_on_the_remembered_paper(model: PaperListModel, session: Session) -> None:
    session.remember_cursor(DAY.key, IDS[2])
    assert model.accept_results(PAPERS, 4, None, None) == CursorPlacement(IDS[2], at_top=True)


def test_requested_paper_wins_over_the_remembered_one(
    model: PaperListModel, session: Session
) -> None:
    session.remember_cursor(DAY.key, IDS[2])
    model.target_paper = IDS[1]
    assert model.accept_results(PAPERS, 4, None, None) == CursorPlacement(IDS[1], at_top=True)
    assert model.target_paper is None


def test_cursor_stays_at_the_top_while_results_arrive(model: PaperListModel) -> None:
    model.accept_results(PAPERS[2:3], 4, 2, None)
    model.cursor_placed(IDS[2])
    assert model.accept_results(PAPERS, 4, None, IDS[2]) == CursorPlacement(None, at_top=True)


def test_reload_does_not_move_the_cursor(model: PaperListModel) -> None:
    model.accept_results(PAPERS, 4, None, None)
    model.cursor_placed(IDS[3])
    model.begin_loading()
    assert model.accept_results(PAPERS[1:], 3, None, IDS[2]) == CursorPlacement(None, at_top=False)


def test_pinned_cursor_returns_to_its_paper_when_the_search_finds_it(
    model: PaperListModel,
) -> None:
    model.accept_results(PAPERS, 4, None, None)
    model.cursor_placed(IDS[0])
    model.pin_cursor(IDS[0])
    search(model, "len")
    assert model.accept_results(PAPERS[2:3], 4, 2, IDS[0]) == CursorPlacement(IDS[0], at_top=True)
    model.cursor_placed(IDS[2])
    assert model.accept_results(PAPERS[:3], 4, None, IDS[2]) == CursorPlacement(IDS[0], at_top=True)


def test_cursor_that_the_reader_moved_is_no_longer_pinned(model: PaperListModel) -> None:
    model.accept_results(PAPERS, 4, None, None)
    model.pin_cursor(IDS[0])
    search(model, "len")
    assert model.accept_results(PAPERS, 4, None, IDS[1]) == CursorPlacement(IDS[1], at_top=True)


def test_results_do_not_move_a_cursor_that_the_reader_moved(model: PaperListModel) -> None:
    search(model, "len")
    model.accept_results(PAPERS[:2], 4, 2, None)
    model.cursor_placed(IDS[0])
    assert model.accept_results(PAPERS[:3], 4, 3, IDS[1]) is None
    assert model.accept_results(PAPERS, 4, None, IDS[1]) is None


def test_position_is_remembered_for_the_scope_in_the_list(
    model: PaperListModel, session: Session
) -> None:
    model.remember_position(IDS[0])
    assert session.cursors == {}, "nothing is shown yet"
    model.accept_results(PAPERS, 4, None, None)
    model.change_view(model.view_of(OTHER_DAY, Query()))
    model.remember_position(IDS[0])
    assert session.cursors == {DAY.key: IDS[0]}, "the other day is not shown yet"
    assert model.shown_scope == DAY


# Texts


def test_highlighters_follow_the_papers_in_the_list(model: PaperListModel) -> None:
    model.accept_results(PAPERS, 4, None, None)
    assert not model.update_highlighters(), "nothing to highlight"
    search(model, "lenses")
    assert not model.update_highlighters(), "the papers are still those of before"
    model.accept_results(PAPERS, 4, None, None)
    assert model.update_highlighters()
    assert model.highlighters.title is not None
    assert not model.update_highlighters()
    search(model, "")
    model.accept_results(PAPERS, 4, None, None)
    assert model.update_highlighters()
    assert model.highlighters.title is None
