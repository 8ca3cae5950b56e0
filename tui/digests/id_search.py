"""Search files for what looks like the id of a paper, before anything else is done with them.

Most files of a repository name no paper. Each pattern starts with a literal character, which makes
it ten times faster than one that starts with a digit.
"""

from __future__ import annotations

import re
from functools import cache

_PATTERNS = (
    r"\.(?<=\d\d\d\d\.)\d\d\d\d",  # 2504.08101
    r"/\d{7}",  # hep-th/9901001
)
_PATTERNS_ELSEWHERE = (
    r"10\.\d{4,9}/\w",
    r"openreview[.:]\w",
    r"openreview_?[iI]d\W",
    r"\"forum\"\s{0,9}:",
    r"acl(?:anthology|web)\.\w",
    r"\.(?<=\d\d\d\d\.)[a-z]\w{0,29}-\w{1,30}\.\d",  # 2025.acl-long.100
    r"rxiv\.org/(?:cgi/)?content",
    r"mlr\.press/v",
    r"neurips\.cc/paper",
    r"thecvf\.com/content",
    r"iacr\.org/\d{4}/\d",
    r"ieeexplore\.ieee\.org/(?:abstract/)?document/\d",
    r"ncbi\.nlm\.nih\.gov/",
    r"sciencedirect\.com/science/article",
    r"semanticscholar\.org/paper/",
    r"jmlr\.org/papers",
    r"isca-archive\.org/\w",
    r"nature\.com/articles/[sn]",
    r"ssrn\.com/\w",
    r"elifesciences\.org/(?:articles|reviewed-preprints)/\d",
    r"researchsquare\.com/article/rs-",
)
"""DOIs, and hosts of papers that are not on arXiv."""

_EXACT_DIALECTS = (b"aily", b"AILY", b'"upvotes"', b'"paper_url"', b"(broadsheet digest)")
"""One of them is in every file that a dialect may claim, and report, although it has no papers."""


def names_paper(text: str) -> bool:
    """Return whether a text contains what looks like an id of arXiv; fast, and often wrong."""
    return any(pattern.search(text) for pattern in _compiled(_PATTERNS))


def may_have_papers(text: str) -> bool:
    """Return whether a text contains what looks like the id or link of a paper of any kind."""
    return names_paper(text) or any(
        pattern.search(text) for pattern in _compiled(_PATTERNS_ELSEWHERE)
    )


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


def may_be_digest(data: bytes) -> bool:
    """Return whether a file may have papers, or problems that a dialect would report.

    Args:
        data: the whole file. It is searched as it is, so that the answer for an encoding like
            UTF-16 is always yes.
    """
    patterns = (*_PATTERNS, *_PATTERNS_ELSEWHERE)
    if any(re.search(pattern.encode(), data) for pattern in patterns):
        return True
    is_wide = b"\0" in data[:1024]
    has_fields = data[:100].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"---")
    return is_wide or has_fields or any(marker in data for marker in _EXACT_DIALECTS)
