"""Titles of plain text that go on in the next line."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
LINK = "https://arxiv.org/abs/2505.0800"
TITLES = (
    "Climbing with Rubber Shoes: Quiet Stairs in Very Old Houses for Tall People",
    "How Many Steps Does a Staircase Need? A Study of Forty Houses by the Sea",
)
NAMES = "Ada Bell, Cy Dorn"
TEXT = "Stairs are climbed by people of all ages,\n   and most of them are quiet."


@pytest.mark.parametrize("number", ["{n}) ", "{n}. ", "- ", ""])
@pytest.mark.parametrize("ends", [("for", "Forty"), ("Houses for", "Houses by the")])
def test_title_on_two_lines_above_names(number: str, ends: tuple[str, str]) -> None:
    parts = []
    for n, (title, end) in enumerate(zip(TITLES, ends, strict=True)):
        at = title.index(end) + len(end)
        start = number.format(n=n + 1)
        below = "   " if start else ""
        lines = [f"{start}{title[:at]}", title[at:].strip(), NAMES, f"{LINK}{n}"]
        parts.append(f"\n{below}".join(lines) + f"\n\n{below}{TEXT}\n")
    digest = read(("Good morning!\n\n" + "\n".join(parts)).encode(), f"{DAY}.txt")
    found = [(entry.title, entry.authors) for entry in digest.entries]
    assert found == [(title, ("Ada Bell", "Cy Dorn")) for title in TITLES]
    assert all("Stairs are climbed" in entry.summary for entry in digest.entries)
    assert all("Tall" not in entry.summary for entry in digest.entries)


def test_title_on_two_lines_above_a_link() -> None:
    text = f"1. Climbing with Rubber Shoes in Very Old Houses and\n   Gardens\n   {LINK}1\n"
    (entry,) = read(text.encode(), f"{DAY}.txt").entries
    assert entry.title == "Climbing with Rubber Shoes in Very Old Houses and Gardens"


def test_names_below_a_long_title_are_no_title() -> None:
    text = f"1. {TITLES[0]}\n   {NAMES}\n   {LINK}1\n\n   {TEXT}\n"
    (entry,) = read(text.encode(), f"{DAY}.txt").entries
    assert (entry.title, entry.authors) == (TITLES[0], ("Ada Bell", "Cy Dorn"))


@pytest.mark.parametrize("marks", ["**", ""])
def test_labels_of_links_on_two_lines(marks: str) -> None:
    papers = [
        f"{marks}[{title[:40]}\n  {title[40:].strip()}]({LINK}{n}){marks}\n\n*{NAMES}*\n\nStairs.\n"
        for n, title in enumerate(TITLES)
    ]
    text = "# Trending\n\n" + "\n---\n\n".join(papers)
    entries = read(text.encode(), f"{DAY}.md").entries
    assert [entry.title for entry in entries] == [
        " ".join(f"{title[:40]} {title[40:]}".split()) for title in TITLES
    ]
    assert [entry.line for entry in entries] == [3, 12]
    assert {entry.authors for entry in entries} == {("Ada Bell", "Cy Dorn")}
