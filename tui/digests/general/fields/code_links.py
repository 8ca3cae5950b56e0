"""Links to the code of a paper, its demo, or the page of its project, beside its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from tui.digests.parsing import record_values as values
from tui.paper_ids.code_addresses import CODE_HOSTS

_MAX_LINKS = 5
"""Links to code that a paper may have; a text with more of them is a list."""

_MAX_TEXT_CHARS = 10_000
_MAX_VALUES = 50
_MAX_NESTING = 3

_HOSTS = "|".join(map(re.escape, sorted(CODE_HOSTS)))
_CODE_URL = re.compile(
    rf"https?://(?:www\.)?(?:(?:{_HOSTS})/[\w.~-]{{1,100}}/[\w.-]{{1,200}}+"
    r"(?!/(?:-/)?(?:issues|pull|pulls|merge_requests|discussions|wiki|blob|commit|releases)\b)"
    r"|(?:huggingface\.co|hf\.co)/(?:(?:spaces|datasets|models)/[\w.-]{1,100}"
    r"|(?!papers/|blog/|docs/|collections/|posts/|spaces/|datasets/|models/)[\w.-]{1,100}/[\w.-]{1,200})"
    r")",
    re.IGNORECASE,
)
"""The start of the address of a repository, model, data set or demo, but not of a part of one."""

_LINK = re.compile(
    r"(?P<image>!)?\[(?P<label>[^\[\]]{0,200})\]\(\s{0,3}<?(?P<url>https?://[^\s()<>]{1,2000})"
    r"|(?P<bare>https?://[^\s()<>\[\]|*`\"']{1,2000})"
)
_LABEL_BEFORE = re.compile(
    r"([^\W\d_]{1,20}(?: [^\W\d_]{1,20}){0,2})[*_]{0,3}\s?[:：][\s*_\[(<]{0,6}$"
)
"""A label before a link that has none itself."""

_MAX_LABEL_CHARS = 70
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = """
    code; codes; source code; official code; code link; code url; code repo; code repository;
    github; github code; github link; github repo; github url; gitlab; repo; repos; repository;
    repositories; implementation; project; project page; project website; project link;
    project url; demo; live demo; online demo; 代码; 代码链接; 代码地址; 源码; 源代码; 开源代码;
    官方代码; 项目; 项目主页; 项目链接; 项目地址; 项目页面; 演示; 代碼; 程式碼; 專案; コード;
    ソースコード; 実装; プロジェクト; プロジェクトページ; デモ; 코드; 소스 코드; 구현; 프로젝트;
    프로젝트 페이지; 데모; mã nguồn; dự án; код; проект; демо; código; proyecto; projeto; projet;
    projekt; codice; progetto; kod; proje
"""
_CODE_NAMES = frozenset(name.strip() for name in _NAMES.split(";"))


def is_code_label(label: str) -> bool:
    """Return whether a label is that of the code, demo or project of a paper."""
    return _is_code_name(label[:_MAX_LABEL_CHARS])


@lru_cache(maxsize=1024)
def _is_code_name(label: str) -> bool:
    # The records of a file all have the same labels.
    return " ".join(_WORD.findall(label.replace("_", " ").casefold())) in _CODE_NAMES


def code_links_in(text: str) -> tuple[str, ...]:
    """Return the addresses in a text with links that have such a label, or lead to code."""
    return tuple(dict.fromkeys(islice(_find(text[:_MAX_TEXT_CHARS]), _MAX_LINKS)))


def _find(text: str) -> Iterator[str]:
    # Most texts have no link but that of the paper.
    if text.count("://") == text.count("://arxiv.org/"):
        return
    for link in _LINK.finditer(text):
        url = (link["url"] or link["bare"]).rstrip(".,;:!?_")
        if link["image"] or "://arxiv.org/" in url or url.endswith(".pdf"):
            continue
        is_code = _CODE_URL.match(url) or is_code_label(link["label"] or "")
        if (is_code or _has_label_before(text, link)) and values.as_url(url):
            yield url


def _has_label_before(text: str, link: re.Match[str]) -> bool:
    """Return whether a link without a label of its own stands behind one for code."""
    if link["label"] is not None and "://" not in link["label"]:
        return False
    before = text[max(link.start() - _MAX_LABEL_CHARS, 0) : link.start()]
    if not before.rstrip(" *_[(<").endswith((":", "：")):
        return False
    label = _LABEL_BEFORE.search(before)
    return label is not None and is_code_label(label[1])


def code_links_of(value: object, label: str = "") -> tuple[str, ...]:
    """Return such addresses in the value of a field for links.

    Args:
        value: an address or a text with links, or lists and objects of them.
        label: its label.
    """
    urls = islice(_find_in_value(value, label, _MAX_NESTING), _MAX_LINKS)
    return tuple(dict.fromkeys(urls))


def _find_in_value(value: object, label: str, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        if is_code_label(label) and (url := values.as_url(value)):
            yield url
        else:
            yield from _find(value[:_MAX_TEXT_CHARS])
    elif isinstance(value, list) and depth:
        for item in value[:_MAX_VALUES]:
            yield from _find_in_value(item, label, depth - 1)
    elif isinstance(value, dict) and depth:
        # ``{"name": "Code", "url": …}`` says what its link is.
        names = (item for item in value.values() if isinstance(item, str))
        own = next(filter(is_code_label, names), label)
        for key, item in islice(value.items(), _MAX_VALUES):
            yield from _find_in_value(item, key if is_code_label(key) else own, depth - 1)


def with_code(summary: str, urls: tuple[str, ...]) -> str:
    """Return a summary with a fact for each address that it does not have."""
    missing = [url for url in urls if url not in summary]
    facts = values.bullet_list(*(("Code", values.format_link(url)) for url in missing))
    is_list = summary.rpartition("\n")[2].startswith("- **")
    return ("\n" if is_list else "\n\n").join(filter(None, (summary, facts)))
