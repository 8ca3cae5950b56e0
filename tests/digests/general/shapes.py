"""The same papers in the many shapes in which people and programs write digests.

Each shape is a function that returns the path and the text of a digest. Its decorator declares what
the shape does not contain, so that a test can compare the rest.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import yaml


@dataclass(frozen=True)
class WrittenPaper:
    """A paper as a digest may describe it; everything is made up.

    Attributes:
        arxiv_id: without a version.
        title: on one line.
        authors: in order.
        votes: how many.
        summary: one sentence.
    """

    arxiv_id: str
    title: str
    authors: tuple[str, ...]
    votes: int
    summary: str

    @property
    def url(self) -> str:
        """The page of the abstract."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf(self) -> str:
        """The PDF."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}v1"

    @property
    def names(self) -> str:
        """The authors, separated by commas."""
        return ", ".join(self.authors)


class PreprintElsewhere(WrittenPaper):
    """A paper on bioRxiv, whose ``arxiv_id`` is its DOI."""

    @property
    def url(self) -> str:
        """The DOI as a link."""
        return f"https://doi.org/{self.arxiv_id}"

    @property
    def pdf(self) -> str:
        """The PDF."""
        return f"https://www.biorxiv.org/content/{self.arxiv_id}v1.full.pdf"


Papers = Sequence[WrittenPaper]
Writer = Callable[[Papers, date], tuple[str, str]]


@dataclass(frozen=True)
class Shape:
    """A way of writing a digest.

    Attributes:
        name: of the shape.
        write: returns path and text.
        losses: attributes of papers that this shape leaves out.
    """

    name: str
    write: Writer
    losses: frozenset[str]


SHAPES: list[Shape] = []


def shape(*losses: str) -> Callable[[Writer], Writer]:
    """Declare a shape and what it leaves out."""

    def declare(write: Writer) -> Writer:
        SHAPES.append(Shape(write.__name__, write, frozenset(losses)))
        return write

    return declare


def numbered(papers: Papers) -> list[tuple[int, WrittenPaper]]:
    """Number papers from 1."""
    return list(enumerate(papers, start=1))


def page(*parts: str) -> str:
    """Join the parts of a page with blank lines."""
    return "\n\n".join(parts) + "\n"


# --- Headings -------------------------------------------------------------------------------------


@shape()
def headings_with_fields(papers: Papers, day: date) -> tuple[str, str]:
    """A heading for each paper, and its fields as a list."""
    parts = [
        f"## {number}. {p.title}\n\n- **Authors**: {p.names}\n- **Link**: [arXiv]({p.url})\n"
        f"- **Upvotes**: {p.votes}\n- **Abstract**: {p.summary}"
        for number, p in numbered(papers)
    ]
    return "digest.md", page(f"# AI papers of {day}", *parts)


@shape()
def korean_headings(papers: Papers, day: date) -> tuple[str, str]:
    """The same in Korean, with bold labels and line breaks."""
    parts = [
        f"### {number}. {p.title}\n\n**저자:** {p.names}  \n**추천 수:** {p.votes}  \n"
        f"**논문 링크:** {p.url}\n\n**요약**\n\n{p.summary}"
        for number, p in numbered(papers)
    ]
    return "보고서.md", page(f"# {day.year}년 {day.month}월 {day.day}일 논문", *parts)


@shape("votes")
def chinese_headings(papers: Papers, day: date) -> tuple[str, str]:
    """The same in Chinese, with full-width colons and breaks between papers."""
    parts = [
        f"## {p.title}\n\n- 作者：{'、'.join(p.authors)}\n- 论文链接：<{p.url}>\n"
        f"- 摘要：{p.summary}\n\n---"
        for p in papers
    ]
    return "日报.md", page(f"# 论文日报 {day.year}年{day.month}月{day.day}日", *parts)


@shape("votes")
def japanese_headings(papers: Papers, day: date) -> tuple[str, str]:
    """The same in Japanese."""
    parts = [
        f"## 📄 {p.title}\n\n**著者**: {p.names}\n**論文**: [{p.arxiv_id}]({p.url})\n\n"
        f"### 概要\n\n{p.summary}"
        for p in papers
    ]
    return f"{day:%Y-%m-%d}.md", page("# 今日の論文", *parts)


@shape()
def vietnamese_headings(papers: Papers, day: date) -> tuple[str, str]:
    """The same in Vietnamese."""
    parts = [
        f"## {number}) {p.title}\n\n* Tác giả: {p.names}\n* Liên kết: {p.url}\n"
        f"* Lượt thích: {p.votes}\n\nTóm tắt: {p.summary}"
        for number, p in numbered(papers)
    ]
    return f"{day:%Y/%m/%d}.md", page("# Bài báo trong ngày", *parts)


@shape("votes")
def underlined_headings(papers: Papers, day: date) -> tuple[str, str]:
    """Setext headings."""
    parts = [f"{p.title}\n----\n\nBy {p.names}\n\n{p.pdf}\n\n{p.summary}" for p in papers]
    return "papers.md", page(f"Papers {day:%d %B %Y}\n=====", *parts)


@shape("votes", "authors")
def deep_headings(papers: Papers, day: date) -> tuple[str, str]:
    """Papers below topics below days."""
    parts = [f"#### [{p.title}]({p.url})\n\n{p.summary}" for p in papers]
    return "log.md", page(
        f"## {day:%Y.%m.%d}", "### Vision", *parts[:1], "### Language", *parts[1:]
    )


@shape("votes")
def headings_with_pdf_below(papers: Papers, day: date) -> tuple[str, str]:
    """The title in a heading, and a line of links and one of authors below."""
    parts = [
        f"### {p.title}\n\n*{p.names}*\n\n[[PDF]]({p.pdf}) [[Code]](https://github.com/example/a)"
        f"\n\n> {p.summary}"
        for p in papers
    ]
    return f"{day:%d-%b-%Y}/README.md", page("# Papers", *parts)


@shape("votes")
def emoji_labels(papers: Papers, day: date) -> tuple[str, str]:
    """Labels with symbols before them."""
    parts = [
        f"## 🔥 {p.title}\n\n👥 **Authors:** {p.names}\n\n🔗 **Paper:** {p.url}\n\n"
        f"📝 **Summary:** {p.summary}"
        for p in papers
    ]
    return "today.md", page(f"# 🤖 Daily digest: {day:%B} {day.day}, {day.year}", *parts)


@shape()
def table_of_fields(papers: Papers, day: date) -> tuple[str, str]:
    """The fields of each paper as a small table."""
    parts = [
        f"## {p.title}\n\n| Field | Value |\n|---|---|\n| Authors | {p.names} |\n"
        f"| arXiv | [{p.arxiv_id}]({p.url}) |\n| Votes | {p.votes} |\n\n{p.summary}"
        for p in papers
    ]
    return f"{day:%Y%m%d}.md", page("# Reading list", *parts)


@shape("votes")
def bold_titles(papers: Papers, day: date) -> tuple[str, str]:
    """Bold lines instead of headings."""
    parts = [
        f"**{number}. {p.title}**\n\nAuthors: {p.names}\n\narXiv: {p.arxiv_id}\n\n{p.summary}"
        for number, p in numbered(papers)
    ]
    return "mail.txt", page(f"Papers of {day}", *parts)


@shape("votes", "authors")
def ids_as_headings(papers: Papers, day: date) -> tuple[str, str]:
    """An id as the heading, and the title below."""
    parts = [f"## arXiv:{p.arxiv_id}\n\n**{p.title}**\n\n{p.summary}" for p in papers]
    return f"notes/{day}.md", page(*parts)


@shape()
def collapsed(papers: Papers, day: date) -> tuple[str, str]:
    """Each paper in a ``<details>``."""
    parts = [
        f"<details>\n<summary><b>{p.title}</b> 👍 {p.votes}</summary>\n\n**Authors:** {p.names}\n\n"
        f"**arXiv ID:** {p.arxiv_id}\n\n{p.summary}\n\n</details>"
        for p in papers
    ]
    return f"{day}.md", page("# Digest", *parts)


@shape("votes")
def fields_before_the_link(papers: Papers, day: date) -> tuple[str, str]:
    """Several fields on a line."""
    parts = [
        f"### {p.title}\n**Authors:** {p.names} | **arXiv:** [{p.arxiv_id}]({p.url})\n\n{p.summary}"
        for p in papers
    ]
    return "week.md", page(f"# Papers · {day}", *parts)


# --- Plain text -----------------------------------------------------------------------------------


@shape()
def channel_posts(papers: Papers, day: date) -> tuple[str, str]:
    """Paragraphs whose lines start with symbols, as in a channel of a messenger."""
    parts = [
        f"📄 {p.title}\n👥 {p.names}\n🔗 {p.url}\n▲ {p.votes}\n{p.summary}\n\n➖➖➖➖"
        for p in papers
    ]
    return "channel.txt", page(f"🗞 Papers of {day:%d/%m/%Y}", *parts)


@shape("votes")
def plain_mail(papers: Papers, day: date) -> tuple[str, str]:
    """Numbered paragraphs between rules, with indented fields."""
    rule = "-" * 40
    parts = [
        f"{rule}\n[{number}] {p.title}\n    Autores: {' y '.join(p.authors)}\n    {p.url}\n\n"
        f"    {p.summary}"
        for number, p in numbered(papers)
    ]
    return f"boletin-{day:%d-%B-%Y}.txt", page("Hola a todos:", *parts)


@shape("votes", "authors", "summary")
def lines_with_links(papers: Papers, day: date) -> tuple[str, str]:
    """A line for each paper, without any mark of a list."""
    lines = "\n".join(f"{p.title}: {p.url}" for p in papers)
    return "chat.txt", page(f"To read, {day}", lines)


@shape()
def labels_only(papers: Papers, day: date) -> tuple[str, str]:
    """Paragraphs of labelled lines."""
    parts = [
        f"Title: {p.title}\nAuthors: {p.names}\nURL: {p.url}\nUpvotes: {p.votes}\n"
        f"Summary: {p.summary}"
        for p in papers
    ]
    return "papers.txt", page(f"Date: {day:%d/%m/%Y}", *parts)


@shape("votes")
def org_mode(papers: Papers, day: date) -> tuple[str, str]:
    """Outlines of Org mode, with its lists of terms."""
    items = [
        f"* {p.title}\n  - Link :: {p.url}\n  - Authors :: {p.names}\n  - Note :: {p.summary}"
        for p in papers
    ]
    return "papers.org", page(f"#+DATE: {day}", "\n".join(items))


@shape()
def callouts(papers: Papers, day: date) -> tuple[str, str]:
    """Callouts, which are quotations with a type."""
    parts = [
        f"> [!abstract] [{p.title}]({p.url})\n> **Authors:** {p.names}\n> **Votes:** {p.votes}\n"
        f"> {p.summary}"
        for p in papers
    ]
    return "notes.md", page(f"# {day}", *parts)


@shape("votes", "authors")
def numbered_words(papers: Papers, day: date) -> tuple[str, str]:
    """Titles behind a word and a number, below a day that is spread over headings."""
    words = ("论文1：", "Bài 2. ", "Paper 3: ")
    parts = [
        f"#### {word}{p.title}\n- arXiv: {p.arxiv_id}\n\n{p.summary}"
        for word, p in zip(words, papers, strict=True)
    ]
    return "log.md", page(f"# {day.year}", f"## {day:%B}", f"### {day.day}", *parts)


@shape("votes")
def bracketed_labels(papers: Papers, day: date) -> tuple[str, str]:
    """Labels in lenticular brackets, and numbers before a bar."""
    parts = [
        f"**{number:02} | {p.title}**\n\n【作者】{'、'.join(p.authors)}\n\n【链接】{p.url}\n\n"
        f"【摘要】{p.summary}\n\n---"
        for number, p in numbered(papers)
    ]
    return f"{day:%Y%m%d}_论文.md", page("今日论文", *parts)


@shape("votes")
def bibliography(papers: Papers, day: date) -> tuple[str, str]:
    """Authors before the title, as in a list of references."""
    items = [
        f"- {', '.join(p.authors[:-1])}, and {p.authors[-1]}. **{p.title}.** arXiv preprint "
        f"[arXiv:{p.arxiv_id}]({p.url}), {day.year}.\n  > {p.summary}"
        for p in papers
    ]
    return f"review-{day}.md", page("# Review", "\n".join(items))


@shape()
def votes_in_titles(papers: Papers, day: date) -> tuple[str, str]:
    """Votes behind the title, and authors before other links."""
    parts = [
        f"### 🥇 [{p.title}]({p.url}) — 👍 {p.votes:,}\n"
        f"by {p.names} · [code](https://example.org/a)\n\n{p.summary}"
        for p in papers
    ]
    return f"{day:%Y/%m/%d}.md", page("# Pulse", *parts)


# --- Lists ----------------------------------------------------------------------------------------


@shape("votes")
def linked_items(papers: Papers, day: date) -> tuple[str, str]:
    """Titles as links, authors in italics below."""
    items = [f"- **[{p.title}]({p.url})**  \n  _{p.names}_\n  {p.summary}\n" for p in papers]
    return "list.md", page(f"# Papers, {day}", "\n".join(items))


@shape("votes", "authors", "summary")
def plain_items(papers: Papers, day: date) -> tuple[str, str]:
    """Nothing but linked titles."""
    items = [f"* [{p.title}]({p.pdf})" for p in papers]
    return f"{day:%Y-%m}/{day:%d}.md", page("\n".join(items)).replace("\n\n", "\n")


@shape("votes", "summary")
def items_with_links_at_the_end(papers: Papers, day: date) -> tuple[str, str]:
    """Title, authors in parentheses, and links."""
    items = [f"{n}. **{p.title}** ({p.names}) [[paper]({p.url})]" for n, p in numbered(papers)]
    return f"{day}.md", page("## Papers", "\n".join(items))


@shape()
def nested_fields(papers: Papers, day: date) -> tuple[str, str]:
    """Fields as a list within the item."""
    items = [
        f"- **{p.title}**\n  - Authors: {p.names}\n  - Votes: {p.votes}\n  - Link: {p.url}\n"
        f"  - Summary: {p.summary}"
        for p in papers
    ]
    return f"{day}.md", page("# Papers", "## Robotics", "\n".join(items))


@shape("votes", "summary")
def titles_before_links(papers: Papers, day: date) -> tuple[str, str]:
    """The title, a dash and the bare address."""
    items = [f"- {p.title} - {p.url}\n  by {p.names}" for p in papers]
    return f"{day}.txt", page("\n".join(items))


@shape("votes", "authors")
def items_with_dashes(papers: Papers, day: date) -> tuple[str, str]:
    """A linked title, a dash and a sentence."""
    items = [f"- [{p.title}]({p.url}) — {p.summary}" for p in papers]
    return "README.md", page("# Reading", f"## {day:%b} {day.day}, {day.year}", "\n".join(items))


@shape("votes", "summary")
def hugging_face_links(papers: Papers, day: date) -> tuple[str, str]:
    """Links to Hugging Face."""
    items = [
        f"- [ ] [{p.title}](https://huggingface.co/papers/{p.arxiv_id})\n    Authors: {p.names}"
        for p in papers
    ]
    return f"{day}.md", page("# To read", "\n".join(items))


@shape("votes", "authors", "summary")
def circles(papers: Papers, day: date) -> tuple[str, str]:
    """Symbols that only look like a list."""
    return f"mail-{day}.txt", "\n".join(f"• {p.title} ({p.url})" for p in papers)


# --- Tables ---------------------------------------------------------------------------------------


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


@shape()
def english_table(papers: Papers, day: date) -> tuple[str, str]:
    """A table with a column for each field."""
    rows = [(p.votes, f"[{p.title}]({p.url})", p.names, p.summary) for p in papers]
    return f"{day}.md", page(table(["Upvotes", "Title", "Authors", "Abstract"], rows))


@shape("votes", "summary")
def chinese_table(papers: Papers, day: date) -> tuple[str, str]:
    """Chinese columns, and the link in one of its own."""
    rows = [(n, p.title, p.names, f"[链接]({p.url})") for n, p in numbered(papers)]
    heading = f"## {day.year}年{day.month}月{day.day}日"
    return "表.md", page(heading, table(["序号", "标题", "作者", "链接"], rows))


@shape("votes")
def korean_table(papers: Papers, day: date) -> tuple[str, str]:
    """Korean columns."""
    rows = [(p.title, p.names, f"[{p.arxiv_id}]({p.url})", p.summary) for p in papers]
    return f"{day}.md", page(table(["제목", "저자", "논문", "요약"], rows))


@shape("votes", "summary")
def table_without_edges(papers: Papers, day: date) -> tuple[str, str]:
    """A table without pipes at the edges."""
    lines = ["Date | Paper Title | Authors | PDF", "--- | --- | --- | ---"]
    lines += [f"{day} | {p.title} | {p.names} | [link]({p.pdf})" for p in papers]
    return "table.md", "\n".join(lines) + "\n"


@shape("votes", "summary")
def html_table(papers: Papers, day: date) -> tuple[str, str]:
    """A page of HTML with a table."""
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="{p.url}">{escape(p.title)}</a></td>'
        f"<td>{escape(p.names)}</td></tr>\n"
        for n, p in numbered(papers)
    )
    head = "<tr><th>No</th><th>Title</th><th>Authors</th></tr>\n"
    return (
        f"{day}.html",
        f"<html><body><h1>Papers</h1>\n<table>\n{head}{rows}</table></body></html>",
    )


# --- HTML and feeds -------------------------------------------------------------------------------


@shape("votes")
def html_articles(papers: Papers, day: date) -> tuple[str, str]:
    """A page with an article for each paper."""
    parts = "".join(
        f'<article><h2><a href="{p.url}">{escape(p.title)}</a></h2>\n<p><b>Authors:</b> '
        f"{escape(p.names)}</p>\n<p>{escape(p.summary)}</p></article>\n"
        for p in papers
    )
    style = "<style>h2 { color: red }</style>"
    return (
        "index.html",
        f"<!DOCTYPE html><html><head>{style}</head><body><h1>{day}</h1>{parts}</body></html>",
    )


@shape("votes")
def rss(papers: Papers, day: date) -> tuple[str, str]:
    """An RSS feed."""
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{p.url}</link><description><![CDATA["
        f"<p>{escape(p.summary)}</p>]]></description><dc:creator>{escape(p.names)}</dc:creator></item>\n"
        for p in papers
    )
    return (
        f"{day}.xml",
        '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Papers</title>\n'
        f"{items}</channel></rss>",
    )


@shape("votes")
def atom(papers: Papers, day: date) -> tuple[str, str]:
    """An Atom feed, as arXiv's own interface answers."""
    items = ""
    for p in papers:
        names = "".join(f"<author><name>{escape(name)}</name></author>\n" for name in p.authors)
        items += (
            f"<entry><id>http://arxiv.org/abs/{p.arxiv_id}v1</id><published>{day}T00:00:00Z</published>\n"
            f"<title>{escape(p.title)}</title><summary>{escape(p.summary)}</summary>\n{names}"
            f'<link href="{p.url}" rel="alternate"/></entry>\n'
        )
    return (
        "feed.xml",
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{items}</feed>',
    )


@shape()
def html_cards(papers: Papers, day: date) -> tuple[str, str]:
    """Cards whose classes name the fields, with the votes first and links without a host."""
    cards = "".join(
        f'<article class="card"><a href="/papers/{p.arxiv_id}"><img src="https://example.org/x.png">'
        f'</a>\n<label class="upvote"><svg><path d="M5"/></svg><div>{p.votes}</div></label>\n'
        f'<h3><a href="/papers/{p.arxiv_id}">{escape(p.title)}</a></h3>\n'
        f'<p class="authors">{escape(p.names)}</p>\n<p class="abstract">{escape(p.summary)}</p>\n'
        f'<div><a href="{p.url}">arXiv</a> · <a href="{p.pdf}">PDF</a></div></article>\n'
        for p in papers
    )
    return f"{day}.html", f"<!doctype html><html><body><h1>Papers</h1>{cards}</body></html>"


@shape("votes", "summary")
def term_lists(papers: Papers, day: date) -> tuple[str, str]:
    """Terms and definitions, as arXiv lists new papers."""
    terms = "".join(
        f'<dt><a href="{p.url}">arXiv:{p.arxiv_id}</a></dt><dd><div class="list-title">Title: '
        f'{escape(p.title)}</div><div class="list-authors">Authors: {escape(p.names)}</div></dd>\n'
        for p in papers
    )
    return "new.html", f"<html><body><h2>{day:%a, %d %b %Y}</h2><dl>{terms}</dl></body></html>"


@shape()
def xml_elements(papers: Papers, day: date) -> tuple[str, str]:
    """XML of an own kind."""
    elements = "".join(
        f"<paper><title>{escape(p.title)}</title><authors>{escape(p.names)}</authors>"
        f"<url>{p.url}</url><votes>{p.votes}</votes><note>{escape(p.summary)}</note></paper>\n"
        for p in papers
    )
    return f"{day}.xml", f"<?xml version='1.0'?>\n<papers>{elements}</papers>"


@shape("votes")
def superscripts(papers: Papers, day: date) -> tuple[str, str]:
    """A table with affiliations as superscripts, and columns in German."""
    rows = "".join(
        f"<tr><td>{escape(p.title)}</td><td>{'<sup>1,2</sup>, '.join(p.authors)}<sup>3</sup></td>"
        f'<td><a href="{p.url}">{p.arxiv_id}</a></td><td>{escape(p.summary)}</td></tr>\n'
        for p in papers
    )
    head = "<tr><th>Titel</th><th>Autoren</th><th>arXiv</th><th>Worum geht es?</th></tr>\n"
    return f"{day}.html", f"<html><body><table>{head}{rows}</table></body></html>"


# --- Data -----------------------------------------------------------------------------------------


def fields(paper: WrittenPaper) -> dict[str, object]:
    """Return the usual fields of a paper."""
    return {
        "title": paper.title,
        "authors": list(paper.authors),
        "abstract": paper.summary,
        "upvotes": paper.votes,
    }


@shape()
def json_by_day(papers: Papers, day: date) -> tuple[str, str]:
    """An object with a list for each day."""
    value = {str(day): [{**fields(p), "arxiv_id": p.arxiv_id} for p in papers]}
    return "papers.json", json.dumps(value, indent=2, ensure_ascii=False)


@shape()
def json_by_id(papers: Papers, day: date) -> tuple[str, str]:
    """An object for each id."""
    value = {"date": str(day), "entries": {p.arxiv_id: fields(p) for p in papers}}
    return "db.json", json.dumps(value, ensure_ascii=False)


@shape()
def json_with_camel_case(papers: Papers, day: date) -> tuple[str, str]:
    """Fields as JavaScript names them, and authors as objects."""
    rows = [
        {
            "paperTitle": p.title,
            "pdfUrl": p.pdf,
            "authorList": [{"name": name} for name in p.authors],
            "summary": p.summary,
            "likes": str(p.votes),
            "publishedAt": f"{day}T08:00:00Z",
        }
        for p in papers
    ]
    return "api.json", json.dumps({"meta": {"count": len(rows)}, "response": {"rows": rows}})


@shape()
def json_by_topic(papers: Papers, day: date) -> tuple[str, str]:
    """Topics that hold lists."""
    value = {"topics": [{"topic": "All", "papers": [{**fields(p), "link": p.url} for p in papers]}]}
    return f"{day}.json", json.dumps(value)


@shape()
def json_wrapped(papers: Papers, day: date) -> tuple[str, str]:
    """Papers within objects that have some of their fields."""
    rows = [
        {
            "item": {"id": p.arxiv_id, "title": p.title, "abstract": p.summary},
            "votes": p.votes,
            "authors": p.names,
        }
        for p in papers
    ]
    return f"{day}.json", json.dumps(rows)


@shape()
def json_lines(papers: Papers, day: date) -> tuple[str, str]:
    """An object a line."""
    lines = [json.dumps({**fields(p), "entry_id": p.url, "date": str(day)}) for p in papers]
    return "papers.jsonl", "\n".join(lines) + "\n"


@shape()
def python_dicts(papers: Papers, day: date) -> tuple[str, str]:
    """Dicts as Python prints them."""
    return f"{day}.txt", "\n".join(repr({**fields(p), "url": p.url}) for p in papers)


@shape()
def json_by_title(papers: Papers, day: date) -> tuple[str, str]:
    """An object for each title."""
    value = {p.title: {**fields(p), "url": p.url} for p in papers}
    for inner in value.values():
        del inner["title"]
    return "db.json", json.dumps({"date": str(day), "papers": value})


@shape()
def script_with_data(papers: Papers, day: date) -> tuple[str, str]:
    """A script that assigns a list."""
    rows = [{**fields(p), "id": p.arxiv_id, "date": str(day)} for p in papers]
    return "data.js", f"window.PAPERS = {json.dumps(rows)};\n"


@shape()
def columns_and_rows(papers: Papers, day: date) -> tuple[str, str]:
    """Names of columns, and rows as lists."""
    columns = ["arxiv", "title", "authors", "likes", "tl;dr"]
    rows = [[p.arxiv_id, p.title, list(p.authors), p.votes, p.summary] for p in papers]
    return f"hf_{day:%Y_%m_%d}.json", json.dumps({"columns": columns, "rows": rows}, indent=1)


@shape("votes")
def html_in_json(papers: Papers, day: date) -> tuple[str, str]:
    """A feed in JSON, whose entries are days with a list in HTML."""
    items = "".join(
        f'<li><a href="{p.url}"><strong>{escape(p.title)}</strong></a><br>'
        f"<em>{escape(p.names)}</em><p>{escape(p.summary)}</p></li>"
        for p in papers
    )
    entry = {"title": "Papers", "date_published": f"{day}T06:00:00Z", "content_html": items}
    return "feed.json", json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [entry]}
    )


@shape("votes")
def messages_in_json(papers: Papers, day: date) -> tuple[str, str]:
    """An export of a chat, with links in its own notation."""
    rows = [
        {"type": "message", "ts": "1744617600.000100", "user": "U1",
         "text": f"*<{p.url}|{p.title.replace('&', '&amp;')}>*\n_Authors:_ {p.names}\n{p.summary}"}
        for p in papers
    ]  # fmt: skip
    return f"papers/{day}.json", json.dumps([{"type": "message", "text": "Morning!"}, *rows])


@shape()
def yaml_list(papers: Papers, day: date) -> tuple[str, str]:
    """A list in YAML."""
    value = {"date": str(day), "papers": [{**fields(p), "arxiv": p.arxiv_id} for p in papers]}
    return "papers.yaml", yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


@shape()
def comma_separated(papers: Papers, day: date) -> tuple[str, str]:
    """CSV."""
    return f"{day}.csv", _separated(papers, ",")


@shape()
def tab_separated(papers: Papers, day: date) -> tuple[str, str]:
    """TSV."""
    return f"{day}.tsv", _separated(papers, "\t")


def _separated(papers: Papers, delimiter: str) -> str:
    file = io.StringIO()
    rows = csv.writer(file, delimiter=delimiter)
    rows.writerow(["Title", "Authors", "Abstract", "Likes", "URL"])
    rows.writerows([(p.title, p.names, p.summary, p.votes, p.url) for p in papers])
    return file.getvalue()


# --- Programs and services ------------------------------------------------------------------------


@shape("votes")
def hugo_page(papers: Papers, day: date) -> tuple[str, str]:
    """Front matter in TOML, whose date is the only one."""
    front = f'+++\ntitle = "Notes"\ndate = {day}T08:00:00+09:00\ntags = ["a", "b"]\n+++'
    parts = [
        f"## {p.title}\n\n[arXiv:{p.arxiv_id}]({p.url})\n\n著者：{p.names}\n\n> {p.summary}"
        for p in papers
    ]
    return "content/posts/notes.md", page(front, *parts)


@shape()
def papers_in_front_matter(papers: Papers, day: date) -> tuple[str, str]:
    """Front matter that lists the papers, and a template below it."""
    rows = [
        {"title": p.title, "authors": list(p.authors), "arxiv": p.arxiv_id, "upvotes": p.votes,
         "summary": p.summary}
        for p in papers
    ]  # fmt: skip
    front = yaml.safe_dump({"title": "Papers", "papers": rows}, allow_unicode=True)
    link = "[{{ p.title }}](https://arxiv.org/abs/{{ p.arxiv }})"
    template = f"{{% for p in page.papers %}}\n### {link}\n{{% endfor %}}"
    return f"_posts/{day}-papers.md", f"---\n{front}---\n\n{template}\n"


@shape()
def chinese_csv_of_a_month(papers: Papers, day: date) -> tuple[str, str]:
    """CSV in a file for the month, with a byte order mark and labels without spaces."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["日期", "标题", "作者", "arXiv链接", "点赞数", "摘要"])
    for p in papers:
        writer.writerow([day, p.title, "; ".join(p.authors), p.url, p.votes, p.summary])
    return f"papers/{day:%Y-%m}.csv", f"\ufeff{out.getvalue()}"


@shape("votes")
def listing_of_arxiv(papers: Papers, day: date) -> tuple[str, str]:
    """A listing of arXiv, copied as text."""
    remarks = ("", " (cross-list from cs.CV)", " (replaced)")
    parts = [
        f"{kind} submissions (showing 1 of 1 entries)\n\n"
        f"[{number}] arXiv:{p.arxiv_id}{remark} [pdf, html, other]\nTitle: {p.title}\n"
        f"Authors: {p.names}\nComments: 9 pages\nSubjects: Robotics (cs.RO)\n\n{p.summary}"
        for (number, p), kind, remark in zip(
            numbered(papers), ("New", "Cross", "Replacement"), remarks, strict=True
        )
    ]
    head = f"Robotics\n\nShowing new listings for {day:%A, %d %B %Y}\n\nTotal of 3 entries"
    return "cs.RO.txt", page(head, *parts, "Total of 3 entries")


@shape("votes")
def mail_of_arxiv(papers: Papers, day: date) -> tuple[str, str]:
    """An e-mail from arXiv, with a title and authors that are wrapped."""
    rule = "-" * 78
    parts = []
    for p in papers:
        authors = " and\n  ".join(filter(None, p.names.rsplit(", ", 1)))
        parts.append(
            f"{rule}\n\\\\\narXiv:{p.arxiv_id}\nDate: Thu, 3 Apr 2025 22:03:14 GMT   (23kb)\n\n"
            f"Title: {p.title}\nAuthors: {authors}\nCategories: cs.LG\n"
            f"\\\\\n  {p.summary}\n\\\\ ( {p.url} ,  23kb)"
        )
    head = f"From: list@example.org\nSubject: cs daily\nDate: {day:%a, %d %b %Y} 04:18:52 GMT"
    return f"{day}.txt", head + "\n\n" + "\n".join(parts) + "\n"


@shape("votes")
def semantic_scholar(papers: Papers, day: date) -> tuple[str, str]:
    """Objects with ids of several services, and a page that is not arXiv's."""
    rows = [
        {
            "paperId": f"{number:040x}",
            "externalIds": {"DOI": f"10.48550/arXiv.{p.arxiv_id}", "CorpusId": number}
            | ({"ArXiv": p.arxiv_id} if number > 1 else {}),
            "url": f"https://www.semanticscholar.org/paper/{number:040x}",
            "title": p.title,
            "abstract": None,
            "tldr": {"model": "tldr@v2.0.0", "text": p.summary},
            "publicationDate": "2025-04-03",
            "authors": [{"authorId": "1", "name": name} for name in p.authors],
        }
        for number, p in numbered(papers)
    ]
    return f"s2/{day}.json", json.dumps({"total": len(rows), "data": rows}, indent=1)


@shape("votes")
def papers_with_code(papers: Papers, day: date) -> tuple[str, str]:
    """Objects whose id may be null, and which describe the methods that they use."""
    rows = [
        {
            "paper_url": f"https://paperswithcode.com/paper/p{number}",
            "arxiv_id": None if number == 2 else p.arxiv_id,
            "title": p.title,
            "abstract": p.summary,
            "url_abs": p.url,
            "url_pdf": p.pdf,
            "authors": list(p.authors),
            "date": "2025-04-03",
            "methods": [
                {"name": "Steam", "description": "[A paper](https://arxiv.org/abs/2301.00001)."}
            ],
        }
        for number, p in numbered(papers)
    ]
    return f"trending/{day}.json", json.dumps(rows, indent=1)


@shape("votes")
def org_log(papers: Papers, day: date) -> tuple[str, str]:
    """A log in Emacs' Org mode."""
    parts = [
        f"** TODO [[{p.url}][{p.title}]] :robots:\n   :PROPERTIES:\n   :ADDED: {day}\n   :END:\n"
        f"   - Authors: {p.names}\n   - TL;DR: {p.summary}"
        for p in papers
    ]
    return "log.org", "\n".join([f"#+TITLE: Log\n\n* <{day:%Y-%m-%d %a}>", *parts]) + "\n"
