"""Why a paper matches: the terms that count most, as the paper writes them, and a similar paper."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from tui.i18n import _
from tui.library.ranking.paper_terms import PaperText, term_places
from tui.library.ranking.ranking import ALL_CHOSEN, Trained, text_of
from tui.library.ranking.vectors import Vector
from tui.terminal.glyphs import current_glyphs

if TYPE_CHECKING:
    from tui.library.library import Library
    from tui.models import Paper

MAX_TERMS = 4

MIN_SHARE = 0.2
"""The least weight of a term that is named, compared with that of the strongest term."""

MIN_SIMILARITY = 0.07
"""Cosine from which a chosen paper is named as similar."""


class MatchExplanation(NamedTuple):
    """Why a paper matches.

    Attributes:
        match: how well, from 0 to 99.
        terms: words, pairs of words and family names of authors that occur in the paper.
        like: id of the most similar chosen paper; empty if none is similar.
    """

    match: int
    terms: Sequence[str]
    like: str

    @property
    def text(self) -> str:
        """One line for display, in the reader's language."""
        like = _("like {paper}").format(paper=self.like) if self.like else ""
        parts = filter(None, (*self.terms, like))
        separator = f" {current_glyphs().separator} "
        return _("match {number}: {why}").format(number=self.match, why=separator.join(parts))


def explain(library: Library, paper: Paper) -> MatchExplanation | None:
    """Return why a paper matches; None without a model. Takes a few milliseconds."""
    ranking = library.ranking
    match, trained = ranking.match(library, paper), ranking.trained
    if match is None or trained is None:
        return None
    text = text_of(library, paper)
    vector = trained.vector_of(text)
    return MatchExplanation(
        match, _strongest_terms(trained, vector, text), _most_similar(trained, vector, paper)
    )


def _strongest_terms(trained: Trained, vector: Vector, text: PaperText) -> list[str]:
    """Return the texts of the terms that count most for a paper, without repetitions."""
    model = trained.models[ALL_CHOSEN]
    if model is None:
        return []
    counted = {term: value * model.weights[term] for term, value in zip(*vector, strict=True)}
    shares: dict[str, float] = {}
    shown: dict[str, str] = {}
    seen: set[int] = set()
    for place in term_places(text):
        share = counted.get(place.slot, 0.0)
        if share <= 0 or place.slot in seen:
            continue
        seen.add(place.slot)
        name = place.text.split()[-1] if place.is_author else place.text
        key = name.casefold()
        shown.setdefault(key, name)
        # A Korean word has several terms.
        shares[key] = shares.get(key, 0.0) + share
    chosen: list[str] = []
    for key in nlargest(len(shares), shares, key=lambda key: (shares[key], len(key))):
        # A pair of words comes with each of them.
        overlapping = [each for each in chosen if _overlap(each, key)]
        if not overlapping:
            chosen.append(key)
        elif len(overlapping) == 1 and overlapping[0] in key.split():
            chosen[chosen.index(overlapping[0])] = key
    least = MIN_SHARE * max(shares.values(), default=0.0)
    return [shown[key] for key in chosen[:MAX_TERMS] if shares[key] >= least]


def _overlap(one: str, other: str) -> bool:
    return not set(one.split()).isdisjoint(other.split())


def _most_similar(trained: Trained, vector: Vector, paper: Paper) -> str:
    components, samples = vector.as_mapping(), trained.training_set.samples
    best, like = MIN_SIMILARITY, ""
    for other in trained.examples.chosen:
        if other in samples and other != paper.paper_id:
            similarity = samples[other].vector.similarity(components)
            if similarity > best:
                best, like = similarity, other
    return like
