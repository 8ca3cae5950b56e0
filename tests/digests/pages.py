"""Pages of the dialects daily_papers and daily_papers_ko, with parts that tests can replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.digests.reader import read

if TYPE_CHECKING:
    from tui.models import Digest, Entry

KO_PATH = "2025/05/01.md"
DAILY_PATH = "2025-05-22.md"

KO_SUMMARY = """\
- ***What's New***: 바람을 세는 모델입니다.
- ***Technical Details***: 바람개비 세 개를 씁니다.
- ***Performance Highlights***: 어제보다 빠릅니다."""

KO_HEADER = """\
![](https://pictures.example/1.png)

Vote: 44

Authors: Ada Bell, Cy Dorn
"""

SUMMARY = """\
# Counting Wind

## 1. Motivation

Wind is not counted yet.

## 2. Results

- **Speed**: faster than yesterday."""


def ko_paper(
    arxiv_id: str = "2504.00001",
    title: str = "Counting Wind",
    header: str = KO_HEADER,
    summary: str = KO_SUMMARY,
) -> str:
    return f"### [{title}](https://arxiv.org/abs/{arxiv_id})\n\n{header}\n{summary}\n"


def ko_page(*papers: str, heading: str = "## Daily Papers (2025-05-01)") -> str:
    return "\n\n".join([heading, *(papers or [ko_paper()])])


def daily_paper(
    arxiv_id: str = "2505.00001", summary: str = f"```markdown\n{SUMMARY}\n```\n"
) -> str:
    link = f"🔗 https://huggingface.co/papers/{arxiv_id}"
    return f"## {arxiv_id}\n{link}\n\n**Summary**:\n{summary}\n \n\n---\n"


def daily_page(*papers: str, heading: str = "# 📰 Hugging Face Daily Papers – 2025-05-22") -> str:
    return "\n".join([heading, "", *(papers or [daily_paper()])])


def read_ko(text: str, path: str = KO_PATH) -> Digest:
    digest = read(text.encode(), path)
    assert digest.dialect == "daily_papers_ko"
    return digest


def read_daily(text: str, path: str = DAILY_PATH) -> Digest:
    digest = read(text.encode(), path)
    assert digest.dialect == "daily_papers"
    return digest


def ko_entry(text: str) -> Entry:
    (entry,) = read_ko(text).entries
    return entry


def daily_entry(text: str) -> Entry:
    (entry,) = read_daily(text).entries
    return entry


def messages(digest: Digest) -> list[str]:
    """Return the problems as ``line: message``."""
    return [f"{problem.line}: {problem.message}" for problem in digest.problems]
