"""The lines below a paper's heading: votes, authors, picture."""

from __future__ import annotations

import pytest

from tui.digests.parsing.paper_header import parse_paper_header


@pytest.mark.parametrize(
    ("line", "votes"),
    [
        ("Vote: 44", 44),
        ("vote: 44", 44),
        ("Votes: 44", 44),
        ("Upvotes: 44", 44),
        ("Vote : 44", 44),
        ("Vote：44", 44),
        ("**Vote**: 44", 44),
        ("**Vote:** 44", 44),
        ("*Vote*: **44**", 44),
        ("__Votes__: 44", 44),
        ("- Vote: 44", 44),
        ("👍 Vote: 44", 44),
        ("Vote: 44 👍", 44),
        ("Vote: 44 votes", 44),
        ("Vote: +44", 44),
        ("Vote: 1,234", 1234),
        ("Vote: 1,234,567", 1_234_567),
        ("Vote: ４４", 44),
        ("Vote: 0", 0),
        ("Vote: 007", 7),
    ],
)
def test_votes(line: str, votes: int) -> None:
    head = parse_paper_header(f"\n{line}\n")
    assert (head.votes, head.has_votes_line, head.problems) == (votes, True, [])


@pytest.mark.parametrize(
    "value",
    ["many", "", "-", "N/A", "-5", "4.5", "1.2k", "1,23", "10000000", "9" * 5000, "4 4", "44%"],
)
def test_votes_that_are_no_number_are_unknown(value: str) -> None:
    head = parse_paper_header(f"\nVote: {value}\n")
    assert (head.votes, head.has_votes_line) == (None, True)
    ((offset, words, values),) = head.problems
    assert offset == 1
    assert words == "cannot read the votes '{votes}'; treated as unknown"
    assert len(str(values["votes"])) <= 40


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Authors: Ada Bell, Cy Dorn", ["Ada Bell", "Cy Dorn"]),
        ("authors: Ada Bell,Cy Dorn", ["Ada Bell", "Cy Dorn"]),
        ("Author: Ada Bell", ["Ada Bell"]),
        ("*Authors*: Ada Bell", ["Ada Bell"]),
        ("**Authors:** Ada Bell", ["Ada Bell"]),
        ("**Authors: Ada Bell, Cy Dorn**", ["Ada Bell", "Cy Dorn"]),
        ("Authors: Ada Bell*, Cy Dorn", ["Ada Bell*", "Cy Dorn"]),
        ("**Authors**: **Ada Bell**, *Cy Dorn*", ["Ada Bell", "Cy Dorn"]),
        ("Authors： Ada Bell， Cy Dorn、 Eli Fox", ["Ada Bell", "Cy Dorn", "Eli Fox"]),
        ("Authors: +, Ada Bell, , Cy Dorn, +,", ["Ada Bell", "Cy Dorn"]),
        ("Authors: [Ada Bell](https://a.example), [Cy](x)", ["Ada Bell", "Cy"]),
        ("Authors: Ada Bell, Ada Bell", ["Ada Bell", "Ada Bell"]),
        ("Authors: Ada Bell, Cy Dorn, and Eli Fox", ["Ada Bell", "Cy Dorn", "Eli Fox"]),
        ("Authors: Ada Bell; Cy Dorn", ["Ada Bell", "Cy Dorn"]),
        ("Authors: Ada O&#39;Bell, Cy  Dorn", ["Ada O'Bell", "Cy Dorn"]),
        ("Authors: ['Ada Bell', \"Cy O'Dorn\"]", ["Ada Bell", "Cy O'Dorn"]),
        ("Authors: 김바람, 이구름", ["김바람", "이구름"]),
        ("Authors: Andy Anderson", ["Andy Anderson"]),
        ("Authors: +", []),
        ("Authors:", []),
    ],
)
def test_authors(line: str, authors: list[str]) -> None:
    head = parse_paper_header(f"\n{line}\n\n- words\n")
    assert list(head.authors) == authors
    assert head.has_authors_line
    assert head.summary == "- words"


@pytest.mark.parametrize(
    "text",
    [
        "Authors: Ada Bell,\nCy Dorn,\n Eli Fox\n",
        "Authors:\nAda Bell, Cy Dorn,\nEli Fox\nVote: 3\n",
    ],
)
def test_authors_go_on_on_the_next_line(text: str) -> None:
    head = parse_paper_header(f"\n{text}\n- words")
    assert head.authors == ("Ada Bell", "Cy Dorn", "Eli Fox")
    assert head.summary == "- words"


@pytest.mark.parametrize("below", ["- words", "# words", "\nwords", "![](https://a.example/1.png)"])
def test_a_comma_at_the_end_does_not_swallow_the_summary(below: str) -> None:
    head = parse_paper_header(f"Authors: Ada Bell,\n{below}")
    assert head.authors == ("Ada Bell",)


def test_names_and_their_number_are_capped() -> None:
    head = parse_paper_header("Authors: " + ", ".join(["x" * 300] * 6000))
    assert len(head.authors) == 5000
    assert {len(name) for name in head.authors} == {200}
    assert len(head.problems) == 2


ADDRESS = "https://pictures.example/1.mp4"


@pytest.mark.parametrize(
    "block",
    [
        f"![]({ADDRESS})",
        f"![a picture]({ADDRESS})",
        f'![]({ADDRESS} "title")',
        f"![](<{ADDRESS}>)",
        f"[![]({ADDRESS})](https://a.example)",
        f'<img src="{ADDRESS}" width="300">',
        f"<IMG width=3 SRC='{ADDRESS}'/>",
        f'<p align="center">\n<img src="{ADDRESS}">\n</p>',
        f'<a href="https://a.example"><img src={ADDRESS}></a>',
        f'<video src="{ADDRESS}"></video>',
        f'<video controls autoplay src="{ADDRESS}">',
        f'<video\n  controls\n  src="{ADDRESS}"\n  width="100%">\n</video>',
        f'<video controls>\n<source src="{ADDRESS}" type="video/mp4">\nNo video for you.\n</video>',
        f"[Watch Video]({ADDRESS})",
        f"[Watch Video]{ADDRESS}",
        f"[Watch Video] ({ADDRESS})",
        f"[▶ 영상 보기]({ADDRESS})",
        ADDRESS,
    ],
)
def test_pictures_and_videos(block: str) -> None:
    head = parse_paper_header(f"\n{block}\nVote: 44\nAuthors: Ada Bell\n\n- words")
    assert head.thumbnail == ADDRESS
    assert (head.votes, head.authors, head.summary) == (44, ("Ada Bell",), "- words")
    assert head.problems == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "images/1.png",
        "https://",
        f"https://{'x' * 3000}",
    ],
)
def test_other_addresses_are_left_out_and_reported(address: str) -> None:
    head = parse_paper_header(f"![]({address})\n\nVote: 44")
    assert head.thumbnail is None
    assert head.votes == 44
    assert len(head.problems) == 1


@pytest.mark.parametrize("line", ["![]()", "<br>", "<p align='center'>", "<video></video>"])
def test_an_empty_picture_is_nothing(line: str) -> None:
    head = parse_paper_header(f"{line}\nVote: 44")
    assert (head.thumbnail, head.votes, head.summary, head.problems) == (None, 44, "", [])


@pytest.mark.parametrize(
    "line",
    [
        "<p>Words about wind.</p>",
        "[Project page](https://a.example)",
        "<b>What's New</b>: wind",
        "![open",
    ],
)
def test_text_is_not_taken_for_a_picture(line: str) -> None:
    head = parse_paper_header(f"Vote: 44\n{line}\nmore")
    assert head.thumbnail is None
    assert head.summary == f"{line}\nmore"


def test_entities_in_an_address_cannot_hide_anything() -> None:
    head = parse_paper_header("![](https://a.example/?a&amp;b&#x202e;&#10;c&#x200b;)")
    assert head.thumbnail == "https://a.example/?a&bc"


def test_the_first_picture_counts() -> None:
    assert parse_paper_header(f"![]({ADDRESS})\n![](https://b.example/2.png)").thumbnail == ADDRESS


def test_fields_may_come_in_any_order_and_below_an_unknown_line() -> None:
    head = parse_paper_header(
        f"Authors: Ada Bell\nPublished in May\nVote: 44\n![]({ADDRESS})\n\n- words"
    )
    assert (head.votes, head.authors) == (44, ("Ada Bell",))
    assert head.summary == f"Published in May\n![]({ADDRESS})\n\n- words"


@pytest.mark.parametrize("stop", ["---\n\nVote: 44", "```\nVote: 44\n```", "- Vote: 44"])
def test_votes_are_not_looked_for_in_other_things(stop: str) -> None:
    assert parse_paper_header(f"- words\n\n{stop}").votes is None


def test_nothing_is_told() -> None:
    head = parse_paper_header("\n\n")
    assert (head.votes, head.has_votes_line, head.authors, head.has_authors_line) == (
        None,
        False,
        (),
        False,
    )
    assert (head.thumbnail, head.summary, head.problems) == (None, "", [])
