"""arXiv identifiers: the grammar, the canonical form, and URLs that contain them.

Both styles of identifier are described at https://info.arxiv.org/help/arxiv_identifier.html. The
canonical form has no version, and in the old style no subject class: ``2505.04921v2`` becomes
``2505.04921``, and ``math.GT/0309136`` becomes ``math/0309136``.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category

_YEAR_AND_MONTH = r"\d\d(?:0[1-9]|1[0-2])"
_MONTH = r"(?:0[1-9]|1[0-2])"
# Four digits until 2014, five since.
_NEW = rf"(?:(?:0[7-9]|1[0-4]){_MONTH}\.\d{{4}}|(?:1[5-9]|[2-4]\d){_MONTH}\.\d{{5}})"
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin"
    "|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_OLD = (
    rf"(?i:(?P<archive>{_ARCHIVES})(?:\.[a-z-]{{2,8}})?)"
    rf"/(?P<old>(?:9[1-9]|0[0-7]){_MONTH}\d{{3}})"
)
_OPENING = {"Ps", "Pi", "Pf", "Po", "Sm"}
_CLOSING = {"Pe", "Pi", "Pf", "Po", "Sm"}
"""Categories of brackets, quotes, full stops and ``<`` in Unicode."""

_ENCODED_SLASH = re.compile(r"%(?:25)?2[Ff]")
_ID = rf"(?:(?P<new>{_NEW})|{_OLD})(?:[vV]\d{{1,3}})?(?!\d)"

_URL = (
    r"(?i:(?:arxiv\.org|xxx\.lanl\.gov|xxx\.itp\.ac\.cn)/(?:abs|pdf|html|format|ps|src|e-print|tb)"
    r"(?:/arxiv(?=:))?"  # also www., export., cn., browse.
    r"|(?:huggingface\.co|hf\.co|hf-mirror\.com)/papers"
    r"|alphaxiv\.org/(?:[a-z]{2}(?:-[a-z]{2,4})?/)?(?:abs|pdf|html|overview|resources)"
    r"|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html|pdf)"
    r"|(?:papers\.cool|scirate\.com|deeplearn\.org|inspirehep\.net|connectedpapers\.com/main"
    r"|bytez\.com/docs)/arxiv"
    r"|arxiv-vanity\.com/papers|talk2arxiv\.org/(?:abs|pdf)"
    r"|(?:semanticscholar|adsabs\.harvard)\.(?:org|edu)/(?:[\w-]{1,20}/){0,3}arxiv(?=[:/])"
    r"|arxiv\.org/api/query\?(?:[\w.,+-]{1,40}=[\w.,+-]{0,40}&){0,5}id_list(?==)"
    r"|scholar_lookup\?(?:[\w.,+-]{1,40}=[\w.,+-]{0,99}&){0,9}arxiv_id(?==)"
    r"|doi\.org/10\.48550/arxiv(?=\.))[/.:=]+"
)
_CITATION = (
    r"(?i:arxiv(?:[ _-]?(?:id|e-?print|preprint|identifier))?)"
    r"(?:\s{0,2}[:：]\s{0,2}(?i:arxiv:\s?)?|[\s_.-])"
)
# Compiled on first use, because the first screen does not need them.
_ID_IN_URL = rf"(?<![\w-]){_URL}{_ID}"
_LEADING_ID = rf"(?:{_CITATION}|(?<![\w./$€£¥₩-])){_ID}(?![^\W_]|/|\.\d)"
_DOI = r"(?i:(?:doi\s?:\s?)?10\.48550/arxiv\.)"
_END = r"(?:\.(?:pdf|html|txt|ps|tex|gz|full|md|json)){0,2}(?:[/?#]\S*)?"
_WHOLE_ID = rf"(?:(?:https?://)?(?:[\w-]+\.)*{_URL}|{_DOI}|{_CITATION})?{_ID}{_END}"

# What people copy: a reference, the title of a page, and names of downloaded files.
_PREPRINT = r"(?i:arxiv preprint)\s(?i:arxiv)?\s?[:：]?\s?"
_PASTED_ID = rf"(?:{_PREPRINT}|{_DOI}){_ID}{_END}"
_FILE_ID = (
    r"(?:(?i:file://)|[A-Za-z]:)?(?:[^\n/\\:]{0,99}[/\\]){0,20}(?i:arxiv[._-])?"
    rf"{_ID}(?: ?\(\d{{1,2}}\))?\.(?i:pdf|html|txt|md)"
)
_OLD_FILE_ID = rf"(?i:(?P<archive>{_ARCHIVES}))[_-](?P<old>\d{{7}})(?:v\d{{1,3}})?\.(?i:pdf|txt|md)"
_PAGE_TITLE = rf"\[{_ID}\]\s.{{1,500}}"
# As on the first page of a paper: arXiv:2505.04921v1 [cs.CL] 8 May 2025.
_SUBJECT_CLASS = r"(?<=\d)\s*\[[\w.-]{2,20}\](?:\s+\d{1,2} [A-Z][a-z]{2,8} \d{4})?[.,;]?$"


_compiled = cache(re.compile)


def parse_id(text: str) -> str | None:
    """Return the canonical id if the whole text is an id, a citation or the URL of a paper.

    Accepts ``2505.04921``, ``2505.04921v2``, ``arXiv:2505.04921``, the paper's DOI and URLs of the
    sites that `id_in_url` knows, with or without ``https://``.
    """
    if "." not in text and "/" not in text:
        return None
    match = _compiled(_WHOLE_ID).fullmatch(text)
    return _canonical(match) if match else None


def pasted_id(text: str) -> str | None:
    """Return the canonical id if the whole text is a reference to a paper as people copy it.

    Accepts what `parse_id` accepts, in brackets of any kind, with a full stop or comma, or with the
    subject class (``arXiv:2505.04921v1 [cs.CL]``); redirects that have the URL percent-encoded, the
    title of a paper's page (``[2505.04921] Counting Wind``) and the name of a downloaded file.
    """
    if arxiv_id := parse_id(text):
        return arxiv_id
    if match := _compiled(_PAGE_TITLE).fullmatch(text.strip()):
        return _canonical(match)
    text = without_brackets(re.sub(_SUBJECT_CLASS, "", text.strip()))
    if arxiv_id := parse_id(text):
        return arxiv_id
    for pattern in (_PASTED_ID, _FILE_ID, _OLD_FILE_ID):
        if match := _compiled(pattern).fullmatch(text):
            return _canonical(match)
    is_link = text.lower().startswith(("http://", "https://")) and not re.search(r"\s", text)
    return id_in_url(text) if is_link and "=" in text else None


def without_brackets(text: str) -> str:
    """Return a text without white space, brackets, quotes and punctuation around it."""
    first, last = 0, len(text)
    while first < last and (text[first].isspace() or category(text[first]) in _OPENING):
        first += 1
    while first < last and (text[last - 1].isspace() or category(text[last - 1]) in _CLOSING):
        if text[last - 1] in "/#%&@*-_":
            break
        last -= 1
    return text[first:last]


def id_in_url(text: str) -> str | None:
    """Return the canonical id in the first URL of an arXiv paper in the text, or None.

    The URL may be in another one, percent-encoded, as in the links of search engines.
    """
    match = _compiled(_ID_IN_URL).search(text)
    for _ in range(2):
        if match or not _ENCODED_SLASH.search(text):
            break
        from urllib.parse import unquote

        text = unquote(text)
        match = _compiled(_ID_IN_URL).search(text)
    return _canonical(match) if match else None


def split_leading_id(text: str) -> tuple[str, str] | None:
    """Split off the id that a text starts with.

    Args:
        text: a heading or a file name; symbols before the id (``📄``, ``[``) are skipped.

    Returns:
        The canonical id and the text after it, or None if the text starts with something else.
    """
    if "." not in text and "/" not in text:
        return None
    start = _compiled(r"[^\w\n]*+").match(text)
    match = _compiled(_LEADING_ID).match(text, start.end() if start else 0)
    return (_canonical(match), text[match.end() :]) if match else None


def submission_month(paper_id: str) -> tuple[int, int] | None:
    """Return the year and month that an id of arXiv starts with; None for any other id."""
    match = None if ":" in paper_id else re.match(rf"(?:.*/)?({_YEAR_AND_MONTH})", paper_id)
    if match is None:
        return None
    year, month = divmod(int(match[1]), 100)
    # arXiv started in 1991.
    return year + (1900 if year > 90 else 2000), month


def _canonical(match: re.Match[str]) -> str:
    named = match.groupdict()
    return named.get("new") or f"{match['archive'].lower()}/{match['old']}"
