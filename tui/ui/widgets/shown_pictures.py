"""The pictures among the lines of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.sanitize import is_web_url
from tui.ui.typeset.header import is_video
from tui.ui.typeset.spans import FIGURE, Line
from tui.ui.widgets.pictures import MIN_ROWS, PictureDisplay
from tui.ui.widgets.summary_viewer import SummaryViewer

_GAP_ROWS = 3
"""Lines of a page that a picture leaves to its caption and to the text around it."""


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
        rows = max(page - _GAP_ROWS, MIN_ROWS)
        pending = set(self.urls)
        found: list[Line] = [*lines[:header_lines]]
        thumbnail = thumbnail_url(self._viewer)
        if thumbnail in pending:
            pending.remove(thumbnail)
            below_header = max(rows - header_lines, page // 2, MIN_ROWS)
            found += [Line(separator=""), *self._display.lines(thumbnail, width, below_header)]
            self.end_lines[thumbnail] = len(found)
        for line in lines[header_lines:]:
            for url in _figure_urls([line]):
                if url in pending:
                    pending.remove(url)
                    found += self._display.lines(url, width, rows)
                    self.end_lines[url] = len(found)
            found.append(line)
        return found


def show_pictures(viewer: SummaryViewer, display: PictureDisplay, urls: Iterable[str]) -> None:
    """Show pictures of a viewer's paper in addition to those that are shown."""
    pictures = viewer.pictures or ShownPictures(viewer, display)
    urls = list(urls)
    pictures.urls.update(urls)
    _set_pictures(viewer, pictures)
    # The first of them is brought into view, with its caption or the first line below it.
    window, end = viewer.window, pictures.end_lines.get(urls[0], 0)
    if not window.top < end <= window.top + window.page - 2:
        window.top = end + 2 - window.page


def hide_pictures(viewer: SummaryViewer) -> None:
    """Show the text only."""
    _set_pictures(viewer, None)


def _set_pictures(viewer: SummaryViewer, pictures: ShownPictures | None) -> None:
    """Lay out the text again, with the same part of it in view."""
    offset = viewer.top_offset
    viewer.pictures = pictures
    viewer.relayout()
    viewer.go_to_offset(offset)


def picture_urls(viewer: SummaryViewer) -> list[str]:
    """Return URLs: of the figures in view, or else the digest's picture or the next figure."""
    if in_view := _figure_urls(viewer.visible_lines):
        return in_view
    return list(filter(None, [thumbnail_url(viewer)])) or _figure_urls(viewer.lines_from_view)[:1]


def thumbnail_url(viewer: SummaryViewer) -> str:
    """Return the URL of the digest's picture, or an empty string."""
    thumbnails = [summary.thumbnail or "" for summary in viewer.summaries]
    return next((url for url in thumbnails if is_web_url(url) and not is_video(url)), "")


def _figure_urls(lines: Iterable[Line]) -> list[str]:
    """Return the URLs of the figures whose captions are on some lines, each once."""
    spans = (span for line in lines for span in line.spans)
    return list(dict.fromkeys(span.href for span in spans if FIGURE in span.style.split()))
