"""References to papers of any kind, as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from tui.paper_ids.arxiv import id_in_url, parse_id, pasted_id, split_leading_id, without_brackets

_ARXIV_HOSTS = (
    *("arxiv", "huggingface.co/papers", "hf.co/papers", "hf-mirror.com/papers", "papers.cool"),
    *("scirate.com", "alphaxiv.org", "ar5iv.org", "xxx.lanl.gov", "xxx.itp.ac.cn"),
)
"""What `_ARXIV_MENTION` starts with, in lower case."""

_HOST_PARTS = ("arxiv", "papers", "scirate", "alphaxiv", "ar5iv", "xxx.")
"""One of them is in each of `_ARXIV_HOSTS`; most texts have none."""

_MAX_CACHED_CHARS = 5000

# A URL or citation anywhere in a text. Cheaper than `id_in_url` on texts without any.
_ARXIV_MENTION = re.compile(
    r"(?i:arxiv(?:\s?[:：]\s(?=\d{4}\.\d{4}))?|huggingface\.co/papers|hf\.co/papers|hf-mirror\.com/papers|papers\.cool"
    r"|scirate\.com|alphaxiv\.org|ar5iv\.org|xxx\.lanl\.gov|xxx\.itp\.ac\.cn)[^\s|<>\"'`)\]}）】》」]{1,80}"
)
# Quick tests: most words of a query then need none of the patterns that take long to compile.
_MAY_BE_ARXIV = re.compile(r"\d{4}\.\d{4}|\d{7}")
_MAY_BE_ELSEWHERE = re.compile(r"10\.\d{4}|://|(?i:openreview|acl|rxiv|url:)")
_BIBTEX = re.compile(
    r"(?i:eprint|doi)\s{0,20}=\s{0,20}[{\"]\s{0,5}(?P<id>[^}\"\s]{4,200})\s{0,5}[}\"]"
)


def arxiv_ids_in(text: str) -> Iterator[str]:
    """Yield the canonical id of each URL or citation of a paper of arXiv in a text, in order."""
    return _find_arxiv_ids(text) if len(text) > _MAX_CACHED_CHARS else iter(_cached_ids(text))


@lru_cache(maxsize=64)
def _cached_ids(text: str) -> tuple[str, ...]:
    """Return the ids in a line, which several rules look at one after the other."""
    return tuple(_find_arxiv_ids(text))


def _find_arxiv_ids(text: str) -> Iterator[str]:
    for match in _find_mentions(text):
        # The host may start before the match: www.arxiv.org, https://ar5iv….
        start = max(match.start() - 60, 0)
        start = max(text.rfind(" ", start, match.start()), start)
        found = id_in_url(text[start : match.end()]) or _cited_id(match[0])
        if found:
            yield found


def _find_mentions(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `_ARXIV_MENTION`; looking for the hosts first is much faster."""
    lowered = text.lower()
    if not any(part in lowered for part in _HOST_PARTS):
        return
    hosts = [host for host in _ARXIV_HOSTS if host in lowered]
    if len(lowered) != len(text):  # as of "İ"
        yield from _ARXIV_MENTION.finditer(text) if hosts else ()
        return
    end = 0
    for start in sorted(start for host in hosts for start in _offsets_of(host, lowered)):
        if start >= end and (match := _ARXIV_MENTION.match(text, start)):
            end = match.end()
            yield match


def _offsets_of(word: str, text: str) -> Iterator[int]:
    offset = text.find(word)
    while offset >= 0:
        yield offset
        offset = text.find(word, offset + len(word))


def _cited_id(text: str) -> str | None:
    leading = split_leading_id(text)
    return leading[0] if leading else None


def pasted_paper_id(text: str, *, is_paper: bool = False) -> str | None:
    """Return the canonical id if the whole text is a reference to a paper as people copy it.

    Args:
        text: an id, DOI, URL, citation or file name, perhaps in brackets of any kind.
        is_paper: whether the text is known to be a paper, so that it may have any URL.
    """
    word = text if text.isascii() else normalize("NFKC", text)
    if _MAY_BE_ARXIV.search(word) and (arxiv_id := pasted_id(word)):
        return arxiv_id
    if not _MAY_BE_ELSEWHERE.search(word):
        return None
    from tui.paper_ids.elsewhere import parse_elsewhere
    from tui.paper_ids.urls import url_id

    word = without_brackets(word)
    return parse_elsewhere(word) or (url_id(word) if is_paper else None)


def sole_paper_id(text: str) -> str | None:
    """Return the canonical id of the only paper to which a text refers, or None.

    Such texts are a title with a link, a link in Markdown or HTML, and an entry of BibTeX. An id on
    arXiv and a DOI in the same text are those of one paper.
    """
    if paper_id := pasted_paper_id(text, is_paper=True):
        return paper_id
    from tui.paper_ids.elsewhere import mentioned_elsewhere, parse_elsewhere

    fields = [match["id"] for match in _BIBTEX.finditer(text)]
    arxiv_ids = {*arxiv_ids_in(text), *filter(None, map(parse_id, fields))}
    others = {*mentioned_elsewhere(text), *filter(None, map(parse_elsewhere, fields))}
    ids = arxiv_ids or {other for other in others if ":" in other}
    return ids.pop() if len(ids) == 1 else None
