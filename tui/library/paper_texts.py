"""The full text of papers: those that are kept, and those that are fetched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.config.paths import texts_folder
from tui.i18n import _
from tui.runtime.task import UNATTENDED, Task
from tui.sources.fulltext import FullText, TextUnavailableError
from tui.sources.fulltext.text_store import TextStore
from tui.storage.tables import StorageError

if TYPE_CHECKING:
    from tui.config.settings import Settings

_BYTES_PER_MEGABYTE = 1_000_000


class PaperTexts:
    """Returns texts of papers, and keeps those that it has to fetch.

    Args:
        settings: the reader's settings: the size limit, and arXiv's server.
        is_starred: returns whether a paper is starred, so that its text stays.
        may_fetch: whether texts may be fetched.
        store: the texts that are kept; None for those in the cache folder.
    """

    def __init__(
        self,
        settings: Settings,
        is_starred: Callable[[str], bool],
        *,
        may_fetch: bool,
        store: TextStore | None = None,
    ) -> None:
        self._settings = settings
        self._is_starred = is_starred
        self._may_fetch = may_fetch
        self.store = store or TextStore(texts_folder())

    def load(self, paper_id: str, task: Task = UNATTENDED) -> FullText:
        """Return the text of a paper: the one that is kept, or else fetch it.

        Raises:
            TextUnavailableError: there is no text, or it cannot be fetched now.
            TaskCancelledError: the task was cancelled.
        """
        kept = self.kept(paper_id)
        if kept is None:
            kept = self.fetch(paper_id, task)
            self.keep(kept)
        return kept

    def kept(self, paper_id: str) -> FullText | None:
        """Return the text of a paper if it is kept."""
        return self.store.get(paper_id)

    def fetch(self, paper_id: str, task: Task = UNATTENDED) -> FullText:
        """Fetch the text of a paper. Raises as ``load`` does."""
        self.check_fetching()
        from tui.sources.fulltext.text_fetcher import fetch_text, text_endpoints
        from tui.sources.http.errors import HttpError

        try:
            endpoints = text_endpoints(self._settings.arxiv_endpoint)
        except HttpError as error:
            raise TextUnavailableError(str(error)) from error
        return fetch_text(paper_id, endpoints, task)

    def keep(self, text: FullText) -> None:
        """Keep a text. One that cannot be kept can be read all the same."""
        with suppress(StorageError, OSError):
            limit = self._settings.text_limit * _BYTES_PER_MEGABYTE
            self.store.add(text, limit, self._is_starred)

    def check_fetching(self) -> None:
        """Raise TextUnavailableError if no text can be fetched, whatever the paper."""
        from tui.sources.http import missing_dependency_message

        if not self._may_fetch:
            raise TextUnavailableError(_("No text can be fetched in restricted mode."))
        if missing := missing_dependency_message():
            raise TextUnavailableError(missing)
