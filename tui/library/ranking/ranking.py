"""The models of a library, the matches of its papers, and why they match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple
from weakref import ref

from tui.library.ranking.examples import (
    MIN_POSITIVES,
    Examples,
    examples_of,
    examples_with_tag,
)
from tui.library.ranking.linear import LinearModel, TrainingPaper, fit
from tui.library.ranking.paper_terms import PaperText, count_terms
from tui.library.ranking.samples import TrainingSet, read_training_set
from tui.library.ranking.vectors import TermCounts, Vector
from tui.models import Marks, Paper
from tui.query.matches import use_matches
from tui.query.normalization import fold
from tui.runtime.task import UNATTENDED, Task

if TYPE_CHECKING:
    from tui.library.library import Library

ALL_CHOSEN = ""
"""The name of the model of all chosen papers; the others have the names of tags."""


class Trained(NamedTuple):
    """What was trained, and with which examples.

    Attributes:
        examples: what the marks said.
        marks: the marks.
        training_set: the papers.
        models: models by tag, and that of ALL_CHOSEN; None for a tag with too few papers.
        matches: the matches that were computed so far, by tag and paper.
    """

    examples: Examples
    marks: Mapping[str, Marks]
    training_set: TrainingSet
    models: dict[str, LinearModel | None]
    matches: dict[str, dict[str, int]]

    def vector_of(self, text: PaperText) -> Vector:
        """Return the vector of a paper's text."""
        return self.training_set.vectorizer.vector(TermCounts.of(count_terms(text)))


class Ranking:
    """Trains models when they are needed, and keeps them in memory. Thread-safe.

    Args:
        marks: returns the reader's marks by id: the same object until they change.
    """

    def __init__(self, marks: Callable[[], Mapping[str, Marks]]) -> None:
        self._marks = marks
        self._lock = RLock()
        self._trained: Trained | None = None
        self._examples: Examples | None = None
        self._library: Callable[[], Library | None] = lambda: None
        self._seen_marks: Mapping[str, Marks] | None = None

    @property
    def trained(self) -> Trained | None:
        """What was trained last; None before, or with too few marked papers."""
        return self._trained

    @property
    def missing(self) -> int | None:
        """How many more chosen papers are needed; None before ``prepare``."""
        if self._examples is None:
            return None
        return max(MIN_POSITIVES - len(self._examples.chosen), 0)

    @property
    def matches(self) -> Mapping[str, int]:
        """The matches with all chosen papers that were computed so far, by id."""
        trained = self._trained
        return trained.matches[ALL_CHOSEN] if trained else {}

    def prepare(self, library: Library, task: Task = UNATTENDED) -> bool:
        """Train again if marks have changed; return whether there is a model.

        Args:
            library: the library.
            task: can cancel it.

        Raises:
            TaskCancelledError: the task was cancelled.
        """
        with self._lock:
            marks = self._marks()
            if marks is not self._seen_marks or self._library() is not library:
                self._prepare(library, marks, task)
                self._seen_marks, self._library = marks, ref(library)
                use_matches(self.matches)
            return self._trained is not None

    def _prepare(self, library: Library, marks: Mapping[str, Marks], task: Task) -> None:
        self._examples = examples = examples_of(marks, library.days_by_id)
        if not examples.is_enough:
            self._trained = None
            return
        before = self._trained
        if before and before.examples == examples:
            # Texts of the library may have changed.
            self._trained = before._replace(marks=marks, matches={ALL_CHOSEN: {}})
            return
        read = {paper for paper, found in marks.items() if found.read}
        training_set = read_training_set(library, examples, read, task)
        model = _train(training_set, examples, task)
        self._trained = Trained(
            examples, marks, training_set, {ALL_CHOSEN: model}, {ALL_CHOSEN: {}}
        )

    def match(self, library: Library, paper: Paper, tag: str = ALL_CHOSEN) -> int | None:
        """Return how well a paper matches, from 0 to 99; None without a model.

        Args:
            library: the library of the paper, which is read if the match is not known yet.
            paper: the paper.
            tag: compare with the papers of this tag only.
        """
        trained = self._trained
        if trained is None:
            return None
        name = fold(tag)
        known = trained.matches.setdefault(name, {})
        match = known.get(paper.paper_id)
        if match is None:
            model = self._model(trained, name)
            if model is None:
                return None
            match = model.match(trained.vector_of(text_of(library, paper)))
            known[paper.paper_id] = match
        return match

    def score(self, library: Library, paper: Paper) -> float | None:
        """Return the match with all chosen papers before it is rounded; None without a model."""
        trained = self._trained
        model = self._model(trained, ALL_CHOSEN) if trained else None
        if trained is None or model is None:
            return None
        return trained.vector_of(text_of(library, paper)).dot(model.weights)

    def _model(self, trained: Trained, name: str) -> LinearModel | None:
        if name not in trained.models:
            with self._lock:
                if name not in trained.models:
                    examples = examples_with_tag(trained.examples, trained.marks, name)
                    trained.models[name] = (
                        _train(trained.training_set, examples) if examples.is_enough else None
                    )
        return trained.models[name]


def text_of(library: Library, paper: Paper) -> PaperText:
    """Return the text of a paper that is compared with others."""
    return PaperText(paper.title, paper.author_lines, library.markdown_of(paper), paper.categories)


def _train(
    training_set: TrainingSet, examples: Examples, task: Task = UNATTENDED
) -> LinearModel | None:
    """Return a model that separates examples from the other papers; None without any."""
    samples = training_set.samples
    positives = [*_weighted(samples, examples.chosen), *_weighted(samples, examples.opened)]
    rejected = list(_weighted(samples, examples.rejected))
    known = examples.chosen.keys() | examples.opened.keys() | examples.rejected.keys()
    others: Sequence[TrainingPaper] = [
        sample for paper, sample in samples.items() if paper not in known
    ]
    if not positives:
        return None
    return fit(positives, [*rejected, *others], task)


def _weighted(
    samples: Mapping[str, TrainingPaper], weights: Mapping[str, float]
) -> Iterator[TrainingPaper]:
    for paper, weight in weights.items():
        if paper in samples:
            yield TrainingPaper(samples[paper].vector, weight)
