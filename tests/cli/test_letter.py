"""``broadsheet letter``."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.marks.edits import set_starred
from tui.marks.store import MarkStore

HOSTILE = '<script>alert("x")</script> & [x](javascript:y) *stars* \x1b[31mred'
TOPICS = ("Diffusion transformers for video", "Federated privacy of hospitals")


def days_ago(number: int) -> str:
    """Return a day before the reader's today, which the program takes, too."""
    return (date.today() - timedelta(days=number)).isoformat()


@pytest.fixture
def week(home: Home) -> Path:
    folder = home.root / "week"
    papers = [
        SamplePaper(
            f"2505.0{topic}00{number}",
            f"{TOPICS[topic]} number {number}",
            10 * number,
            ("Ada Kim", "바람 김", "Cy", "Di"),
            f"{TOPICS[topic]}. " + "A long summary about it. " * 20,
        )
        for topic in (0, 1)
        for number in (1, 2, 3)
    ]
    papers.append(SamplePaper("2505.00009", HOSTILE, 99, ("<b>Eve</b>",), HOSTILE))
    write_digest(folder / "new.md", ko_digest(days_ago(0), papers))
    old = SamplePaper("2401.00001", "An old paper about whales", 5, ("Ann",), "Whales.")
    write_digest(folder / "old.md", ko_digest(days_ago(20), [old]))
    return folder


def test_letter_groups_what_is_new_by_topic(home: Home, week: Path) -> None:
    result = home.run("letter", "-p", week)
    assert (result.code, result.err) == (0, "")
    lines = result.lines
    assert lines[0] == f"Papers from {days_ago(6)} to {days_ago(0)}"
    assert lines[3] == "7 new papers, 0 starred."
    headings = [lines[n - 1] for n, line in enumerate(lines) if n > 1 and set(line) == {"-"}]
    assert len(headings) == 3
    assert any("iffusion" in heading for heading in headings)
    assert any("ederated" in heading for heading in headings)
    assert headings[-1] == "Other papers"
    assert "whales" not in result.out
    # The most votes first.
    titles = [line for line in lines if line.startswith("* Diffusion")]
    assert [title[-1] for title in titles] == ["3", "2", "1"]


def test_query_and_stars(home: Home, week: Path) -> None:
    MarkStore(home.state / "marks").apply(set_starred(["2401.00001"], True))
    result = home.run("letter", "-p", week, "title:federated votes:>=20")
    assert "7 new papers, 2 of them match title:federated votes:>=20, 1 starred." in (
        " ".join(result.out.split())
    )
    assert result.out.index("Starred") < result.out.index("whales") < result.out.index("Federated")
    assert "Diffusion" not in result.out
    assert home.run("letter", "-p", week, "--days", "30").out.count("whales") == 2


def test_nothing_new_writes_no_letter(home: Home, week: Path) -> None:
    (week / "new.md").unlink()
    result = home.run("letter", "-p", week, "-o", "letter.txt")
    assert (result.code, result.out) == (1, "")
    assert result.err == "broadsheet: nothing was new in the last 7 days; no letter was written\n"
    assert not (home.root / "letter.txt").exists()
    assert home.run("letter", "-p", week, "--days", "0").code == 2


def test_text_is_wrapped_in_cells(home: Home, week: Path) -> None:
    lines = home.run("letter", "-p", week).lines
    assert max(cell_len(line) for line in lines if "://" not in line) <= 72
    assert any(cell_len(line) > 60 for line in lines)
    assert "\x1b" not in "".join(lines)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


def test_html_is_escaped(home: Home, week: Path) -> None:
    result = home.run("letter", "-p", week, "--format", "html", "-o", "letter.html")
    assert (result.code, result.out) == (0, "")
    text = (home.root / "letter.html").read_text(encoding="utf-8")
    parser = _Tags()
    parser.feed(text)
    assert parser.tags <= {
        "html", "head", "meta", "title", "body", "h1", "h2", "p", "ul", "li", "a", "br", "small",
    }  # fmt: skip
    assert all(link.startswith("https://arxiv.org/abs/") for link in parser.links)
    assert "&lt;script&gt;" in text
    assert 'charset="utf-8"' in text


def test_markdown_is_literal(home: Home, week: Path) -> None:
    from markdown_it import MarkdownIt

    text = home.run("letter", "-p", week, "--format", "markdown").out
    html = MarkdownIt("commonmark").render(text)
    parser = _Tags()
    parser.feed(html)
    assert parser.tags <= {"h1", "h2", "p", "ul", "li", "a", "strong"}
    assert all(link.startswith("https://arxiv.org/abs/") for link in parser.links)


def test_letter_never_replaces_a_digest(home: Home, week: Path) -> None:
    before = (week / "new.md").read_bytes()
    result = home.run("letter", "-p", week, "-o", week / "new.md")
    assert result.code == 2
    assert "is a digest; not overwritten" in result.err
    assert (week / "new.md").read_bytes() == before


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_letter_replaces_the_one_of_last_week(home: Home, week: Path, name: str) -> None:
    command = ("letter", "-p", week, "--format", name, "-o", "letter")
    for number in (1, 2):
        result = home.run(*command, "--days", str(number))
        assert (result.code, result.err) == (0, "")
    assert f"Papers from {days_ago(1)} to" in (home.root / "letter").read_text(encoding="utf-8")


def test_papers_that_match_the_marks_come_first(home: Home, week: Path) -> None:
    liked = [
        SamplePaper(f"2501.000{n}", f"Diffusion transformers {n}", 1, ("Ann",), "Number one.")
        for n in range(10, 22)
    ]
    others = [
        SamplePaper(f"2501.000{n}", f"Whales and chess {n}", 1, ("Ann",), "Boats.")
        for n in range(30, 60)
    ]
    write_digest(week / "marked.md", ko_digest(days_ago(20), [*liked, *others]))
    popular = SamplePaper("2505.00008", "Diffusion of whales", 90, ("Ann",), "Boats and chess.")
    write_digest(week / "popular.md", ko_digest(days_ago(0), [popular]))
    assert "match" not in home.run("letter", "-p", week).out
    stars = set_starred([paper.id for paper in liked], True)
    MarkStore(home.state / "marks").apply(stars)
    out = home.run("letter", "-p", week).out
    diffusion = [line for line in out.splitlines() if "* Diffusion" in line or "match" in line]
    assert any("match" in line for line in diffusion)
    assert out.index("for video number 3") < out.index("Diffusion of whales")
