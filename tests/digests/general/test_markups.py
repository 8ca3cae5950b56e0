"""The same two papers in other markups than Markdown, and in logs of chats."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tui.digests.reader import read

DAY = "2025-05-14"
FIRST, SECOND = "https://arxiv.org/abs/2505.08001", "https://arxiv.org/abs/2505.08002"
BELL_AND_DORN, SEO = ("Ada Bell", "Cy Dorn"), ("Hana Seo", "Paul Wirth")
SUMMARY = "Stairs in old houses are quiet because of their wood."


class Markup(NamedTuple):
    """A way to write two papers.

    Attributes:
        name: what it is.
        text: the digest.
        path: its path.
        votes: those of both papers.
    """

    name: str
    text: str
    path: str = f"{DAY}.txt"
    votes: tuple[int | None, int | None] = (None, None)


MARKUPS = (
    Markup(
        "asciidoc",
        "= Veille du 14 mai 2025\nÉquipe <veille@example.fr>\n:lang: fr\n:toc: left\n\n[NOTE]\n"
        f"====\nSélection faite à la main.\n====\n\n== Maisons\n\n=== Quiet Stairs\n\n"
        f"Auteurs:: Ada Bell, Cy Dorn\nLien:: {FIRST}[arXiv:2505.08001]\n\n{SUMMARY}\n"
        "Voir https://arxiv.org/abs/2312.03391[Petit et al.].\n\n"
        f"=== Loud Stairs\n\nAuteurs:: Hana Seo, Paul Wirth\nLien:: {SECOND}[arXiv:2505.08002]\n",
        "veille.adoc",
    ),
    Markup(
        "mediawiki",
        f"== 14 May 2025 ==\n\n=== Quiet Stairs ===\n* '''Authors''': Ada Bell, Cy Dorn\n"
        f"* '''Link''': [{FIRST} arXiv]\n* '''Abstract''': {SUMMARY}\n"
        f"** see ''also'' [https://arxiv.org/abs/2312.03391 that]\n\n=== Loud Stairs ===\n"
        f"* '''Authors''': Hana Seo, Paul Wirth\n* '''Link''': [{SECOND} arXiv]\n",
        "wiki/reading.txt",
    ),
    Markup(
        "pukiwiki",
        f"#contents\n* ゼミ [#ab12cd34]\n毎週水曜\n\n* 2025年5月14日(水) [#f0e1d2c3]\n"
        f"** Quiet Stairs [#a1]\n- 担当: 三好\n- 著者: Ada Bell, Cy Dorn\n- リンク: {FIRST}\n"
        f"- 概要\n-- {SUMMARY}\n-- 関連: https://arxiv.org/abs/2312.03391\n\n** Loud Stairs [#a2]\n"
        f"- 著者: Hana Seo, Paul Wirth\n- リンク: {SECOND}\n----\n最終更新: 2025-05-22 09:14\n",
        "wiki/seminar.txt",
    ),
    Markup(
        "jira_wiki",
        f"h1. Papers of 14 May 2025\n\nh2. Quiet Stairs\n*Authors:* Ada Bell, Cy Dorn\n"
        f"*Link:* [arXiv|{FIRST}]\n\n{SUMMARY}\n\nh2. Loud Stairs\n"
        f"*Authors:* Hana Seo, Paul Wirth\n*Link:* [arXiv|{SECOND}]\n",
        "page.txt",
    ),
    Markup(
        "org_with_words_of_its_own",
        f"#+TITLE: Lesetagebuch\n#+TODO: LESEN(l) | GELESEN(g) VERWORFEN\n\n* {DAY} Mittwoch\n"
        f"** GELESEN [#A] Quiet Stairs   :holz:\n:PROPERTIES:\n:AUTOREN: Ada Bell, Cy Dorn\n"
        f":URL: {FIRST}\n:END:\n{SUMMARY}\n** LESEN Loud Stairs\n:PROPERTIES:\n"
        f":AUTOREN: Hana Seo, Paul Wirth\n:URL: {SECOND}\n:END:\n",
        "tagebuch.org",
    ),
    Markup(
        "slack",
        "#paper-club — Wednesday, May 14th, 2025\n\nmia.roth  9:02 AM\n:wave: Two picks.\n\n"
        f"mia.roth  9:03 AM\n:one: *Quiet Stairs*\n<{FIRST}>\nby Ada Bell, Cy Dorn\n"
        f":arrow_up: 14 upvotes\n{SUMMARY}\n\nmia.roth  9:05 AM\n:two: *Loud Stairs*\n<{SECOND}>\n"
        "by Hana Seo, Paul Wirth\n:arrow_up: 7 upvotes\n\ntom  9:06 AM\nlike 2402.11111\n",
        votes=(14, 7),
    ),
    Markup(
        "discord",
        "===\nChannel: reading / #papers\nAfter: 2025-05-14 00:00\n===\n\n"
        "[14/05/2025 08:02] PaperBot#0420 (pinned)\n📄 **Quiet Stairs**\n👥 Ada Bell, Cy Dorn\n"
        f"🔗 {FIRST}\n{SUMMARY}\n\n{{Reactions}}\n👍 (14)\n\n[14/05/2025 08:02] PaperBot#0420\n"
        f"📄 **Loud Stairs**\n👥 Hana Seo, Paul Wirth\n🔗 {SECOND}\nLoud.\n\n"
        "{Reactions}\n👍 (7)\n\n[14/05/2025 08:14] mia_r\n"
        "the first one is https://arxiv.org/abs/2408.10101, no?\n",
        votes=(14, 7),
    ),
    Markup(
        "thread_of_posts",
        "# Thread by @mia\n\n*Unrolled on May 19, 2025 · 4 posts*\n\n"
        "Papers of the day, May 14, 2025\n\n"
        f'1/ "Quiet Stairs" by Ada Bell & Cy Dorn\n\n{SUMMARY}\n\n'
        f"{FIRST}\n\n❤️ 14\n\n"
        f'2/ "Loud Stairs" by Hana Seo & Paul Wirth\n\nThe loud ones.\n\n{SECOND}\n\n❤️ 7\n\n'
        "3/ That's it for today! Follow me 🙌\n",
        "thread.md",
        (14, 7),
    ),
    Markup(
        "toml",
        f'titre = "Veille"\ndate = {DAY}\n\n[[article]]\ntitre = "Quiet Stairs"\n'
        f'auteurs = ["Ada Bell", "Cy Dorn"]\narxiv = "2505.08001"\nsoumis = 2025-05-02\n'
        f'resume = """\n{SUMMARY}"""\n\n[[article]]\ntitre = "Loud Stairs"\n'
        'auteurs = ["Hana Seo", "Paul Wirth"]\narxiv = "2505.08002v2"\n',
        "veille.toml",
    ),
    Markup(
        "elements_in_cells_of_html",
        "<!DOCTYPE html><html><body><h1>Przegląd 2025-05-14</h1><table><tbody>"
        "<tr><th><p>Tytuł</p></th><th><p>Autorzy</p></th><th><p>Streszczenie</p></th>"
        f"<th><p>Głosy</p></th></tr>\n<tr><td><p><a href='{FIRST}'>Quiet Stairs</a></p></td>"
        f"<td><p>Ada Bell, Cy Dorn</p></td><td><p>{SUMMARY}</p></td><td><p>14</p></td></tr>\n"
        f"<tr><td><p><a href='{SECOND}'>Loud Stairs</a></p></td>"
        "<td><p>Hana Seo, Paul Wirth</p></td><td><p>Loud.</p></td><td><p>7</p></td></tr>"
        "</tbody></table><h3>Uwagi</h3>"
        "<ul><li>Mowa o <a href='https://arxiv.org/abs/2403.09999'>starej pracy</a>.</li></ul>"
        "</body></html>",
        "page.html",
        (14, 7),
    ),
    Markup(
        "headings_in_items_of_html",
        f"<!DOCTYPE html><html><head><title>Report</title></head><body><p>{DAY}</p><ul>"
        + "".join(
            f"<li class='item'>\n<h2>{title}</h2>\n<table>\n<tr><th>Item Type</th><td>Preprint</td>"
            f"</tr>\n<tr><th>Author</th><td>{names[0]}</td></tr>\n"
            f"<tr><th>Author</th><td>{names[1]}</td></tr>\n"
            f"<tr><th>Abstract</th><td>{SUMMARY}</td></tr>\n"
            f"<tr><th>URL</th><td><a href='{url}'>{url}</a></td></tr>\n</table>\n"
            "<h3>Notes:</h3><ul><li><p>See arXiv:2212.08073.</p></li></ul>\n</li>"
            for title, names, url in (
                ("Quiet Stairs", BELL_AND_DORN, FIRST), ("Loud Stairs", SEO, SECOND),
            )
        )
        + "</ul></body></html>",
        f"{DAY}.html",
    ),
    Markup(
        "table_and_sections_with_the_same_titles",
        "# 注目論文(2025年5月14日)\n\n| No. | タイトル | 著者 | arXiv | いいね |\n"
        "|:-:|:--|:--|:-:|--:|\n"
        f"| 1 | Quiet Stairs | Ada Bell, Cy Dorn | [2505.08001]({FIRST}) | 14 |\n"
        f"| 2 | Loud Stairs | Hana Seo, Paul Wirth | [2505.08002]({SECOND}) | 7 |\n\n---\n\n"
        f"## 1. Quiet Stairs\n\n**概要**:{SUMMARY}\n\n## 2. Loud Stairs\n\n**概要**:うるさい。"
        "(arXiv:2410.07766 とは違う)\n",
        "digest.md",
        (14, 7),
    ),
)  # fmt: skip


@pytest.mark.parametrize("markup", MARKUPS, ids=lambda markup: markup.name)
def test_papers_are_read(markup: Markup) -> None:
    entries = read(markup.text.encode(), markup.path).entries
    assert [(entry.paper_id, entry.title, entry.authors) for entry in entries] == [
        ("2505.08001", "Quiet Stairs", BELL_AND_DORN),
        ("2505.08002", "Loud Stairs", SEO),
    ]
    assert [entry.date for entry in entries] == [DAY, DAY]
    assert tuple(entry.votes for entry in entries) == markup.votes
    assert SUMMARY in entries[0].summary


@pytest.mark.parametrize(
    "stamp",
    [
        "[{}/05/2025, 09:10:12] Mia Roth: ",
        "{}/05/2025, 09:10 - Mia Roth: ",
        "[{}.05.25, 09:10:12] Mia Roth: ",
        "05/{}/2025, 9:10 PM - Mia Roth: ",
    ],
)
def test_messages_behind_their_stamps(stamp: str) -> None:
    text = (
        f"{stamp.format(14)}Quiet Stairs\nAda Bell, Cy Dorn\n{FIRST}\n"
        f"{stamp.format(14)}Loud Stairs\nHana Seo, Paul Wirth\n{SECOND}\n"
        f"{stamp.format(15)}Old Stairs\nEve Funk, Gil Hart\n{SECOND[:-1]}3\n"
    )
    entries = read(text.encode(), "chat.txt").entries
    assert [(entry.title, entry.authors, entry.date) for entry in entries] == [
        ("Quiet Stairs", BELL_AND_DORN, DAY),
        ("Loud Stairs", SEO, DAY),
        ("Old Stairs", ("Eve Funk", "Gil Hart"), "2025-05-15"),
    ]
    assert not any("Mia" in entry.summary for entry in entries)


@pytest.mark.parametrize("heading", ["", "= Veille\n\n"])
def test_lists_in_asciidoc(heading: str) -> None:
    text = (
        f"{heading}* {FIRST}[Quiet Stairs] +\nAda Bell, Cy Dorn\n"
        f"* {SECOND}[Loud Stairs] +\nHana Seo, Paul Wirth +\n{SUMMARY}\n"
    )
    entries = read(text.encode(), f"{DAY}.adoc").entries
    assert [(entry.title, entry.authors, entry.summary) for entry in entries] == [
        ("Quiet Stairs", BELL_AND_DORN, ""),
        ("Loud Stairs", SEO, SUMMARY),
    ]


@pytest.mark.parametrize(
    "link",
    ["[[@bell2025|Quiet Stairs: A Study]]", "[[Quiet Stairs: A Study]]"],
)
@pytest.mark.parametrize("tags", ["", " #stairs", " #stairs #to-read"])
def test_link_to_a_note_is_a_title(link: str, tags: str) -> None:
    text = f"# Reading\n\n- [ ] {link}{tags}\n  - arxiv: 2505.08001\n"
    assert [entry.title for entry in read(text.encode(), "2025-05-14.md").entries] == [
        "Quiet Stairs: A Study"
    ]


def test_dokuwiki() -> None:
    text = (
        "====== Lesekreis ======\n\n**Ort:** [[https://meet.example.org/room|Raum]] \\\\\n"
        "**Zeit:** mittwochs\n\n===== 14.05.2025 =====\n\n**Vorstellung:** Nele\n\n"
        "  * **Paper:** [[https://arxiv.org/abs/2505.08001|Quiet Stairs: How Houses Rest]]\n"
        "  * **Autor*innen:** Ada Bell, Cy Dorn\n  * **Worum geht's?** Um //stille// Treppen.\n\n"
        "===== 28.05.2025 =====\n\n"
        "  * **Paper:** [[https://openreview.net/forum?id=p7WdYx2LuQ|Loud Stairs of Towers]]\n"
        "  * **Autor*innen:** Eve Funk\n"
        "  * **Hinweis:** Dazu [[https://aclanthology.org/2023.acl-long.1/|mehr]].\n"
    )
    found = read(text.encode(), "lesekreis.txt").entries
    assert [(entry.paper_id, entry.title, entry.authors, entry.date) for entry in found] == [
        ("2505.08001", "Quiet Stairs: How Houses Rest", ("Ada Bell", "Cy Dorn"), "2025-05-14"),
        ("openreview:p7WdYx2LuQ", "Loud Stairs of Towers", ("Eve Funk",), "2025-05-28"),
    ]
    assert "_stille_ Treppen" in found[0].summary
