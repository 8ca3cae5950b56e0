"""Answers of arXiv in the shape in which it sends them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from email.utils import format_datetime
from html import escape
from typing import NamedTuple

from tui.sources.arxiv.announcements import midnight

KINDS = ("new", "new", "cross", "replace", "replace-cross")
CATEGORIES = ("cs.CL", "cs.LG", "stat.ML")


class ArxivPaper(NamedTuple):
    """A paper as arXiv knows it."""

    paper_id: str
    title: str = "Counting Wind"
    categories: tuple[str, ...] = ("cs.CL",)
    announced: str = "new"
    version: int = 1
    published: str = "2025-05-21T17:00:00Z"
    updated: str = ""
    authors: tuple[str, ...] = ("Ann Lee", "Bo Kim")
    abstract: str = "Three mills, and what\nthey count."
    comment: str = ""


def api_answer(papers: Iterable[ArxivPaper], query: str = "", total: int = 0) -> bytes:
    """Return an answer of the API for some papers."""
    entries = "".join(map(_entry, papers))
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
        ' xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">\n'
        "  <id>https://arxiv.org/api/abc</id>\n"
        f"  <title>arXiv Query: search_query={escape(query)}&amp;id_list=&amp;start=0</title>\n"
        "  <updated>2025-05-23T00:00:00Z</updated>\n"
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
        f"{entries}</feed>\n"
    ).encode()


def _entry(paper: ArxivPaper) -> str:
    address = f"arxiv.org/abs/{paper.paper_id}v{paper.version}"
    authors = "".join(
        f"    <author>\n      <name>{escape(name)}</name>\n"
        "      <arxiv:affiliation>Mill</arxiv:affiliation>\n    </author>\n"
        for name in paper.authors
    )
    categories = "".join(f'    <category term="{name}"/>\n' for name in paper.categories)
    comment = f"    <arxiv:comment>{escape(paper.comment)}</arxiv:comment>\n"
    return (
        f"  <entry>\n    <id>http://{address}</id>\n    <title>{escape(paper.title)}</title>\n"
        f"    <updated>{paper.updated or paper.published}</updated>\n"
        f'    <link href="https://{address}" rel="alternate" type="text/html"/>\n'
        f"    <summary>  {escape(paper.abstract)}\n</summary>\n{categories}"
        f"    <published>{paper.published}</published>\n{comment if paper.comment else ''}"
        f'    <arxiv:primary_category term="{paper.categories[0]}"/>\n{authors}  </entry>\n'
    )


def rss_feed(papers: Sequence[ArxivPaper], day: date) -> bytes:
    """Return the RSS feed of a day's announcements."""
    time = format_datetime(midnight(day))
    items = "".join(
        f"    <item>\n      <title>{escape(paper.title)}</title>\n"
        f"      <link>https://arxiv.org/abs/{paper.paper_id}</link>\n"
        f"      <description>arXiv:{paper.paper_id}v{paper.version} Announce Type:"
        f" {paper.announced} \nAbstract: {escape(paper.abstract)}</description>\n"
        f'      <guid isPermaLink="false">oai:arXiv.org:{paper.paper_id}v{paper.version}</guid>\n'
        + "".join(f"      <category>{name}</category>\n" for name in paper.categories)
        + f"      <pubDate>{time}</pubDate>\n"
        f"      <arxiv:announce_type>{paper.announced}</arxiv:announce_type>\n"
        "      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>\n"
        f"      <dc:creator>{escape(', '.join(paper.authors))}</dc:creator>\n    </item>\n"
        for paper in papers
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">\n  <channel>\n'
        "    <title>cs.CL updates on arXiv.org</title>\n"
        '    <atom:link href="http://rss.arxiv.org/rss/cs.CL" rel="self"/>\n'
        f"    <pubDate>{time}</pubDate>\n{items}  </channel>\n</rss>\n"
    ).encode()


def day_of_lists(number: int = 400) -> dict[str, list[ArxivPaper]]:
    """Return a day's lists of three categories, with many papers altogether."""
    lists: dict[str, list[ArxivPaper]] = {category: [] for category in CATEGORIES}
    for n in range(number):
        kind = KINDS[n // 3 % len(KINDS)]
        category = CATEGORIES[n % 3]
        primary = "math.OC" if kind.endswith("cross") else category
        version = 2 if kind.startswith("replace") else 1
        paper = ArxivPaper(
            f"2505.{n:05}", f"Wind {n}", (primary, category)[primary == category :], kind, version
        )
        lists[category].append(paper)
    return lists
