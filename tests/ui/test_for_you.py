"""For you: papers like those that the reader chose, their matches, and why they match."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import topic_corpus
from tests.ui.driver import open_app, sidebar_marks, wait_until
from tests.ui.sources import DigestSource
from tui.library.library import Library
from tui.marks.edits import set_starred
from tui.marks.store import MarkStore
from tui.query.matches import current_matches

TOPIC = "topic-2"


@pytest.fixture
def topics(tmp_path: Path) -> DigestSource:
    """Return a source of twenty days, with papers of several topics."""
    source = DigestSource(tmp_path / "topics", tmp_path / "cache")
    topic_corpus.write_topic_corpus(source.digests, 300, day_papers=15)
    source.sync()
    return source


def of_topic(library: Library) -> list[str]:
    """Return the ids of the papers of a topic, newest first."""
    return [p.paper_id for p in library.papers() if f"{TOPIC}\n" in "\n".join(texts(library, p))]


def texts(library: Library, paper: object) -> list[str]:
    """Return the summaries of a paper, each with its last line break."""
    return [f"{text}\n" for text in library.markdown_of(paper)]  # type: ignore[arg-type]


def star(source: DigestSource, number: int) -> list[str]:
    """Star some of the oldest papers of the topic, and return the others."""
    papers = of_topic(source.library())
    MarkStore(source.cache.parent / "marks").apply(set_starred(papers[-number:], True))
    return papers[:-number]


async def test_recommended_papers_come_with_their_match_and_why(topics: DigestSource) -> None:
    star(topics, 14)
    async with open_app(topics.options()) as driver:
        await wait_until(lambda: bool(current_matches()))
        await driver.wait_until_idle()
        # The newest day shows how well its papers match.
        assert "Match" in driver.text
        assert sidebar_marks(driver)[-1] == "For you"
        await driver.press("M")
        await driver.wait_until_idle()
        assert driver.status.startswith("For you")
        shown = [current_matches()[paper.paper_id] for paper in driver.screen.panes.table.papers]
        assert shown == sorted(shown, reverse=True)
        assert shown[-1] >= 50
        assert f"match {shown[0]}: " in "\n".join(driver.pane("viewer"))
        await driver.press("ctrl+o")
        assert not driver.status.startswith("For you")


async def test_too_few_stars_are_explained_and_votes_offered(topics: DigestSource) -> None:
    star(topics, 6)
    async with open_app(topics.options()) as driver:
        await driver.press("M")
        await driver.wait_until_idle()
        assert "4 more starred, tagged or noted papers" in driver.status
        votes = [paper.votes or 0 for paper in driver.screen.panes.table.papers]
        assert votes == sorted(votes, reverse=True)
        assert "Match" not in driver.text


async def test_papers_that_were_chosen_are_not_recommended(topics: DigestSource) -> None:
    unmarked = star(topics, 14)
    chosen = [paper.paper_id for paper in topics.library().papers() if paper.paper_id in unmarked]
    MarkStore(topics.cache.parent / "marks").apply(set_starred(chosen[:2], True))
    async with open_app(topics.options()) as driver:
        await wait_until(lambda: bool(current_matches()))
        await driver.press("M")
        await driver.wait_until_idle()
        listed = {paper.paper_id for paper in driver.screen.panes.table.papers}
        assert listed
        assert not listed & set(chosen[:2])
