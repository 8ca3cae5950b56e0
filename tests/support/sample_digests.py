"""Small digests in every dialect for tests."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_HOUR_AGO_NANOSECONDS = time.time_ns() - 3600 * 10**9
_file_numbers = itertools.count()


@dataclass(frozen=True)
class SamplePaper:
    """A paper of a digest; fields that are None or empty are left out of the text."""

    id: str
    title: str | None = "A Title"
    votes: int | None = None
    authors: tuple[str, ...] = ()
    summary: str = "A summary."


def ko_digest(date: str, papers: Iterable[SamplePaper]) -> str:
    """Return a digest in the dialect ``daily_papers_ko``; several can be joined into one page."""
    parts = [f"## Daily Papers ({date})\n"]
    for paper in papers:
        parts.append(f"### [{paper.title or ''}](https://arxiv.org/abs/{paper.id})\n")
        if paper.votes is not None:
            parts.append(f"Vote: {paper.votes}\n")
        if paper.authors:
            parts.append(f"Authors: {', '.join(paper.authors)}\n")
        parts.append(f"- ***What's New***: {paper.summary}\n" if paper.summary else "")
    return "\n".join(parts)


def block_digest(date: str, papers: Iterable[SamplePaper]) -> str:
    """Return a digest in the dialect ``daily_papers``, which has neither votes nor authors."""
    parts = [f"# 📰 Hugging Face Daily Papers – {date}\n"]
    for paper in papers:
        heading = f"# {paper.title}\n\n" if paper.title else ""
        parts.append(
            f"## {paper.id}\n🔗 https://huggingface.co/papers/{paper.id}\n\n**Summary**:\n"
            f"```markdown\n{heading}## 1. Motivation\n\n{paper.summary}\n```\n"
        )
    return "\n".join(parts)


def hub_digest(date: str, papers: Iterable[SamplePaper]) -> str:
    """Return a digest in the dialect ``hub_json``."""
    rows = [
        {
            "paper": {
                "id": paper.id,
                "title": paper.title,
                "authors": [{"name": name} for name in paper.authors],
                "upvotes": paper.votes,
                "submittedOnDailyAt": f"{date}T00:00:00.000Z",
                "summary": paper.summary,
            }
        }
        for paper in papers
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def cards_digest(date: str, papers: Iterable[SamplePaper]) -> str:
    """Return a digest in the dialect ``cards_json``, which has no votes."""
    rows = [
        {
            "title": paper.title,
            "paper_url": f"https://huggingface.co/papers/{paper.id}",
            "authors": paper.authors,
            "stars": "0",
            "details": {"abstract": paper.summary},
            "scraped_date": date,
        }
        for paper in papers
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def jsonl_digest(_date: str, papers: Iterable[SamplePaper]) -> str:
    """Return a digest in the dialect ``jsonl``, which has neither votes nor a date."""
    rows = [
        {
            "id": paper.id,
            "title": paper.title,
            "authors": paper.authors,
            "summary": paper.summary,
        }
        for paper in papers
    ]
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def table_digest(date: str, papers: Iterable[SamplePaper]) -> str:
    """Return a digest in the dialect ``table``, which has no votes."""
    rows = [
        f"| {paper.title} (Read more on [arXiv](https://arxiv.org/abs/{paper.id}))"
        f"| {', '.join(paper.authors)} | {' '.join(paper.summary.split())} |\n"
        for paper in papers
    ]
    head = "| Title | Authors | Summary |\n|-------|---------|---------|\n"
    return f"\n\n## Papers for {date}\n\n{head}{''.join(rows)}"


def page_digest(date: str, papers: Iterable[SamplePaper]) -> str:
    """Return a digest in the dialect ``page``."""
    parts = [f"# Read on {date}\n"]
    for paper in papers:
        votes = "" if paper.votes is None else f"Vote: {paper.votes}\n\n"
        authors = f"Authors: {', '.join(paper.authors)}\n\n" if paper.authors else ""
        heading = f"## [{paper.title}](https://arxiv.org/abs/{paper.id})"
        parts.append(f"{heading}\n\n{votes}{authors}{paper.summary}\n")
    return "\n".join(parts)


def note_digest(date: str, papers: Iterable[SamplePaper]) -> str:
    """Return a digest in the dialect ``note``, which contains the first paper only."""
    paper = next(iter(papers))
    return (
        f"---\ntitle: {paper.title}\nauthors: {json.dumps(paper.authors, ensure_ascii=False)}\n"
        f"date: {date}\narxiv_id: {paper.id}\n---\n\n{paper.summary}\n"
    )


def write_digest(file: Path, text: str | bytes) -> Path:
    """Write a file with an mtime an hour ago, but later than that of the previous file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    stamp = _HOUR_AGO_NANOSECONDS + next(_file_numbers) * 10**6
    os.utime(file, ns=(stamp, stamp))
    return file
