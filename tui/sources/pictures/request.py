"""Request a picture."""

from __future__ import annotations

from tui.runtime.task import Task
from tui.sources.http.cancellation import run_until_cancelled
from tui.sources.http.client import HttpClient
from tui.sources.pictures.cache import PictureCache

MAX_PICTURE_BYTES = 10_000_000


def load_picture(url: str, cache: PictureCache, task: Task) -> bytes:
    """Return the file of a picture, from the cache if it is there.

    Args:
        url: an ``http`` or ``https`` URL.
        cache: where it is kept.
        task: can cancel the request.

    Raises:
        HttpError: the server cannot be reached, or did not send it.
        TaskCancelledError: the task was cancelled.
    """
    kept = cache.get(url)
    if kept is not None:
        return kept
    data = run_until_cancelled(_request(url), task)
    cache.put(url, data)
    return data


async def _request(url: str) -> bytes:
    client = HttpClient()
    try:
        # Digests link to pictures on hosts that redirect to their content delivery networks.
        response = await client.get(
            url, accept="image/*", max_bytes=MAX_PICTURE_BYTES, allowed_hosts=None
        )
    finally:
        await client.aclose()
    return b"" if response is None else response.data
