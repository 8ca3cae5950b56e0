"""Messages of tasks that may take long: syncs, downloads, full texts and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from tui.models import Problem
from tui.ui.messages import CoalescedMessage, RecordMessage

if TYPE_CHECKING:
    from tui.cache.source_cache import SourceCache
    from tui.terminal.pictures.decoding import Picture
    from tui.ui.typeset.text_page import FullTextPage


class SyncProgressed(CoalescedMessage):
    """Progress of a sync.

    Attributes:
        done: number of files dealt with.
        total: number of files to deal with.
        written: whether more papers can be shown than before.
        text: what is being done; empty for reading digests.
    """

    done: int
    total: int
    written: bool
    text: str = ""

    def can_replace(self, message: Message) -> bool:
        """Return whether the newer ``message`` may replace this one without losing ``written``."""
        return isinstance(message, SyncProgressed) and (message.written or not self.written)


class SyncFinished(RecordMessage):
    """A sync finished or was stopped.

    Attributes:
        problems: problems in the digests.
        changed: whether the library has to be reloaded.
        cancelled: whether the reader stopped it.
        notice: a sentence about a failure, or None.
        other_users_problems: problems in digests that another user syncs.
        owner: the other user who syncs all of the digests, or None.
        temporary_caches: caches to use instead, because some could not be created; else empty.
    """

    problems: list[Problem]
    changed: bool
    cancelled: bool
    notice: str | None
    other_users_problems: Sequence[Problem] = ()
    owner: str | None = None
    temporary_caches: Sequence[SourceCache] = ()


class FetchProgressed(CoalescedMessage):
    """Progress of a download.

    Attributes:
        done: number of days dealt with.
        total: number of days to fetch.
        wait: seconds until the next attempt; 0 while a request is running.
        item: what is being fetched, if it is not a day of the hub.
    """

    done: int
    total: int
    wait: float
    item: str = ""


class FetchFinished(RecordMessage):
    """A download finished, failed or was stopped.

    Attributes:
        text: a sentence about the outcome.
        changed: whether there are new files to read.
        sources: the download folders that became new sources.
    """

    text: str
    changed: bool = False
    sources: tuple[Path, ...] = ()

    def __add__(self, other: FetchFinished) -> FetchFinished:
        """Return the outcome of two downloads."""
        text = " ".join(filter(None, (self.text, other.text)))
        sources = tuple(dict.fromkeys((*self.sources, *other.sources)))
        return FetchFinished(text, self.changed or other.changed, sources)


class TextLoaded(RecordMessage):
    """The full text of a paper, or its beginning, was laid out."""

    page: FullTextPage


class TextUnavailable(RecordMessage):
    """A paper has no text that can be shown.

    Attributes:
        paper_id: its id.
        reason: a sentence.
    """

    paper_id: str
    reason: str


class GraphicsAnswered(RecordMessage):
    """What the terminal can draw is known now.

    Attributes:
        has_kitty: whether it has kitty's graphics protocol.
        half_block_cells: how many cells a half block takes; 0 if that is not known yet.
    """

    has_kitty: bool
    half_block_cells: int


class PicturesProgressed(CoalescedMessage):
    """Progress of loading pictures.

    Attributes:
        done: number of pictures dealt with.
        total: number of pictures to load.
    """

    done: int
    total: int


class PictureLoaded(RecordMessage):
    """A picture was loaded.

    Attributes:
        paper_id: the paper for which it was requested.
        url: its URL.
        picture: its pixels.
        png: the picture as it is sent to the terminal; may be empty.
    """

    paper_id: str
    url: str
    picture: Picture
    png: bytes


class PicturesFinished(RecordMessage):
    """All pictures were loaded or failed, or the reader stopped loading them.

    Attributes:
        failure: a sentence about the last failure; empty without one.
    """

    failure: str
