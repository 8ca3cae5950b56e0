"""Texts that data keeps in pieces with styles and links."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
LINK = "https://arxiv.org/abs/2505.08001"
TITLE = "Quiet Stairs in Houses"
REST = "\nAuthors: Ada Bell, Cy Dorn\n"

PIECES: dict[str, object] = {
    "strings_and_pieces": [
        {"type": "bold", "text": TITLE}, REST, {"type": "link", "text": LINK}, "\n\nStairs.\n",
        {"type": "hashtag", "text": "#stairs"},
    ],
    "linked_text": [
        {"type": "text_link", "text": TITLE, "href": LINK}, f"{REST}\nStairs.",
    ],
    "styles_in_an_object": [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "text", "text": TITLE, "style": {"bold": True}},
            {"type": "text", "text": REST}, {"type": "link", "url": LINK},
            {"type": "text", "text": "\n\nStairs."},
        ]}]},
    ],
    "marks_in_a_list": {"type": "doc", "content": [
        {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": TITLE}]},
        {"type": "paragraph", "content": [
            {"type": "text", "text": "Authors: Ada Bell, Cy Dorn"}, {"type": "hardBreak"},
            {"type": "text", "text": "PDF", "marks": [{"type": "link", "attrs": {"href": LINK}}]},
        ]},
        {"type": "paragraph", "content": [{"type": "text", "text": "Stairs."}]},
    ]},
    "inserted_text": {"ops": [
        {"insert": TITLE, "attributes": {"bold": True}}, {"insert": REST},
        {"insert": "arXiv", "attributes": {"link": LINK}}, {"insert": "\n\nStairs.\n"},
    ]},
    "blocks_of_notes": [
        {"type": "heading_2", "heading_2": {"rich_text": [
            {"type": "text", "text": {"content": TITLE, "link": {"url": LINK}},
             "plain_text": TITLE, "href": LINK},
        ]}},
        {"type": "paragraph", "paragraph": {"rich_text": [
            {"type": "text", "plain_text": "Authors: Ada Bell, Cy Dorn"},
        ]}},
        {"type": "paragraph", "paragraph": {"rich_text": [
            {"type": "text", "plain_text": "Stairs."},
        ]}},
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", PIECES)
def test_pieces_are_one_text(name: str) -> None:
    data = {
        "name": "Papers",
        "messages": [{"id": 7, "date": f"{DAY}T09:12:44", "body": PIECES[name]}],
    }
    (entry,) = read(json.dumps(data).encode(), "export.json").entries
    assert (entry.title, entry.date) == (TITLE, DAY)
    assert entry.authors == ("Ada Bell", "Cy Dorn")
    assert "Stairs." in entry.summary
