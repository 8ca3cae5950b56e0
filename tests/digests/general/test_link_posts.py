"""Links that are shared on Reddit, Hacker News and Lobsters, and texts below a title."""

from __future__ import annotations

import json

import pytest

from tui.digests.general.fields.title_remarks import without_remarks
from tui.digests.reader import read
from tui.models import Entry

LINK = "https://arxiv.org/abs/2505.08001"
SECONDS = 1747224000  # 2025-05-14

REDDIT = {
    "subreddit": "stairs", "title": "[R] Quiet Stairs", "author": "mia_roth", "ups": 87,
    "score": 87, "created": 1747310400.0, "created_utc": float(SECONDS), "num_comments": 3,
    "url": LINK, "permalink": "/r/stairs/comments/1/x/", "thumbnail": "self", "selftext": "",
}  # fmt: skip
HACKER_NEWS = {
    "objectID": "1", "title": "Quiet Stairs (2025) [pdf]", "author": "mia", "points": 87,
    "url": LINK, "created_at": "2025-05-14T12:00:00Z", "num_comments": 3,
    "_highlightResult": {"author": {"value": "mia"}, "title": {"value": "Quiet <em>Stairs</em>"}},
}  # fmt: skip
STORY = {
    "by": "mia", "descendants": 3, "id": 1, "kids": [2], "score": 87, "time": SECONDS,
    "title": "Quiet Stairs", "type": "story", "url": LINK,
}  # fmt: skip
LOBSTERS = {
    "short_id": "abc123", "title": "Quiet Stairs", "score": 87, "comment_count": 3, "url": LINK,
    "created_at": "2025-05-14T12:00:00.000-05:00", "submitter_user": "mia", "tags": ["ai"],
}  # fmt: skip


def entries(value: object) -> tuple[Entry, ...]:
    return tuple(read(json.dumps(value).encode(), "posts.json").entries)


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": REDDIT}]}},
        {"hits": [HACKER_NEWS], "nbHits": 1, "query": "arxiv"},
        [STORY],
        [LOBSTERS],
    ],
    ids=["reddit", "hacker news", "story", "lobsters"],
)
def test_shared_links(value: object) -> None:
    (entry,) = entries(value)
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet Stairs")
    assert (entry.votes, entry.authors, entry.date) == (87, (), "2025-05-14")
    assert entry.summary == ""


def test_text_of_a_post() -> None:
    text = f"Paper: {LINK}\n\nWe built **stairs**."
    (entry,) = entries([{**REDDIT, "url": "https://www.reddit.com/r/stairs/1", "selftext": text}])
    assert (entry.paper_id, entry.title, entry.votes) == ("2505.08001", "Quiet Stairs", 87)
    assert entry.summary == text


def test_text_that_mentions_a_paper() -> None:
    text = f"Is anyone else tired of stairs, as in {LINK}?"
    assert not entries([{**REDDIT, "url": "https://www.reddit.com/r/stairs/1", "selftext": text}])


def test_scores_of_other_records_are_no_votes() -> None:
    paper = {"title": "Quiet Stairs", "link": LINK, "authors": ["Ada Bell"], "score": 9}
    (entry,) = entries([{**paper, "num_comments": 3}])
    assert (entry.votes, entry.authors) == (None, ("Ada Bell",))


@pytest.mark.parametrize("key", ["body", "content", "text"])
def test_text_below_a_title(key: str) -> None:
    text = f"**Link:** {LINK}\r\n**Authors:** Ada Bell, Cy Dorn\r\n\r\nStairs without noise."
    issue = {
        "number": 7, "title": "Quiet Stairs", "user": {"login": "mia", "id": 4}, "comments": 0,
        "html_url": "https://github.com/mia/reading/issues/7", "created_at": "2025-05-14T09:00:00Z",
        key: text,
    }  # fmt: skip
    (entry,) = entries([issue])
    assert (entry.paper_id, entry.title, entry.date) == ("2505.08001", "Quiet Stairs", "2025-05-14")
    assert entry.authors == ("Ada Bell", "Cy Dorn")
    assert entry.summary.endswith("Stairs without noise.")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[R] Quiet Stairs", "Quiet Stairs"),
        ("[R][P] [PDF] Quiet Stairs", "Quiet Stairs"),
        ("Quiet Stairs [pdf]", "Quiet Stairs"),
        ("Quiet Stairs (PDF)", "Quiet Stairs"),
        ("[Re] Quiet Stairs", "[Re] Quiet Stairs"),
        ("[PDF](https://a.example) Quiet Stairs", "[PDF](https://a.example) Quiet Stairs"),
    ],
)
def test_remarks_around_titles(title: str, expected: str) -> None:
    assert without_remarks(title) == expected


def test_cards_of_posts() -> None:
    card = {"title": "Quiet Stairs", "description": "Stairs without noise."}
    external = {"$type": "app.bsky.embed.external", "external": {"uri": LINK, **card}}
    bluesky = {
        "uri": "at://did:plc:abc/app.bsky.feed.post/3l", "likeCount": 87,
        "author": {"did": "did:plc:abc", "handle": "mia.bsky.social", "displayName": "Mia Roth"},
        "record": {"createdAt": "2025-05-14T08:00:00Z", "text": "Look!", "embed": external},
    }  # fmt: skip
    mastodon = {
        "id": "114", "created_at": "2025-05-14T08:00:00Z", "content": "<p>Look!</p>",
        "account": {"acct": "mia", "display_name": "Mia Roth"}, "favourites_count": 87,
        "card": {"url": LINK, **card, "type": "link", "author_name": ""},
    }  # fmt: skip
    for value in ({"feed": [{"post": bluesky}]}, [mastodon]):
        (entry,) = entries(value)
        assert (entry.paper_id, entry.title, entry.date) == (
            "2505.08001",
            "Quiet Stairs",
            "2025-05-14",
        )
        assert (entry.authors, entry.votes) == ((), 87)
        assert entry.summary == "## Description\n\nStairs without noise."


def test_posts_of_reddit_in_a_few_fields() -> None:
    post = {"title": "[R] Quiet Stairs", "author": "mia_roth", "score": 87}
    (entry,) = entries([post | {"created_utc": SECONDS, "url": LINK}])
    assert (entry.title, entry.authors, entry.votes) == ("Quiet Stairs", (), 87)
    assert entry.date == "2025-05-14"
