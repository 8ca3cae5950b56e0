"""``broadsheet fetch`` with lists of arXiv, feeds and details, from a local server."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.arxiv_answers import (
    CATEGORIES,
    ArxivPaper,
    api_answer,
    day_of_lists,
    rss_feed,
)
from tests.support.arxiv_server import ArxivHandler, ArxivServer
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, hub_digest, write_digest
from tui.sources.arxiv.announcements import current_day, last_days, submission_interval


@pytest.fixture
def arxiv() -> Iterator[ArxivServer]:
    with ArxivServer() as arxiv:
        yield arxiv


@pytest.fixture
def home(tmp_path: Path, arxiv: ArxivServer) -> Home:
    return Home(tmp_path, arxiv.environment)


def test_a_day_of_three_categories_is_fetched_and_filtered(home: Home, arxiv: ArxivServer) -> None:
    lists = day_of_lists()
    arxiv.rss = {category: rss_feed(papers, current_day()) for category, papers in lists.items()}
    arguments = [word for category in CATEGORIES for word in ("--arxiv", category)]
    result = home.run("fetch", *arguments)
    assert (result.code, result.err) == (0, "")
    assert f"cs.CL {current_day()}: 134 papers" in result.lines
    assert arxiv.requests == [f"/rss/{category}" for category in CATEGORIES]
    papers = [paper for listed in lists.values() for paper in listed]
    listed = [paper for paper in papers if not paper.announced.startswith("replace")]
    assert (len(papers), len(listed)) == (400, 243)
    in_category = [paper for paper in listed if "cs.CL" in paper.categories]
    new = [paper for paper in in_category if paper.announced == "new"]
    counts = {
        "": len(listed),
        "cat:cs.CL": len(in_category),
        "cat:cs.CL -is:cross": len(new),
        "cat:math": sum("math.OC" in paper.categories for paper in listed),
        "is:replaced": len(papers) - len(listed),
    }
    for query, number in counts.items():
        assert home.run("count", *filter(None, [query])).out.strip() == str(number), query
    assert home.run("list", "cat:stat.ML is:cross", "--format", "json").json[0]["dates"] == [
        str(current_day())
    ]
    # The lists are kept as they were served, and asked for with validators.
    file = home.root / "data" / "broadsheet" / "arxiv" / "cs.CL" / f"{current_day()}.xml"
    assert file.read_bytes() == arxiv.rss["cs.CL"]
    again = home.run("fetch", *arguments, "--format", "json").json["downloads"]
    assert (again["fetched"], len(again["unchanged"]), again["added"]) == ([], 3, [])


def test_only_new_papers_are_kept_on_request(home: Home, arxiv: ArxivServer) -> None:
    day, older = last_days(2, current_day())
    papers = day_of_lists(30)["cs.CL"]
    arxiv.rss = {"cs.CL": rss_feed(papers, day)}
    start, end = submission_interval(older)
    for number, (moment, categories) in enumerate(
        [
            (start, ("cs.CL",)),
            (end - timedelta(minutes=1), ("cs.LG", "cs.CL")),
            (end, ("cs.CL",)),
        ]
    ):
        published = f"{moment:%Y-%m-%dT%H:%M:00Z}"
        arxiv.papers.append(
            ArxivPaper(f"2504.{number:05}", f"Old {number}", categories, published=published)
        )
    result = home.run("fetch", "--arxiv", "cs.CL", "--days", "2", "--new-only")
    assert (result.code, result.err) == (0, "")
    listed = home.run("list", "--format", "json").json
    assert {paper["title"] for paper in listed if paper["dates"] == [str(older)]} == {"Old 0"}
    new = {paper.title for paper in papers if paper.announced == "new"}
    assert {paper["title"] for paper in listed if paper["dates"] == [str(day)]} == new
    # The old list is complete now.
    kept = home.run("fetch", "--arxiv", "cs.CL", "--since", str(older), "--format", "json")
    assert kept.code == 0


def test_long_lists_are_fetched_in_pages(home: Home, arxiv: ArxivServer) -> None:
    day = last_days(3, current_day())[-1]
    published = f"{submission_interval(day)[0]:%Y-%m-%dT%H:%M:00Z}"
    arxiv.papers = [ArxivPaper(f"2505.{n:05}", published=published) for n in range(1101)]
    assert home.run("fetch", "--arxiv", "cs.CL", "--date", str(day)).code == 0
    assert len(arxiv.requests) == 3
    assert home.run("count").out.strip() == "1101"


def test_settings_name_categories_and_feeds(home: Home, arxiv: ArxivServer) -> None:
    arxiv.rss = {"cs.CL": rss_feed(day_of_lists(30)["cs.CL"], current_day())}
    arxiv.feeds["/blog/feed.xml"] = feed_of("2505.11111", "2505.22222")
    added = home.run("add", f"{arxiv.url}/blog/feed.xml")
    assert (added.code, added.err) == (0, "")
    settings = tomllib.loads(home.config.read_text(encoding="utf-8"))
    assert settings["feeds"] == [f"{arxiv.url}/blog/feed.xml"]
    home.config.write_text(f'arxiv = ["cs.CL"]\n{home.config.read_text(encoding="utf-8")}')
    # One more item, and two that are there already.
    arxiv.feeds["/blog/feed.xml"] = feed_of("2505.33333", "2505.11111", "2505.22222")
    result = home.run("fetch", "--format", "json")
    assert result.code == 0
    fetched = {each["name"]: each["papers"] for each in result.json["downloads"]["fetched"]}
    address = f"{arxiv.url.partition('//')[2]}/blog/feed.xml"
    assert fetched == {f"cs.CL {current_day()}": 10, address: 1}
    [file] = (home.root / "data" / "broadsheet" / "feeds").rglob("*.xml")
    assert file.read_text(encoding="utf-8").count("<item>") == 3
    assert home.run("count", "-cat:cs -cat:math").out.strip() == "3"
    removed = home.run("remove", f"{arxiv.url}/blog/feed.xml")
    assert removed.code == 0
    assert tomllib.loads(home.config.read_text(encoding="utf-8"))["feeds"] == []


def test_feeds_that_stay_keep_their_comments(home: Home) -> None:
    first, second = "https://a.example/feed.xml", "https://b.example/feed.xml"
    home.configure(f'feeds = [\n  "{first}",  # every Monday\n  "{second}",\n  "{second}",\n]\n')
    assert home.run("remove", second).code == 0
    assert home.config.read_text(encoding="utf-8") == (
        f'feeds = [\n  "{first}",  # every Monday\n]\n'
    )


def test_feed_that_is_not_well_formed_replaces_no_items(home: Home, arxiv: ArxivServer) -> None:
    arxiv.feeds["/feed.xml"] = feed_of("2505.11111", "2505.22222")
    assert home.run("add", f"{arxiv.url}/feed.xml").code == 0
    arxiv.feeds["/feed.xml"] = feed_of("2505.33333").replace(b"</channel>", b"")
    for _ in range(2):
        assert home.run("fetch").code == 0
        assert home.run("count").out.strip() == "3"
    arxiv.feeds["/feed.xml"] = feed_of("2505.44444")
    assert home.run("fetch").code == 0
    assert home.run("count").out.strip() == "4"


def feed_of(*ids: str) -> bytes:
    items = "".join(
        f"<item><title>On {each}</title><link>https://arxiv.org/abs/{each}</link>"
        "<pubDate>Thu, 22 May 2025 10:00:00 +0000</pubDate></item>\n"
        for each in ids
    )
    return f'<rss version="2.0"><channel><title>Blog</title>{items}</channel></rss>'.encode()


def test_details_complete_papers(home: Home, arxiv: ArxivServer) -> None:
    digests = home.root / "digests"
    # Three days of one paper each, of which only the ids are known.
    for number in (1, 2, 9):
        line = json.dumps({"id": f"2505.0000{number}", "categories": []})
        write_digest(digests / f"2025-05-2{number}.jsonl", line)
    assert home.run("add", digests).code == 0
    arxiv.papers = [
        ArxivPaper(f"2505.0000{n}", f"Wind {n}", ("cs.CL", "cs.RO")[n - 1 :]) for n in (1, 2)
    ]
    arxiv.hub["2505.00001"] = {
        "id": "2505.00001", "title": "Wind 1", "upvotes": 7, "authors": [{"name": "Ann Lee"}],
        "summary": "Mills.", "githubRepo": "https://github.com/ann/wind",
        "publishedAt": "2025-05-20T00:00:00.000Z",
    }  # fmt: skip
    result = home.run("fetch", "--details")
    assert (result.code, result.err) == (0, "")
    [query] = [path for path in arxiv.requests if "id_list" in path]
    assert "2505.00001" in query
    assert "2505.00002" in query
    papers = {each["title"]: each for each in home.run("list", "--format", "json").json}
    assert set(papers) == {"Wind 1", "Wind 2", "2505.00009"}
    assert papers["Wind 1"]["votes"] == 7
    assert papers["Wind 1"]["dates"] == ["2025-05-21"]
    assert papers["Wind 2"]["authors"] == ["Ann Lee", "Bo Kim"]
    assert home.run("count", "has:code cat:cs.CL").out.strip() == "1"
    assert "what\nthey count" in home.run("show", "2505.00002").out
    # Nothing is asked about again at once, and everything survives a rebuild.
    number = len(arxiv.requests)
    assert home.run("fetch", "--details").code == 0
    assert len(arxiv.requests) == number
    assert home.run("sync", "--rebuild").code == 0
    assert home.run("count", "has:code cat:cs.CL").out.strip() == "1"


def test_new_versions_and_withdrawals_of_starred_papers_are_noticed(
    home: Home, arxiv: ArxivServer
) -> None:
    papers = [SamplePaper(f"2505.0000{n}", f"Wind {n}", 5, ("Ann Lee",)) for n in (1, 2, 3)]
    write_digest(home.root / "digests" / "2025-05-22.json", hub_digest("2025-05-22", papers))
    home.run("add", home.root / "digests")
    for each in papers[:2]:
        home.run("marks", "set", each.id, "--star")
    arxiv.papers = [
        ArxivPaper("2505.00001", "Wind 1", version=3, updated="2025-08-01T10:00:00Z"),
        ArxivPaper("2505.00002", "Wind 2", comment="This paper has been withdrawn by Ann Lee"),
    ]
    assert home.run("fetch", "--details", "is:starred").code == 0
    assert not any("2505.00003" in path for path in arxiv.requests)
    revised = home.run("list", "is:revised", "--format", "json").json
    assert [paper["title"] for paper in revised] == ["Wind 1"]
    # It is news until the reader knows about it, and so is the next one.
    assert home.run("marks", "set", "is:revised", "--read").code == 0
    assert home.run("count", "is:revised").out.strip() == "0"
    [details] = (home.root / "data").rglob("*.details.xml")
    details.write_text(details.read_text("utf-8").replace("00001v3", "00001v4"), "utf-8")
    assert home.run("count", "is:revised").out.strip() == "1"
    withdrawn = home.run("list", "is:withdrawn", "--format", "json").json
    assert [paper["title"] for paper in withdrawn] == ["Wind 2"]
    # Once another digest lists the new version, it is news no more.
    write_digest(home.root / "digests" / "2025-08-02.json", hub_digest("2025-08-02", papers[:1]))
    assert home.run("count", "is:revised").out.strip() == "0"


def stop_sending(handler: ArxivHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<")
    handler.server.stopping.wait()


def huge(handler: ArxivHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000000")
    handler.end_headers()


@pytest.mark.parametrize(
    ("respond", "message"),
    [
        pytest.param(stop_sending, "stopped sending", id="slow"),
        pytest.param(huge, "too large", id="huge"),
        pytest.param(lambda h: h.respond(b"<html>Sorry</html>"), "not a feed", id="page"),
        pytest.param(lambda h: h.respond(b"no", 503), "503", id="unavailable"),
        pytest.param(
            lambda h: h.respond(b"", 302, Location="file:///etc/passwd"),
            "not allowed",
            id="redirect",
        ),
        pytest.param(
            lambda h: h.respond(
                b'<!DOCTYPE a [<!ENTITY a "aaaa">]><feed><title>&a;</title></feed>'
            ),
            "not a feed",
            id="entities",
        ),
        pytest.param(
            lambda h: h.respond(api_answer([], total=7)), "0 of 7 papers", id="empty page"
        ),
    ],
)
def test_bad_servers_are_reported_and_change_nothing(
    home: Home, arxiv: ArxivServer, respond: object, message: str
) -> None:
    day = last_days(2, current_day())[-1]
    arxiv.overrides["/api/query"] = respond  # type: ignore[assignment]
    options = ["--tries", "1", "--timeout", "1"]
    result = home.run("fetch", "--arxiv", "cs.CL", "--date", str(day), *options)
    assert result.code == 2
    assert message in result.err
    assert "Traceback" not in result.err
    assert not (home.root / "data" / "broadsheet" / "arxiv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--arxiv", "cs CL"], "not a category"),
        (["--arxiv", "../x"], "not a category"),
        (["--details", "votes:x"], "no papers of your own"),
    ],
)
def test_wrong_arguments_are_explained(home: Home, arguments: list[str], message: str) -> None:
    result = home.run("fetch", *arguments)
    assert result.code == 2
    assert message in result.err


def test_days_are_those_of_arxivs_lists() -> None:
    friday = date(2025, 5, 23)
    assert last_days(3, date(2025, 5, 26)) == [date(2025, 5, 26), friday, date(2025, 5, 22)]
    start, end = submission_interval(date(2025, 5, 27))
    assert (f"{start:%a %d %H}", f"{end:%a %d %H}") == ("Fri 23 18", "Mon 26 18")
