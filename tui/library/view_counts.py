"""Count the papers of saved views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tui.library.library import Library
from tui.library.omissions import HIDDEN_QUERY
from tui.library.search.search import search
from tui.marks.shard_files import shard_of
from tui.models import NO_MARKS, Marks, Paper
from tui.query import relative_dates
from tui.query.query import Query
from tui.runtime.task import Task


class _CountedView:
    """The papers that match what marks do not affect, and how many match the rest, by shard."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers_by_shard: dict[str, list[Paper]] = {}
        for paper in papers:
            self.papers_by_shard.setdefault(shard_of(paper.paper_id), []).append(paper)
        self.counted: dict[str, tuple[Mapping[str, Marks], int]] = {}


_NO_MARKS: Mapping[str, Marks] = {}


class _Parts(NamedTuple):
    """The clauses of a query that marks do not affect, and the others."""

    lasting: Query
    marked: Query

    @classmethod
    def of(cls, query: Query) -> _Parts:
        lasting = tuple(clause for clause in query.clauses if not Query((clause,)).needs_marks)
        marked = tuple(clause for clause in query.clauses if Query((clause,)).needs_marks)
        return cls(Query(lasting), Query(marked))


class ViewCounts:
    """Counts the papers of views in one library, and again only where marks have changed.

    Args:
        library: the library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._counted: dict[tuple[Query, date | None], _CountedView] = {}

    def count(
        self,
        query: Query,
        shards: Mapping[str, Mapping[str, Marks]],
        task: Task,
        *,
        read_texts: bool,
    ) -> int | None:
        """Return the number of papers that match a query.

        Args:
            query: the query.
            shards: the reader's marks; see ``MarkStore.shards``.
            task: can cancel counting.
            read_texts: whether to count at all if summaries have to be read first.

        Returns:
            The number; None if it is not known yet, or if the query is about matches.
        """
        if query.needs_ranking:
            # The papers of all days would have to be compared after each change of a mark.
            return None
        parts = _Parts.of(query)
        shows_hidden = HIDDEN_QUERY in str(query)
        # The last days are different ones tomorrow.
        key = query, relative_dates.current_day() if query.needs_clock else None
        counted = self._counted.get(key)
        if counted is None:
            if query.needs_summaries and not read_texts:
                return None
            every = self._library.papers(with_replaced=query.needs_replaced)
            found = list(search(self._library, every, parts.lasting, None, task))
            if task.is_cancelled():
                return None
            counted = self._counted[key] = _CountedView(found)
        for name, papers in counted.papers_by_shard.items():
            marks = shards.get(name, _NO_MARKS)
            before = counted.counted.get(name)
            if before is None or before[0] is not marks:
                matches: Sequence[Paper] = papers
                if parts.marked.clauses:
                    matches = list(search(self._library, papers, parts.marked, marks, task))
                number = len(matches)
                if not shows_hidden:
                    number -= sum(marks.get(p.paper_id, NO_MARKS).hidden for p in matches)
                if task.is_cancelled():
                    return None
                counted.counted[name] = marks, number
        return sum(number for _marks, number in counted.counted.values())
