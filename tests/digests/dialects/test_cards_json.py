from __future__ import annotations

import pytest

from tests.digests.records import DAY, card, only, read_json


def test_what_a_card_tells() -> None:
    digest = read_json([card()], "weekly/2025-W18.json")
    assert digest.dialect == "cards_json"
    entry = only(digest)
    assert (entry.arxiv_id, entry.date) == ("2504.00001", DAY)
    assert (entry.title, entry.is_arxiv_title) == ("Counting Wind", True)
    assert entry.authors == ("Ada Bell", "cydorn")
    assert entry.sections == ("Abstract",)
    assert entry.summary == (
        "## Abstract\n\nWind is counted.\n\n- **Code**: <https://github.com/ada/wind> (66 stars)"
    )


@pytest.mark.parametrize("stars", ["66", 66, "1.2k", "0", "", None, "many", []])
def test_stars_of_a_repository_are_no_votes(stars: object) -> None:
    assert only(read_json([card(stars=stars)])).votes is None


def test_stars_are_shown_beside_the_first_repository() -> None:
    links = ["https://github.com/ada/wind", "https://github.com/ada/mills"]
    row = card(stars="1.2k", details={"github_links": links})
    assert only(read_json([row])).summary == (
        "- **Code**: <https://github.com/ada/wind> (1200 stars)\n"
        "- **Code**: <https://github.com/ada/mills>"
    )


@pytest.mark.parametrize("name", ["arxiv_page_url", "pdf_url"])
def test_the_id_is_taken_where_it_is_told(name: str) -> None:
    row = card(paper_url=None, details={name: "https://arxiv.org/pdf/2504.00009v3"})
    assert only(read_json([row])).arxiv_id == "2504.00009"
    assert only(read_json([card(details=None)])).arxiv_id == "2504.00001"


@pytest.mark.parametrize(
    "details", [None, {}, [], "words", {"abstract": None}, {"github_links": 7}]
)
def test_details_that_are_missing(details: object) -> None:
    entry = only(read_json([card(details=details)]))
    assert (entry.title, entry.summary) == ("Counting Wind", "")


def test_a_title_is_no_abstract() -> None:
    row = card(details={"abstract": "Counting  Wind"})
    assert only(read_json([row])).summary == ""


def test_a_month_holds_its_days_and_a_day_without_date_is_the_paths() -> None:
    later = card(scraped_date="2025-05-02", paper_url="https://huggingface.co/papers/2504.00002")
    later["details"] = None
    digest = read_json([card(), later, {**later, "scraped_date": "2025-05-03"}], "2025-05.json")
    assert [entry.date for entry in digest.entries] == [DAY, "2025-05-02", "2025-05-03"]
    assert only(read_json([card(scraped_date=None)], "daily/2025-05-04.json")).date == "2025-05-04"


def test_cards_without_any_day_are_left_out() -> None:
    digest = read_json([card(scraped_date=None)], "latest.json")
    assert (digest.dialect, digest.entries, len(digest.problems)) == ("cards_json", (), 1)


def test_other_json_is_not_claimed() -> None:
    assert read_json([{"paper_url": "https://arxiv.org/abs/2504.00001"}]).dialect is None
