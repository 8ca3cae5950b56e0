"""What stands around the title of a paper: tags, venues, votes, and a translation."""

from __future__ import annotations

import re

from tui.digests.general.names.author_lists import unlabelled_names
from tui.digests.general.vocabulary.labels import field_of
from tui.digests.general.vocabulary.venue_names import is_venue

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

_TAGS = re.compile(
    r"\s*(?:(?:\[(?!(?:CLS|MASK|SEP|EOS|BOS|PAD|UNK|IMG|Re)\])(?P<tag>[^\[\]():：=\d]{2,24})\](?![(:\[])"
    r"|【[^【】]{1,24}】|`(?P<code>[^`\s]{1,16})`)\s*){1,4}(?=\S+\s+\S|[^\x00-\x7f]{4})"
)
"""Topics and praise before a title: ``[LLM]``, ``【推荐】``, ```RL```; not a token of a model."""

_LAST_BRACKET = re.compile(r"\s*(?:\((?P<round>[^()]{4,60})\)|\[(?P<square>[^\[\]]{4,60})\])\s*$")
_STARS_BEHIND = re.compile(r"\s*\(?[⭐🌟★☆]\ufe0f?\s?[\d,.]{1,9}[kK]?\)?$")
"""How many stars the code of a paper has."""

_MAX_BRACKET_CHARS, _MAX_VENUES = 80, 3
_FIRST_VENUE = re.compile(r"\s*\((?P<venue>[^()]{4,60})\)\s*[:：–—-]?\s*(?=\S+\s+\S)")
_NAMED_VENUE = re.compile(
    r"(?P<venue>[A-Z][\w&-]{1,14} (?:19|20)\d\d(?: (?:oral|workshop|spotlight|poster|findings))?), "
    r"(?=(?:\*\*)?\S+ \S)"
)
"""``ICML 2023 oral, Title``"""

_YEAR = re.compile(
    r"(?:(?:arXiv|preprint|published|pub)[\s.,:-]{0,3})?(?:19|20)\d\d", re.IGNORECASE
)

_FOREIGN_LETTER = re.compile(
    "[\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3ơưđƠƯĐ\u1ea0-\u1ef9]"
)
"""A letter of Korean, Japanese, Chinese or Vietnamese that English does not have."""

_FOREIGN_SHARE = 0.3
"""The share of words with such letters above which it is no name in an English title."""

_ENGLISH_TITLE = re.compile(r"[A-Z\d\"“‘'(][^\s]*(?:\s+\S+){2,}")
_TWO_TITLES = re.compile(
    r"(?P<first>[^\n]{4,300}?)(?:\s*(?P<open>[(（])(?P<inner>[^()（）]{4,300})[)）]"
    r"|(?:\s+[/|–—-]\s+|\s*[｜／]\s*)(?P<second>[^\n]{4,300}))"
)


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


def without_tags(text: str) -> str:
    """Return a line without the tags and the venue in brackets that it starts with."""
    if text[:1] in "[【`" and (tags := _TAGS.match(text)) and not field_of(tags["tag"] or ""):
        text = text[tags.end() :]
    if (named := _NAMED_VENUE.match(text)) and is_venue(named["venue"]):
        text = text[named.end() :]
    if text[:1] == "(" and (first := _FIRST_VENUE.match(text)) and is_venue(first["venue"]):
        text = text[first.end() :]
    return text


def without_last_venue(title: str) -> str:
    """Return a title without the venues and years in brackets, and the stars, behind it."""
    if title[-1:].isdigit() or title[-1:] in "kK)":
        title = _STARS_BEHIND.sub("", title)
    for _ in range(_MAX_VENUES):
        last = _LAST_BRACKET.search(title, max(0, len(title) - _MAX_BRACKET_CHARS))
        remark = last["round"] or last["square"] if last else ""
        if last is None or not (_YEAR.fullmatch(remark) or is_venue(remark)):
            break
        title = title[: last.start()]
    return title


def split_translation(title: str) -> tuple[str, str]:
    """Return an English title, and its translation that stands beside it, or an empty text.

    The title comes first or last: ``Title (번역)``, ``标题 / Title``.
    """
    titles = None if title.isascii() else _TWO_TITLES.fullmatch(title)
    if titles is None:
        return title, ""
    first, second = titles["first"].strip(), (titles["inner"] or titles["second"]).strip()
    for english, translation in ((first, second), (second, first)):
        if is_translation(translation, english):
            return english, translation
    return title, ""


def is_translation(text: str, title: str) -> bool:
    """Return whether a text may be a translation of an English title: in letters of its own."""
    return _is_foreign(text) and is_english_title(title)


def _is_foreign(text: str) -> bool:
    """Return whether a text is in one of the languages whose letters `_FOREIGN_LETTER` has."""
    words = text.split()
    foreign = sum(not word.isascii() for word in words)
    return foreign > _FOREIGN_SHARE * len(words) and bool(_FOREIGN_LETTER.search(text))


def is_english_title(text: str) -> bool:
    """Return whether a text has several words, and may be a title in English."""
    is_title = _ENGLISH_TITLE.fullmatch(text) and not _is_foreign(text)
    return bool(is_title) and not is_venue(text) and not unlabelled_names(text)
