"""Outlines in OPML, as programs for notes and reading lists export them."""

from __future__ import annotations

import pytest

from tui.digests.general.markup.outlines import markdown_of_outline
from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"
HEAD = '<?xml version="1.0"?>\n<opml version="2.0"><head><title>Reading list</title></head><body>\n'
END = "</body></opml>\n"


@pytest.mark.parametrize(
    "items",
    [
        f'<outline text="Quiet &amp; Loud Stairs" url="{LINK}" _note="Without noise."/>',
        f'<outline title="Quiet &amp; Loud Stairs" htmlUrl="{LINK}">'
        '<outline text="Without noise."/></outline>',
        f"<outline text='[Quiet &amp; Loud Stairs]({LINK})' _note='Without noise.'></outline>",
    ],
)
def test_items_with_links(items: str) -> None:
    text = f'{HEAD}<outline text="14 May 2025">\n{items}\n</outline>{END}'
    (entry,) = read(text.encode(), "list.opml").entries
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet & Loud Stairs")
    assert (entry.date, entry.line) == ("2025-05-14", 4)
    assert "Without noise." in entry.summary


def test_day_of_the_last_change() -> None:
    head = HEAD.replace(
        "</head>", "<dateModified>Wed, 14 May 2025 08:00:00 GMT</dateModified></head>"
    )
    text = f'{head}<outline text="Quiet Stairs" url="{LINK}"/>{END}'
    (entry,) = read(text.encode(), "list.opml").entries
    assert (entry.title, entry.date) == ("Quiet Stairs", "2025-05-14")


def test_subscriptions_are_left_out() -> None:
    feed = '<outline text="cs.CL" type="rss" xmlUrl="https://rss.arxiv.org/rss/cs.CL"/>'
    assert markdown_of_outline(HEAD + feed + END) == "# Reading list\n"


@pytest.mark.parametrize("text", ["", "# Stairs", "<html></html>", "<?xml version='1.0'?><feed/>"])
def test_other_texts(text: str) -> None:
    assert markdown_of_outline(text) is None
