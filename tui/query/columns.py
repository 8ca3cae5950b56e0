"""The columns of a list of papers.

Every list of columns in the program comes from ``COLUMNS``: the table and its headings, the names
in ``sort:`` and in the settings, sorting, and what ``broadsheet list`` prints.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.i18n import N_
from tui.query.family_names import author_order
from tui.query.matches import current_matches
from tui.query.normalization import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tui.models import Marks, Paper
    from tui.terminal.glyphs import Glyphs

UNKNOWN = "-"
"""The text of a cell without a value."""


class Column(NamedTuple):
    """A column of a list of papers.

    Attributes:
        name: its name in settings and in ``sort:``.
        heading: the text above it, to be translated where it is shown; may be empty.
        text: returns the text of a paper's cell.
        width: in cells, at least; 0 takes the rest of the table.
        priority: when space is short, the columns with the lowest priority are left out first.
        min_title_width: the column is left out if that leaves the title fewer cells than this, and
            fewer than the titles of the list need.
        needs_marks: whether ``text`` depends on the paper's marks.
        label: its name in the status line, to be translated there.
        sort_value: returns what papers are compared by; None if they cannot be sorted by it.
        is_known: returns whether a paper has a value to compare; None if every paper has one.
        is_descending_first: whether sorting begins with the greatest value.
        is_right_aligned: whether its cells are aligned to the right.
        style: how its cells are drawn: ``text``, ``muted`` or ``glyphs``.
    """

    name: str
    heading: str
    text: Callable[[Paper, Marks, Glyphs], str]
    width: int
    priority: int
    min_title_width: int = 60
    needs_marks: bool = False
    label: str = ""
    sort_value: Callable[[Paper], Any] | None = None
    is_known: Callable[[Paper], Any] | None = None
    is_descending_first: bool = False
    is_right_aligned: bool = False
    style: str = "muted"


def _mark_glyphs(_paper: Paper, marks: Marks, glyphs: Glyphs) -> str:
    unread = glyphs.hidden if marks.hidden else " " if marks.read else glyphs.unread
    kept = glyphs.star if marks.starred else glyphs.later if marks.later else " "
    return f"{unread}{kept}{glyphs.note if marks.note else ' '}"


# Sorting calls ``sort_value`` for each paper; an attrgetter is faster than a Python function.

MARKS = Column(
    name="marks",
    heading="",
    text=_mark_glyphs,
    width=3,
    priority=6,
    min_title_width=12,
    needs_marks=True,
    style="glyphs",
)
VOTES = Column(
    name="votes",
    heading=N_("Votes"),
    text=lambda paper, _marks, _glyphs: UNKNOWN if paper.votes is None else f"{paper.votes:,}",
    width=3,
    priority=7,
    min_title_width=12,
    label=N_("votes"),
    sort_value=attrgetter("votes"),
    is_known=lambda paper: paper.votes is not None,
    is_descending_first=True,
    is_right_aligned=True,
    style="text",
)
MATCH = Column(
    name="match",
    heading=N_("Match"),
    text=lambda paper, _marks, _glyphs: str(current_matches().get(paper.paper_id, UNKNOWN)),
    width=6,
    priority=5,
    min_title_width=30,
    label=N_("match"),
    sort_value=lambda paper: current_matches().get(paper.paper_id, -1),
    is_known=lambda paper: paper.paper_id in current_matches(),
    is_descending_first=True,
    is_right_aligned=True,
)
TITLE = Column(
    name="title",
    heading=N_("Title"),
    text=lambda paper, _marks, _glyphs: paper.title,
    width=0,
    priority=8,
    min_title_width=0,
    label=N_("title"),
    sort_value=lambda paper: normalize(paper.title),
    style="text",
)
AUTHORS = Column(
    name="authors",
    heading=N_("Authors"),
    text=lambda paper, _marks, _glyphs: paper.author_lines.replace("\n", ", "),
    width=10,
    priority=3,
    label=N_("authors"),
    sort_value=author_order,
    is_known=attrgetter("author_lines"),
)
TAGS = Column(
    name="tags",
    heading=N_("Tags"),
    text=lambda _paper, marks, _glyphs: " ".join(marks.tags),
    width=10,
    priority=2,
    needs_marks=True,
)
CATEGORIES = Column(
    name="categories",
    heading=N_("Category"),
    text=lambda paper, _marks, _glyphs: next(iter(paper.categories), ""),
    width=8,
    priority=0,
    min_title_width=80,
    label=N_("category"),
    # Categories are the first labels.
    sort_value=attrgetter("labels"),
    is_known=lambda paper: paper.labels and paper.labels[0] != "+",
)
DATE = Column(
    name="date",
    heading=N_("Date"),
    text=lambda paper, _marks, _glyphs: paper.dates[-1] if paper.dates else UNKNOWN,
    width=10,
    priority=4,
    label=N_("date"),
    sort_value=lambda paper: paper.dates[-1],
    is_known=attrgetter("dates"),
    is_descending_first=True,
)
ID = Column(
    name="id",
    heading="arXiv",
    text=lambda paper, _marks, _glyphs: paper.paper_id,
    width=10,
    priority=1,
    min_title_width=100,
    label=N_("id"),
    sort_value=attrgetter("paper_id"),
    is_descending_first=True,
)
RELEVANCE = Column(
    name="relevance",
    heading="",
    text=lambda _paper, _marks, _glyphs: "",
    width=0,
    priority=0,
    label=N_("relevance"),
    # All the same without a query; see tui.query.relevance.
    sort_value=lambda _paper: 0,
)

COLUMNS = (MARKS, VOTES, MATCH, TITLE, AUTHORS, CATEGORIES, TAGS, DATE, ID)
"""All columns."""

DEFAULT_COLUMNS = (MARKS, VOTES, MATCH, TITLE, AUTHORS, CATEGORIES, DATE, ID)
"""The columns of the table unless the settings choose others. Without a column of their own, tags
are shown beside the title."""

LIST_COLUMNS = (DATE, VOTES, ID, TITLE)
"""The columns that ``broadsheet list`` prints."""

COLUMNS_BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}

SORT_COLUMNS: Mapping[str, Column] = {
    column.name: column for column in (*COLUMNS, RELEVANCE) if column.sort_value is not None
}
"""What papers can be sorted by, by name: columns, and relevance."""
