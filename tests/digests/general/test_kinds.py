"""Kinds of digests that the general reader did not read when they were first written."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from tui.digests.general.names.author_lists import names_in
from tui.digests.reader import read
from tui.models import Entry

DAY = "2025-05-14"
LINK = "https://arxiv.org/abs/2505.08001"
BELL_AND_DORN = ("Ada Bell", "Cy Dorn")


class WrittenKind(NamedTuple):
    """One paper as some write it.

    Attributes:
        name: what the kind is.
        text: the digest.
        authors: those that it names.
        votes: None if it has none.
        path: its path.
        date: the day of the paper.
        title: its title.
    """

    name: str
    text: str
    authors: tuple[str, ...] = ()
    votes: int | None = None
    path: str = f"{DAY}.md"
    date: str = DAY
    title: str = "Quiet Stairs"


KINDS = (
    WrittenKind(
        "linked_title_below_a_headline",
        f"---\ntitle: 週刊\ndate: {DAY}\n---\n\n## 評価\n\n### 階段は静かか\n\n"
        f"[Quiet Stairs]({LINK})\n"
        "著者: Ada Bell, Cy Dorn\n\n静かな階段。\n\n### 騒がしい階段\n\n"
        f"[Loud Stairs]({LINK[:-1]}2)\n著者: Eve Funk\n\n騒音。\n",
        BELL_AND_DORN,
        path="posts/weekly.md",
    ),
    WrittenKind(
        "title_in_other_quotation_marks",
        f"1) « Quiet Stairs »\n   Ada Bell, Cy Dorn\n   {LINK}\n\n   Des escaliers.\n",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "several_papers_in_a_message",
        json.dumps(
            [
                {
                    "type": "message",
                    "ts": "1747180800.0001",
                    "text": f"*New*\n\n1. <{LINK}|Quiet Stairs>\n_Ada Bell, Cy Dorn_\nStairs.\n\n"
                    f"2. <{LINK[:-1]}2|Loud Stairs>\n_Eve Funk, Gil Hart_\nStairs with noise.\n\n",
                }
            ]
        ),
        BELL_AND_DORN,
        path=f"club/{DAY}.json",
    ),
    WrittenKind(
        "turkish_data",
        f"tarih: {DAY}\nmakaleler:\n  - baslik: Quiet Stairs\n    yazarlar:\n      - Ada Bell\n"
        "      - Cy Dorn\n    arxiv: '2505.08001'\n    oy: 38\n    ozet: Basamaklar.\n",
        BELL_AND_DORN,
        38,
        path="_data/bulten.yml",
    ),
    WrittenKind(
        "day_named_data",
        f"encontros:\n  - data: {DAY}\n    artigos:\n      - titulo: Quiet Stairs\n"
        "        autores: [Ada Bell, Cy Dorn]\n        arxiv: '2505.08001'\n"
        "        resumo: Degraus silenciosos de casas antigas.\n",
        BELL_AND_DORN,
        path="_data/clube.yml",
    ),
    WrittenKind(
        "data_in_a_block_of_code",
        f'Aquí tienes el resumen:\n\n```json\n{{"fecha": "{DAY}", "articulos": [{{"titulo": '
        f'"Quiet Stairs", "autores": ["Ada Bell", "Cy Dorn"], "enlace": "{LINK}"}}]}}\n```\n',
        BELL_AND_DORN,
        path="salidas/a.md",
    ),
    WrittenKind(
        "heading_in_a_frame",
        f"{'=' * 60}\nKOMPAKT\nAusgabe 27 | 14. Mai 2025\n{'=' * 60}\n\nHallo,\n\n{'-' * 60}\n"
        f"(1) Quiet Stairs\n{'-' * 60}\nAutoren:  Ada Bell, Cy Dorn\nQuelle:   {LINK}\n"
        "Worum geht es?\nTreppen.\n",
        BELL_AND_DORN,
        path="ausgabe-27.txt",
    ),
    WrittenKind(
        "names_before_a_link_and_votes",
        f"- **Quiet Stairs** – Ada Bell, Cy Dorn ([arXiv]({LINK})) 👍 34\n  - Treppen.",
        BELL_AND_DORN,
        34,
    ),
    WrittenKind(
        "names_in_italics_behind_a_day",
        f"- [{DAY}] [Quiet Stairs]({LINK}). *Ada Bell, Cy Dorn*. Stairs. [[code](https://x.org)]",
        BELL_AND_DORN,
        path="README.md",
    ),
    WrittenKind(
        "votes_below_all_fields",
        "01\n标题：Quiet Stairs\n作者：Ada Bell, Cy Dorn\n机构：某大学\n摘要：安静的楼梯。\n"
        f"链接：{LINK}\n点赞 56",
        BELL_AND_DORN,
        56,
    ),
    WrittenKind(
        "number_before_a_label",
        f"**1. Title:** Quiet Stairs\n**Authors:** Ada Bell, Cy Dorn\n**arXiv:** {LINK[-10:]}\n"
        "**Summary:** Stairs.\n",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "day_in_a_sentence_above",
        "Claro, aquí tienes los artículos más destacados sobre escaleras y casas antiguas del **14 "
        f"de mayo de 2025**:\n\n1. **Quiet Stairs**\n   - **Autores:** Ada Bell, Cy Dorn\n"
        f"   - **Enlace:** {LINK}\n   - **Votos:** 48\n",
        BELL_AND_DORN,
        48,
        path="respuestas/resumen.md",
    ),
    WrittenKind(
        "day_between_dashes",
        f"----- Tuesday, May 13th, 2025 -----\n\nhello\n\n----- Wednesday, May 14th, 2025 -----\n\n"
        f"*Quiet Stairs*\nAuthors: Ada Bell, Cy Dorn\n{LINK}\nTL;DR: stairs.\n",
        BELL_AND_DORN,
        path="club.txt",
    ),
    WrittenKind(
        "names_in_italics_before_a_remark",
        f"- [Quiet Stairs]({LINK}) - *Ada Bell, Cy Dorn*. Stairs without noise.",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "names_in_italics_and_a_server",
        f"## Quiet Stairs\n*Ada Bell, Cy Dorn* ／ bioRxiv\n{LINK}\n\n静かな階段。",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "names_before_a_server",
        f"Quiet Stairs\nAda Bell, Cy Dorn - arXiv, 2025\n{LINK}\nStairs without noise.",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "names_before_a_venue",
        f"- [Quiet Stairs]({LINK}) - Ada Bell, Cy Dorn, *NeurIPS 2024*. [[code](https://x.org)]",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "votes_behind_a_title", f"## 1. Quiet Stairs *(175 votes)*\n\n**Link:** {LINK}", (), 175
    ),
    WrittenKind(
        "link_below_front_matter",
        f'---\ntitle: "[논문리뷰] Quiet Stairs"\ndate: {DAY}\n---\n> **링크:** [PDF]({LINK})\n\n'
        "**저자:** Ada Bell, Cy Dorn\n\n## 핵심\n조용하다.",
        BELL_AND_DORN,
        path="review.md",
    ),
    WrittenKind(
        "authors_as_links_to_notes",
        f"---\ntitle: Quiet Stairs\nurl: {LINK}\n---\n# Quiet Stairs\n\n## Authors\n"
        "- [[Ada Bell]]\n- [[Cy Dorn]]\n\n## Abstract\nStairs are quiet.",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "id_beside_a_venue",
        "# Quiet Stairs\n\n> - **저자:** Ada Bell, Cy Dorn\n"
        "> - **발표:** CVPR 2025 (arXiv: 2505.08001)\n\n## 2. 참고 문헌\n\n"
        "- 이전 연구: https://arxiv.org/abs/2208.01626",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "label_and_value_in_bold",
        f"## Quiet Stairs\n\n**Authors:Ada Bell, Cy Dorn**\n\nStairs are quiet.\n\n"
        f"[PDF]({LINK})\n\n"
        "**Summary**\nQuiet.\n\n## Loud Stairs\n\n**Authors:Cy Dorn**\n\n"
        "[PDF](https://arxiv.org/abs/2505.08002)",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "part_with_the_fields",
        "# 阅读笔记：Quiet Stairs\n\n## 1. 论文基本信息\n\n"
        "- 作者 / 机构：Ada Bell, Cy Dorn；南方大学\n"
        f"- 论文链接：{LINK}\n\n## 2. 总结\n- 安静。",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "original_title",
        f"## 静かな階段\n\n- 原題: Quiet Stairs\n- 著者: Ada Bell, Cy Dorn ほか\n- リンク: {LINK}",
        (*BELL_AND_DORN, "et al."),
    ),
    WrittenKind(
        "russian",
        f"# Статьи за 14 мая 2025\n\n## Quiet Stairs\n\n**Авторы:** Ada Bell и Cy Dorn\n"
        f"**Голоса:** 27\n**Ссылка:** [arXiv]({LINK})\n\n**Кратко:** Тихо.",
        BELL_AND_DORN,
        27,
        "digest.md",
    ),
    WrittenKind(
        "category_above_a_title",
        f"[astro-ph.GA]\nQuiet Stairs\n  {LINK}\n\nStairs.\n\n---\n\n[cs.CL]\nLoud Stairs\n"
        "  https://arxiv.org/abs/2505.08002\n\nLoud.",
        path=f"{DAY}.txt",
    ),
    WrittenKind(
        "reference_with_year",
        "1. Bell, A., & Dorn, C. (2025). Quiet Stairs. *Journal of Steps*, 12(3). arXiv:2505.08001",
        ("A. Bell", "C. Dorn"),
    ),
    WrittenKind(
        "reference_with_quotes",
        '1. A. Bell and C. Dorn, "Quiet Stairs," arXiv:2505.08001 (2025).',
        ("A. Bell", "C. Dorn"),
    ),
    WrittenKind(
        "names_beside_links",
        f"### Quiet Stairs\n*By Ada Bell, Cy Dorn* | [arXiv]({LINK}) | [Code](https://x.org)\n\nShh.\n\n"
        "### Loud Stairs\n*By Cy Dorn* | [arXiv](https://arxiv.org/abs/2505.08002)",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "colon_in_a_title_in_front_matter",
        f"---\ntitle: 【論文紹介】Quiet: Stairs\ndate: {DAY}\n---\n- 論文リンク: {LINK}\n"
        "- 著者: Ada Bell, Cy Dorn\n",
        BELL_AND_DORN,
        path="a.md",
        title="Quiet: Stairs",
    ),
    WrittenKind(
        "metadata_of_arxiv",
        json.dumps(
            {
                "id": "2505.08001",
                "title": "Quiet\n Stairs",
                "authors": "Ada Bell and Cy Dorn",
                "categories": "cs.RO",
                "abstract": "Stairs.",
            }
        ),
        BELL_AND_DORN,
        path=f"{DAY}.json",
    ),
    WrittenKind(
        "bars_between_names",
        f"title\turl\tauthors\nQuiet Stairs\t{LINK}\tAda Bell|Cy Dorn\n",
        BELL_AND_DORN,
        path=f"{DAY}.tsv",
    ),
    WrittenKind(
        "properties_above_the_title_in_org",
        ":PROPERTIES:\n:ID:       8f1f7f3e-1111-2222-3333-444455556666\n"
        f":ROAM_REFS: {LINK}\n:END:\n#+title: Quiet Stairs\n\n* Authors\nAda Bell, Cy Dorn\n",
        BELL_AND_DORN,
        path=f"{DAY}.org",
    ),
    WrittenKind(
        "papers_below_an_item",
        f"- ## Papers\n\t- Quiet Stairs\n\t  arxiv:: {LINK}\n\t  authors:: Ada Bell, Cy Dorn\n"
        "\t- Loud Stairs\n\t  arxiv:: https://arxiv.org/abs/2505.08002\n",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "links_in_rst",
        f"* `Quiet Stairs <{LINK}>`_, Ada Bell, Cy Dorn\n"
        "* `Loud Stairs <https://arxiv.org/abs/2505.08002>`_, Cy Dorn, Ada Bell\n",
        BELL_AND_DORN,
        path=f"{DAY}.rst",
    ),
    WrittenKind(
        "quoted_title_and_names_in_bold",
        '1. **"Quiet Stairs" (Ada Bell, Cy Dorn u. a.)** - arXiv:2505.08001\n   Stairs.',
        (*BELL_AND_DORN, "et al."),
    ),
    WrittenKind(
        "documents_in_yaml",
        f"---\ntitle: Quiet Stairs\nauthors: [Ada Bell, Cy Dorn]\nurl: {LINK}\n---\n"
        "title: Loud Stairs\nauthors: [Cy Dorn]\nurl: https://arxiv.org/abs/2505.08002\n",
        BELL_AND_DORN,
        path=f"{DAY}.yaml",
    ),
    WrittenKind(
        "csl_json",
        json.dumps(
            [
                {
                    "title": "Quiet Stairs",
                    "author": [
                        {"family": "Bell", "given": "Ada"},
                        {"family": "Dorn", "given": "Cy"},
                    ],
                    "issued": {"date-parts": [[2025, "5", 14]]},
                    "URL": LINK,
                }
            ]
        ),
        BELL_AND_DORN,
        path="library.json",
    ),
    WrittenKind(
        "title_in_a_list_and_wrapped_values",
        json.dumps(
            {
                "items": [
                    {
                        "title": ["Quiet Stairs"],
                        "authors": {"value": ["Ada Bell", "Cy Dorn"]},
                        "URL": LINK,
                    }
                ]
            }
        ),
        BELL_AND_DORN,
        path=f"{DAY}.json",
    ),
    WrittenKind(
        "links_in_a_part_of_any_name",
        "# Tagesübersicht\n\n## 1. Quiet Stairs\n\n**Autoren:** Ada Bell, Cy Dorn\n\n"
        "### Worum es geht\nStufen.\n\n### Wo man es findet\n\n"
        f"| Ort | Adresse | |\n|---|---|---|\n| arXiv | <{LINK}> | frei |\n"
        f"| PDF-Datei | [{LINK}]({LINK}) | |\n| Programm | N/A | |\n\n"
        "## 2. Loud Stairs\n\n**Autoren:** Cy Dorn\n\n### Wo man es findet\n"
        "- arXiv: https://arxiv.org/abs/2505.08002\n",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "days_of_rows_below_a_time_of_writing",
        "# Daily\n> Refreshed by a bot at 2025-05-20T04:15 UTC\n\n## Steps\n"
        "| Date | Title | Authors | Link |\n|---|---|---|---|\n"
        f"| {DAY} | Quiet Stairs | Ada Bell, Cy Dorn | [pdf]({LINK}) |\n",
        BELL_AND_DORN,
        path="README.md",
    ),
    WrittenKind(
        "time_of_writing_above_rows_without_days",
        f"# Daily\nRun of {DAY} 04:15 UTC\n\n| Title | Authors | Link |\n|---|---|---|\n"
        f"| Quiet Stairs | Ada Bell, Cy Dorn | [pdf]({LINK}) |\n",
        BELL_AND_DORN,
        path="README.md",
    ),
    WrittenKind(
        "title_named_paper_in_yaml",
        f"# planned talks\n- day: {DAY}\n  论文: 'Quiet: Stairs'\n  link: {LINK}\n",
        path="_data/talks.yml",
        title="Quiet: Stairs",
    ),
    WrittenKind(
        "title_named_paper_in_json",
        json.dumps({"talks": [{"paper": "Quiet Stairs", "pdf": LINK, "authors": "Ada Bell"}]}),
        ("Ada Bell",),
        path=f"{DAY}.json",
    ),
    WrittenKind(
        "comment_in_invalid_yaml",
        f"# newest first\n- title: Quiet Stairs\n  url: {LINK}\n  note: [\n",
        path=f"{DAY}.yaml",
    ),
    WrittenKind(
        "linked_title_in_a_column_of_any_name",
        "| Wann | Raum | Wer | Was | Folien |\n|---|---|---|---|---|\n"
        f"| {DAY} | Großer Saal im Neubau | Jan, Mia | [Quiet Stairs]({LINK}) | [pdf](/a.pdf) |\n",
        path="seminar.md",
    ),
    WrittenKind(
        "form_with_a_heading_for_each_field",
        f"# Quiet Stairs\n\n### Paper link\n{LINK}\n\n### Authors\nAda Bell, Cy Dorn\n\n"
        f"### Date (yyyy-mm-dd)\n{DAY}\n\n### Comments\n"
        "Read next: https://arxiv.org/abs/2505.08002",
        BELL_AND_DORN,
        path="issues/7.md",
    ),
    WrittenKind(
        "form_with_fields_in_a_part_of_it",
        f"# Quiet Stairs\n\n## 논문 한눈에\n### 논문 링크\n- <{LINK}>\n### 저자/소속 기관\n"
        f"Ada Bell, Cy Dorn\n### 발행일\n{DAY}\n\n## 요약\n계단.\n\n## 초록\n조용하다.\n\n"
        "## 메모\n다음: https://arxiv.org/abs/2505.08002",
        BELL_AND_DORN,
        path="issues/8.md",
    ),
    WrittenKind(
        "heading_that_numbers_the_paper",
        f"## 첫 번째 논문\n\n**제목:** Quiet Stairs\n**저자:** Ada Bell, Cy Dorn\n"
        f"**링크:** <{LINK}>\n**추천:** 4\n**제출일:** 2025-05-02\n\n**요약:** 계단은 조용하다.\n",
        BELL_AND_DORN,
        4,
    ),
    WrittenKind(
        "title_in_quotes_after_a_number_in_words",
        f'**Makalah Pertama: "Quiet Stairs"**\n\nPenulis: Ada Bell, Cy Dorn\nTautan: {LINK}\n'
        "Suka: 4\n\n*TL;DR* – Tangga itu sunyi.\n",
        BELL_AND_DORN,
        4,
    ),
    WrittenKind(
        "title_in_straight_quotes_after_a_time",
        f'### [03:40] "Quiet Stairs"\n\n🔗 <{LINK}>\n👥 Ada Bell, Cy Dorn\n\nStairs: ★★★★☆\n',
        BELL_AND_DORN,
    ),
    WrittenKind(
        "arabic_labels",
        f"أوراق اليوم\n\n(1) Quiet Stairs\nالمؤلفون: Ada Bell، Cy Dorn\nالرابط: {LINK}\n"
        "الملخص: الدرج هادئ.\n",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "link_with_a_category_and_a_score_below_a_heading",
        f"### Quiet Stairs\n\n[arXiv:2505.08001]({LINK}) · cs.LG · relevance 0.94\n\n"
        "**Authors:** Ada Bell; Cy Dorn\n\nStairs are quiet.\n",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "authors_in_italics_in_an_item_of_their_own",
        f"- **Quiet Stairs** [[论文]({LINK})] ![Stars](https://img.example.org/a?style=social)\n"
        "  - *Ada Bell, Cy Dorn*\n  - 安静的楼梯。\n",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "number_of_arxiv_in_a_chinese_column",
        "\ufeff序号,推送日期,标题,作者,arXiv编号,点赞数,中文摘要,备注\n"
        f"1,{DAY},Quiet Stairs,Ada Bell; Cy Dorn,2505.08001v1,4,"
        '"安静的\n楼梯。",引用了 2404.05719\n',
        BELL_AND_DORN,
        4,
        path="导出.csv",
    ),
    WrittenKind(
        "days_before_months_in_the_table_of_a_month",
        "# Nhật ký – tháng 5/2025\n\n| Ngày | Người đọc | Bài báo | Tác giả |\n|--|--|--|--|\n"
        f"| 14/05/2025 | Mai | [Quiet Stairs]({LINK}) | Ada Bell, Cy Dorn |\n"
        f"| 06/05/2025 | Mai | [Loud Stairs]({LINK[:-1]}2) | Eve Funk |\n",
        BELL_AND_DORN,
        path="2025-05.md",
    ),
    WrittenKind(
        "heading_in_an_item_above_one_paper",
        f"- ## Artículos de hoy #arxiv\n\t- **Quiet Stairs** [arXiv]({LINK})\n"
        "\t  autores:: Ada Bell, Cy Dorn\n\t  enviado:: 2025-05-02\n\t\t- Resumen: Silencio.\n"
        "- DONE enviar factura\n",
        BELL_AND_DORN,
        path="journals/2025_05_14.md",
    ),
    WrittenKind(
        "team_of_authors_in_chinese",
        f"### 【01】Quiet Stairs\n\n📌 **论文地址**:{LINK}\n✍️ **作者团队**:Ada Bell,Cy Dorn\n"
        "💡 **看点**:楼梯很安静。\n",
        BELL_AND_DORN,
    ),
    WrittenKind(
        "badge_behind_the_title_in_a_heading",
        "## Stairs\n\n### 1. Quiet Stairs "
        f"[![arXiv](https://img.example.org/arXiv-2505.08001.svg)]({LINK}v2) "
        "[![code](https://img.example.org/code.svg)](https://github.com/a/b)\n\n"
        "*Ada Bell, Cy Dorn* · submitted 2025-05-02 · 👍 4\n\nStairs are quiet.\n",
        BELL_AND_DORN,
        4,
    ),
    WrittenKind(
        "columns_for_the_day_of_the_list_and_of_submission",
        "| Listed | Submitted | Title | Authors | PDF |\n|:-:|:-:|--|--|:-:|\n"
        f"| {DAY} | 2025-05-02 | **Quiet Stairs** | Ada Bell, Cy Dorn | [2505.08001]({LINK}) |\n",
        BELL_AND_DORN,
        path="README.md",
    ),
    WrittenKind(
        "portuguese_day_of_the_list",
        "Data da lista\tTítulo\tAutores\tarXiv\tData de submissão\tCurtidas\n"
        f"14/05/2025\tQuiet Stairs\tAda Bell; Cy Dorn\t{LINK}\t02/05/2025\t4\n",
        BELL_AND_DORN,
        4,
        path="leituras.tsv",
    ),
    WrittenKind(
        "label_with_a_wide_colon_in_an_element_for_authors",
        "<!DOCTYPE html><html><body><article><h2>Quiet Stairs</h2>"
        f"<p class='authors'>著者：Ada Bell, Cy Dorn</p><a href='{LINK}'>arXiv</a>"
        "<p>静かな階段。</p></article></body></html>",
        BELL_AND_DORN,
        path=f"{DAY}.html",
    ),
    WrittenKind(
        "paper_with_properties_below_an_item_for_a_topic",
        "- ## Đọc báo hôm nay #paper\n\t- [[Mô hình khuếch tán]]\n\t\t- Quiet Stairs\n"
        f"\t\t  url:: {LINK}\n\t\t  tác-giả:: Ada Bell, Cy Dorn\n"
        "\t\t  ngày-đăng:: 2025-02-09\n- 15:30 họp nhóm\n",
        BELL_AND_DORN,
        path="journals/2025_05_14.md",
    ),
    WrittenKind(
        "title_that_begins_with_a_sign_of_punctuation",
        f"1. **¿Quiet Stairs?**\n   Ada Bell y Cy Dorn\n   {LINK}\n   Escaleras.\n",
        BELL_AND_DORN,
        title="¿Quiet Stairs?",
    ),
    WrittenKind(
        "day_in_a_bold_title_and_days_of_submission",
        f"**[Bản tin] Bài báo hay – ngày 14/05/2025**\n\nChào cả nhà.\n\n---\n\n"
        f"**Bài 1: Quiet Stairs**\nTác giả: Ada Bell, Cy Dorn\nLiên kết: {LINK}\n"
        "Ngày nộp: 02/05/2025\n👍 4 lượt thích\n",
        BELL_AND_DORN,
        4,
        path="ban-tin.md",
    ),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kind_is_read(kind: WrittenKind) -> None:
    entry = first_paper(kind.text, kind.path)
    assert (entry.paper_id, entry.title) == ("2505.08001", kind.title)
    assert (entry.authors, entry.votes, entry.date) == (kind.authors, kind.votes, kind.date)


def first_paper(text: str, path: str) -> Entry:
    entries = read(text.encode(), path).entries
    assert len(entries) == 1 or not path.startswith("issues/")
    assert {entry.paper_id for entry in entries} <= {"2505.08001", "2505.08002"}
    return entries[0]


def test_papers_of_a_digest_keep_their_titles_below_its_own_fields() -> None:
    text = (
        f"# Reading list\nAuthor: Mia Roth\n\n## Summary\nStairs.\n\n## Quiet Stairs\n{LINK}"
        "\n\n## Loud Stairs\n### Link\nhttps://arxiv.org/abs/2505.08002\n### Authors\nCy Dorn\n"
    )
    titles = [entry.title for entry in read(text.encode(), f"{DAY}.md").entries]
    assert titles == ["Quiet Stairs", "Loud Stairs"]


def test_wrapped_title_between_labels() -> None:
    text = "\n".join(
        f"\\\\\narXiv:{number}\n\nTitle: {title}\nAuthors: Ada Bell\n\\\\\n  Stairs are quiet.\n"
        f"\\\\ ( https://arxiv.org/abs/{number} ,  12kb)"
        for number, title in [
            ("2505.08001", "Quiet Stairs\n  in Old Houses"),
            ("2505.08002", "Loud Stairs"),
        ]
    )
    titles = [entry.title for entry in read(text.encode(), f"{DAY}.txt").entries]
    assert titles == ["Quiet Stairs in Old Houses", "Loud Stairs"]


def test_abstract_of_an_item_with_upvotes() -> None:
    item = {"id": "2505.08001", "title": "Quiet Stairs", "upvotes": 3, "abstract": "Stairs."}
    digest = read(json.dumps([item]).encode(), f"{DAY}.json")
    assert digest.dialect == "hub_json"
    assert "Stairs." in digest.entries[0].summary


def test_names_with_accents_in_tex() -> None:
    text = r"Ines Kova\v{c}, J{\"u}rgen Wei\ss, {\O}yvind \AA berg, Fran\c{c}ois M{\"{u}}ller"
    assert names_in(text) == ("Ines Kovač", "Jürgen Weiß", "Øyvind Åberg", "François Müller")


def test_paper_with_a_mere_address_among_others() -> None:
    text = "# 5 al 9 de mayo de 2025\n\n" + "".join(
        f"- **{title}**\n  - Autores: Ada Bell, Cy Dorn\n  - Enlace: {url}\n"
        "  - Resumen: Escaleras.\n"
        for title, url in (
            ("Quiet Stairs", LINK),
            ("Loud Stairs", "https://lab.example.org/informes/escaleras.pdf"),
            ("Old Stairs", "https://lab.example.org/informes/7"),
        )
    )
    entries = read(text.encode(), "reunion.md").entries
    assert [(entry.paper_id, entry.title, entry.date) for entry in entries] == [
        ("2505.08001", "Quiet Stairs", "2025-05-09"),
        ("url:https://lab.example.org/informes/escaleras.pdf", "Loud Stairs", "2025-05-09"),
        ("url:https://lab.example.org/informes/7", "Old Stairs", "2025-05-09"),
    ]


@pytest.mark.parametrize(
    "item", ["## {}\nAuthors: {}\nLink: {}\n\n{}", "1. {}\n   {}\n   {}\n   {}"]
)
def test_address_of_a_paper_whose_neighbours_have_ids(item: str) -> None:
    addresses = (LINK, f"{LINK[:-1]}2", "https://lab.example.org/reports/slow-stairs")
    papers = "\n\n".join(
        item.format(title, "Ada Bell, Cy Dorn", address, "Stairs are climbed slowly here.")
        for title, address in zip(
            ("Quiet Stairs", "Loud Stairs", "Slow Stairs"), addresses, strict=True
        )
    )
    text = f"Three for Thursday.\n\n{papers}\n\nSlides: https://lab.example.org/slides/7\n"
    assert [entry.paper_id for entry in read(text.encode(), f"{DAY}.md").entries] == [
        "2505.08001", "2505.08002", "url:https://lab.example.org/reports/slow-stairs",
    ]  # fmt: skip


def test_linked_title_among_papers_with_ids() -> None:
    text = "\n\n".join(
        f"**[{title}]({url})**\n*Ada Bell, Cy Dorn*\nStairs are climbed here."
        for title, url in (
            ("Quiet Stairs in Houses", LINK),
            ("Loud Stairs in Houses", f"{LINK[:-1]}2"),
            ("Slow Stairs in Houses", "https://lab.example.org/reports/slow-stairs"),
        )
    )
    entries = read(f"What we read.\n\n{text}\n\nSee you!".encode(), f"{DAY}.md").entries
    assert [entry.title for entry in entries] == [
        "Quiet Stairs in Houses", "Loud Stairs in Houses", "Slow Stairs in Houses",
    ]  # fmt: skip


def test_links_beside_papers_are_no_papers() -> None:
    text = (
        f"- [Quiet Stairs]({LINK}) by Ada Bell\n- [Loud Stairs]({LINK[:-1]}2) by Eve Funk\n"
        "- Our slides\n  https://lab.example.org/slides/7\n"
        "- Code\n  of last week\n  https://github.com/lab/stairs\n  in Python\n"
    )
    assert len(read(text.encode(), f"{DAY}.md").entries) == 2


def test_link_within_a_sentence_of_a_quotation_is_no_paper() -> None:
    text = (
        f"【その一】**Quiet Stairs**\n✍️ Ada Bell / Cy Dorn\n🔗 {LINK}\n👍 45\n静かな階段。\n\n"
        "> **すだち** — 10:05\n> 階段といえば https://arxiv.org/abs/2306.05685 も読まないと\n"
    )
    entries = read(text.encode(), f"{DAY}.md").entries
    assert [(entry.title, entry.authors) for entry in entries] == [("Quiet Stairs", BELL_AND_DORN)]


def test_paper_elsewhere_in_a_column_of_papers() -> None:
    text = (
        "# 모임\n\n| 날짜 | 발표자 | 논문 |\n|:-:|:-:|:--|\n"
        f"| 2025-05-14 | 한별 | [Quiet Stairs]({LINK}) |\n"
        "| 2025-05-21 | 서이 | [Loud Stairs](https://openreview.net/forum?id=pR7cTn2QwE) |\n"
        "| 2025-05-28 | 미정 | TBD |\n"
    )
    entries = read(text.encode(), "README.md").entries
    assert [(entry.paper_id, entry.date) for entry in entries] == [
        ("2505.08001", "2025-05-14"),
        ("openreview:pR7cTn2QwE", "2025-05-21"),
    ]


def test_day_beside_a_saved_response() -> None:
    paper = {"id": "2505.08001", "title": "Quiet Stairs", "upvotes": 3, "summary": "Stairs."}
    item = {"fetched_on": DAY, "paper": {**paper, "publishedAt": "2025-05-02T17:42:10.000Z"}}
    digest = read(json.dumps(item).encode(), "dump.jsonl")
    assert digest.dialect == "hub_json"
    assert digest.entries[0].date == DAY


def test_days_between_the_messages_of_a_chat() -> None:
    text = "#paper-club (copied)\n" + "".join(
        f"\n-------------- {day} --------------\n\nMia Roth  9:12 AM\none more\n\n*{title}*\n"
        f"Authors: Ada Bell, Cy Dorn\n{url}\nTL;DR: stairs.\n\nTom  9:31 AM\nthanks!\n"
        for day, title, url in (
            ("Wednesday, May 14th, 2025", "Quiet Stairs", LINK),
            ("Thursday, May 15th, 2025", "Loud Stairs", f"{LINK[:-1]}2"),
        )
    )
    entries = read(text.encode(), "club.txt").entries
    assert [(entry.title, entry.date) for entry in entries] == [
        ("Quiet Stairs", "2025-05-14"),
        ("Loud Stairs", "2025-05-15"),
    ]
