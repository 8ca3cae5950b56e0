"""What an empty list says: why it is empty, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from tui.i18n import _, ngettext
from tui.library.periods import format_period
from tui.library.scope import FOR_YOU_QUERY, LATER_QUERY, Scope
from tui.library.view import Listing, View


def empty_library_text(*, can_add: bool) -> str:
    """Return how papers get into an empty library.

    Args:
        can_add: whether the reader may add sources.
    """
    if can_add:
        return _("To add your digests, run: broadsheet add PATH")
    return _("No digests have been set up on this machine yet.")


def empty_list_text(
    view: View,
    listing: Listing,
    *,
    has_papers: bool,
    is_syncing: bool,
    key_label: Callable[[str], str],
    newest_day: str = "",
    can_add: bool = True,
    can_fetch: bool = True,
) -> tuple[str, ...]:
    """Return the lines of an empty list: why it is empty, and what to do.

    Args:
        view: what the list shows.
        listing: the empty list.
        has_papers: whether the library has any papers.
        is_syncing: whether digests are being read.
        key_label: returns the label of the first key of a binding, by its id.
        newest_day: the newest day with a digest; "" without one.
        can_add: whether the reader may add sources.
        can_fetch: whether papers that are fetched appear in the list.
    """
    if listing.matched:
        return _below_threshold(view, listing, key_label)
    if listing.left_out:
        text = ngettext(
            "{number} paper is hidden, muted or seen before.",
            "{number} papers are hidden, muted or seen before.",
            listing.left_out,
        )
        if listing.hidden == listing.left_out:
            text = ngettext(
                "{number} paper is hidden.", "{number} papers are hidden.", listing.hidden
            )
        shows = _("{key} shows hidden papers.").format(key=key_label("list.left_out"))
        return (text.format(number=f"{listing.left_out:,}"), shows)
    if listing.total:
        clear = _("{key} clears the search.").format(key=key_label("view.out"))
        elsewhere = _("{key} and then Shift+Tab searches all days.").format(
            key=key_label("list.search")
        )
        nothing = _("No papers match '{query}'.").format(query=view.query.typed)
        newest = _newest_day_text(newest_day) if view.query.has_dates else ()
        return (nothing, *newest, clear, *((elsewhere,) if view.period else ()))
    if is_syncing:
        return (_("Reading digests."), _("Papers appear here as they are read."))
    if has_papers:
        return _empty_scope(view.scope, key_label, newest_day)
    fetch = _("Press {key} to fetch this week's papers from Hugging Face.")
    return (
        _("There are no papers yet."),
        *((fetch.format(key=key_label("digests.fetch")),) if can_fetch else ()),
        empty_library_text(can_add=can_add),
        _("{key} looks for new digests.").format(key=key_label("digests.sync")),
    )


def _newest_day_text(newest_day: str) -> tuple[str, ...]:
    """Return where the dates end, for a query such as ``date:7d`` that is ahead of the digests."""
    if not newest_day:
        return ()
    return (_("{day} is the newest day.").format(day=format_period(newest_day)),)


def _empty_scope(scope: Scope, key_label: Callable[[str], str], newest_day: str) -> tuple[str, ...]:
    back = _("{key} goes back.").format(key=key_label("place.back"))
    if scope.similar_to:
        return (_("No papers are similar to this one."), back)
    if scope.query().has_dates:
        return (_("No papers here."), *_newest_day_text(newest_day), back)
    star = _("{key} stars the paper under the cursor.")
    hints = {
        "": _("Choose another date in the sidebar."),
        "is:unread": _("You have read all papers."),
        FOR_YOU_QUERY: _("No unread paper of the last days is like those you chose."),
        "is:starred": star.format(key=key_label("mark.star")),
        LATER_QUERY: _("{key} adds a paper to the reading list.").format(
            key=key_label("mark.later")
        ),
    }
    return (_("No papers here."), hints.get(scope.query_text, back))


def _below_threshold(
    view: View, listing: Listing, key_label: Callable[[str], str]
) -> tuple[str, ...]:
    fewer = _("{number} with fewer.").format(number=f"{listing.below_threshold:,}")
    if listing.unknown_votes:
        text = ngettext(
            "{number} with fewer; {unknown} paper with unknown votes.",
            "{number} with fewer; {unknown} papers with unknown votes.",
            listing.unknown_votes,
        )
        fewer = text.format(
            number=f"{listing.below_threshold:,}", unknown=f"{listing.unknown_votes:,}"
        )
    remedy = _("{fewer} lowers the threshold, {out} removes it.")
    return (
        _("No papers have {votes} or more votes.").format(votes=f"{view.min_votes:,}"),
        fewer,
        remedy.format(fewer=key_label("votes.fewer"), out=key_label("view.out")),
    )
