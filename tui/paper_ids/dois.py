"""DOIs, and the URLs of publishers and preprint servers that stand for them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from tui.paper_ids.arxiv import parse_id
from tui.paper_ids.venues import acl_id

_MIN_SUFFIX_CHARS = 5
"""Characters after the slash of a DOI without a label or URL: ``10.2024/05`` may be a date."""

_MAX_CHARS = 300
"""Real DOIs have up to a hundred characters."""

DOI = (
    r"10\.\d{4,9}(?:\.\d{1,9})*/"
    r"(?:[^\s\"<>|\\^`{}\]，。；）」』】》]|\](?!\()){1,300}"
)
"""A pattern for a DOI in any text. It ends before ``](``, if it is the label of a link."""

LABELLED_DOI = rf"(?i:\bdoi)\s{{0,2}}[:：]?\s{{0,2}}(?P<doi>{DOI})"
"""A pattern for a DOI after its label, with the group ``doi``."""

_LANDING_PAGE = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|meta|summary|references|metrics|figures|html"
    r"|fulltext|full-text|download|reader|epub|asset\b.*))+$"
    r"|\.(?:full|abstract|short|long|full-text)(?:\.pdf)?(?:\+html)?$|\.pdf(?:\+html)?$"
)
_PREPRINT = re.compile(
    r"(10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?:v\d{1,2})?(?:[./].*)?"
)
"""DOIs of bioRxiv and medRxiv; versions have none of their own."""

_RXIV_URL = re.compile(
    r"(?:bio|med)rxiv\.org/(?:cgi/)?content/(?:[a-z]{3,10}/){0,3}(?:\d{4}/\d\d/\d\d/)?"
    r"(?P<id>(?P<day>\d{4}\.\d\d)\.\d\d\.\d{6,8}|\d{6})(?!\d)",
    re.IGNORECASE,
)
PREPRINT_LABEL = re.compile(
    r"(?:bio|med)rxiv\s{0,2}[:：]?\s{0,2}(?P<id>(?P<day>\d{4}\.\d\d)\.\d\d\.\d{6,8})(?:v\d{1,2})?",
    re.IGNORECASE,
)
"""The number of a preprint after the name of its server."""

_ACL_DOI = "10.18653/v1/"
_RULES = (
    (r"nature\.com/articles/(s\d{5}-\d{3}-\d{4,6}-\w|n[a-z]{3,9}\d{3,6})(?!\w)", "10.1038/{}"),
    (
        r"ssrn\.com/(?:sol3/papers\.cfm\?(?:[^\s#]{0,99}&)?abstract_id=|abstract=)(\d{5,9})",
        "10.2139/ssrn.{}",
    ),
    (r"elifesciences\.org/(?:articles|reviewed-preprints)/(\d{5,6})", "10.7554/elife.{}"),
    (r"researchsquare\.com/article/(rs-\d{5,9}/v\d{1,2})", "10.21203/rs.3.{}"),
)
"""URLs of publishers without a DOI, and the DOI that they stand for."""


def doi_id(text: str) -> str | None:
    """Return the canonical id of the paper with a DOI.

    Args:
        text: the DOI, perhaps percent-encoded, with punctuation behind it, with a version of
            bioRxiv, or with what the URL of a publisher has behind it (``/full``, ``.pdf``).

    Returns:
        ``doi:…`` in lower case, or the id on arXiv or in the ACL Anthology that the DOI stands for;
        None if it is no DOI.
    """
    doi = without_end(unquote(re.split(r"[?#]", text, maxsplit=1)[0])).lower()
    doi = _LANDING_PAGE.sub("", doi).rstrip("/.")
    if not re.fullmatch(DOI, doi) or not doi.isprintable() or len(doi) > _MAX_CHARS:
        return None
    if arxiv_id := parse_id(doi):
        return arxiv_id
    if doi.startswith(_ACL_DOI) and (acl := acl_id(doi.removeprefix(_ACL_DOI))):
        return acl
    if preprint := _PREPRINT.fullmatch(doi):
        doi = preprint[1]
    elif doi.startswith("10.26434/"):
        doi = re.sub(r"-v\d{1,2}$", "", doi)
    return f"doi:{doi}"


def without_end(text: str) -> str:
    """Return a text without the punctuation and the closing brackets that end the sentence."""
    while text:
        last = text[-1]
        if last in ")]}" and text.count(last) <= text.count("([{"[")]}".index(last)]):
            break
        if last not in ")]}.,;:!?'\"*_~…。，、；：）」』】》":
            break
        text = text[:-1]
    return text


def whole_doi_id(text: str) -> str | None:
    """Return the canonical id if the whole text is a DOI, with or without a label, or None."""
    if re.fullmatch(DOI, text):
        # 10.2024/05 is a date or a quotient.
        return doi_id(text) if len(text.partition("/")[2]) >= _MIN_SUFFIX_CHARS else None
    if match := re.fullmatch(LABELLED_DOI, text):
        return doi_id(match["doi"])
    preprint = PREPRINT_LABEL.fullmatch(text)
    return preprint_id(preprint) if preprint else None


def doi_id_in(url: str) -> str | None:
    """Return the canonical id of the DOI that a URL contains or stands for, or None."""
    decoded = unquote(url)
    if match := re.search(rf"[/=](?P<doi>{DOI})", decoded):
        return doi_id(re.split(r"[?#&]", match["doi"], maxsplit=1)[0])
    if match := _RXIV_URL.search(decoded):
        return preprint_id(match)
    for pattern, doi in _RULES:
        if match := re.search(pattern, decoded, re.IGNORECASE):
            return f"doi:{doi.format(match[1].lower())}"
    return None


def preprint_id(match: re.Match[str]) -> str:
    """Return the id of a preprint of whose DOI only the part after the prefix is known.

    The prefix of bioRxiv and medRxiv changed in December 2025.

    Args:
        match: of a pattern with the groups ``id`` and ``day``.
    """
    prefix = "10.64898" if (match["day"] or "") >= "2025.12" else "10.1101"
    return f"doi:{prefix}/{match['id']}"
