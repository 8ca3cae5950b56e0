"""Digests written for a test: as little text as a dialect needs."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_AN_HOUR_AGO = time.time_ns() - 3600 * 10**9
_ticks = itertools.count()


@dataclass(frozen=True)
class Told:
    """A paper as a digest tells it; what is None or empty is left out of the text."""

    id: str
    title: str | None = "A Title"
    votes: int | None = None
    authors: tuple[str, ...] = ()
    summary: str = "A summary."


def ko_digest(date: str, papers: Iterable[Told]) -> str:
    """Return a digest of ``daily_papers_ko``; several may be joined to a longer page."""
    parts = [f"## Daily Papers ({date})\n"]
    for paper in papers:
        parts.append(f"### [{paper.title or ''}](https://arxiv.org/abs/{paper.id})\n")
        if paper.votes is not None:
            parts.append(f"Vote: {paper.votes}\n")
        if paper.authors:
            parts.append(f"Authors: {', '.join(paper.authors)}\n")
        parts.append(f"- ***What's New***: {paper.summary}\n" if paper.summary else "")
    return "\n".join(parts)


def block_digest(date: str, papers: Iterable[Told]) -> str:
    """Return a digest of ``daily_papers``, which knows neither votes nor authors."""
    parts = [f"# 📰 Hugging Face Daily Papers – {date}\n"]
    for paper in papers:
        heading = f"# {paper.title}\n\n" if paper.title else ""
        parts.append(
            f"## {paper.id}\n🔗 https://huggingface.co/papers/{paper.id}\n\n**Summary**:\n"
            f"```markdown\n{heading}## 1. Motivation\n\n{paper.summary}\n```\n"
        )
    return "\n".join(parts)


def write(file: Path, text: str | bytes) -> Path:
    """Write a file that looks an hour old, and newer than the one written before it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    stamp = _AN_HOUR_AGO + next(_ticks) * 10**6
    os.utime(file, ns=(stamp, stamp))
    return file
