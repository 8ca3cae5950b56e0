"""References to papers in the spellings that people paste, and other texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.paper_ids import SCHEMES, arxiv_id_of
from tui.paper_ids.elsewhere import mentioned_elsewhere, parse_elsewhere
from tui.paper_ids.links import page_url, pdf_url
from tui.paper_ids.references import arxiv_ids_in, pasted_paper_id, sole_paper_id
from tui.paper_ids.urls import paper_url_id, url_id

ON_ARXIV = """
https://arxiv.org/pdf/2505.04921v3.pdf#page=2
https://arxiv.org/html/2505.04921v1
https://arxiv.org/src/2505.04921
https://arxiv.org/format/2505.04921
https://cn.arxiv.org/abs/2505.04921
https://export.arxiv.org/api/query?id_list=2505.04921
https://browse.arxiv.org/html/2505.04921v2
http://xxx.lanl.gov/abs/2505.04921
https://ar5iv.labs.arxiv.org/html/2505.04921
https://www.alphaxiv.org/ko/overview/2505.04921
https://alphaxiv.org/zh-CN/overview/2505.04921v1
https://papers.cool/arxiv/2505.04921
https://hf-mirror.com/papers/2505.04921
https://huggingface.co/papers/2505.04921?ref=x
https://scirate.com/arxiv/2505.04921
https://api.semanticscholar.org/arXiv:2505.04921
https://www.semanticscholar.org/arxiv/2505.04921
https://ui.adsabs.harvard.edu/abs/arXiv:2505.04921/abstract
https://inspirehep.net/arxiv/2505.04921
https://scholar.google.com/scholar_url?url=https%3A%2F%2Farxiv.org%2Fpdf%2F2505.04921&hl=en
https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2505.04921&hl=en
https://www.google.com/url?q=https%253A%252F%252Farxiv.org%252Fabs%252F2505.04921v2
http://dx.doi.org/10.48550/ARXIV.2505.04921
10.48550/arXiv.2505.04921
arXiv : 2505.04921
arXiv ID: 2505.04921
arXiv:\u30002505.04921v1
ＡｒＸｉｖ：２５０５．０４９２１
(arXiv:2505.04921)
【arXiv:2505.04921】
（2505.04921）
「2505.04921」。
‹2505.04921›
"2505.04921",
[2505.04921]
2505.04921;
[2505.04921] Counting Wind in Three Mills
2505.04921v2.pdf
/home/ada/Downloads/2505.04921v1.pdf
C:\\papers\\2505.04921v1 (1).pdf
file:///tmp/2505.04921.pdf
arxiv-2505.04921.pdf
arXiv_2505.04921.md
""".strip().split("\n")

ELSEWHERE = {
    "doi:10.1101/2025.04.11.648321": """
        https://www.biorxiv.org/content/10.1101/2025.04.11.648321v1.full.pdf
        https://www.biorxiv.org/content/10.1101/2025.04.11.648321v2
        https://www.biorxiv.org/content/biorxiv/early/2025/04/11/2025.04.11.648321.full.pdf
        http://biorxiv.org/cgi/content/short/2025.04.11.648321v1?rss=1
        https://doi.org/10.1101/2025.04.11.648321
        http://dx.doi.org/10.1101/2025.04.11.648321.
        doi:10.1101/2025.04.11.648321
        DOI: https://doi.org/10.1101/2025.04.11.648321
        10.1101/2025.04.11.648321v1
        bioRxiv 2025.04.11.648321
        【doi：10.1101/2025.04.11.648321】
    """,
    "doi:10.1101/2025.04.11.25320001": """
        https://www.medrxiv.org/content/10.1101/2025.04.11.25320001v1.full-text
        medRxiv: 2025.04.11.25320001v1
    """,
    "doi:10.64898/2025.12.11.648321": """
        https://www.biorxiv.org/content/10.64898/2025.12.11.648321v1
        http://biorxiv.org/cgi/content/short/2025.12.11.648321v1?rss=1
    """,
    "doi:10.1016/s0140-6736(20)30183-5": """
        https://doi.org/10.1016/S0140-6736(20)30183-5
        (https://doi.org/10.1016/S0140-6736(20)30183-5)
        https://doi.org/10.1016/S0140-6736%2820%2930183-5).
    """,
    "doi:10.1145/3292500.3330701": """
        https://dl.acm.org/doi/pdf/10.1145/3292500.3330701
        https://dl.acm.org/doi/abs/10.1145/3292500.3330701?cid=12
        https://doi.org/10.1145/3292500.3330701#sec
    """,
    "doi:10.3389/fnins.2020.00123": """
        https://www.frontiersin.org/articles/10.3389/fnins.2020.00123/full
    """,
    "doi:10.1371/journal.pone.0123456": """
        https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456&type=printable
    """,
    "doi:10.1038/s41586-021-03819-2": "https://www.nature.com/articles/s41586-021-03819-2.pdf",
    "doi:10.2139/ssrn.4567890": """
        https://papers.ssrn.com/sol3/papers.cfm?abstract_id=4567890
    """,
    "openreview:rJl-b3RcF7": """
        https://openreview.net/forum?id=rJl-b3RcF7&noteId=abcd
        https://openreview.net/forum?noteId=abcd1&id=rJl-b3RcF7
        https://openreview.net/pdf?id=rJl-b3RcF7
        openreview:rJl-b3RcF7
    """,
    "acl:2023.acl-long.1": """
        https://aclanthology.org/2023.acl-long.1/
        https://aclanthology.org/2023.acl-long.1v2.pdf
        https://doi.org/10.18653/v1/2023.acl-long.1
        ACL: 2023.acl-long.1
    """,
    "acl:P19-1001": """
        https://www.aclweb.org/anthology/P19-1001.pdf
        https://aclanthology.info/papers/p19-1001/p19-1001
        acl:p19-1001
    """,
    "url:https://site.org/a": "url:https://site.org/a?utm_source=feed#top",
}

NO_PAPERS = """
+82 10-2505-0492
010-1234-5678
2505.0492
2025.04921
2505.049211
1.2505.04921
$2505.04921
€2505.04921
v2505.04921
2025-05-14
14.05.2025
page/1203123
2024/1203123
978-3-16-148410-0
9905.04921
$10.99
10.1.2.3/24
10.2024/05
12.10.2024/13
1.10.1234/5
https://arxiv.org/list/cs.CL/recent
https://openreview.net/group?id=ICLR.cc/2025
https://aclanthology.org/volumes/2023.acl-long/
https://aclanthology.org/2023.acl-long.0/
https://www.nature.com/articles/d41586-021-03819-2
https://github.com/ada/10.1101/2025.04.11.648321
two words
""".strip().split("\n")


@pytest.mark.parametrize("text", ON_ARXIV)
def test_reference_to_a_paper_on_arxiv(text: str) -> None:
    assert pasted_paper_id(text) == sole_paper_id(text) == "2505.04921"


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("math.GT/0309136v1", "math/0309136"),
        ("arXiv:HEP-TH/9901001", "hep-th/9901001"),
        ("hep-th_9901001.pdf", "hep-th/9901001"),
        ("https://arxiv.org/pdf/cond-mat/0102001.pdf", "cond-mat/0102001"),
        ("0704.0001", "0704.0001"),
    ],
)
def test_reference_to_an_old_paper_on_arxiv(text: str, arxiv_id: str) -> None:
    assert pasted_paper_id(text) == arxiv_id


@pytest.mark.parametrize(
    ("paper_id", "text"),
    [(key, text.strip()) for key, texts in ELSEWHERE.items() for text in texts.strip().split("\n")],
)
def test_reference_to_a_paper_elsewhere(paper_id: str, text: str) -> None:
    assert pasted_paper_id(text) == sole_paper_id(text) == paper_id
    assert pasted_paper_id(paper_id) == paper_id
    assert paper_id.partition(":")[0] in SCHEMES
    assert arxiv_id_of(paper_id) is None


@pytest.mark.parametrize("text", NO_PAPERS)
def test_text_that_is_no_reference(text: str) -> None:
    assert pasted_paper_id(text) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ada/wind",
        "https://ada.github.io/wind",
        "https://x.com/ada/status/1",
        "https://www.youtube.com/watch?v=abcdefg",
        "https://huggingface.co/ada/wind",
        "https://site.org/wind.png",
        "https://site.org/",
        "ftp://site.org/a.pdf",
        "https://ada:secret@site.org/a.pdf",
    ],
)
def test_url_that_is_of_no_paper(url: str) -> None:
    assert url_id(url) is None
    assert sole_paper_id(url) is None


def test_url_of_a_paper() -> None:
    assert url_id("HTTP://Site.ORG/a/") == "url:http://site.org/a"
    assert url_id("https://site.org/?p=12&ref=x") == "url:https://site.org/?p=12"
    assert paper_url_id("https://site.org/a") is None
    assert paper_url_id("https://site.org/a.pdf") == "url:https://site.org/a.pdf"
    found = paper_url_id("https://proceedings.mlr.press/v202/kim23a.html")
    assert found == "url:https://proceedings.mlr.press/v202/kim23a.html"
    # A search may be for any URL.
    assert pasted_paper_id("https://site.org/a") is None
    assert sole_paper_id("https://site.org/a") == "url:https://site.org/a"


@pytest.mark.parametrize(
    ("text", "paper_id"),
    [
        ("Counting Wind https://arxiv.org/abs/2505.04921", "2505.04921"),
        ("[Wind](https://doi.org/10.1145/3292500.3330701)", "doi:10.1145/3292500.3330701"),
        ('<a href="https://openreview.net/forum?id=x1Yz">Wind</a>', "openreview:x1Yz"),
        ("@misc{a,\n eprint = {2505.04921},\n doi = {10.1145/3292500.3330701}}", "2505.04921"),
        ("@misc{a, doi={10.1145/3292500.3330701}}", "doi:10.1145/3292500.3330701"),
        ("https://arxiv.org/abs/2505.04921 https://arxiv.org/abs/2505.04922", None),
        ("Counting Wind", None),
    ],
)
def test_text_with_one_reference(text: str, paper_id: str | None) -> None:
    assert sole_paper_id(text) == paper_id


def test_references_in_a_text() -> None:
    text = (
        "See (doi:10.1145/3292500.3330701), [x](https://doi.org/10.1016/S0140-6736(20)30183-5)."
        " and https://openreview.net/forum?id=x1Yz, https://arxiv.org/abs/2505.04921v2。"
    )
    assert list(arxiv_ids_in(text)) == ["2505.04921"]
    assert list(mentioned_elsewhere(text)) == [
        "doi:10.1145/3292500.3330701",
        "doi:10.1016/s0140-6736(20)30183-5",
        "openreview:x1Yz",
    ]


@pytest.mark.parametrize("paper_id", ["2505.04921", "hep-th/9901001", *ELSEWHERE])
def test_links_lead_back_to_the_paper(paper_id: str) -> None:
    assert sole_paper_id(page_url(paper_id)) == paper_id
    pdf = pdf_url(paper_id)
    assert pdf is None or sole_paper_id(pdf) == paper_id


@given(st.text(max_size=60))
def test_any_text_is_read_in_the_same_way_twice(text: str) -> None:
    found = sole_paper_id(text)
    assert found is None or sole_paper_id(found) == found


@pytest.mark.parametrize("unit", ["https://", "10.1101/", "(", "arxiv", "%2F", "doi:", "a.", "v="])
def test_long_texts_take_linear_time(unit: str) -> None:
    # Quadratic time would take minutes.
    text = unit * (400_000 // len(unit))
    sole_paper_id(text)
    assert len(list(mentioned_elsewhere(text))) <= 1


@pytest.mark.parametrize(
    "url",
    [
        "https://www.alphaxiv.org/abs/2505.04921",
        "https://alphaxiv.org/ko/overview/2505.04921v1",
        "http://ar5iv.org/abs/2505.04921",
        "http://xxx.itp.ac.cn/abs/2505.04921",
    ],
)
def test_mirrors_of_arxiv_within_a_text(url: str) -> None:
    assert list(arxiv_ids_in(f"🔗 Link: {url} (new)")) == ["2505.04921"]


def test_labelled_url_that_contains_a_doi() -> None:
    doi = "10.1101/2025.04.11.648321"
    assert parse_elsewhere(f"URL: https://www.biorxiv.org/content/{doi}v2.full") == f"doi:{doi}"
    assert parse_elsewhere("url:https://site.org/a") == "url:https://site.org/a"
