"""Titles in a list of references, and remarks around the titles of a list of papers."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.digests.general.author_lists import unlabelled_names

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

LAST_AND_INITIALS = re.compile(r"[^\W\d_][\w'’ -]{1,40},\s(?:[^\W\d_]\.[\s-]?){1,4}")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_VOTES = re.compile(
    r"\s*[*_]{0,3}[(（\[]\s*(?:[^\w\s()\[\]]{1,3}\s*)?\d[\d,.]{0,9}[kK]?\s*"
    r"(?:up-?votes?|votes?|likes?|points?|[个點点]?赞|票|추천|좋아요|いいね|stimmen|votos|[↑⬆]\ufe0f?)\s*"
    r"[)）\]][*_]{0,3}\s*$",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"\s*(?:(?:\[(?:[RPDN]|pdf|html|research|project)\](?![(:])\s*){1,3}"
    r"|[\[【(]\s*(?:paper|논문|论文|論文|개인|读书)[^\[\]【】()]{0,14}[\]】)]\s*[:：]?(?!\()"
    r"|(?:논문|论文|論文|paper|阅读|読書)\s?(?:리뷰|정리|요약|阅读|笔记|速读|精读|解读|研读|紹介|要約|メモ|review|reading|notes?)"
    r"\s*[:：])\s*",
    re.IGNORECASE,
)
"""What a writer puts before the title of a paper: ``[Paper Review]``, on Reddit ``[R]``."""

_READING_TIME = re.compile(
    r"\s*[(\[（](?:(?:阅读|閱讀|読了|예상)?\s?(?:约|約|~)?\s?\d{1,3}[\s-]?"
    r"(?:min(?:ute|uten|uto|utos)?s?\b\.?|分(?:钟|鐘|間)?|분|phút)[\w\s]{0,12})[)\]）]\s*$",
    re.IGNORECASE,
)
"""How long a text takes to read, as newsletters say: ``(18 minute read)``."""

_PDF = re.compile(r"\s*[(\[]pdf[)\]]\s*$", re.IGNORECASE)
"""What Hacker News puts behind the title of a link to a PDF."""


_VENUE = re.compile(
    r"[*_`]{0,3}[\[【]\s?(?P<mark>[*_]{0,2})"
    r"(?:[A-Z]|arXiv)[\w&+/-]{1,19}(?:[ -][A-Z][\w&-]{1,15}){0,3}"
    r"(?:[\s,-]{1,2}(?:19|20)\d\d|(?<=\w)(?:19|20)\d\d|\s?['’‘]\d\d)"
    r"(?:[\s,;:/|()-]{1,3}(?i:oral|spotlights?|posters?|highlights?|best|paper|award|findings"
    r"|main|workshops?)){0,3}\)?(?P=mark)\s?[\]】](?!\()[*_`]{0,3}[\s:：–—-]{0,4}(?=\S)"
)
"""Where a paper was published, before its title: ``[ICLR 2025]``, ``**[CVPR'25 Oral]**``."""


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
    if not ('"' in text or "“" in text):
        return None
    quoted = _QUOTED.match(text)
    if quoted and _are_names(quoted["authors"]):
        return Citation(quoted["authors"], quoted["title"], quoted["rest"])
    return None


def _are_names(text: str) -> bool:
    return bool(LAST_AND_INITIALS.match(text) or unlabelled_names(text))


def _is_name(text: str) -> bool:
    return bool(unlabelled_names(f"by {text}"))


def without_venue(text: str) -> str:
    """Return a line without a venue and its year in brackets at the start."""
    venue = _VENUE.match(text) if "[" in text[:4] or "【" in text[:4] else None
    return text[venue.end() :] if venue else text


def without_remarks(title: str) -> str:
    """Return a title without ``[Paper Review]`` before it, votes and ``[pdf]`` behind it."""
    if title.endswith((")", "]", "）", "*", "_")):
        title = _VOTES.sub("", title)
        title = _READING_TIME.sub("", _PDF.sub("", title))
    review = _REVIEW.match(title)
    return title[review.end() :] if review else title
