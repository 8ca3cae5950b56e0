"""What an id of a paper says about its publication, for citations."""

from __future__ import annotations

import re

from tui.paper_ids.arxiv import submission_month

_DATED_PREPRINT = re.compile(r"10\.(?:1101|64898)/(\d{4})\.(\d\d)\.\d\d\.\d+")
_ACL_YEAR = re.compile(r"(?:(\d{4})\.|[A-Z](\d\d)-)")

_PUBLISHERS = {
    "10.1001": "American Medical Association",
    "10.1002": "Wiley",
    "10.1007": "Springer",
    "10.1016": "Elsevier",
    "10.1017": "Cambridge University Press",
    "10.1021": "American Chemical Society",
    "10.1038": "Springer Nature",
    "10.1056": "Massachusetts Medical Society",
    "10.1073": "National Academy of Sciences",
    "10.1080": "Taylor & Francis",
    "10.1088": "IOP Publishing",
    "10.1093": "Oxford University Press",
    "10.1101": "Cold Spring Harbor Laboratory",
    "10.1103": "American Physical Society",
    "10.1109": "IEEE",
    "10.1111": "Wiley",
    "10.1126": "American Association for the Advancement of Science",
    "10.1136": "BMJ",
    "10.1137": "Society for Industrial and Applied Mathematics",
    "10.1145": "Association for Computing Machinery",
    "10.1162": "MIT Press",
    "10.1177": "SAGE Publications",
    "10.1186": "BioMed Central",
    "10.1371": "Public Library of Science",
    "10.1609": "Association for the Advancement of Artificial Intelligence",
    "10.14778": "VLDB Endowment",
    "10.18653": "Association for Computational Linguistics",
    "10.20944": "MDPI",
    "10.21203": "Research Square",
    "10.2139": "Elsevier",
    "10.24963": "International Joint Conferences on Artificial Intelligence",
    "10.26434": "American Chemical Society",
    "10.31234": "Center for Open Science",
    "10.3389": "Frontiers Media",
    "10.3390": "MDPI",
    "10.64898": "openRxiv",
    "10.7554": "eLife Sciences Publications",
}
"""Publishers by the prefixes of their DOIs."""


def publisher(paper_id: str) -> str:
    """Return the publisher that an id belongs to, or an empty text."""
    scheme, _, value = paper_id.partition(":")
    if scheme == "doi":
        return _PUBLISHERS.get(value.partition("/")[0], "")
    return {"acl": "Association for Computational Linguistics", "openreview": "OpenReview"}.get(
        scheme, ""
    )


def publication_month(paper_id: str) -> tuple[int, int | None] | None:
    """Return the year and, if known, the month that an id contains, or None."""
    if submitted := submission_month(paper_id):
        return submitted
    scheme, _, value = paper_id.partition(":")
    if scheme == "doi" and (preprint := _DATED_PREPRINT.match(value)):
        month = int(preprint[2])
        return int(preprint[1]), month if 1 <= month <= 12 else None
    if scheme == "acl" and (paper := _ACL_YEAR.match(value)):
        # The oldest papers of the Anthology are of 1965.
        short = int(paper[2] or 0)
        return int(paper[1] or 0) or short + (1900 if short >= 60 else 2000), None
    return None
