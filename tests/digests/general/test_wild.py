"""Small digests in the shape of public collections, if they are available beside the checkout."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.requirements import require_wild_digests
from tui.digests.reader import read
from tui.models import ET_AL, Entry

WITHOUT_ARXIV = "38-paper-without-arxiv"
"""Papers that are not on arXiv are not read."""

SYNONYMS = {
    "**Authors**": "**Written by**",
    "Authors:": "Author list:",
    "**Abstract**": "**Summary**",
    "**URL**": "**Paper link**",
    "**Link**": "**PDF link**",
    "**Upvotes**": "**Likes**",
    "|Publish Date|Title|Authors|PDF|Code|": "|Date|Paper Title|Author List|Link|Repository|",
    '"abstract"': '"summary"',
    '"authors"': '"author_list"',
    '"arxiv_id"': '"paper_id"',
    '"published"': '"publication_date"',
    '"title"': '"paper_title"',
    "'title'": "'paper_title'",
    "arxiv_id:": "paper_id:",
    "authors:": "author:",
    "title:": "paper_title:",
    "abstract,": "summary,",
    "**作者**": "**论文作者**",
    "**著者**": "**著者名**",
    "저자:": "지은이:",
    "**링크**": "**원문**",
}


def unchanged(text: str) -> str:
    return text


def with_synonyms(text: str) -> str:
    for label, synonym in SYNONYMS.items():
        text = text.replace(label, synonym)
    return text


def with_deeper_headings(text: str) -> str:
    return re.sub(r"(?m)^(#{1,5} )", r"#\1", text)


@pytest.mark.parametrize("change", [unchanged, with_synonyms, with_deeper_headings])
def test_wild_digests_are_read(change: Callable[[str], str]) -> None:
    cases = sorted(file.parent for file in require_wild_digests().glob("*/expected.json"))
    assert len(cases) == 29
    for case in cases:
        if case.name != WITHOUT_ARXIV:
            expected = json.loads((case / "expected.json").read_text("utf-8"))
            check(case.name, expected, papers_in(case / "in", change))


def papers_in(folder: Path, change: Callable[[str], str]) -> dict[str, Entry]:
    """Return the papers in a folder, whose texts are changed before they are read."""
    papers: dict[str, Entry] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            # Some are in an encoding older than UTF-8.
            with suppress(UnicodeDecodeError):
                data = change(data.decode()).encode()
            digest = read(data, file.relative_to(folder).as_posix())
            papers |= {entry.paper_id: entry for entry in digest.entries}
    return papers


def check(case: str, expected: dict[str, dict[str, Any]], papers: dict[str, Entry]) -> None:
    assert papers.keys() == expected.keys(), case
    for arxiv_id, paper in expected.items():
        entry = papers[arxiv_id]
        assert entry.title == paper["title"], case
        assert [entry.date] == paper["dates"], case
        assert [name for name in entry.authors if name != ET_AL] == paper["authors"], case
        assert entry.votes == paper.get("votes"), case
        assert paper.get("summary_has", "") in entry.summary, case
