"""The values of a field, such as authors, tags or categories, which prompts complete."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from tui.library.library import Library
from tui.query.normalization import fold
from tui.runtime.task import UNATTENDED, Task
from tui.runtime.tuning import INPUT_PRIORITY

MAX_VALUES = 50_000
"""The most frequent values are kept."""

PAPERS_PER_YIELD = 512


class FieldValues:
    """Values of one field, in order of preference.

    Args:
        values: the values, best first.
    """

    def __init__(self, values: Iterable[str]) -> None:
        # Searching one long text takes a millisecond, and finds the best values first.
        self._values = [value for value in islice(values, MAX_VALUES) if "\n" not in value]
        self._text = "\n".join(["", *map(fold, self._values)])

    def starting_with(self, beginning: str, max_values: int) -> list[str]:
        """Return the values of which a word starts like this; those that do so themselves first.

        Args:
            beginning: folded; may be empty.
            max_values: the maximum number of values.
        """
        start = re.escape(beginning)
        numbers = dict.fromkeys(self._numbers(re.compile(rf"\n{start}"), max_values))
        if beginning and len(numbers) < max_values:
            numbers |= dict.fromkeys(self._numbers(re.compile(rf"[ /,.-]{start}"), max_values))
        return [self._values[number] for number in numbers][:max_values]

    def _numbers(self, pattern: re.Pattern[str], max_values: int) -> Iterator[int]:
        """Yield the numbers of the values that match, some of them several times."""
        number, counted = -1, 0
        for match in islice(pattern.finditer(self._text), max_values):
            # Each value follows a line break.
            number += self._text.count("\n", counted, match.start() + 1)
            counted = match.start() + 1
            yield number


def library_values(library: Library, field: str, task: Task = UNATTENDED) -> FieldValues:
    """Return the values of a field in a library, the most frequent ones first.

    Sections are those of the summaries that were read so far, and of the newest month.

    Args:
        library: the library.
        field: ``author``, ``source``, ``section`` or ``cat``; others have no values.
        task: can end counting early.
    """
    counts: Counter[str] = Counter()
    if field == "section":
        newest = next(iter(library.period_counts.days()), "")[:7]
        for paper in library.papers(newest) if newest else ():
            counts.update(library.text_index.sections(paper))
        counts.update(label for labels in library.text_index.labels for label in labels)
    elif field == "cat":
        for labels, number in Counter(paper.labels for paper in library.papers()).items():
            names = [label for label in labels.split() if not label.startswith("+")]
            for name in {*names, *(name.partition(".")[0] for name in names)}:
                counts[name] += number
    elif field in {"author", "source"}:
        for number, paper in enumerate(library.papers()):
            if number % PAPERS_PER_YIELD == 0:
                INPUT_PRIORITY.yield_to_input()
                if task.is_cancelled():
                    break
            if field == "author":
                counts.update(paper.authors)
            else:
                counts.update(entry.digest for entry in paper.entries)
    return FieldValues(value for value, _count in counts.most_common(MAX_VALUES))
