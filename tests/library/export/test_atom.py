"""Export to Atom, checked against RFC 4287 and read back as a digest."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

from tests.library.export.records import paper, record, render_text
from tui.digests.reader import read
from tui.library.export.formats import FORMATS
from tui.models import Marks

NS = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = 'A <b>"title"</b> & \x0b\ufffe ]]> ends'

RECORDS = [
    record(
        paper(HOSTILE, "Ada <Kim>", "Bo & Lee", dates=("2025-05-01", "2025-05-22")),
        "# One\n\n<script>alert(1)</script> [x](javascript:alert(1)) **bold** ]]>",
        marks=Marks(tags=('a"b', "rl"), note="Mine & <i>yours</i>"),
    ),
    record(paper("바람", arxiv_id="doi:10.1101/2025.04.11.648321", dates=())),
]


def test_feed_is_valid() -> None:
    text = "".join(FORMATS["atom"].render(RECORDS, "tag:rl & <more>"))
    feed = ElementTree.fromstring(text.encode())
    # What RFC 4287 requires of a feed and of an entry, exactly once (4.1.1 and 4.1.2).
    for element in (feed, *feed.findall("a:entry", NS)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", NS)) == 1, name
        updated = element.findtext("a:updated", namespaces=NS) or ""
        assert datetime.fromisoformat(updated).tzinfo is not None
    entries = feed.findall("a:entry", NS)
    assert all(entry.findall("a:author/a:name", NS) for entry in entries)
    assert all(entry.find("a:content", NS) is not None or entry.find("a:summary", NS) is not None
               for entry in entries)  # fmt: skip
    assert all(len(entry.findall("a:link[@rel='alternate']", NS)) == 1 for entry in entries)
    assert feed.findtext("a:title", namespaces=NS) == "tag:rl & <more>"
    assert entries[0].findtext("a:title", namespaces=NS) == 'A <b>"title"</b> &  ]]> ends'
    assert [entry.findtext("a:updated", namespaces=NS) for entry in entries] == [
        "2025-05-22T00:00:00Z", "2025-04-01T00:00:00Z",
    ]  # fmt: skip
    assert [each.get("term") for each in entries[0].findall("a:category", NS)] == ['a"b', "rl"]
    content = entries[0].findtext("a:content", namespaces=NS) or ""
    assert "<strong>bold</strong>" in content
    assert "&lt;script&gt;" in content
    assert "<script" not in content
    assert 'href="javascript' not in content


def test_feeds_have_an_id_by_their_title() -> None:
    ids = {
        ElementTree.fromstring("".join(FORMATS["atom"].render(RECORDS, title))).findtext(
            "a:id", namespaces=NS
        )
        for title in ("", "one", "two", "one")
    }
    assert len(ids) == 3


def test_feed_is_read_as_a_digest() -> None:
    plain = record(paper("Counting Wind", "Ada Kim", "Bo Lee"), "About **wind**.")
    [entry] = read(render_text([plain], "atom").encode(), "feed.atom").entries
    assert (entry.paper_id, entry.title) == ("2505.04921", "Counting Wind")
    assert (entry.date, entry.authors) == ("2025-05-22", ("Ada Kim", "Bo Lee"))
    assert "About **wind**." in entry.summary
