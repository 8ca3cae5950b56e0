"""The lines below a paper's heading: votes, authors and a picture."""

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
def test_votes_are_read(line: str, votes: int) -> None:
    header = parse_paper_header(f"\n{line}\n")
    assert (header.votes, header.has_votes_line, header.notes) == (votes, True, [])


@pytest.mark.parametrize(
    "value",
    ["many", "", "-", "N/A", "-5", "4.5", "1.2k", "1,23", "10000000", "9" * 5000, "4 4", "44%"],
)
def test_unreadable_votes_are_reported(value: str) -> None:
    header = parse_paper_header(f"\nVote: {value}\n")
    assert (header.votes, header.has_votes_line) == (None, True)
    ((offset, template, values),) = header.notes
    assert offset == 1
    assert template == "cannot read the votes '{votes}'; treated as unknown"
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
def test_authors_are_read(line: str, authors: list[str]) -> None:
    header = parse_paper_header(f"\n{line}\n\n- words\n")
    assert list(header.authors) == authors
    assert header.has_authors_line
    assert header.summary == "- words"


@pytest.mark.parametrize(
    "text",
    [
        "Authors: Ada Bell,\nCy Dorn,\n Eli Fox\n",
        "Authors:\nAda Bell, Cy Dorn,\nEli Fox\nVote: 3\n",
    ],
)
def test_authors_may_continue_on_the_next_line(text: str) -> None:
    header = parse_paper_header(f"\n{text}\n- words")
    assert header.authors == ("Ada Bell", "Cy Dorn", "Eli Fox")
    assert header.summary == "- words"


@pytest.mark.parametrize("below", ["- words", "# words", "\nwords", "![](https://a.example/1.png)"])
def test_trailing_comma_does_not_continue_into_the_summary(below: str) -> None:
    header = parse_paper_header(f"Authors: Ada Bell,\n{below}")
    assert header.authors == ("Ada Bell",)


def test_long_lists_of_long_names_are_truncated() -> None:
    header = parse_paper_header("Authors: " + ", ".join(["x" * 300] * 6000))
    assert len(header.authors) == 5000
    assert {len(name) for name in header.authors} == {200}
    assert len(header.notes) == 2


URL = "https://pictures.example/1.mp4"


@pytest.mark.parametrize(
    "block",
    [
        f"![]({URL})",
        f"![a picture]({URL})",
        f'![]({URL} "title")',
        f"![](<{URL}>)",
        f"[![]({URL})](https://a.example)",
        f'<img src="{URL}" width="300">',
        f"<IMG width=3 SRC='{URL}'/>",
        f'<p align="center">\n<img src="{URL}">\n</p>',
        f'<a href="https://a.example"><img src={URL}></a>',
        f'<video src="{URL}"></video>',
        f'<video controls autoplay src="{URL}">',
        f'<video\n  controls\n  src="{URL}"\n  width="100%">\n</video>',
        f'<video controls>\n<source src="{URL}" type="video/mp4">\nNo video for you.\n</video>',
        f"[Watch Video]({URL})",
        f"[Watch Video]{URL}",
        f"[Watch Video] ({URL})",
        f"[▶ 영상 보기]({URL})",
        URL,
    ],
)
def test_picture_or_video_is_read(block: str) -> None:
    header = parse_paper_header(f"\n{block}\nVote: 44\nAuthors: Ada Bell\n\n- words")
    assert header.thumbnail == URL
    assert (header.votes, header.authors, header.summary) == (44, ("Ada Bell",), "- words")
    assert header.notes == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "images/1.png",
        "https://",
        f"https://{'x' * 3000}",
    ],
)
def test_invalid_picture_url_is_reported(url: str) -> None:
    header = parse_paper_header(f"![]({url})\n\nVote: 44")
    assert header.thumbnail is None
    assert header.votes == 44
    assert len(header.notes) == 1


@pytest.mark.parametrize("line", ["![]()", "<br>", "<p align='center'>", "<video></video>"])
def test_empty_picture_is_ignored(line: str) -> None:
    header = parse_paper_header(f"{line}\nVote: 44")
    assert (header.thumbnail, header.votes, header.summary, header.notes) == (None, 44, "", [])


@pytest.mark.parametrize(
    "line",
    [
        "<p>Words about wind.</p>",
        "[Project page](https://a.example)",
        "<b>What's New</b>: wind",
        "![open",
    ],
)
def test_other_text_is_not_a_picture(line: str) -> None:
    header = parse_paper_header(f"Vote: 44\n{line}\nmore")
    assert header.thumbnail is None
    assert header.summary == f"{line}\nmore"


def test_entities_in_a_url_are_sanitized() -> None:
    header = parse_paper_header("![](https://a.example/?a&amp;b&#x202e;&#10;c&#x200b;)")
    assert header.thumbnail == "https://a.example/?a&bc"


def test_first_picture_is_used() -> None:
    assert parse_paper_header(f"![]({URL})\n![](https://b.example/2.png)").thumbnail == URL


def test_fields_may_be_in_any_order_below_other_lines() -> None:
    header = parse_paper_header(
        f"Authors: Ada Bell\nPublished in May\nVote: 44\n![]({URL})\n\n- words"
    )
    assert (header.votes, header.authors) == (44, ("Ada Bell",))
    assert header.summary == f"Published in May\n![]({URL})\n\n- words"


@pytest.mark.parametrize("summary", ["---\n\nVote: 44", "```\nVote: 44\n```", "- Vote: 44"])
def test_votes_in_the_summary_are_ignored(summary: str) -> None:
    assert parse_paper_header(f"- words\n\n{summary}").votes is None


def test_empty_header_has_no_fields() -> None:
    header = parse_paper_header("\n\n")
    assert (header.votes, header.has_votes_line, header.authors, header.has_authors_line) == (
        None,
        False,
        (),
        False,
    )
    assert (header.thumbnail, header.summary, header.notes) == (None, "", [])
