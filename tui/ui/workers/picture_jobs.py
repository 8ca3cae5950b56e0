"""Load and decode pictures, as background jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.i18n import _
from tui.runtime.task import Task
from tui.sources.http.errors import HttpError
from tui.sources.pictures.cache import PictureCache
from tui.sources.pictures.request import load_picture
from tui.terminal.pictures.decoding import PictureError, decode, encode
from tui.ui.task_messages import PictureLoaded, PicturesFinished, PicturesProgressed
from tui.ui.workers.jobs import Job


class PictureRequest(NamedTuple):
    """What to load.

    Attributes:
        paper_id: the paper that is shown.
        urls: the pictures, in the order of the text.
        background: the color behind transparent pixels.
        needs_png: whether they are sent as PNG.
        max_bytes: the limit for each PNG; 0 for none.
    """

    paper_id: str
    urls: Sequence[str]
    background: tuple[int, int, int]
    needs_png: bool
    max_bytes: int


def load_pictures(request: PictureRequest, cache: PictureCache, job: Job) -> PicturesFinished:
    """Load pictures one after the other; post each, and return what went wrong.

    Args:
        request: what to load.
        cache: where pictures are kept.
        job: receives the pictures, and can be cancelled.
    """
    failure = ""
    for number, url in enumerate(request.urls):
        job.report(PicturesProgressed(number, len(request.urls)))
        try:
            data = load_picture(url, cache, Task(is_cancelled=job.is_cancelled))
            picture = decode(data, request.background)
        except HttpError as error:
            failure = _("No picture: {why}").format(why=error)
        except PictureError as error:
            failure = str(error)
        else:
            png = encode(picture, request.max_bytes) if request.needs_png else b""
            job.post(PictureLoaded(request.paper_id, url, picture, png))
    return PicturesFinished(failure)
