"""Papers that pages of HTML lay out as cards in tables."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
LINKS = ["https://arxiv.org/abs/2505.08001", "https://arxiv.org/abs/2505.08002"]
TITLES = ["Quiet Stairs in Old Houses", "Loud Stairs"]

TABLE_OF_ROWS = (
    "<table><tr><td>NEW</td></tr><tr><td><span style='font-weight:700'>{title}</span></td></tr>"
    "<tr><td>Ada Bell, Cy Dorn<br><i>Example University</i></td></tr>"
    "<tr><td><b>TLDR:</b> Stairs.</td></tr><tr><td><a href='{link}'>PDF</a></td></tr></table>"
)
FIRST_ROW_WITHOUT_BOLD = (
    "<table><tr><td colspan=2>\n  {title}\n</td></tr>"
    "<tr><td>Authors</td><td>Ada Bell, Cy Dorn</td></tr>"
    "<tr><td>TLDR</td><td>Stairs.</td></tr><tr><td>arXiv</td><td>{link}</td></tr></table>"
)
ONE_CELL_AND_A_BUTTON = (
    "<table><tr><td><div><strong>{title}</strong></div><div>Ada Bell, Cy Dorn</div><p>Stairs.</p>"
    "<table><tr><td><a href='{link}'>Read</a></td></tr></table></td></tr></table>"
)
LINKED_TITLE = (
    "<table><tr><td><a href='{link}'>{title}</a></td></tr><tr><td><i>Authors: Ada Bell, Cy Dorn"
    "</i></td></tr><tr><td>Stairs.</td></tr></table>"
)
LINKED_TITLE_IN_BOLD = LINKED_TITLE.replace("{title}", "<b>{title}</b>")
ROW_OF_A_TABLE = (
    "<tr><td><img src='a.png'></td><td><b>{title}</b><br>Ada Bell, Cy Dorn<br>Stairs.<br>"
    "<a href='{link}'>arXiv</a></td></tr>"
)


@pytest.mark.parametrize("around", ["<p>{}</p>", "<table><tr><td>\n{}\n</td></tr></table>"])
@pytest.mark.parametrize(
    "card",
    [
        *(TABLE_OF_ROWS, FIRST_ROW_WITHOUT_BOLD, ONE_CELL_AND_A_BUTTON, ROW_OF_A_TABLE),
        *(LINKED_TITLE, LINKED_TITLE_IN_BOLD),
    ],
)
def test_cards_are_papers(card: str, around: str) -> None:
    cards = "<br>\n".join(
        card.format(title=title.replace(" in ", "\n      in "), link=link)
        for title, link in zip(TITLES, LINKS, strict=True)
    )
    if card is ROW_OF_A_TABLE:
        cards = f"<table>{cards}</table>"
    text = f"<html><body><h1>Post</h1>{around.format(cards)}<p>Unsubscribe here.</p></body></html>"
    entries = read(text.encode(), f"{DAY}.html").entries
    assert [entry.title for entry in entries] == TITLES
    assert {entry.authors for entry in entries} == {("Ada Bell", "Cy Dorn")}
    assert all("Stairs." in entry.summary for entry in entries)
    assert not any("Unsubscribe" in entry.summary for entry in entries)


def test_heading_above_a_table_stays_the_title() -> None:
    text = (
        f"<html><body><h2>{TITLES[0]}</h2>\n<table><tr><td>Ada Bell, Cy Dorn</td></tr>\n"
        f"<tr><td>Stairs that nobody hears.</td></tr>\n<tr><td><a href='{LINKS[0]}'>PDF</a></td>"
        "</tr></table></body></html>"
    )
    assert [entry.title for entry in read(text.encode(), f"{DAY}.html").entries] == TITLES[:1]


@pytest.mark.parametrize("tags", ["<ul>{}</ul>", "<ul><li>Stairs<ul>{}</ul></li></ul>"])
def test_items_with_elements_of_their_own(tags: str) -> None:
    items = "\n".join(
        f"<li>\n<p class='title'><a href='{link}'>{title}</a></p>\n<p class='authors'>Ada Bell, "
        "Cy Dorn</p><p>Stairs.</p><span class='votes'>8</span>\n</li>"
        for title, link in zip(TITLES, LINKS, strict=True)
    )
    text = f"<html><body><h1>Post</h1>{tags.format(items)}</body></html>"
    entries = read(text.encode(), f"{DAY}.html").entries
    assert [entry.title for entry in entries] == TITLES
    assert {entry.authors for entry in entries} == {("Ada Bell", "Cy Dorn")}
    assert {entry.votes for entry in entries} == {8}
    assert all("Stairs." in entry.summary for entry in entries)


@pytest.mark.parametrize(
    "item",
    [
        f"<h3>{TITLES[0]}</h3><p><a href='https://arxiv.org/abs/2505.08001'>arXiv</a></p>",
        f"<p>A short lead</p><p><a href='https://arxiv.org/abs/2505.08001'>{TITLES[0]}</a></p>",
        f"<p>1. Lead</p><p><a href='https://arxiv.org/abs/2505.08001'>{TITLES[0]}</a></p>",
    ],
)
def test_elements_within_an_item_of_a_list(item: str) -> None:
    second = "Loud Stairs of New Houses"
    other = item.replace("2505.08001", "2505.08002").replace(TITLES[0], second)
    text = f"<html><body><ul><li>{item}</li><li>{other}</li></ul></body></html>"
    entries = read(text.encode(), f"{DAY}.html").entries
    assert [entry.title for entry in entries] == [TITLES[0], second]


def test_titled_link_below_a_lead() -> None:
    text = f"# {DAY}\n\n- Two ladders\n\n  [{TITLES[0]}](https://arxiv.org/abs/2505.08001)\n"
    (entry,) = read(text.encode(), "notes.md").entries
    assert (entry.title, entry.date) == (TITLES[0], DAY)
    text = text.replace("Two ladders", "What we follow here is the way of building them that")
    assert read(text.encode(), "notes.md").entries == ()


def test_cells_of_several_lines_below_a_header_on_several_lines() -> None:
    rows = "".join(
        f"<tr>\n  <td align='center'>{number}</td>\n  <td>\n    <b>{title}</b><br>\n"
        f"    <small>Ada Bell, Cy Dorn</small><br>\n    <a href='{link}'>arXiv</a>\n  </td>\n"
        f"  <td>The stairs of number {number} are quiet. They are old, too.</td>\n</tr>\n"
        for number, (title, link) in enumerate(zip(TITLES, LINKS, strict=True), start=1)
    )
    header = "<tr>\n  <th>No.</th>\n  <th>Paper</th>\n  <th>Summary</th>\n</tr>\n"
    text = f"<html><body>\n<table border='1'>\n{header}{rows}</table>\n</body></html>"
    entries = read(text.encode(), f"{DAY}.html").entries
    assert [entry.title for entry in entries] == TITLES
    assert {entry.authors for entry in entries} == {("Ada Bell", "Cy Dorn")}
    assert all("are quiet" in entry.summary for entry in entries)


def test_badges_with_categories_are_no_authors() -> None:
    badges = "<span class='badge'>cs.RO</span> <span class='badge'>cs.CV</span>"
    text = "<html><body><h1>Papers</h1>" + "".join(
        f"<div class='card'><h2><a href='{link}'>{title}</a></h2>\n"
        f"<p class='meta'>Ada Bell, Cy Dorn · {badges}</p>\n<p>Stairs are quiet.</p></div>\n"
        for title, link in zip(TITLES, LINKS, strict=True)
    )
    entries = read(text.encode(), f"{DAY}.html").entries
    assert {entry.authors for entry in entries} == {("Ada Bell", "Cy Dorn")}
    assert {entry.labels for entry in entries} == {("cs.RO", "cs.CV")}
