"""Answers of arXiv's API, its feeds, and feeds of others."""

from __future__ import annotations

from datetime import date

import pytest

from tests.digests.invariants import check_digest
from tests.support.arxiv_answers import ArxivPaper, api_answer, rss_feed
from tui.digests.reader import read
from tui.models import CROSS, REPLACED, UNLISTED, WITHDRAWN, Digest, Entry

DAY = date(2025, 5, 23)


def read_feed(data: bytes | str, path: str = "2025-05-23.xml") -> Digest:
    digest = read(data.encode() if isinstance(data, str) else data, path)
    check_digest(digest)
    return digest


def read_one(paper: ArxivPaper, query: str = "cat:cs.CL") -> Entry:
    [entry] = read_feed(api_answer([paper], query)).entries
    return entry


def test_answer_of_the_api_has_all_fields() -> None:
    paper = ArxivPaper(
        "2505.04921", "Counting\n  Wind & Water", ("cs.CL", "stat.ML", "68T50"),
        authors=("Ann Lee", "이 선"), comment="12 pages",
    )  # fmt: skip
    digest = read_feed(api_answer([paper], "cat:cs.CL"))
    assert (digest.dialect, digest.problems) == ("atom", ())
    [entry] = digest.entries
    assert (entry.paper_id, entry.date, entry.published) == (
        "2505.04921", "2025-05-23", "2025-05-21",
    )  # fmt: skip
    assert (entry.title, entry.is_arxiv_title) == ("Counting Wind & Water", True)
    assert entry.authors == ("Ann Lee", "이 선")
    assert entry.labels == ("cs.CL", "stat.ML")
    assert "Three mills, and what\nthey count." in entry.summary
    assert "- **Comment**: 12 pages" in entry.summary
    assert entry.votes is None


@pytest.mark.parametrize(
    ("query", "is_cross"),
    [
        ("cat:stat.ML AND submittedDate:[1 TO 2]", True),
        ("(cat:stat.ML OR cat:cs.CL)", False),
        ("cat:cs.*", False),
        ("all:wind", False),
    ],
)
def test_paper_of_another_primary_category_is_cross_listed(query: str, is_cross: bool) -> None:
    entry = read_one(ArxivPaper("2505.04921", categories=("cs.CL", "stat.ML")), query)
    assert (CROSS in entry.labels) == is_cross


def test_announcements_of_a_feed_are_distinguished() -> None:
    kinds = {"new": (), "cross": (CROSS,), "replace": (REPLACED, UNLISTED, "+v2@2025-05-23"),
             "replace-cross": (REPLACED, UNLISTED, CROSS, "+v2@2025-05-23")}  # fmt: skip
    papers = [
        ArxivPaper(f"2505.0000{n}", announced=kind, version=1 + kind.startswith("replace"))
        for n, kind in enumerate(kinds)
    ]
    digest = read_feed(rss_feed(papers, DAY), "feed.xml")
    assert [entry.labels[1:] for entry in digest.entries] == list(kinds.values())
    assert {entry.date for entry in digest.entries} == {"2025-05-23"}
    assert digest.entries[0].authors == ("Ann Lee", "Bo Kim")
    assert digest.entries[0].summary.startswith("## Abstract\n\nThree mills")


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ({"version": 3, "updated": "2025-08-01T10:00:00Z"}, ("+v3@2025-08-01",)),
        ({"version": 2, "updated": "2025-05-22T10:00:00Z"}, ()),
        ({"comment": "This paper has been withdrawn by Ann Lee"}, (WITHDRAWN,)),
        ({"comment": "Withdrawn: an error in Lemma 2"}, (WITHDRAWN,)),
        ({"abstract": "Funds are withdrawn from banks."}, ()),
    ],
)
def test_later_versions_and_withdrawals_are_noticed(
    fields: dict[str, object], labels: tuple[str, ...]
) -> None:
    entry = read_one(ArxivPaper("2505.04921")._replace(**fields))  # type: ignore[arg-type]
    assert entry.labels[1:] == labels


RSS = """<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:1/rss.dtd">
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Mills</title>
<item><title>Wind &amp;amp; Water</title><media:title>no</media:title>
  <link>https://www.biorxiv.org/content/10.1101/2025.04.11.648359v1?rss=1</link>
  <description><![CDATA[<p>We <b>count</b>.</p><script>x()</script>]]></description>
  <dc:creator>Lee, A., Kim, B.</dc:creator><dc:date>2025-05-20</dc:date></item>
<item><title>A post</title><link>https://mills.example/post</link>
  <description>About https://arxiv.org/abs/2505.04921v2 by others.</description>
  <pubDate>Thu, 22 May 2025 23:30:00 +0200</pubDate></item>
<item><title>Nothing</title><link>https://mills.example/2</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Mills</title><entry>
  <title type="html">Wind</title><link rel="enclosure" href="https://mills.example/a.mp3"/>
  <link href="https://arxiv.org/pdf/2505.04921"/><id>tag:mills,2025:1</id>
  <author><name>Ann Lee</name><email>ann@mills.example</email></author>
  <updated>2025-05-20T23:00:00+09:00</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">It <b>blows</b>.</div></content>
</entry></feed>"""


def test_items_of_other_feeds_that_link_to_papers_are_read() -> None:
    first, second = read(RSS.encode(), "feeds/mills/2025-06-01.xml").entries
    assert (first.paper_id, first.title, first.date) == (
        "doi:10.1101/2025.04.11.648359", "Wind & Water", "2025-05-20",
    )  # fmt: skip
    assert first.authors == ("A. Lee", "B. Kim")
    assert "We **count**." in first.summary
    assert "x()" not in first.summary
    assert (second.paper_id, second.date, second.is_arxiv_title) == (
        "2505.04921", "2025-05-22", False,
    )  # fmt: skip
    [entry] = read_feed(ATOM).entries
    assert (entry.paper_id, entry.date, entry.authors) == (
        "2505.04921", "2025-05-20", ("Ann Lee",),
    )  # fmt: skip
    assert entry.summary == "It blows."


ATTRIBUTES = " ".join(f"a{n}=''" for n in range(20_000))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("start", "middle"),
    [
        (f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>', "<title>&l11;</title>"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<title>&x;</title>"),
        (f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]>', f"<title>{'&a;' * 50_000}</title>"),
        ("", "<b>" * 200_000),
        ("", "<title><![CDATA[" * 50_000),
        ("", "<title/>" * 400_000),
        ("", "<title>" + "&amp;" * 200_000),
        ("", f"<title {ATTRIBUTES}>"),
    ],
    ids=[
        "laughs",
        "external",
        "quadratic",
        "deep",
        "cdata",
        "elements",
        "references",
        "attributes",
    ],
)
def test_hostile_feeds_take_little_and_expand_nothing(start: str, middle: str) -> None:
    link = "<item><link>https://arxiv.org/abs/2505.04921</link>"
    digest = read_feed(f"{start}<rss><channel>{link}{middle}</item></channel></rss>")
    assert sum(len(entry.title or "") + len(entry.summary) for entry in digest.entries) < 2_000_000
    assert not any("root:" in entry.summary + str(entry.title) for entry in digest.entries)


@pytest.mark.parametrize(
    "authors",
    [
        "著者: Ada Bell, Cy Dorn",
        "<strong>저자:</strong> Ada Bell, Cy Dorn",
        "作者：Ada Bell、Cy Dorn",
        "Tác giả: Ada Bell và Cy Dorn",
        "👥 Ada Bell, Cy Dorn",
        "by Ada Bell and Cy Dorn",
        "<em>Ada Bell, Cy Dorn</em>",
    ],
)
def test_fields_in_the_description_of_an_item(authors: str) -> None:
    item = (
        "<item><title>静かな階段</title><link>https://arxiv.org/abs/2505.08001</link>"
        "<pubDate>Wed, 14 May 2025 07:00:00 +0900</pubDate><description>"
        f"<![CDATA[<p>{authors}</p><p>原題: Quiet Stairs</p><p>👍 12</p><p>Stairs are quiet.</p>]]>"
        "</description></item>"
    )
    feed = f"<rss><channel><title>Stairs</title>{item}</channel></rss>"
    [entry] = read_feed(feed).entries
    assert (entry.title, entry.authors, entry.votes) == (
        "Quiet Stairs",
        ("Ada Bell", "Cy Dorn"),
        12,
    )
    assert "静かな階段" in entry.summary
    assert "Stairs are quiet." in entry.summary


def test_labelled_authors_count_more_than_who_wrote_an_item() -> None:
    item = (
        "<item><title>Quiet Stairs</title><link>https://arxiv.org/abs/2505.08001</link>"
        "<dc:creator>Mia Roth</dc:creator><description>{}Stairs.</description></item>"
    )
    for description, authors in [("Authors: Ada Bell, Cy Dorn&lt;br&gt;", ("Ada Bell", "Cy Dorn")),
                                 ("", ("Mia Roth",))]:  # fmt: skip
        feed = f'<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{item}</channel></rss>'
        [entry] = read_feed(feed.format(description)).entries
        assert entry.authors == authors


@pytest.mark.parametrize("numbers", [(1, 2), (1,)])
def test_papers_of_an_item_that_is_an_issue(numbers: tuple[int, ...]) -> None:
    papers = "".join(
        f'<h2><a href="https://arxiv.org/abs/2505.0800{number}">Quiet Stairs {number}</a></h2>'
        "<p><b>Authors:</b> Ada Bell, Cy Dorn</p><p>Stairs without noise.</p><p>34 upvotes</p>"
        for number in numbers
    )
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Morning</title><entry>'
        "<title>Morning Papers for May 14, 2025</title><id>https://example.org/14/</id>"
        '<link href="https://example.org/14/"/><updated>2025-05-14T06:00:00Z</updated>'
        f'<content type="html"><![CDATA[{papers}]]></content></entry></feed>'
    )
    entries = read_feed(text, "feed.xml").entries
    assert [(entry.paper_id, entry.title) for entry in entries] == [
        (f"2505.0800{number}", f"Quiet Stairs {number}") for number in numbers
    ]
    assert {(entry.date, entry.votes, entry.authors) for entry in entries} == {
        ("2025-05-14", 34, ("Ada Bell", "Cy Dorn"))
    }


def test_references_below_a_post_about_a_paper_are_no_papers() -> None:
    text = (
        '<rss version="2.0"><channel><item><title>Quiet Stairs, explained</title>'
        "<link>https://blog.example.org/stairs</link>"
        "<pubDate>Wed, 14 May 2025 06:00:00 GMT</pubDate>"
        "<description><![CDATA[<p>We read https://arxiv.org/abs/2505.08001.</p>"
        "<h3>See also</h3><ul>"
        '<li><a href="https://arxiv.org/abs/2401.00001">Old Stairs</a></li>'
        '<li><a href="https://arxiv.org/abs/2401.00002">Loud Stairs</a></li></ul>]]></description>'
        "</item></channel></rss>"
    )
    assert [entry.paper_id for entry in read_feed(text, "feed.xml").entries] == ["2505.08001"]


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        ("<author><name>/u/mia_roth</name></author>", ()),
        (
            "<dc:creator>mia</dc:creator><comments>https://news.ycombinator.com/item?id=1</comments>",
            (),
        ),
        (
            "<dc:creator>Mia Roth</dc:creator><comments>https://a.example/7</comments>",
            ("Mia Roth",),
        ),
    ],
)
def test_who_shares_a_link_is_no_author(names: str, authors: tuple[str, ...]) -> None:
    text = (
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Links</title><item>'
        f"<title>[R] Quiet Stairs [pdf]</title><link>https://arxiv.org/abs/2505.08001</link>{names}"
        "<pubDate>Wed, 14 May 2025 12:00:00 +0000</pubDate></item></channel></rss>"
    )
    (entry,) = read_feed(text).entries
    assert (entry.title, entry.authors) == ("Quiet Stairs", authors)
