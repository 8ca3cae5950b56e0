"""Notes on papers that several dialects make."""

from tui.i18n import N_

AUTHORS_MISSING = N_("authors missing")
SUMMARY_MISSING = N_("summary missing")
TITLE_MISSING = N_("title missing")
VOTES_MISSING = N_("votes missing")
VOTES_UNREADABLE = N_("cannot read the votes '{votes}'; treated as unknown")

PAPER_NOTES = frozenset(
    {AUTHORS_MISSING, SUMMARY_MISSING, TITLE_MISSING, VOTES_MISSING, VOTES_UNREADABLE}
)
"""Notes that concern one paper each. Others concern a file, or a place in it."""
