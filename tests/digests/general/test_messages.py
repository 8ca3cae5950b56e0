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
