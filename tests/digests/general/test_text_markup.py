"""HTML and JATS in the values of records, and abstracts as the positions of their words."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read
from tui.models import Entry

FIELDS = {"title": "Quiet Stairs", "link": "https://arxiv.org/abs/2505.08001"}
ABSTRACT = "## Abstract\n\n"


def entry_of(**fields: object) -> Entry:
    (entry,) = read(json.dumps([{**FIELDS, **fields}]).encode(), "2025-05-14.json").entries
    return entry


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("<jats:p>Stairs of <jats:italic>oak</jats:italic>.</jats:p>", "Stairs of _oak_."),
        ("<jats:title>Abstract</jats:title>\n  <jats:p>Stairs of 40&#37; oak.</jats:p>",
         "Stairs of 40% oak."),
        ("<jats:sec><jats:title>Aims</jats:title><jats:p>Stairs.</jats:p></jats:sec>"
         "<jats:sec><jats:title>Results</jats:title><jats:p>Noise.</jats:p></jats:sec>",
         "**Aims**\n\nStairs.\n\n**Results**\n\nNoise."),
        ("<p>Stairs of <b>oak</b>.</p><p>No <a href='https://a.example'>noise</a>.</p>",
         "Stairs of **oak**.\n\nNo [noise](https://a.example)."),
        ("<h4>Background</h4>Stairs.", "**Background**\nStairs."),
        ("Stairs of <i>oak</i> without noise.", "Stairs of _oak_ without noise."),
        ("Stairs with $a<b$ and $b>c$.", "Stairs with $a<b$ and $b>c$."),
    ],
)  # fmt: skip
def test_abstracts_with_elements(text: str, summary: str) -> None:
    assert entry_of(abstract=text).summary == ABSTRACT + summary


@pytest.mark.parametrize(
    "title",
    [
        "<b>Quiet Stairs</b>",
        "<i>Quiet</i> Stairs",
        "<jats:italic>Quiet</jats:italic> Stairs",
        '<mml:math xmlns:mml="x"><mml:mi>Quiet</mml:mi></mml:math> Stairs',
        "Quiet Stairs.",
    ],
)
def test_titles_of_publishers(title: str) -> None:
    assert entry_of(title=title).title == "Quiet Stairs"


@pytest.mark.parametrize("title", ["Stairs of Type B.", "Stairs, etc...", "a<b and b>c"])
def test_other_titles_stay(title: str) -> None:
    assert entry_of(title=title).title == title


def test_positions_of_words() -> None:
    index = {"Stairs": [0], "without": [1, 3], "noise,": [2], "noise.": [4], "votes": [5]}
    entry = entry_of(abstract_inverted_index=index, display_name="Quiet Stairs")
    assert entry.summary == f"{ABSTRACT}Stairs without noise, without noise. votes"
    assert entry.votes is None
    assert entry_of(abstract_inverted_index=None).summary == ""


def test_contents_of_a_json_feed() -> None:
    assert entry_of(content_html="<p>Stairs.</p>").summary == "## Content\n\nStairs."


def test_title_is_no_section_of_the_summary() -> None:
    title = "Quiet Stairs in All the Houses"
    assert entry_of(title=title, display_name=title).summary == ""


@pytest.mark.parametrize("key", ["published_ts", "PublishedEpoch", "date_unixtime", "posted utc"])
def test_labels_with_a_unit_of_time(key: str) -> None:
    record = {**FIELDS, key: "1747224000"}
    (entry,) = read(json.dumps([record]).encode(), "papers.json").entries
    assert entry.date == "2025-05-14"


def test_day_of_the_record_comes_after_that_of_publication() -> None:
    days = {
        "created": {"date-parts": [[2025, 5, 20]]},
        "published": {"date-parts": [[2025, 5, 14]]},
    }
    for fields in (days, {"createdAt": "2025-05-20", "published-online": "2025-05-14"}):
        (entry,) = read(json.dumps([{**FIELDS, **fields}]).encode(), "papers.json").entries
        assert entry.date == "2025-05-14"
