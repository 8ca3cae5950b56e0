"""Authors in values of data, and the words that stand for more of them."""

from __future__ import annotations

import pytest

from tui.digests.general.names.author_lists import authors_of, names_in, unlabelled_names
from tui.models import ET_AL


@pytest.mark.parametrize(
    "text",
    [
        "佐藤、森ほか", "佐藤、森ら", "佐藤、森、他", "佐藤、森 外3名", "佐藤、森等",
        "佐藤、森等人", "佐藤、森 et al.",
        "佐藤、森 외 3명", "佐藤、森 và cộng sự", "佐藤、森 and colleagues", "佐藤、森 + 4 more",
        "佐藤、森 và 3 tác giả khác", "佐藤、森, u. a.", "佐藤、森 y colaboradores",
        "佐藤、森（他2名）", "佐藤、森 (+5)", "佐藤、森 (외 2명)", "佐藤、森等共6人",
        "佐藤、森 等三人", "佐藤、森 및 동료들", "佐藤、森 cùng cộng sự", "佐藤、森 và các cộng sự",
        "佐藤、森, v.v.", "佐藤、森 plus 2 others", "佐藤、森…", "佐藤、森 & co-authors",
    ],
)  # fmt: skip
def test_words_for_further_authors(text: str) -> None:
    assert names_in(text) == ("佐藤", "森", ET_AL)


@pytest.mark.parametrize(
    "text",
    ["Jane Roe ら", "Jane Roeら", "Jane Roe等", "Jane Roe等5人", "Jane Roe ら3名", "Jane Roe ほか"],
)
def test_words_for_further_authors_behind_a_latin_name(text: str) -> None:
    assert names_in(text) == ("Jane Roe", ET_AL)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe・John Doe", "Jane Roe&John Doe", "Jane Roe와 John Doe", "저자 Jane Roe, John Doe",
        "**Authors** Jane Roe, John Doe", "tác giả Jane Roe, John Doe",
    ],
)  # fmt: skip
def test_what_separates_and_precedes_names(text: str) -> None:
    assert unlabelled_names(f"👥 {text}") == ("Jane Roe", "John Doe")


def test_full_stop_behind_initials() -> None:
    assert names_in("Roe J, Doe JK.") == ("Roe J", "Doe JK")
    assert names_in("Roe J, Doe K.") == ("Roe J", "Doe K")
    assert names_in("J. Roe, J. K. Doe Jr.") == ("J. Roe", "J. K. Doe Jr.")


@pytest.mark.parametrize("text", ["音声・言語", "학습과 추론"])
def test_nouns_are_no_names(text: str) -> None:
    assert unlabelled_names(text) == ()


def test_words_within_names_are_no_words_before_them() -> None:
    assert names_in("Chidi Okafor") == ("Chidi Okafor",)
    assert names_in("by Avon Par Smith") == ("Avon Par Smith",)


@pytest.mark.parametrize(
    "value",
    [
        "Jane Roe, John Doe",
        "Jane Roe\nJohn Doe",
        "['Jane Roe', 'John Doe']",
        ["Jane Roe", "John Doe"],
        ["Roe, Jane", "Doe, John"],
        ["Jane Roe, John Doe"],
        [["Roe", "Jane", ""], ["Doe", "John", ""]],
        [{"name": "Jane Roe", "affiliation": "x"}, {"fullname": "John Doe"}],
        [{"given": "Jane", "family": "Roe"}, {"first": "John", "last": "Doe"}],
        [{"given_name": "Jane", "surname": "Roe"}, {"givenName": "John", "familyName": "Doe"}],
        [{"author": {"display_name": "Jane Roe"}}, {"user": {"name": "John Doe"}}],
        {"total": "2", "names": ["Jane Roe", "John Doe"]},
        {"edges": [{"node": {"name": "Jane Roe"}}, {"node": {"name": "John Doe"}}]},
        {"author": [{"@pid": "1/2", "text": "Jane Roe"}, {"@pid": "3/4", "text": "John Doe"}]},
        [{"author_name": "Jane Roe"}, {"creatorName": "John Doe", "lastName": ""}],
        [{"name": {"first": "Jane", "last": "Roe"}}, {"name": {"text": "John Doe"}}],
        {"0": "Jane Roe", "1": {"name": "John Doe"}},
    ],
)
def test_authors_in_data(value: object) -> None:
    assert authors_of(value) == ("Jane Roe", "John Doe")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("García Ruiz, Pilar; Roe, Jane", ("Pilar García Ruiz", "Jane Roe")),
        ("van der Berg, Jan; Doe, John", ("Jan van der Berg", "John Doe")),
        ("García Ruiz, Pilar; de la Cruz Soto, Ana", ("Pilar García Ruiz", "Ana de la Cruz Soto")),
        ("García Ruiz, Pilar; Roe, Jane; et al.", ("Pilar García Ruiz", "Jane Roe", ET_AL)),
        ("van der Berg, Jan", ("Jan van der Berg",)),
        ("Jane Roe, Acme; John Doe, Initech", ("Jane Roe", "John Doe")),
        ("佐藤 太郎, 森 花子", ("佐藤 太郎", "森 花子")),
    ],
)
def test_family_names_first(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        "",
        True,
        [None],
        [{}],
        [{"author": [[]]}],
        [[]],
        [{"userName": "jroe", "institution_name": "Acme"}],
    ],
)
def test_values_without_names(value: object) -> None:
    assert authors_of(value) == ()


@pytest.mark.parametrize(
    "text", ["Not listed", "N/A", "*unknown*", "暂无", "不明", "미상", "Không rõ", "unbekannt"]
)
def test_words_for_no_authors(text: str) -> None:
    assert names_in(text) == ()


def test_name_in_hiragana_has_no_word_for_others() -> None:
    assert names_in("高橋直人, 渡辺さくら") == ("高橋直人", "渡辺さくら")


@pytest.mark.parametrize("text", ["Roe & Doe", "Roe and Doe", "by Roe & Doe"])
def test_two_family_names_are_two_authors(text: str) -> None:
    assert names_in(text) == ("Roe", "Doe")
