"""The title of a paper in the first line about it, and what else the line has."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.digests.general.fields.line_days import ANY_YEAR, only_day
from tui.digests.general.fields.title_remarks import (
    without_last_venue,
    without_remarks,
    without_tags,
    without_venue,
)
from tui.digests.general.found_paper import link_id
from tui.digests.general.names.citations import split_citation
from tui.digests.general.names.title_and_names import split_names
from tui.digests.general.tree.document_tree import Block
from tui.digests.general.tree.line_labels import split_label, without_number, without_symbols
from tui.digests.general.vocabulary.labels import Field, field_of
from tui.digests.parsing.markdown_lines import labelled_links, plain_text
from tui.paper_ids.arxiv import parse_id, split_leading_id

_HAS_MARKUP = re.compile(r"[\[({:]")
_QUOTES = frozenset('"“«「『')
_QUOTES_AROUND = frozenset("«„‹《〈「『“‚")
_QUOTED = re.compile(r"[«„‹《〈「『“‚]\s?([^«»„‹›《》〈〉「」『』“”‚]{4,400})\s?[»“”›》〉」』‘]")
"""A title in quotation marks."""

_QUOTED_PART = re.compile(
    r"(?<=\w)\s[–—|-]\s*[\"“«「『]([^\"“”«»「」『』]{4,400})[\"”»」』](?=\s*(?:$|[(（–—|,.]))"
)
"""A title in quotes that is a part of a line: ``Speaker: Mia — "Title"``."""

_QUOTED_AFTER_LABEL = re.compile(
    r"(?:[^\W\d_]\w{0,19}\s){0,2}[^\W\d_]\w{0,19}\s?[:：]\s*"
    r"[\"“«„「『]([^\"“”«»„「」『』]{8,400})[\"”»“」』]"
)
"""A title in quotes after a few words: ``First paper: "Title"``."""

_STRAIGHT_QUOTED = re.compile(r"\"([^\"]{8,400})\"")

_CHAT_PREFIX = re.compile(
    r"(?:\[[^\[\]]{1,40}\]\s*)?\[[^\[\]]{0,30}\d{1,2}:\d\d[^\[\]]{0,10}\]\s*(?!\()"
)
"""Who wrote a line of a chat, and when: ``[Mia] [9:12 AM]``."""

_BADGE = re.compile(r"\[!\[[^\[\]]{0,100}\]\([^()]{0,1000}\)\]\([^()]{0,1000}\)")
_SHORT_LINK = re.compile(r"!?\[?\[([^\[\]]{0,60})\]\(([^()]{0,2000})\)\]?")
_ADDRESS = re.compile(r"(?<!\]\()<?https?://\S+>?|`?\b(?i:arxiv|doi):\s?[\w./-]+`?")
_EMPTY_FIELD = re.compile(
    r"(?:^|(?<=[,;|·]))\s{0,3}([^\W\d_]{1,20}(?: [^\W\d_]{1,20})?)\s?[:：][\s*_]{0,9}(?:[,;|·]|$)"
)
"""A label whose link was dropped: ``, Code: ****``."""

_ADDRESS_WITHOUT_SCHEME = re.compile(
    r"(?:[a-z\d-]{1,63}\.){1,6}[a-z]{2,18}/\S{0,2000}", re.IGNORECASE
)
_DOI = re.compile(r"(?:doi\s?[:：]\s?|(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"[(\[{](?:\s*|[\s|·•,/]{1,20})[)\]}]")
_CUT_SIGNS = ("[", "`", "\n", "://", "arxiv", "doi:")
_CUT = re.compile(
    r"(?:\[?!)?\[[^\[\]]{0,600}\]\(|<?https?://|`|\s{2,}|\n|\(arxiv|\[arxiv|\barxiv:|\bdoi:",
    re.IGNORECASE,
)
"""What follows a title: a wide gap, or what has one of `_CUT_SIGNS`, in lower case."""

_ID_BEHIND = re.compile(r"\s*\(arxiv[:\s]\s?[\w.,/ -]{6,40}\)$", re.IGNORECASE)
_MAX_OLD_ID_CHARS = 24
_WORD = re.compile(r"\w+")
_REMARKS = re.compile(
    r"(?:\s*(?:\(\W?(?:cross|replaced|v\d)[^()]{0,60}\)"
    r"|\[\s?(?:abs|pdf|ps|dvi|html|other)\b[^\[\]]{0,60}\](?!\()))*\s*[:：]?"
)
"""What arXiv's lists have after an id: ``(cross-list from cs.CV) [pdf, other]``."""

_CATEGORY = re.compile(
    r"\[?(?:(?:cs|math|stat|eess|econ|q-bio|q-fin|physics|astro-ph|cond-mat|nlin)\.[A-Za-z-]{2,17}"
    r"|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)\]?"
)
"""A category of arXiv, which some write above a title."""

_BOLD = re.compile(r"(?:\*\*|__)(?=\S)(.{1,600}?)(?<=\S)(?:\*\*|__)")
_TITLE_AFTER_NAME = re.compile(
    r"\*\*([^\s*:：]{2,20})\*\*: ((?:[^\s\[\]*.!。]{1,40} ){2,20}?[^\s\[\]*.!。]{1,40}?)"
    r"[,.]?(?= ?[\[(]|,? \[|$)"
)
"""The name of a method in bold, and the rest of the title: ``**FMB**: A Benchmark for Robots``."""

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_MIN_CAPITALIZED_SHARE = 0.7
_DOUBLE_BRACKETS = re.compile(r"\[\[([^\[\]]{0,100})\]\]\(")
_BOLD_LABEL = re.compile(r"\[(\*\*|__)([^\[\]*]{1,600})\1\](\([^()\s]{1,2000}\))")
_WHOLE_LINK = re.compile(r"\[([^\[\]]{4,500})\]\([^()\s]{1,2000}\)")
_FIRST_LINK = re.compile(r"\[([^\[\]\s]{1,100}(?: [^\[\]\s]{1,100}){2,80})\]\([^()\s]{1,2000}\)")
"""A link with several words at the start of a line; it may lead to what is written of the paper."""

_WIKI_LINK = re.compile(
    r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{4,400})\]\](?:\s{1,4}#[^\W\d#][^\s#]{0,60}){0,30}\s*"
)
"""A link to a note, as Obsidian writes it, perhaps with another name and tags behind it."""

PRAISE = "🔥⭐🌟✨🆕🚀💯🏆📌❗‼🎉👍❤\ufe0f"
"""Symbols with which writers praise a paper behind its title."""

_FULL_STOP = re.compile(r"(?<![.\s])(?<!\b[A-Z])\.$|。$")
_MAX_LABEL_CHARS = 200
_GENERIC_WORDS = frozenset(
    """
    arxiv biorxiv medrxiv acl anthology preprint publisher
    pdf paper papers link links abs abstract html here read more full text the to on view
    go download code github project page website homepage web site tweet twitter x huggingface
    hugging face hf alphaxiv doi url source original article click blog video demo model dataset
    data slides poster openreview semantic scholar version v1 v2 v3 v4 论文 链接 原文 代码 项目
    主页 地址 下载 查看 论文链接 原文链接 阅读 点击 全文 論文 リンク コード 原論文 詳細 논문
    링크 원문 보기 바로가기 코드 프로젝트 읽기 전문 주소 자세히 bài báo liên kết mã nguồn xem
    đọc thêm
    """.split()  # noqa: SIM905  # a list of words is easier to read than one of strings
)
"""Words that labels of links consist of, in several languages."""

_GENERIC_COMPOUND = re.compile(
    r"(?:论文|論文|原文|链接|連結|地址|主页|主頁|详情|詳情|全文|代码|查看|阅读|閱讀|点击|打开|访问|下载|到|在|的|上|页|页面"
    r"|リンク|ページ|詳細|原論文|を|読む|見る|へ|は|こちら|논문|원문|링크|보기|읽기|바로|가기|페이지|에서|전체)+"
)
"""The same in one word: ``阅读论文``, ``論文を読む``, ``논문보기``."""


def is_generic(label: str) -> bool:
    """Return whether the label of a link names no paper: ``PDF``, ``2505.04921``, ``论文链接``."""
    label = label.strip()
    if not label or parse_id(label) or "://" in label or "arxiv.org" in label:
        return True
    if "10." in label and _DOI.fullmatch(label):
        return True
    if is_category(label) or _ADDRESS_WITHOUT_SCHEME.fullmatch(label):
        return True
    if (leading := split_leading_id(label)) and not _WORD.search(leading[1]):
        return True
    words = _WORD.finditer(label[:_MAX_LABEL_CHARS].casefold())
    return all(
        word[0] in _GENERIC_WORDS or word[0].isdigit() or _GENERIC_COMPOUND.fullmatch(word[0])
        for word in words
    )


def is_category(text: str) -> bool:
    """Return whether a text is a category of arXiv, perhaps in brackets."""
    return _CATEGORY.fullmatch(text.strip()) is not None


def id_alone(text: str) -> str | None:
    """Return the id of arXiv that a line consists of, but for a number and remarks, or None.

    Such a line is ``[1] arXiv:2505.04921 (replaced) [pdf, html, other]``.
    """
    leading = split_leading_id(without_number(text))
    return leading[0] if leading and _REMARKS.fullmatch(leading[1]) else None


def title_of_block(block: Block) -> tuple[str, str]:
    """Return the title in the first line of a part of a page, and the rest; see `split_title`."""
    if block.title is None:
        block.title = split_title(block.text)
    return block.title


@lru_cache(maxsize=256)
def split_title(text: str) -> tuple[str, str]:
    """Split a first line into the title of a paper and the rest.

    The title is what is bold, else the label of a link that names a paper, else what stands before
    the first link or wide gap. It is empty if the line is only an id and links.
    """
    text = text.strip()
    if text.startswith("[") and (prefix := _CHAT_PREFIX.match(text)):
        text = text[prefix.end() :]
    text = without_symbols(text)
    may_be_id = "rxiv" in text.lower() or "/" in text[:_MAX_OLD_ID_CHARS]
    if may_be_id and id_alone(text):
        return "", text
    text = without_number(text)
    text = _DOUBLE_BRACKETS.sub(r"[\1](", text) if "]](" in text else text
    text = without_tags(without_venue(without_symbols(text)))
    if "[*" in text or "[_" in text:
        text = _BOLD_LABEL.sub(r"\1[\2]\3\1", text)
    labelled = split_label(text)
    if labelled and field_of(labelled[0]) in {Field.TITLE, Field.LINK, Field.ID}:
        text = labelled[1]
    for bold in _BOLD.finditer(text) if "**" in text or "__" in text else ():
        inner = bold[1]
        links = [label for _, label, _ in labelled_links(inner)]
        if citation := split_citation(inner):
            after = f"{citation.authors}\n{text[bold.end() :]}"
            return _clean_title(citation.title), _rest(text[: bold.start()], after)
        title = links[0] if links else inner
        title = _clean_title(title)
        is_name = is_generic(title) or field_of(title.rstrip(":：")) is not None
        end = bold.end()
        if (whole := _TITLE_AFTER_NAME.match(text, bold.start())) and _is_capitalized(whole[2]):
            title, end, is_name = _clean_title(f"{title}: {whole[2]}"), whole.end(), False
        if title[:1].islower() and text[: bold.start()].rstrip("[ ").isalpha():
            text = text.replace("**", "")  # The **quiet stairs** of old houses
            break
        if not is_name and only_day(title, ANY_YEAR) is None:
            return title, _rest(text[: bold.start()], text[end:])
    for end, label, url in labelled_links(text) if "]" in text else ():
        if not is_generic(label) and link_id(url):
            before = text[: end - len(label) - 1]
            after = text[text.index(url, end) + len(url) :].lstrip(")")
            citation = split_citation(label)
            before = f"{citation.authors}\n{before}" if citation else before
            return _clean_title(citation.title if citation else label), _rest(before, after)
    whole = _WHOLE_LINK.fullmatch(text) or _WIKI_LINK.fullmatch(text)
    if whole and not is_generic(whole[1]):
        return _clean_title(whole[1]), ""
    return _split_plain_title(text)


def _is_capitalized(text: str) -> bool:
    """Return whether most long words of a text start with a capital, as in titles."""
    words = _LONG_WORD.findall(text)
    capitalized = sum(word[0].isupper() for word in words)
    return bool(capitalized > len(words) * _MIN_CAPITALIZED_SHARE)


def title_of_link(text: str) -> str:
    """Return the title that is the label of a link to a paper, or an empty text."""
    for _, label, url in labelled_links(text):
        if not is_generic(label) and link_id(url):
            return _clean_title(label)
    return ""


def _rest(before: str, after: str) -> str:
    """Return what a line has before and after its title, on a line each."""
    return "\n".join(filter(None, map(without_own_links, (before, after))))


def _split_plain_title(text: str) -> tuple[str, str]:
    first = _FIRST_LINK.match(text) if text.startswith("[") else None
    if first and not is_generic(first[1]):
        return _clean_title(first[1]), without_own_links(text[first.end() :])
    leading = split_leading_id(text)
    if leading:
        text = leading[1].lstrip("])` ")
        text = re.sub(r"^\([^)\s]*\)", "", text).lstrip(" :：-–—|")
    cut = _CUT.search(text) if _may_have_cut(text) else None
    title, rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    if not _QUOTES.isdisjoint(title) and (quoted := _QUOTED_PART.search(title)):
        rest = f"{title[: quoted.start()]}\n{title[quoted.end() :]} {rest}"
        title = quoted[1]
    elif citation := split_citation(title) or split_names(title):
        title = citation.title
        rest = f"{citation.authors}\n{citation.rest} {rest}".strip(" (")
    title = _clean_title(title)
    return ("", text) if is_generic(title) else (title, without_own_links(rest))


def _may_have_cut(text: str) -> bool:
    """Return whether `_CUT` may be in a text; it is slow, and in few titles."""
    lowered = text.lower()
    return any(sign in lowered for sign in _CUT_SIGNS) or " ".join(text.split()) != text


def _clean_title(title: str) -> str:
    title = without_remarks(without_venue(without_number(title)))
    title = _ID_BEHIND.sub("", title) if title.endswith(")") else title
    title = without_last_venue(without_tags(without_symbols(title)))
    if title[:1].isdigit() and (leading := split_leading_id(title)) and _WORD.search(leading[1]):
        title = leading[1].lstrip(" \t])`:：|–—-")
    title = plain_text(without_symbols(title)).rstrip(" :：-–—([|," + PRAISE).strip("*_ ")
    quoted = _QUOTED_AFTER_LABEL.fullmatch(title) or _STRAIGHT_QUOTED.fullmatch(title)
    if quoted is None and title[:1] in _QUOTES_AROUND:
        quoted = _QUOTED.fullmatch(title)
    return without_full_stop(quoted[1].strip(" ,") if quoted else title)


def without_full_stop(title: str) -> str:
    """Return a title without the full stop of a bibliography; an initial keeps its dot."""
    return title[:-1] if title.endswith((".", "。")) and _FULL_STOP.search(title) else title


def without_own_links(text: str) -> str:
    """Return a text without links that name nothing, ids and the brackets around them."""
    if _HAS_MARKUP.search(text):
        text = text.replace("[[", "[").replace("]]", "]")
        text = _BADGE.sub("", text)
        text = _SHORT_LINK.sub(_keep_named_link, text)
        text = _EMPTY_BRACKETS.sub("", _ADDRESS.sub("", text))
        text = _EMPTY_FIELD.sub(_keep_known_field, text)
    return text.strip(" \t-–—·|,:：")


def _keep_known_field(field: re.Match[str]) -> str:
    return "" if is_generic(field[1]) else field[0]


def _keep_named_link(link: re.Match[str]) -> str:
    return "" if link[0].startswith("!") or is_generic(link[1]) else link[0]
