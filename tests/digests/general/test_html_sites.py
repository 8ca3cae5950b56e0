"""Pages as sites of papers serve them: lists of arXiv, and cards of Hugging Face."""

from __future__ import annotations

import pytest

from tui.digests.general.markup.row_spans import with_repeated_cells
from tui.digests.reader import read

DAY = "2025-05-14"
PAPERS = (
    ("2505.08001", "Quiet Stairs in Houses", ("Ada Bell", "Cy Dorn")),
    ("2505.08002", "Loud Stairs", ("Eve Funk",)),
)


@pytest.mark.parametrize("space", ["", "\n  "])
def test_terms_with_ids_and_relative_links(space: str) -> None:
    rows = "\n".join(
        f'<dt>{space}[{number}]{space}<a href="/abs/{paper_id}">arXiv:{paper_id}</a>{space}'
        f'[<a href="/pdf/{paper_id}">pdf</a>]</dt>\n<dd><div class="list-title">Title: {title}'
        '</div><div class="list-authors">'
        + ", ".join(f'<a href="/a/{name[0]}">{name}</a>' for name in names)
        + "</div><p>Stairs of houses are climbed, and they are quiet.</p></dd>"
        for number, (paper_id, title, names) in enumerate(PAPERS, 1)
    )
    heading = "<h3>Showing new listings for 14 May 2025</h3>"
    text = f"<html><body>{heading}<dl>\n{rows}\n</dl></body></html>"
    entries = read(text.encode(), "new.html").entries
    assert [(e.paper_id, e.title, e.authors) for e in entries] == list(PAPERS)
    assert all("climbed" in entry.summary for entry in entries)


@pytest.mark.parametrize("picture", ["", '<img src="a.png">'])
def test_cards_with_tooltips_and_a_lone_number(picture: str) -> None:
    cards = "\n".join(
        f'<article><div class="leading-none">42</div><h3><a href="/papers/{paper_id}">{title}</a>'
        "</h3><ul>"
        + "".join(f'<li title="{name}">{picture}</li>' for name in names)
        + "</ul></article>"
        for paper_id, title, names in PAPERS
    )
    text = f"<html><body><h1>Daily Papers</h1>\n{cards}\n</body></html>"
    entries = read(text.encode(), f"{DAY}.html").entries
    assert [(e.paper_id, e.title, e.authors) for e in entries] == list(PAPERS)
    assert {entry.votes for entry in entries} == {42}


def test_address_of_the_page_resolves_links() -> None:
    head = '<head><link rel="canonical" href="https://arxiv.org/list/cs.CL/new"></head>'
    text = f'<html>{head}<body><h2><a href="/pdf/2505.08001">Quiet Stairs</a></h2></body></html>'
    (entry,) = read(text.encode(), f"{DAY}.html").entries
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet Stairs")


def test_cells_that_span_several_rows() -> None:
    rows = (
        f'<tr><td rowspan="2">{DAY}</td><td><a href="https://arxiv.org/abs/2505.08001">Quiet Stairs'
        "</a></td><td>Ada Bell</td><td rowspan=2>Mia</td></tr>\n"
        '<tr><td><a href="https://arxiv.org/abs/2505.08002">Loud Stairs</a></td>'
        "<td>Eve Funk</td></tr>\n"
        '<tr><td>2025-05-15</td><td><a href="https://arxiv.org/abs/2505.08003">Soft Stairs</a></td>'
        "<td>Hana Seo</td><td>Tom</td></tr>\n"
    )
    head = "<tr><th>Date</th><th>Paper</th><th>Authors</th><th>Speaker</th></tr>"
    text = f"<html><body><table>{head}\n{rows}</table></body></html>"
    entries = read(text.encode(), "list.html").entries
    assert [(entry.title, entry.date, entry.authors) for entry in entries] == [
        ("Quiet Stairs", DAY, ("Ada Bell",)),
        ("Loud Stairs", DAY, ("Eve Funk",)),
        ("Soft Stairs", "2025-05-15", ("Hana Seo",)),
    ]


def test_repeated_cells_stay_bounded() -> None:
    cells = "".join(f"<td rowspan=999>{'x' * 1000}</td>" for _ in range(50))
    html = f"<table><tr>{cells}</tr>" + "<tr></tr>" * 1000
    assert len(with_repeated_cells(html)) < len(html) + 1_100_000


def test_page_below_front_matter() -> None:
    rows = "".join(
        f"  <tr>\n    <td>{title}</td>\n    <td><a href='https://arxiv.org/abs/{paper_id}'>PDF</a>"
        f"</td>\n    <td>1{number} May, 2025</td>\n  </tr>\n"
        for number, (title, paper_id) in enumerate(
            {"Quiet Stairs": "2505.08001", "Loud Stairs": "2505.08002"}.items(), start=4
        )
    )
    head = "  <tr>\n    <th>Paper</th>\n    <th>Link</th>\n    <th>Date</th>\n  </tr>\n"
    text = f"---\ntitle: Readings\n---\n\n<h1>Readings</h1>\n<table>\n{head}{rows}</table>\n"
    entries = read(text.encode(), "_pages/readings.md").entries
    assert [(entry.title, entry.date, entry.summary) for entry in entries] == [
        ("Quiet Stairs", "2025-05-14", ""), ("Loud Stairs", "2025-05-15", ""),
    ]  # fmt: skip


def test_indented_text_is_no_code() -> None:
    text = (
        "<html><body><h1>2025-05-14</h1>\n  <article>\n    <h2><a href='https://arxiv.org/abs/"
        "2505.08001'>Quiet Stairs</a></h2>\n      <p>\n        Stairs are quiet\n        at night."
        "\n      </p>\n      <pre>\nif quiet:\n    sleep()\n</pre>\n  </article>\n</body></html>"
    )
    (entry,) = read(text.encode(), "index.html").entries
    assert entry.summary.startswith("Stairs are quiet\nat night.\n")
    assert "\n    sleep()" in entry.summary
