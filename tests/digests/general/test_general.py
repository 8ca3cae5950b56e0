"""What the general reader takes as a paper, and what it leaves alone."""

from __future__ import annotations

import json
import time

import pytest

from tui.digests.reader import read
from tui.models import ET_AL, Digest

DAY = "2025-04-14"
PATH = f"{DAY}.md"


def page(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def ids(digest: Digest) -> list[str]:
    return [entry.paper_id for entry in digest.entries]


def test_papers_that_a_paper_mentions_are_references() -> None:
    digest = read(
        page(
            "# Quiet Fans",
            "**arXiv**: [2504.08777](https://arxiv.org/abs/2504.08777)",
            "",
            "## Background",
            "As [Loud Fans](https://arxiv.org/abs/2301.00001) showed, fans are loud.",
            "",
            "## References",
            "- [Louder Fans](https://arxiv.org/abs/2301.00002)",
        ),
        PATH,
    )
    assert ids(digest) == ["2504.08777"]
    assert digest.entries[0].title == "Quiet Fans"
    assert "Loud Fans" in digest.entries[0].summary


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_level_of_headings_does_not_matter(level: int) -> None:
    hashes = "#" * level
    digest = read(
        page(
            f"{hashes} Papers of the day",
            f"{hashes}# Ladders",
            "- Link: https://arxiv.org/abs/2504.05599",
            f"{hashes}# Lanterns",
            "- Link: https://arxiv.org/abs/2504.08330",
        ),
        PATH,
    )
    assert ids(digest) == ["2504.05599", "2504.08330"]
    assert [entry.title for entry in digest.entries] == ["Ladders", "Lanterns"]


def test_page_of_a_project_is_not_a_digest() -> None:
    text = page(
        "# Fans ([paper](https://arxiv.org/abs/2504.08777))", "## Install", "pip install fans"
    )
    assert read(text, PATH).dialect is None


def test_day_of_the_issue_wins_over_that_of_publication() -> None:
    text = b'[{"id": "2504.04420", "title": "Cranes", "published": "2025-04-08"}]'
    assert [entry.date for entry in read(text, "cranes.json").entries] == ["2025-04-08"]
    assert [entry.date for entry in read(text, f"{DAY}/cranes.json").entries] == [DAY]


def test_day_on_which_a_page_was_updated_is_not_that_of_its_papers() -> None:
    digest = read(
        page(
            "## Updated on 2025.04.14",
            "|Publish Date|Title|PDF|",
            "|---|---|---|",
            "|2025-04-11|Corners First|[2504.08100](https://arxiv.org/abs/2504.08100)|",
        ),
        "README.md",
    )
    assert [entry.date for entry in digest.entries] == ["2025-04-11"]


def test_index_of_digests_is_not_read() -> None:
    paper = {"arxiv_id": "2504.08501", "title": "Lenses"}
    index = {"2025/04/14.md": {"date": DAY, "papers": [paper]}}
    assert read(json.dumps(index).encode(), "index.json").dialect is None


def test_dialect_that_finds_no_papers_hands_over() -> None:
    digest = read(
        page("# Daily Papers Report - 2025-04-14", "### 1. Apples", "- **arXiv ID**: 2504.08611"),
        "report.md",
    )
    assert [(entry.paper_id, entry.title) for entry in digest.entries] == [("2504.08611", "Apples")]


def test_json_whose_fields_have_other_names_is_handed_over() -> None:
    text = b'[{"id": "2504.08501", "paper_title": "Lenses", "summary": "Lenses are ground."}]'
    (entry,) = read(text, f"{DAY}.json").entries
    assert (entry.title, entry.dialect) == ("Lenses", "general")


@pytest.mark.parametrize(
    "text",
    [
        "- Version 2504.12345 was released.",
        "- Call 2504.12345 for help.",
        '{"price": 2504.12345, "title": "A bill"}',
        "```\n- [Fans](https://arxiv.org/abs/2504.08777)\n```",
    ],
)
def test_numbers_that_only_look_like_ids_are_none(text: str) -> None:
    assert ids(read(text.encode(), PATH)) == []


@pytest.mark.hostile
@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "- " * 200_000 + "https://arxiv.org/abs/2504.08777",
        "<details>" * 100_000 + "https://arxiv.org/abs/2504.08777",
        "".join("  " * depth + "- x\n" for depth in range(2000))
        + "https://arxiv.org/abs/2504.08777",
        "<a href=" * 200_000 + "https://arxiv.org/abs/2504.08777",
        "<item>" * 200_000 + "<rss> https://arxiv.org/abs/2504.08777",
        "**" * 300_000 + "https://arxiv.org/abs/2504.08777",
        "[" * 400_000 + "2504.08777",
        "{'a': " * 100_000 + "2504.08777",
        "a: &x [2504.08777]\nb: [" + "*x, " * 200_000 + "]",
        "|" * 500_000 + "\n" + "|-" * 250_000 + "| https://arxiv.org/abs/2504.08777",
        "https://arxiv.org/abs/" * 50_000 + "2504.08777",
        '"' * 500_000 + "title,id\n2504.08777",
        "# 2504.08777\nAuthors: " + " " * 300_000 + "and",
        "# 2504.08777\nAuthors: " + "," * 300_000,
        "# 2504.08777\nAuthors: " + "(" * 300_000,
        "# 2504.08777\nAuthors: " + "[[" * 200_000,
        "# 2504.08777\n" + "Aa " * 200_000,
        "# 2504.08777\n" + "[x](" * 200_000,
        "2504.08777 " + "<sup " * 200_000,
        "2504.08777 " + "<p class='authors'>" * 50_000,
        "2504.08777 " + "<article><h2>" * 50_000,
        "2504.08777 " + "【" * 300_000,
        "Title\nhttps://arxiv.org/abs/2504.08777\n\n" + "x\n\n" * 50_000,
        "- 2025-01-01 " * 50_000 + "2504.08777",
        "# " + "2025-" * 200_000 + "\n## 2504.08777",
        "id: 2504.08777\ntitle: x\n" + "a: &a [" * 50_000,
        "id: 2504.08777\ntitle: x\nn: " + "9" * 500_000,
        "id: !!python/object/apply:os.system ['x']\nx: 2504.08777\n" + "? " * 50_000,
        "- " * 50_000 + "x: 2504.08777",
        '[{"id": ' + "9" * 500_000 + ', "x": "2504.08777"}]',
        '{"x": "2504.08777", ' + '"a": [1], ' * 50_000 + '"b": []}',
        '["2504.08777", ' + "[" * 50_000,
        '{"text": "https://arxiv.org/abs/2504.08777 ' + "<li>" * 100_000 + '"}',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "2504.08777">'
        + '<!ENTITY b "&a;&a;">' * 10_000
        + "]><rss>&b;</rss>",
        "<rss><item><title>" + "&amp;" * 200_000 + "2504.08777</title></item></rss>",
        "title\tid\n" + '"' * 300_000 + "\t2504.08777",
        "\ufeff" * 200_000 + "2504.08777",
    ],
    ids=range(37),
)
def test_malicious_texts_are_read_to_their_end(text: str) -> None:
    # Quadratic time would take hours.
    assert len(read(text.encode(), PATH).entries) < 3
    assert len(read(f"<html>{text}".encode(), PATH).entries) < 3


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Iva Marek et.al.", ("Iva Marek",)),
        ("Lu Jin, Eva Stern 等", ("Lu Jin", "Eva Stern")),
        ("Lens Team, :, Ada Reis, and Cy Ong", ("Lens Team", "Ada Reis", "Cy Ong")),
        (
            "the Pond Collaboration: A. G. Abt, R. Abo",
            ("the Pond Collaboration", "A. G. Abt", "R. Abo"),
        ),
        ("Roe, Jane; Doe, John", ("Jane Roe", "John Doe")),
        ("Roe, Jane and Doe, John", ("Jane Roe", "John Doe")),
        ("Roe, J., Doe, J. K., & Bell, A.", ("J. Roe", "J. K. Doe", "A. Bell")),
        ("Noor Haddad, Jens Falk and Mei Tan", ("Noor Haddad", "Jens Falk", "Mei Tan")),
        ("Jana Vogt<sup>1</sup>, Emil Brandt<sup>1,2</sup>", ("Jana Vogt", "Emil Brandt")),
        ("Jana Vogt1,2, Emil Brandt2*", ("Jana Vogt", "Emil Brandt")),
        ("Jana Vogt$^{1,2}$, Emil Brandt†", ("Jana Vogt", "Emil Brandt")),
        ("Ada Bell (Mill Institute), Cy Dorn (Wind, Inc.)", ("Ada Bell", "Cy Dorn")),
        ("Ada Bell, Mill Institute; Cy Dorn, Windy", ("Ada Bell", "Cy Dorn")),
        ("James (Jim) Roe, Ada Bell", ("James (Jim) Roe", "Ada Bell")),
        ("Lan Vu, Bao Tran và Marco Villa", ("Lan Vu", "Bao Tran", "Marco Villa")),
        ("Hugo Petit et Ana Ruiz", ("Hugo Petit", "Ana Ruiz")),
        ("김민수 및 이영희", ("김민수", "이영희")),
        ("[[Omar Farouk]], [[jill|Jill Tanaka]]", ("Omar Farouk", "Jill Tanaka")),
        ("Ada Bell on behalf of the Pond Collaboration", ("Ada Bell", "the Pond Collaboration")),
    ],
)
def test_authors_in_every_form(written: str, names: tuple[str, ...]) -> None:
    text = page("# Papers", "## Fans", f"- Authors: {written}", "- arXiv: 2504.08777")
    (entry,) = read(text, PATH).entries
    assert tuple(name for name in entry.authors if name != ET_AL) == names


def test_wrapped_values_of_labels() -> None:
    digest = read(
        page(
            "\\\\",
            "arXiv:2504.08777",
            "",
            "Title: A Very Long Title of a Paper about Fans That Never Fits on a Line",
            "  of Mail",
            "Authors: Ann Bell, Cid Dunn,",
            "  Eva Frost",
            "Comments: 9 pages",
            "\\\\",
            "  Fans are wrapped.",
            "\\\\ ( https://arxiv.org/abs/2504.08777 ,  12kb)",
            "%%--%%--%%--%%",
        ),
        f"{DAY}.txt",
    )
    [entry] = digest.entries
    assert (
        entry.title == "A Very Long Title of a Paper about Fans That Never Fits on a Line of Mail"
    )
    assert entry.authors == ("Ann Bell", "Cid Dunn", "Eva Frost")
    assert " ".join(entry.summary.split()) == "Comments: 9 pages Fans are wrapped."


def test_what_surrounds_papers_in_a_list_of_arxiv_is_not_their_summary() -> None:
    lines = []
    for number, name in enumerate(("Fans", "Cranes"), start=1):
        lines += [f"[{number}] arXiv:2504.0877{number} [pdf, other]", f"Title: {name} Again"]
        lines += ["Authors: Ann Bell", "", f"About {name}.", ""]
        lines += ["Cross submissions (showing 1 of 1 entries)", ""]
    digest = read(page(*lines, "Total of 2 entries"), f"{DAY}.txt")
    assert [(entry.title, entry.summary) for entry in digest.entries] == [
        ("Fans Again", "About Fans."),
        ("Cranes Again", "About Cranes."),
    ]


def test_page_has_more_about_a_paper_than_the_list_in_its_front_matter() -> None:
    text = page(
        "---", "papers:", "- {title: Fans, url: 'https://arxiv.org/abs/2504.08777'}",
        "- {title: Cranes, url: 'https://arxiv.org/abs/2504.08778'}", "---",
        "## Fans", "https://arxiv.org/abs/2504.08777", "", "Fans are quiet.",
    )  # fmt: skip
    digest = read(text, PATH)
    assert sorted(ids(digest)) == ["2504.08777", "2504.08778"]
    assert {entry.title: entry.summary for entry in digest.entries}["Fans"].endswith(
        "Fans are quiet."
    )


def test_dates_before_the_month_of_a_file_are_those_of_publication() -> None:
    rows = page("date,title,arxiv", "2025-04-03,Fans,2504.00777", "2025-03-03,Cranes,2503.00777")
    digest = read(rows, "2025-04.csv")
    assert {entry.date for entry in digest.entries} == {"2025-04-01"}


@pytest.mark.parametrize("front", ["title = ", 'x = "' + "a" * 9000, "a = " + "[" * 5000])
def test_invalid_toml_is_no_front_matter(front: str) -> None:
    text = page("+++", front, "+++", "## Fans", "https://arxiv.org/abs/2504.08777")
    assert ids(read(text, PATH)) == ["2504.08777"]


def test_object_around_a_text_is_a_section_of_the_summary() -> None:
    text = b"""[{"id": "2504.08777", "title": "Fans", "authors": [], "abstract": "Long.",
        "tldr": {"model": "short@v2", "text": "Quiet fans."}}]"""
    [entry] = read(text, f"{DAY}.json").entries
    assert entry.summary == "## Abstract\n\nLong.\n\n## Tldr\n\nQuiet fans."


def test_ids_of_several_services_and_authors_within_their_shares() -> None:
    work = {
        "id": "https://openalex.org/W1",
        "ids": {"openalex": "https://openalex.org/W1", "doi": "10.48550/arxiv.2504.08777"},
        "title": "Fans at Work",
        "authorships": [{"author_position": "first", "author": {"display_name": "Ann Bell"}}],
    }
    [entry] = read(json.dumps({"results": [work]}).encode(), f"{DAY}.json").entries
    assert (entry.paper_id, entry.authors) == ("2504.08777", ("Ann Bell",))


def test_one_line_of_many_records_is_read_in_linear_time() -> None:
    # What recognizes exports of Broadsheet once compared every two places of the line.
    records = [
        {"arxiv_id": f"2505.{number:05}", "title": "Quiet Stairs", "abstract": "Stairs. " * 80}
        for number in range(1, 1501)
    ]
    start = time.process_time()
    assert len(read(json.dumps(records).encode(), "2025-05-14.json").entries) == 1500
    assert time.process_time() - start < 10
