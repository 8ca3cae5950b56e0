"""The addresses of arXiv's API and feeds."""

from __future__ import annotations

from typing import NamedTuple

from tui.sources.arxiv.endpoint import ARXIV_URL, arxiv_endpoint

API_URL = "https://export.arxiv.org/api/query"
RSS_URL = "https://rss.arxiv.org/rss"


class ArxivServers(NamedTuple):
    """Where to send requests.

    Attributes:
        api: the URL of the API.
        rss: the URL of the feeds, to which a slash and a category are added.
    """

    api: str = API_URL
    rss: str = RSS_URL


def arxiv_servers(setting: str = "") -> ArxivServers:
    """Return the servers that the environment or the settings select.

    A mirror has everything below one address: ``/api/query`` and ``/rss``.

    Args:
        setting: the URL of a mirror in the reader's settings; empty for arXiv itself.

    Raises:
        HttpError: the URL is invalid.
    """
    url = arxiv_endpoint(setting).url
    return ArxivServers() if url == ARXIV_URL else ArxivServers(f"{url}/api/query", f"{url}/rss")
