"""The pictures among the lines of a paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from tui.models import Paper, Summary
from tui.sanitize import is_web_url
from tui.ui.typeset.header import is_video
from tui.ui.typeset.spans import FIGURE, Line
from tui.ui.widgets.pictures import MIN_ROWS, PictureDisplay
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.summary_viewer import SummaryViewer

_GAP_ROWS = 3
"""Lines of a page that a picture leaves to its caption and to the text around it."""


class PictureView(Protocol):
    """What shows a paper and, if the reader wants them, its pictures."""

    @property
    def paper(self) -> Paper | None:
        """The paper; None for none."""

    @property
    def shown_urls(self) -> Collection[str]:
        """The URLs of the pictures that are shown."""

    def wanted_urls(self) -> Sequence[str]:
        """Return the URLs of the pictures to show; none if the paper has no pictures."""

    def show_pictures(self, display: PictureDisplay, urls: Sequence[str]) -> None:
        """Show pictures in addition to those that are shown."""

    def hide_pictures(self) -> None:
        """Show the text only."""

    def show_message(self, text: str) -> None:
        """Show a message, such as why there is no picture."""


class ViewerPictures:
    """A viewer as a `PictureView`.

    Args:
        viewer: the viewer.
        status: shows messages.
    """

    def __init__(self, viewer: SummaryViewer, status: StatusLine) -> None:
        self._viewer = viewer
        self.show_message = status.show_message

    @property
    def paper(self) -> Paper | None:
        """The paper; None for none."""
        return self._viewer.paper

    @property
    def shown_urls(self) -> Collection[str]:
        """The URLs of the pictures that are shown."""
        return self._viewer.pictures.urls if self._viewer.pictures is not None else ()

    def wanted_urls(self) -> Sequence[str]:
        """Return URLs: of the figures in view, or else the digest's picture or the next figure."""
        if in_view := _figure_urls(self._viewer.visible_lines):
            return in_view
        thumbnail = thumbnail_url(self._viewer.summaries)
        return [thumbnail] if thumbnail else _figure_urls(self._viewer.lines_from_view)[:1]

    def show_pictures(self, display: PictureDisplay, urls: Sequence[str]) -> None:
        """Show pictures in addition to those that are shown."""
        pictures = self._viewer.pictures or ShownPictures(self._viewer, display)
        pictures.urls.update(urls)
        self._set_pictures(pictures)
        # The first of them is brought into view, with its caption or the first line below it.
        window, end = self._viewer.window, pictures.end_lines.get(urls[0], 0)
        if not window.top < end <= window.top + window.page - 2:
            window.top = end + 2 - window.page

    def hide_pictures(self) -> None:
        """Show the text only."""
        self._set_pictures(None)

    def _set_pictures(self, pictures: ShownPictures | None) -> None:
        """Lay out the text again, with the same part of it in view."""
        offset = self._viewer.top_offset
        self._viewer.pictures = pictures
        self._viewer.relayout()
        self._viewer.go_to_offset(offset)


class ShownPictures:
    """The pictures that a viewer shows of its paper.

    Args:
        viewer: the viewer.
        display: draws them.

    Attributes:
        urls: the URLs of the pictures that are shown.
        end_lines: the line below each picture, by its URL.
    """

    def __init__(self, viewer: SummaryViewer, display: PictureDisplay) -> None:
        self._viewer = viewer
        self._display = display
        self.urls: set[str] = set()
        self.end_lines: dict[str, int] = {}

    def insert(self, lines: Sequence[Line], header_lines: int, width: int) -> list[Line]:
        """Return the lines of a paper with its pictures among them.

        Lines of pictures have no text, so that offsets in the text stay what they were.

        Args:
            lines: the lines without pictures.
            header_lines: how many of them are above the summary. Below them is the digest's
                picture, and above each caption its figure.
            width: the width in cells.
        """
        page = self._viewer.window.page
        pending = set(self.urls)
        found: list[Line] = [*lines[:header_lines]]
        thumbnail = thumbnail_url(self._viewer.summaries)
        if thumbnail in pending:
            pending.remove(thumbnail)
            found += picture_below_header(self._display, thumbnail, width, page, header_lines)
            self.end_lines[thumbnail] = len(found)
        for line in lines[header_lines:]:
            for url in _figure_urls([line]):
                if url in pending:
                    pending.remove(url)
                    found += self._display.lines(url, width, max(page - _GAP_ROWS, MIN_ROWS))
                    self.end_lines[url] = len(found)
            found.append(line)
        return found


def picture_below_header(
    display: PictureDisplay, url: str, width: int, page: int, header_lines: int
) -> list[Line]:
    """Return the lines of a picture below the header of a paper, with a gap above them.

    Args:
        display: draws it.
        url: its URL.
        width: of the text, in cells.
        page: how many lines are visible at once.
        header_lines: how many of them the header takes.
    """
    rows = max(page - _GAP_ROWS - header_lines, page // 2, MIN_ROWS)
    return [Line(separator=""), *display.lines(url, width, rows)]


def thumbnail_url(summaries: Iterable[Summary]) -> str:
    """Return the URL of the digest's picture, or an empty string."""
    thumbnails = [summary.thumbnail or "" for summary in summaries]
    return next((url for url in thumbnails if is_web_url(url) and not is_video(url)), "")


def _figure_urls(lines: Iterable[Line]) -> list[str]:
    """Return the URLs of the figures whose captions are on some lines, each once."""
    spans = (span for line in lines for span in line.spans)
    return list(dict.fromkeys(span.href for span in spans if FIGURE in span.style.split()))
