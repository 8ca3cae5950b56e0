"""The keys of the key bars, by the ids of their bindings."""

from __future__ import annotations

from collections.abc import Mapping

from tui.i18n import N_

BARS: Mapping[str, tuple[str, ...]] = {
    "table": (
        "paper.read", "match.next", "mark.triage", "list.search", "mark.star", "mark.undo",
        "day.older", "day.newer", "votes.more", "votes.fewer", "mark.read", "mark.later",
        "mark.tags", "sort.next", "paper.open", "day.all", "list.author", "list.like",
    ),
    "triage": (
        "triage.read", "triage.star", "triage.hide", "triage.later", "triage.undo", "triage.whole",
        "triage.skip", "triage.tags", "triage.open", "triage.note", "triage.older", "triage.newer",
    ),
    "triage-done": ("triage.older", "triage.newer", "triage.undo", "triage.whole"),
    "sidebar": (
        "paper.read", "tree.open", "tree.close", "day.older", "day.newer", "day.go",
        "day.all", "list.search", "view.keep",
    ),
    "viewer": (
        "paper.read", "view.out", "section.next", "section.previous", "list.search",
        "link.choose", "mark.star", "mark.tags", "mark.note", "copy.link", "paper.open",
    ),
    "reader": (
        "view.out", "paper.text", "paper.next", "paper.previous", "list.search", "mark.star",
        "section.choose", "mark.tags", "mark.note", "link.choose", "copy.link", "paper.open",
    ),
}  # fmt: skip
"""Ids of the bindings in the key bar by the focused pane, most important first: a narrow bar has
room for few. The reader is the viewer at full width."""

HINTS: Mapping[tuple[str, str], str] = {
    ("sidebar", "paper.read"): N_("list"),
    ("viewer", "view.out"): N_("list"),
    ("viewer", "view.close"): N_("back"),
    ("reader", "view.close"): N_("back"),
    ("triage", "view.close"): N_("back"),
    ("triage-done", "view.close"): N_("back"),
    ("triage-done", "triage.whole"): N_("list"),
}
"""What keys do in one pane, where that differs from the other panes, by pane and id."""

BAR_LAST = ("app.help", "view.close")
"""Always shown at the end of the key bar, however narrow it is."""
