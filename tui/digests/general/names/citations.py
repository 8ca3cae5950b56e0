"""Titles in a list of references."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.digests.general.names.author_lists import unlabelled_names

_MAX_CHARS = 1500
_YEAR = r"(?:19|20)\d\d"
_AUTHOR_YEAR = re.compile(
    rf"(?P<authors>[^()\"“”]{{3,800}}?)\s*\({_YEAR}[a-z]?(?:,[^()]{{0,30}})?\)\s?[.:,]?\s+(?P<rest>\S.*)"
)
"""``Roe, J., & Doe, J. (2025). Title. Journal, 12(3)``"""

_QUOTED = re.compile(
    r"(?P<authors>[^\"“”]{3,800}?)[.,:]?\s+[\"“](?P<title>[^\"“”]{4,400}?)[.,]?[\"”][.,]?\s*(?P<rest>.*)"
)
"""``J. Roe and J. Doe, "Title," in Proc. …``"""

_QUOTED_BEFORE_NAMES = re.compile(
    r"[\"“«「『](?P<title>[^\"“”«»「」『』]{4,400})[\"”»」』]\s*[(（](?P<authors>[^()（）]{3,400})[)）]"
)
"""``"Title" (J. Roe, J. Doe)``"""

_QUOTED_THEN_NAMES = re.compile(
    r"[\"“«「『](?P<title>[^\"“”«»「」『』]{4,400}?)[.,]?[\"”»」』][.,]?\s*"
    r"(?:(?P<by>(?:by|von|par|por|di|de|bởi)[:：]?\s)|[-–—:：,|·/]\s|(?<=\s))"
    r"(?P<authors>[^\"“”()\[\]]{3,400}?)[,.;]?\s*(?P<rest>[(\[].*)?",
    re.IGNORECASE,
)
"""``"Title" by J. Roe and J. Doe``"""

_NAMES_BEFORE_DASH = re.compile(
    r"(?P<authors>[^\W\d_][\w'’-]{1,30}(?: [^\W\d_][\w'’-]{1,30})?,? et al\.?)"
    r"(?:,? (?:19|20)\d\d)?\s?(?:—|–|:|\s-)\s(?P<title>\S.{8,400})"
)
"""``Roe et al. — Title``, ``Jane Roe et al., 2025: Title``"""

LAST_AND_INITIALS = re.compile(r"[^\W\d_][\w'’ -]{1,40},\s(?:[^\W\d_]\.[\s-]?){1,4}")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


class Citation(NamedTuple):
    """A reference in prose: its authors, title and the rest, as they were written."""

    authors: str
    title: str
    rest: str


def split_citation(text: str) -> Citation | None:
    """Return the parts of a reference that starts with its authors; None for another text."""
    text = text[:_MAX_CHARS]
    if quoted := _QUOTED_BEFORE_NAMES.match(text):
        return Citation(quoted["authors"], quoted["title"], text[quoted.end() :])
    quoted = _QUOTED_THEN_NAMES.fullmatch(text.rstrip(" ,-–—"))
    if quoted and (_are_names(quoted["authors"]) or (quoted["by"] and _is_name(quoted["authors"]))):
        return Citation(f"by {quoted['authors']}", quoted["title"], quoted["rest"] or "")
    if "(" in text and (match := _AUTHOR_YEAR.match(text)) and _are_names(match["authors"]):
        title, *rest = _SENTENCE.split(match["rest"], maxsplit=1)
        return Citation(match["authors"], title.strip('"“”*_ '), "".join(rest))
    quoted = _QUOTED.match(text) if '"' in text or "“" in text else None
    if quoted and _are_names(quoted["authors"]):
        return Citation(quoted["authors"], quoted["title"], quoted["rest"])
    before = _NAMES_BEFORE_DASH.fullmatch(text)
    return Citation(f"by {before['authors']}", before["title"], "") if before else None


def _are_names(text: str) -> bool:
    return bool(LAST_AND_INITIALS.match(text) or unlabelled_names(text))


def _is_name(text: str) -> bool:
    return bool(unlabelled_names(f"by {text}"))
