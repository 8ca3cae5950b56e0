"""The pages of a paper on other sites, found among the links of its summary."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from tui.models import Paper
from tui.paper_ids.code_addresses import CODE_HOSTS

_HUB_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})


def hub_url(paper: Paper, links: Sequence[tuple[str, str]]) -> str | None:
    """Return the address of the paper's page on Hugging Face; None unless it is on arXiv.

    Args:
        paper: the paper.
        links: text and address of the links in its summary.
    """
    if paper.arxiv_id is None:
        return None
    for _text, url in links:
        host, path = _host_and_path(url)
        if host in _HUB_HOSTS and path[:1] == ["papers"] and path[1:] == [paper.arxiv_id]:
            return url
    return f"https://huggingface.co/papers/{paper.arxiv_id}"


def repository_urls(links: Sequence[tuple[str, str]]) -> list[str]:
    """Return the addresses of code repositories, each repository once.

    Args:
        links: text and address of the links in a summary.
    """
    urls: dict[tuple[str, str], str] = {}
    for _text, url in links:
        host, path = _host_and_path(url)
        if host in CODE_HOSTS and len(path) >= 2:
            name = "/".join(path[:2]).removesuffix(".git").lower()
            urls.setdefault((host, name), url)
    return list(urls.values())


def _host_and_path(url: str) -> tuple[str, list[str]]:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "", []
    return host.removeprefix("www."), [part for part in parts.path.split("/") if part]
