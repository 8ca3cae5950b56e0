"""Lists whose texts are not indented, and lines as editors and chats save them."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
ARXIV = "https://arxiv.org/abs/2505.0800"
NAMES = ("Quiet", "Loud", "Soft")


def summaries(text: str) -> list[tuple[str | None, str]]:
    return [(entry.title, entry.summary) for entry in read(text.encode(), f"{DAY}.md").entries]


@pytest.mark.parametrize("marker", ["{n}.", "-", "{n}\\."])
@pytest.mark.parametrize("title", ["[{name} Stairs]({url})", "**{name} Stairs** \\- [abs]({url})"])
def test_texts_below_items(marker: str, title: str) -> None:
    parts = [
        f"{marker.format(n=n)} {title.format(name=name, url=f'{ARXIV}{n}')}\n\n"
        f"They are {name}.\n\n- really\n\n"
        for n, name in enumerate(NAMES, 1)
    ]
    text = f"# Stairs of {DAY}\n\n{''.join(parts)}See you!\n"
    found = summaries(text)
    assert [title for title, _ in found] == [f"{name} Stairs" for name in NAMES]
    for name, (_, summary) in zip(NAMES, found, strict=True):
        assert f"They are {name}." in summary
        assert "See you" not in summary


def test_texts_between_other_items_stay() -> None:
    items = [f"- [{name} Stairs]({ARXIV}{n})\n" for n, name in enumerate(NAMES, 1)]
    text = f"# {DAY}\n\n{items[0]}{items[1]}{items[2]}\nStairs of houses.\n"
    assert [summary for _, summary in summaries(text)] == ["", "", ""]
    text = f"# {DAY}\n\n{items[0]}\nMay 13, 2025\n\n{items[1]}\nMay 12, 2025\n\n{items[2]}"
    assert [summary for _, summary in summaries(text)] == ["", "", ""]


@pytest.mark.parametrize("word", ["by", "von", "par", "por", "di", "bởi"])
def test_title_in_italics_before_a_word_for_authors(word: str) -> None:
    text = f"- *Quiet Stairs of Houses* {word} Ada Bell, Cy Dorn ([arXiv]({ARXIV}1)): Soft.\n"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.authors) == ("Quiet Stairs of Houses", ("Ada Bell", "Cy Dorn"))


def test_capitalized_titles_before_addresses() -> None:
    text = (
        f"# {DAY}\n\nQuiet Stairs of Old Houses {ARXIV}1\n\nby T. Brandl. A survey\n\n"
        f"Loud Stairs: A Benchmark for Houses <{ARXIV}2>\n\n"
        f"has anybody of you read all of {ARXIV}3\n"
    )
    entries = read(text.encode(), f"{DAY}.md").entries
    assert [(entry.title, entry.authors) for entry in entries] == [
        ("Quiet Stairs of Old Houses", ("T. Brandl",)),
        ("Loud Stairs: A Benchmark for Houses", ()),
    ]


@pytest.mark.parametrize(
    "title", ["*{n}. [{name} Stairs of Houses]({url})*", "[{name} Stairs of Houses]({url})", ""]
)
@pytest.mark.parametrize("bullet", ["•", "-"])
@pytest.mark.parametrize("label", ["*저자*", "**Authors**", "Authors"])
def test_fields_are_a_list_below_a_title_of_the_same_level(
    title: str, bullet: str, label: str
) -> None:
    title = title or "{n}. [{name} Stairs of Houses]({url})"
    parts = [
        f"{title.format(n=n, name=name, url=f'{ARXIV}{n}')}\n"
        f"{bullet} {label}: Ada {name}, Bo Lim\n{bullet} *요약*: They are {name}.\n\n"
        for n, name in enumerate(NAMES, 1)
    ]
    text = f"오늘의 논문 | {DAY}\n\n{''.join(parts)}*Keywords*: stairs\n\n- Authors: Nobody Here\n"
    entries = read(text.encode(), f"{DAY}.md").entries
    assert [entry.title for entry in entries] == [f"{name} Stairs of Houses" for name in NAMES]
    assert [entry.authors for entry in entries] == [(f"Ada {name}", "Bo Lim") for name in NAMES]
    for name, entry in zip(NAMES, entries, strict=True):
        assert entry.summary.split("\n")[0] == f"{bullet} *요약*: They are {name}."


def test_item_without_a_paper_or_label_is_not_of_the_one_above() -> None:
    items = [f"- [{name} Stairs]({ARXIV}{n})\n" for n, name in enumerate(NAMES, 1)]
    text = f"# {DAY}\n\n{items[0]}- Walls of houses\n{items[1]}- Code: https://x.org/code\n"
    assert [summary for _, summary in summaries(text)] == ["", ""]
