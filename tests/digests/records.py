"""Objects of the JSON dialects, with fields that tests can replace."""

from __future__ import annotations

import json
from typing import Any

from tui.digests.reader import read
from tui.models import Digest, Entry

DAY = "2025-05-01"


def hub_paper(**fields: Any) -> dict[str, Any]:
    paper = {
        "id": "2504.00001",
        "title": "Counting\n  Wind",
        "authors": [{"_id": "x", "name": "Ada Bell", "hidden": False}, {"name": "Cy Dorn"}],
        "publishedAt": "2025-04-28T17:52:04.000Z",
        "submittedOnDailyAt": f"{DAY}T02:51:00.207Z",
        "summary": "Wind is not\ncounted yet.\n  We count it.",
        "upvotes": 44,
    }
    return {**paper, **fields}


def hub_item(**fields: Any) -> dict[str, Any]:
    """Return an item of a Hugging Face response; the fields go into its paper."""
    picture = "https://pictures.example/1.png"
    return {"paper": hub_paper(**fields), "title": "Counting Wind", "thumbnail": picture}


def card(**fields: Any) -> dict[str, Any]:
    row = {
        "title": "Counting Wind",
        "paper_url": "https://huggingface.co/papers/2504.00001",
        "authors": ["Ada Bell", "cydorn"],
        "stars": "66",
        "details": {
            "title": "Counting Wind",
            "abstract": "Wind is counted.",
            "arxiv_page_url": "https://arxiv.org/abs/2504.00001",
            "pdf_url": "https://arxiv.org/pdf/2504.00001",
            "github_links": ["https://github.com/huggingface", "https://github.com/ada/wind"],
        },
        "scraped_date": DAY,
    }
    return {**row, **fields}


def jsonl_paper(**fields: Any) -> dict[str, Any]:
    """Return an object of the dialect jsonl."""
    row = {
        "id": "2504.00001",
        "pdf": "https://arxiv.org/pdf/2504.00001",
        "abs": "https://arxiv.org/abs/2504.00001",
        "authors": ["Ada Bell", "Cy Dorn"],
        "title": "Counting Wind",
        "categories": ["cs.LG", "physics.ao-ph"],
        "comment": None,
        "summary": "Wind is counted.",
        "AI": {
            "tldr": "Counted.",
            "motivation": "No data.",
            "method": "Three mills.",
            "result": "Much wind.",
            "conclusion": "Go on.",
        },
    }
    return {**row, **fields}


def read_json(value: object, path: str = f"{DAY}.json") -> Digest:
    return read(json.dumps(value, indent=1).encode(), path)


def only_entry(digest: Digest) -> Entry:
    """Return the only entry of a digest; check that it has no problems."""
    assert digest.problems == ()
    (entry,) = digest.entries
    return entry
