from __future__ import annotations

import pytest

from tests.digests.records import DAY, card, only_entry, read_json
from tui.models import UNDATED


def test_all_fields_of_a_card_are_read() -> None:
    digest = read_json([card()], "weekly/2025-W18.json")
    assert digest.dialect == "cards_json"
    entry = only_entry(digest)
    assert (entry.arxiv_id, entry.date) == ("2504.00001", DAY)
    assert (entry.title, entry.is_arxiv_title) == ("Counting Wind", True)
    assert entry.authors == ("Ada Bell", "cydorn")
    assert entry.sections == ("Abstract",)
    assert entry.summary == (
        "## Abstract\n\nWind is counted.\n\n- **Code**: <https://github.com/ada/wind> (66 stars)"
    )


@pytest.mark.parametrize("stars", ["66", 66, "1.2k", "0", "", None, "many", []])
def test_stars_are_not_votes(stars: object) -> None:
    assert only_entry(read_json([card(stars=stars)])).votes is None


def test_stars_are_shown_beside_the_first_repository() -> None:
    links = ["https://github.com/ada/wind", "https://github.com/ada/mills"]
    changed = card(stars="1.2k", details={"github_links": links})
    assert only_entry(read_json([changed])).summary == (
        "- **Code**: <https://github.com/ada/wind> (1200 stars)\n"
        "- **Code**: <https://github.com/ada/mills>"
    )


@pytest.mark.parametrize("name", ["arxiv_page_url", "pdf_url"])
def test_any_url_of_the_card_gives_the_id(name: str) -> None:
    changed = card(paper_url=None, details={name: "https://arxiv.org/pdf/2504.00009v3"})
    assert only_entry(read_json([changed])).arxiv_id == "2504.00009"
    assert only_entry(read_json([card(details=None)])).arxiv_id == "2504.00001"


@pytest.mark.parametrize(
    "details", [None, {}, [], "words", {"abstract": None}, {"github_links": 7}]
)
def test_missing_details_are_ignored(details: object) -> None:
    entry = only_entry(read_json([card(details=details)]))
    assert (entry.title, entry.summary) == ("Counting Wind", "")


def test_abstract_that_repeats_the_title_is_dropped() -> None:
    changed = card(details={"abstract": "Counting  Wind"})
    assert only_entry(read_json([changed])).summary == ""


def test_date_of_the_card_takes_precedence_over_the_path() -> None:
    later = card(scraped_date="2025-05-02", paper_url="https://huggingface.co/papers/2504.00002")
    later["details"] = None
    digest = read_json([card(), later, {**later, "scraped_date": "2025-05-03"}], "2025-05.json")
    assert [entry.date for entry in digest.entries] == [DAY, "2025-05-02", "2025-05-03"]
    assert (
        only_entry(read_json([card(scraped_date=None)], "daily/2025-05-04.json")).date
        == "2025-05-04"
    )


def test_cards_without_a_date_are_undated() -> None:
    digest = read_json([card(scraped_date=None)], "latest.json")
    assert (digest.dialect, digest.entries[0].date) == ("cards_json", UNDATED)
    assert len(digest.problems) == 1


def test_other_json_is_not_claimed() -> None:
    assert read_json([{"paper_url": "https://arxiv.org/abs/2504.00001"}]).dialect is None
