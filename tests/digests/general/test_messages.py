"""Papers in messages: logs of chats, and posts with more than a title above the link."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

ARXIV = "https://arxiv.org/abs/2505.0800"


def entries_of(text: str, path: str = "log.txt") -> list[tuple[str | None, str, str | None]]:
    """Return the title, day and first author of each paper, in order."""
    entries = sorted(read(text.encode(), path).entries, key=lambda entry: entry.line or 0)
    return [
        (entry.title, entry.date, entry.authors[0] if entry.authors else None) for entry in entries
    ]


@pytest.mark.parametrize(
    ("rule", "morning", "noon"),
    [
        ("--------------- 2025년 5월 14일 수요일 ---------------", "오전 9:15", "오후 2:03"),
        ("--------------- Wednesday, May 14, 2025 ---------------", "9:15 AM", "2:03 PM"),
    ],
)
def test_messages_behind_name_and_time(rule: str, morning: str, noon: str) -> None:
    text = (
        f"Reading room\n\n{rule}\n[민수] [{morning}] Hello!\n[지현] [{morning}] Quiet Stairs\n"
        f"{ARXIV}1\nSoft ones.\n[민수] [{noon}] Thanks\n[지현] [{noon}] Loud Stairs\n{ARXIV}2\n"
    )
    assert entries_of(text) == [
        ("Quiet Stairs", "2025-05-14", None),
        ("Loud Stairs", "2025-05-14", None),
    ]


def test_day_of_messages_is_in_the_lines_above_them() -> None:
    text = (
        "===\nChannel: papers\nAfter: 05/01/2025 00:00\n===\n\n[05/13/2025 8:41 PM] mia\n"
        f"**Quiet Stairs**\n{ARXIV}1\n\n[05/13/2025 9:05 PM] tom\n**Soft Stairs**\n{ARXIV}2\n\n"
        f"[05/14/2025 7:12 AM] mia\n**Loud Stairs**\n{ARXIV}3\n"
    )
    assert entries_of(text) == [
        ("Quiet Stairs", "2025-05-13", None),
        ("Soft Stairs", "2025-05-13", None),
        ("Loud Stairs", "2025-05-14", None),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Good morning! Two from the weekend:", ""),
        ("⬆️ 1.2k · 💬 214 comments", "⬆️ 342 · 💬 55 comments"),
        ("120 points, 8 comments", "7 points, 3 comments"),
    ],
)
@pytest.mark.parametrize(
    "title", ["[{0} Stairs of Houses]({1})", "**[R] {0} Stairs of Houses** — {1}"]
)
def test_line_above_a_title(first: str, second: str, title: str) -> None:
    papers = [
        f"{line}\n{title.format(name, ARXIV + number)}\n{name} ones.\n"
        for line, name, number in ((first, "Quiet", "1"), (second, "Loud", "2"))
    ]
    text = "# Papers of May 14, 2025\n\n" + "\n".join(papers)
    digest = read(text.encode(), "posts.md")
    titles = [entry.title for entry in digest.entries]
    assert titles == ["Quiet Stairs of Houses", "Loud Stairs of Houses"]
    votes = {"Good": None, "⬆️ 1": 1200, "120 ": 120}[first[:4]]
    assert digest.entries[0].votes == votes


def test_names_before_a_sentence() -> None:
    beside = (
        "by Ada Bell, Cy Dorn. Soft",
        "Hana Seo, Paul A. Wirth. Loud",
        "Ines Li. New ones",
    )
    links = [f"[{n} Stairs of Houses]({ARXIV}{n}) — {text}." for n, text in enumerate(beside)]
    assert [author for *_, author in entries_of("# 2025-05-14\n\n" + "\n".join(links))] == [
        "Ada Bell",
        "Hana Seo",
        "Ines Li",
    ]


RULE = "━━━━━━━━━━"


@pytest.mark.parametrize(
    "paper",
    [
        f"{RULE}\n*<{{link}}|{{title}}>*\n{{text}}",
        "[2505.0800{n}v2] {title}\n    {text}\n",
        "**May {n}** · [{title}]({link}) — {text}\n",
        "> {n}. *{title}*, [2505.0800{n}]({link}). {text}",
        "Submitted by\nmia\n104\n{title}\n{link}\n12 authors\n{text}\n",
        "{n}/ {title}\n{text}\narxiv.org/abs/2505.0800{n}\n",
    ],
)
def test_papers_of_a_message(paper: str) -> None:
    names = ("Quiet", "Loud", "Soft")
    papers = [
        paper.format(
            n=n, link=f"{ARXIV}{n}", title=f"{name} Stairs of Houses", text=f"A {name} one."
        )
        for n, name in enumerate(names, 1)
    ]
    text = "Papers of May 14, 2025\n\n" + "\n".join(papers)
    entries = read(text.encode(), "posts.md").entries
    assert [entry.title for entry in entries] == [f"{name} Stairs of Houses" for name in names]
    assert all(
        f"A {name} one." in entry.summary for entry, name in zip(entries, names, strict=True)
    )
    assert {entry.date for entry in entries} == {"2025-05-14"}
