"""What the labels of a paper's fields mean, in several languages.

A label is a key of a record, the heading of a column, or the words before a colon. Another spelling
of the same words (``pdf_url``, ``PDF URL``, ``pdfUrl``) is the same label.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from unicodedata import combining, normalize

from tui.digests.general.vocabulary.field_names import NAMES


class Field(Enum):
    """What the value of a label is."""

    __hash__ = object.__hash__  # that of Enum is a slow function

    ID = auto()
    LINK = auto()
    TITLE = auto()
    OTHER_TITLE = auto()
    """The title in another language."""
    ORIGINAL_TITLE = auto()
    """The title that the authors gave the paper, beside a translated one."""
    AUTHORS = auto()
    ISSUE_DAY = auto()
    """The day on which the digest featured the paper."""
    DATE = auto()
    """A day of the digest or of the publication; other days show which."""
    PUBLISHED = auto()
    UPDATED = auto()
    """The day on which the paper or the file changed, or the file was written."""
    VOTES = auto()
    SUMMARY = auto()
    PICTURE = auto()
    FACT = auto()
    """A short remark that belongs to the summary: categories, code, venue."""


_LANGUAGES = r"zh|cn|ko|kr|ja|jp|vi|en|es|fr|de|中文|英文|中|英|한글|한국어|영문|日本語|英語"
_ENGLISH = frozenset({"en", "英文", "英", "영문", "英語"})
_QUALIFIER = re.compile(
    rf"\s*[(（\[]\s*(?P<language>{_LANGUAGES})?[^()（）\[\]/:]{{0,20}}[)）\]]\s*$", re.I
)
_DATE_FORMAT = re.compile(r"\s*[(（\[]\s*[ymdYMD年月日/. -]{4,16}[)）\]]\s*$")
"""How a date is to be written, as in the label ``Date (yyyy/MM/dd)`` of a form."""

_PAPER_NAMES = frozenset(
    """
    paper; article; 论文; 論文; 文章; 논문; bài báo; статья; artículo; artigo; articolo; artikel;
    papier; beitrag
    """.strip()
    .replace("\n    ", " ")
    .split("; ")
)
_PRESENTER_NAMES = frozenset({"発表者", "who", "writer", "writers", "contributors", "creator"})
_PRIMARY_CATEGORY_NAMES = frozenset(
    {"primary category", "primary subject", "primary class", "primaryclass"}
)
_SUBJECT_NAMES = _PRIMARY_CATEGORY_NAMES | frozenset(
    """
    category; categories; subject; subjects; tag; tags; topic; topics; keyword; keywords; field;
    fields; 类别; 分类; 主题; 领域; 标签; カテゴリ; カテゴリー; 分野; タグ; 분야; 카테고리; 주제;
    태그; chủ đề; danh mục; lĩnh vực; тема; темы; категория; категории; kategorie; kategorien;
    thema; categoría; categorías; tema; temas; catégorie; catégories; sujet; sujets; categoria;
    categorie; class; classes; cats; cat; categorias; chuyên mục; chuyen muc
    """.strip()
    .replace("\n    ", " ")
    .split("; ")
)
_SHARED = re.compile(
    r"\s*[/&+、・|]\s*|\s(?:and|und|y|et|e|и|và|および|및)\s|[与和及]|\s?[(（](?=\D)"
)
"""What is between two names in one label: ``Title & Authors``, ``标题与作者``."""

_DATE_LABEL = re.compile(
    r"(?!up to|due)(?:\w{2,20} ){1,3}date|date (?:of )?\w{2,20}"
    r"|day (?:of )?(?:read|reading|presented|discussed)"
    r"|(?!今|昨|明|毎|每|当|休|祝|平|生|节|節|某|近|本|誕)[\u3040-\u9fff]{1,6}(?<![曜期])日[期付時]?"
    r"|[가-힣 ]{1,8}(?:날짜|일자|일시)"
    r"|(?:읽|본|공부|발표|논의|토론|소개|정리|추가|리뷰|공유|다룬|배운)[가-힣]{0,2}날"
    r"|ngày \D{2,20}|(?:fecha|data|date) d[aeou]s? \w{3,20}|\w{2,14}datum|дата \w{3,20}"
)
"""Words for a day that the digest or its writer did something, such as ``読んだ日``."""

_OTHER_DATES = (
    (Field.UPDATED, re.compile("updat|modif|수정|갱신|更新|修正|改")),
    (
        Field.PUBLISHED,
        re.compile(
            "publi|submi|post|발행|출판|게재|공개|投稿|公開|発行|刊|发表|发布|出版|提交"
            "|xuất bản|công bố|nộp|gửi"
        ),
    ),
)
"""Parts of labels of other days."""

_TIME_UNIT = re.compile(r" (?:epoch|unix|unixtime|utc|iso|timestamp|ts|ms)$")
"""What some labels of days end with: ``published_ts``."""

_COUNT = re.compile(r"^(?:n|num|total|hf) (?:(?:n|num|total) )?| (?:count|total)$")
_PAPER_WORD = re.compile(
    r"(?:paper|article|arxiv|the|论文|論文|文章|논문)\s?(?=\S\S)"
    r"|(?<=\S\S) (?:bài báo|of the paper)$"
)
"""What some labels have before the word that counts: ``논문 저자``."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD = re.compile(r"[\W_]+")
_BESIDE_CJK = re.compile(r"(?<=[\u3040-\u9fff\uac00-\ud7a3]) | (?=[\u3040-\u9fff\uac00-\ud7a3])")
"""Spaces that some write and some do not: ``arXiv 链接``, ``arXiv链接``."""


def _normalize(label: str) -> str:
    words = _NOT_WORD.sub(" ", label).strip().casefold()
    return words if words.isascii() else _BESIDE_CJK.sub("", words)


def _find(label: str) -> Field | None:
    """Return the field of a name; ``url abs`` is the same as ``abs url``."""
    name = _normalize(label)
    found = _FIELDS.get(name)
    if found is None and " " in name:
        found = _FIELDS.get(" ".join(reversed(name.split(" "))))
    if found is None and (unit := _TIME_UNIT.search(name)):
        found = _FIELDS.get(name[: unit.start()])
    if found is None and " " in name and _FIELDS.get(_COUNT.sub("", name)) is Field.VOTES:
        found = Field.VOTES
    if found is None and (word := _PAPER_WORD.search(name)):
        found = _FIELDS.get((name[: word.start()] + name[word.end() :]).strip())
    if found is None and _DATE_LABEL.fullmatch(name):
        found = next((kind for kind, part in _OTHER_DATES if part.search(name)), Field.DATE)
    return found


_FIELDS = {
    _normalize(name): Field[field_name]
    for field_name, names in NAMES.items()
    for name in names.replace("\n", " ").split(";")
}


_UNDECOMPOSED = str.maketrans("đıł", "dil")
"""Letters with a mark that Unicode does not decompose."""


def _without_accents(name: str) -> str:
    """Return a name as keys of JSON spell it."""
    decomposed = normalize("NFD", name.translate(_UNDECOMPOSED))
    return "".join(character for character in decomposed if not combining(character))


_FIELDS |= {
    plain: field
    for name, field in _FIELDS.items()
    if (plain := _without_accents(name)).isascii() and len(plain) > 3 and plain not in _FIELDS
}

_VOTE_SIGNS = frozenset("👍⬆🔼▲△❤♥💖🔥")
_WORDS_BESIDE_SIGNS = frozenset({"hf", "数", "數", "수", "count", "hugging face", "total", "hub"})
MAX_LABEL_CHARS = 40


@lru_cache(maxsize=4096)
def field_of(label: str) -> Field | None:
    """Return what the value of a label is, or None for an unknown label.

    Args:
        label: without markup and colon. ``Title (ZH)`` is the title in another language.
    """
    if len(label) > MAX_LABEL_CHARS:
        return None
    bare = label.strip().replace("\ufe0f", "")
    if bare in _VOTE_SIGNS or bare == "↑":
        return Field.VOTES
    if not (label.isascii() or _VOTE_SIGNS.isdisjoint(label)):
        words = "".join(sign for sign in bare if sign not in _VOTE_SIGNS).strip().casefold()
        if words in _WORDS_BESIDE_SIGNS:
            return Field.VOTES
    if "/" in label or "-" in label:
        label = _DATE_FORMAT.sub("", label)
    field = _find(label) or _find(_CAMEL.sub(" ", label))
    if field is None and (several := fields_of(label)):
        return Field.TITLE if Field.TITLE in several else several[0]
    if field is None and (qualifier := _QUALIFIER.search(label)):
        field = _find(label[: qualifier.start()])
        if field is Field.TITLE and (language := qualifier["language"]):
            return Field.ORIGINAL_TITLE if language.lower() in _ENGLISH else Field.OTHER_TITLE
    return field


def is_issue_day(label: str) -> bool:
    """Return whether the value of a label is the day on which the digest features the paper."""
    return field_of(label) is Field.ISSUE_DAY


def names_paper_itself(label: str) -> bool:
    """Return whether a label is only the word for a paper, so that a title may be its value."""
    return label.strip().casefold() in _PAPER_NAMES


def may_name_presenter(label: str) -> bool:
    """Return whether a label for authors may be that of who presents the paper."""
    return label.strip().casefold() in _PRESENTER_NAMES


@lru_cache(maxsize=1024)
def names_subjects(label: str) -> bool:
    """Return whether the value of a label is what a paper is about: categories or keywords."""
    return len(label) <= MAX_LABEL_CHARS and not _SUBJECT_NAMES.isdisjoint(_spellings(label))


def names_primary_category(label: str) -> bool:
    """Return whether a label is that of the first of several categories."""
    return not _PRIMARY_CATEGORY_NAMES.isdisjoint(_spellings(label))


def _spellings(label: str) -> set[str]:
    names = {_normalize(label), _normalize(_CAMEL.sub(" ", label))}
    return names | {_PAPER_WORD.sub("", name, count=1) for name in names}


@lru_cache(maxsize=1024)
def fields_of(label: str) -> tuple[Field, ...]:
    """Return the fields of a label with two names, such as ``Authors / Institutions``; or empty."""
    if not _SHARED.search(label):
        return ()
    found = [_find(name) for name in _SHARED.split(label)]
    return tuple(field for field in found if field) if len(found) == 2 and all(found) else ()
