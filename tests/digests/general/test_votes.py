"""Votes in words and signs of five languages, in every place of a digest."""

from __future__ import annotations

import json

import pytest

from tui.digests.general.fields.vote_counts import votes_in_line
from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"
TITLE = "Quiet Stairs in Houses"
DAY = "2025-05-14"


@pytest.mark.parametrize(
    "written",
    [
        "👍 42", "👍 x42", "👍**42**", "♥ 42", "▲42", "🗳️ 42", ":thumbsup: 42", "42 ❤️", "42▲",
        "Likes: 42", "**Upvotes**: 42", "votes=42", "HF votes: 42", "42 points", "↑42",
        "赞：42", "点赞数：42", "42 个赞", "42 人点赞", "获赞 42", "いいね 42", "スキ 42",
        "42いいね", "추천 42", "좋아요 42개", "공감 42", "Lượt thích: 42", "42 lượt thích",
        "Bình chọn: 42", "💬 3 | 👍 42", "❤ 42 · 💬 3", "💬 3 👍 42", "42 👍 7 👎", "[42 ↑]",
        "42 points by mia 5 hours ago",
    ],
)  # fmt: skip
def test_votes_beside_a_title(written: str) -> None:
    text = f"1. [{TITLE}]({LINK}) {written}\n   Stairs.\n2. [Loud Stairs]({LINK[:-1]}2)\n"
    entries = read(text.encode(), f"{DAY}.md").entries
    assert [(entry.title, entry.votes) for entry in entries] == [(TITLE, 42), ("Loud Stairs", None)]


@pytest.mark.parametrize(
    "label",
    [
        "좋아요 수", "赞同数", "热度", "スキ", "공감", "# of votes", "HF 👍", "👍",
        "Lượt yêu thích", "Puntos", "Punkte",
    ],
)  # fmt: skip
def test_votes_behind_a_label(label: str) -> None:
    row = f"| {label} | Title | Link |\n|---|---|---|\n| 42 | {TITLE} | {LINK} |\n"
    record = json.dumps([{"title": TITLE, "url": LINK, label: 42}])
    note = f'---\ntitle: {TITLE}\nauthors: [Ada Bell]\narxiv: {LINK}\n"{label}": 42\n---\nStairs.\n'
    for text, path in [(row, f"{DAY}.md"), (record, f"{DAY}.json"), (note, f"{DAY}.md")]:
        (entry,) = read(text.encode(), path).entries
        assert (entry.title, entry.votes) == (TITLE, 42)


@pytest.mark.parametrize(
    "line",
    [
        "↑42% faster",
        "It improves by 42 points on average",
        "in 2025 we vote",
        "likes 42",
        "accuracy (42 ↑)",
    ],
)
def test_other_numbers_are_no_votes(line: str) -> None:
    assert votes_in_line(f"{line} with stairs") is None


def test_numbers_of_a_title_are_no_votes() -> None:
    text = f"- 1000 Likes for Quiet Stairs [pdf]({LINK})\n"
    (entry,) = read(text.encode(), f"{DAY}.md").entries
    assert (entry.title, entry.votes) == ("1000 Likes for Quiet Stairs", None)


@pytest.mark.parametrize("line", [f"{TITLE} [42 ↑]", f"[{TITLE}]({LINK}) [42 ↑]"])
def test_number_and_arrow_in_a_heading(line: str) -> None:
    (entry,) = read(f"## {line}\n\n{LINK}\n\nStairs.\n".encode(), f"{DAY}.md").entries
    assert (entry.title, entry.votes) == (TITLE, 42)


@pytest.mark.parametrize(
    ("line", "votes"),
    [
        (f"{LINK}    [cs.LG]    17 stars", 17),
        (f"[arXiv]({LINK}) · 17 stars", 17),
        (f"[arXiv]({LINK}) · [code](https://github.com/bell/stairs) · 17 stars", None),
        (f"{LINK}\n   Code: 17 stars", None),
    ],
)
def test_stars_beside_a_link_to_the_paper_only(line: str, votes: int | None) -> None:
    text = f"1) {TITLE}\n   {line}\n\n   Stairs are climbed, and this is {LINK}.\n"
    (entry,) = read(text.encode(), f"{DAY}.txt").entries
    assert (entry.title, entry.votes) == (TITLE, votes)


@pytest.mark.parametrize("score", ["🔥 **9.2分**", "🔥 9.2", "👍 9.0/10", "⬆ 8 分"])
def test_scores_are_no_votes(score: str) -> None:
    text = f"## Quiet Stairs in Houses\n\n{score} | #stairs | https://arxiv.org/abs/2505.08001\n"
    (entry,) = read(text.encode(), "2025-05-14.md").entries
    assert entry.votes is None
