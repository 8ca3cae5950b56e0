"""The grammar of MEDLINE, as PubMed exports it: lines with a tag, indented ones continue them.

The tags are those of https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

_LINE = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")
_FIRST_TAG = "PMID"


def is_medline(text: str) -> bool:
    """Return whether a text starts like an export of PubMed."""
    return text[:200].lstrip("\ufeff\n ").startswith(f"{_FIRST_TAG}- ")


def read_articles(text: str) -> Iterator[tuple[int, Mapping[str, list[str]]]]:
    """Yield the line of each article, from 1, and the values of each tag, in order."""
    start, tag = 0, ""
    fields: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _LINE.match(line):
            tag = match[1]
            if tag == _FIRST_TAG:
                if start:
                    yield start, fields
                start, fields = number, defaultdict(list)
            fields[tag].append(match[2].strip())
        elif tag and line.startswith(" ") and line.strip():
            fields[tag][-1] += f" {line.strip()}"
    if start:
        yield start, fields
