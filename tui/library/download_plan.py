"""Plan what to download besides the days of the hub: lists of arXiv, feeds, details of papers."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tui.config.paths import arxiv_folder, details_folder, feeds_folder, fetch_state_folder
from tui.config.settings import Settings
from tui.library.library import Library
from tui.models import NO_MARKS, MarksLookup, Paper
from tui.runtime.task import UNATTENDED, Task
from tui.sources.arxiv import details as arxiv_details
from tui.sources.arxiv.lists import ListOptions, list_downloads
from tui.sources.arxiv.servers import arxiv_servers
from tui.sources.feeds.subscriptions import feed_downloads
from tui.sources.http.downloads import Download
from tui.sources.http.saved import ResponseRecords
from tui.sources.huggingface import details as hub_details
from tui.sources.huggingface.endpoint import endpoint_from_environment

ASK_AGAIN_SECONDS = 7 * 24 * 3600
"""After this time, a server may know more about a paper that still lacks something."""

CHECK_AGAIN_SECONDS = 20 * 3600
"""After this time, there may be a new version of a starred paper. New ones appear once a day."""

MAX_ARXIV_PAPERS = 2000
MAX_HUB_PAPERS = 200
"""Papers that servers are asked about at once; the next run asks about others. The hub gets a
request for each."""

ARXIV_DIALECT = "atom"
"""The dialect of what arXiv sends, which has everything but votes."""

_PAPERS_PER_POLL = 256


class DownloadPlan(NamedTuple):
    """What to download.

    Attributes:
        items: the downloads in order.
        folders: the folders that get their files, which become sources.
        kept: number of files that no longer change.
    """

    items: Sequence[Download] = ()
    folders: Sequence[Path] = ()
    kept: int = 0

    def __add__(self, other: object) -> DownloadPlan:
        """Return the downloads of both plans, these first."""
        if not isinstance(other, DownloadPlan):
            return NotImplemented
        folders = dict.fromkeys((*self.folders, *other.folders))
        return DownloadPlan((*self.items, *other.items), (*folders,), self.kept + other.kept)


def lists(
    categories: Sequence[str],
    days: Sequence[date],
    *,
    folder: Path | None = None,
    new_only: bool = False,
    refetch: bool = False,
    endpoint: str = "",
) -> DownloadPlan:
    """Return the downloads of arXiv's daily lists.

    Args:
        categories: names of categories or archives.
        days: days with a list, the newest first.
        folder: the folder that gets them; None for the default one.
        new_only: whether to keep only new papers in their primary category.
        refetch: whether to fetch lists again that no longer change.
        endpoint: the URL of arXiv or a mirror in the settings.

    Raises:
        HttpError: the address of arXiv in the environment is invalid.
    """
    if not categories:
        return DownloadPlan()
    folder = folder or arxiv_folder()
    options = ListOptions(folder, arxiv_servers(endpoint), new_only, refetch)
    items, kept = list_downloads(categories, days, options)
    return DownloadPlan(items, (folder,), kept)


def feeds(urls: Sequence[str]) -> DownloadPlan:
    """Return the downloads of feeds."""
    folder = feeds_folder()
    return DownloadPlan(feed_downloads(urls, folder), (folder,) if urls else ())


def configured(settings: Settings, days: Sequence[date], *, refetch: bool = False) -> DownloadPlan:
    """Return the downloads that the settings ask for, without details.

    Args:
        settings: the settings.
        days: days with a list of arXiv.
        refetch: whether to fetch lists again that no longer change.
    """
    daily_lists = lists(
        settings.arxiv,
        days,
        new_only=settings.arxiv_new_only,
        refetch=refetch,
        endpoint=settings.arxiv_endpoint,
    )
    return daily_lists + feeds(settings.feeds)


def details(
    library: Library,
    papers: Iterable[Paper],
    marks: MarksLookup,
    *,
    refetch: bool = False,
    endpoint: str = "",
    is_automatic: bool = False,
    task: Task = UNATTENDED,
) -> DownloadPlan:
    """Return the downloads of details that papers lack, and of news about starred ones.

    arXiv is asked for titles, authors, abstracts and categories, and Hugging Face for votes: about
    the first papers that lack something, up to a limit.

    Args:
        library: the library of the papers.
        papers: the papers.
        marks: the reader's marks.
        refetch: whether to ask again about papers that were asked about lately.
        endpoint: the URL of arXiv or a mirror in the settings.
        is_automatic: whether the settings ask for it. Then the votes of papers that only arXiv's
            lists have are not asked for: there are hundreds of them every day.
        task: can end looking for what is missing.

    Raises:
        HttpError: the address of a server in the environment is invalid.
    """
    records = ResponseRecords(fetch_state_folder())
    now = time.time()

    def is_due(name: str, seconds: float) -> bool:
        record = records.get(name)
        return refetch or record is None or now - record.empty_since > seconds

    from_arxiv: dict[str, str] = {}
    from_hub: dict[str, str] = {}
    for number, paper in enumerate(papers):
        if len(from_arxiv) >= MAX_ARXIV_PAPERS:
            break
        if number % _PAPERS_PER_POLL == 0:
            task.raise_if_cancelled()
        arxiv_id = paper.arxiv_id
        if arxiv_id is None:
            continue
        day = paper.dates[-1] if paper.dates else ""
        is_starred = marks.get(paper.paper_id, NO_MARKS).starred
        seconds = CHECK_AGAIN_SECONDS if is_starred else ASK_AGAIN_SECONDS
        # The cheap test first: it reads no summary.
        if is_due(arxiv_details.record_name(arxiv_id), seconds) and (
            is_starred or refetch or _lacks_details(library, paper)
        ):
            from_arxiv[arxiv_id] = day
        wants_votes = paper.votes is None and len(from_hub) < MAX_HUB_PAPERS
        if is_automatic and not is_starred:
            wants_votes &= any(entry.dialect != ARXIV_DIALECT for entry in paper.entries)
        if wants_votes and is_due(hub_details.record_name(arxiv_id), ASK_AGAIN_SECONDS):
            from_hub[arxiv_id] = day
    folder = details_folder()
    items = arxiv_details.details_downloads(from_arxiv, folder, arxiv_servers(endpoint).api)
    items += hub_details.details_downloads(from_hub, folder, endpoint_from_environment())
    return DownloadPlan(items, (folder,) if items else ())


def _lacks_details(library: Library, paper: Paper) -> bool:
    """Return whether a paper lacks something that arXiv knows."""
    if any(entry.dialect == ARXIV_DIALECT for entry in paper.entries) and paper.categories:
        # This is what arXiv has sent.
        return False
    if paper.title == paper.paper_id or not paper.author_lines or not paper.categories:
        return True
    return not any(summary.markdown.strip() for summary in library.summaries(paper))
