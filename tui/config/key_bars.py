"""The keys of the key bars, by the ids of their bindings."""

from __future__ import annotations

from collections.abc import Mapping

from tui.i18n import N_

BARS: Mapping[str, tuple[str, ...]] = {
    "table": (
        "paper.read", "list.search", "mark.star", "votes.more", "votes.fewer", "day.older",
        "day.newer", "sort.next", "mark.tags", "paper.open", "day.all", "list.author", "list.like",
    ),
    "triage": (
        "triage.read", "triage.star", "triage.later", "triage.hide", "triage.tags", "triage.open",
        "triage.undo", "triage.skip", "triage.whole",
    ),
    "sidebar": (
        "paper.read@sidebar", "tree.open", "tree.close", "day.older", "day.newer", "day.go",
        "day.all", "list.search", "view.keep",
    ),
    "viewer": (
        "paper.read", "view.out@viewer", "section.next", "section.previous", "list.search",
        "link.choose", "mark.star", "mark.tags", "mark.note", "copy.link", "paper.open",
    ),
    "reader": (
        "view.out", "paper.text", "paper.next", "paper.previous", "list.search", "mark.star",
        "section.choose", "mark.tags", "mark.note", "link.choose", "copy.link", "paper.open",
    ),
}  # fmt: skip
"""Ids of the bindings in the key bar by the focused pane, most important first: a narrow bar has
room for few. The reader is the viewer at full width. An id with the name of a pane has a hint of
its own there, in ``HINTS``."""

HINTS = {"paper.read@sidebar": N_("list"), "view.out@viewer": N_("list")}
"""What keys do in one pane, where that differs from the other panes."""

BAR_LAST = ("app.help", "view.close")
"""Always shown at the end of the key bar, however narrow it is."""
