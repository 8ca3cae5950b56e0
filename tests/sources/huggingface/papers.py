"""Papers in the hub's format."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any


def row(number: int, day: str, *, votes: int = 10, title: str = "") -> dict[str, Any]:
    """Return a paper in the hub's format."""
    arxiv_id = f"2511.{number:05}"
    title = title or f"Counting Wind, Part {number}"
    return {
        "paper": {
            "id": arxiv_id,
            "authors": [
                {"_id": f"{number:024x}", "name": "Ada Bell", "hidden": False},
                {"_id": f"{number + 1:024x}", "name": "이 선", "hidden": False},
            ],
            "publishedAt": f"{day}T00:00:00.000Z",
            "submittedOnDailyAt": f"{day}T01:12:30.000Z",
            "title": title,
            "summary": f"We build mill {number} and let it count.\nIt counts.",
            "upvotes": votes,
            "ai_summary": f"Mill {number} counts what blows.",
            "ai_keywords": ["mills", "counting"],
        },
        "publishedAt": f"{day}T00:00:00.000Z",
        "title": title,
        "summary": f"We build mill {number} and let it count.\nIt counts.",
        "thumbnail": f"https://example.org/{arxiv_id}.png",
        "numComments": 2,
    }


def day_response(day: str, numbers: Iterable[int], *, votes: int = 10) -> bytes:
    """Return the response for a day with these papers."""
    rows = [row(number, day, votes=votes) for number in numbers]
    return json.dumps(rows, ensure_ascii=False).encode()
