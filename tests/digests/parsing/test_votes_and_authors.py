"""Lists of authors: separators, further authors, and the order of first and last names."""

from __future__ import annotations

import pytest

from tui.digests.parsing.record_values import as_authors
from tui.digests.parsing.votes_and_authors import parse_authors
from tui.models import ET_AL

ROE_AND_DOE = ("Jane Roe", "John Doe")


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe, John Doe, et al.", "Jane Roe, John Doe et al.", "Jane Roe, John Doe, et al",
        "Jane Roe, John Doe, and others", "Jane Roe, John Doe and others",
        "Jane Roe; John Doe; et al.",
        "Jane Roe, John Doe (et al.)", "Jane Roe, John Doe, others", "Jane Roe, John Doe, et. al.",
        "Jane Roe, John Doe & al.", "Jane Roe, John Doe, …", "Jane Roe, John Doe, ...",
        "Jane Roe, John Doe ...", "Jane Roe, John Doe, and 3 more", "Jane Roe, John Doe, + 3 more",
        "Jane Roe, John Doe, +3", "Jane Roe, John Doe and 12 others", "Jane Roe, John Doe, u. a.",
        "Jane Roe, John Doe, and 3 more authors", "Jane Roe, John Doe, ET AL.",
        "Jane Roe、John Doe、ほか",
        "Jane Roe, John Doe 외 3명", "Jane Roe, John Doe 외", "Jane Roe, John Doe 등",
        "Jane Roe，John Doe 等",
        "Roe, Jane; Doe, John; et al.", "Roe, Jane; Doe, John, et al.",
        "['Jane Roe', 'John Doe', 'et al.']",
        "[Jane Roe](https://a.b), [John Doe](https://c.d), et al.",
        "**Jane Roe**, **John Doe**, *et al.*",
    ],
)  # fmt: skip
def test_further_authors_are_no_names(text: str) -> None:
    assert parse_authors(text) == (*ROE_AND_DOE, ET_AL)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("홍길동 외 3명", "홍길동"), ("홍길동 외 3인", "홍길동"), ("홍길동 외", "홍길동"),
        ("홍길동 외 다수", "홍길동"),
        ("홍길동외 3명", "홍길동"), ("홍길동 등", "홍길동"), ("홍길동 등 5인", "홍길동"),
        ("王伟等", "王伟"),
        ("王伟 等", "王伟"), ("王伟等人", "王伟"), ("山田太郎ほか", "山田太郎"),
        ("山田太郎 他3名", "山田太郎"),
        ("山田太郎 ほか3名", "山田太郎"), ("Ann Bee et al.", "Ann Bee"),
        ("Ann Bee u.a.", "Ann Bee"),
    ],
)  # fmt: skip
def test_one_author_and_further_ones(text: str, name: str) -> None:
    assert parse_authors(text) == (name, ET_AL)


@pytest.mark.parametrize(
    "name",
    [
        "Al Others", "Ann Etal", "Etal", "Al Alia", "Others Group", "외솔", "김등", "이외수",
        "Et Al Bee",
        "Bal", "John Doe III", "DeepSeek-AI", "Team 42", "Moore", "Robert Moore", "Anders",
        "Mr. Other",
    ],
)  # fmt: skip
def test_similar_names_are_kept(name: str) -> None:
    assert parse_authors(f"{name}, Jane Roe") == (name, "Jane Roe")
    assert parse_authors(f"Jane Roe, {name}") == ("Jane Roe", name)


@pytest.mark.parametrize("text", ["et al.", "and others", "외 3명", "", "+", "; ;", ", et al."])
def test_only_further_authors_are_no_authors(text: str) -> None:
    assert parse_authors(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Roe, Jane; Doe, John", ROE_AND_DOE),
        ("Roe, Jane;Doe, John;", ROE_AND_DOE),
        ("Roe, Jane; and Doe, John", ROE_AND_DOE),
        ("Jane Roe; John Doe", ROE_AND_DOE),
        ("Jane Roe；John Doe", ROE_AND_DOE),
        ("Jane Roe, John Doe; Ann Bee", (*ROE_AND_DOE, "Ann Bee")),
        ("van der Berg, Jan; O'Brien, F.", ("Jan van der Berg", "F. O'Brien")),
        ("Roe, Jane", ("Roe", "Jane")),
        ("J&ouml;rg Roe, John Doe", ("Jörg Roe", "John Doe")),
        ("Davis, Jr.; Doe, John", ("Davis, Jr.", "John Doe")),
    ],
)
def test_semicolons_separate_before_commas(text: str, names: tuple[str, ...]) -> None:
    assert parse_authors(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Roe and John Doe", ROE_AND_DOE),
        ("Jane Roe  &  John Doe", ROE_AND_DOE),
        ("Roe, Jane and Doe, John", ROE_AND_DOE),
        ("Ann Bee, Jane Roe and John Doe", ("Ann Bee", *ROE_AND_DOE)),
        ("J. Roe and Jan van der Berg and others", ("J. Roe", "Jan van der Berg", ET_AL)),
        ("Roe, Jane and Doe, John and others", (*ROE_AND_DOE, ET_AL)),
        ("이영희 and 김철수", ("이영희", "김철수")),
        ("Ministry of Health and Social Affairs", ("Ministry of Health and Social Affairs",)),
        ("Health Science and Social Affairs", ("Health Science and Social Affairs",)),
        ("Jane Roe, Research and Development", ("Jane Roe", "Research and Development")),
        ("Qwen Team and Jane Roe", ("Qwen Team and Jane Roe",)),
    ],
)
def test_and_separates_names_of_people(text: str, names: tuple[str, ...]) -> None:
    assert parse_authors(text) == names


def test_lists_of_names_are_tidied_as_well() -> None:
    assert as_authors(["Roe, Jane", {"name": "John Doe"}, "et al."]) == (*ROE_AND_DOE, ET_AL)
    assert as_authors(["Jane Roe", "John Doe et al."]) == (*ROE_AND_DOE, ET_AL)
    assert as_authors(["Jane Roe, MIT"]) == ("Jane Roe, MIT",)
    assert as_authors("Roe, Jane; Doe, John") == ROE_AND_DOE
    assert as_authors(["Acme, Inc."]) == ("Acme, Inc.",)
