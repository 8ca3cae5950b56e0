from __future__ import annotations

import pytest

from tui.models import Paper
from tui.paper_ids.arxiv import id_in_url, parse_id, pasted_id, split_leading_id, submission_month

URLS = [
    "https://arxiv.org/abs/2505.04921",
    "http://arxiv.org/abs/2505.04921v2",
    "arxiv.org/abs/2505.04921",
    "https://www.arxiv.org/pdf/2505.04921.pdf",
    "https://arxiv.org/pdf/2505.04921v3.pdf#page=2",
    "https://export.arxiv.org/abs/2505.04921?context=cs",
    "https://arxiv.org/html/2505.04921v1/",
    "https://ArXiv.org/abs/2505.04921",
    "https://huggingface.co/papers/2505.04921#community",
    "https://hf.co/papers/2505.04921",
    "https://www.alphaxiv.org/abs/2505.04921",
    "https://alphaxiv.org/overview/2505.04921",
    "https://ar5iv.org/abs/2505.04921",
    "https://ar5iv.labs.arxiv.org/html/2505.04921",
    "https://doi.org/10.48550/arXiv.2505.04921",
]
OLD_STYLE_URLS = [
    ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
    ("https://arxiv.org/abs/math.GT/0309136v1", "math/0309136"),
    ("https://arxiv.org/pdf/cond-mat/0102001.pdf", "cond-mat/0102001"),
    ("https://arxiv.org/abs/0704.0001", "0704.0001"),
]
NOT_A_PAPER = [
    "https://example.org/abs/2505.04921",
    "https://notarxiv.org/abs/2505.04921",
    "https://arxiv.org/abs/2513.04921",  # there is no month 13
    "https://arxiv.org/abs/2505.0492123",
    "https://arxiv.org/list/cs.CL/recent",
    "https://huggingface.co/papers/date/2025-05-01",
]


@pytest.mark.parametrize("url", URLS)
def test_url_of_a_paper(url: str) -> None:
    assert id_in_url(f"see {url} here") == "2505.04921"
    assert parse_id(url) == "2505.04921"


@pytest.mark.parametrize(("url", "arxiv_id"), OLD_STYLE_URLS)
def test_url_with_an_old_style_id(url: str, arxiv_id: str) -> None:
    assert id_in_url(url) == arxiv_id
    assert parse_id(url) == arxiv_id


@pytest.mark.parametrize("url", NOT_A_PAPER)
def test_url_of_something_else(url: str) -> None:
    assert id_in_url(url) is None
    assert parse_id(url) is None


def test_id_without_a_url() -> None:
    assert id_in_url("2505.04921") is None


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("2505.04921", "2505.04921"),
        ("2505.04921v12", "2505.04921"),
        ("2505.04921.pdf", "2505.04921"),
        ("arXiv:2505.04921v2", "2505.04921"),
        ("arXiv: 2505.04921", "2505.04921"),
        ("math.GT/0309136v2", "math/0309136"),
        ("arxiv:hep-th/9901001", "hep-th/9901001"),
    ],
)
def test_text_that_is_an_id(text: str, arxiv_id: str) -> None:
    assert parse_id(text) == arxiv_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "v2",
        "2505.04921v",
        "x2505.04921v2",
        "2513.04921",
        "2505.04921 and more",
        "(https://arxiv.org/abs/2505.04921)",
        "see https://arxiv.org/abs/2505.04921",
    ],
)
def test_text_that_is_more_or_less_than_an_id(text: str) -> None:
    assert parse_id(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *URLS,
        *(f"<{url}>" for url in URLS),
        "2505.04921",
        " 2505.04921v2\n",
        "https://arxiv.org/abs/2505.04921.",
        "https://arxiv.org/abs/2505.04921),",
        "(https://arxiv.org/abs/2505.04921)",
        "arXiv:2505.04921v1 [cs.CL]",
        "arXiv:2505.04921v1  [cs.CL]  8 May 2025",
        "https://arxiv.org/abs/2505.04921 [cs.CL].",
        "arXiv 2505.04921",
        "arXiv preprint arXiv:2505.04921",
        "10.48550/arXiv.2505.04921",
        "doi: 10.48550/arXiv.2505.04921v2",
        "https://papers.cool/arxiv/2505.04921",
        "https://scirate.com/arxiv/2505.04921",
        "https://www.semanticscholar.org/arxiv:2505.04921",
    ],
)
def test_pasted_reference(text: str) -> None:
    assert pasted_id(text) == "2505.04921"


def test_pasted_reference_with_an_old_style_id() -> None:
    assert pasted_id("<https://arxiv.org/abs/math.GT/0309136>") == "math/0309136"
    assert pasted_id("hep-th/9901001.") == "hep-th/9901001"


@pytest.mark.parametrize("text", [*NOT_A_PAPER, "", "[]", "2505.04921 and more", "see 2505.04921"])
def test_pasted_text_that_is_more_or_less_than_a_reference(text: str) -> None:
    assert pasted_id(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2505.04921", ("2505.04921", "")),
        ("2505.04921v2", ("2505.04921", "")),
        ("📄 2505.04921", ("2505.04921", "")),
        ("[2505.04921](https://x.example)", ("2505.04921", "](https://x.example)")),
        ("arXiv:2505.04921 – Wind", ("2505.04921", " – Wind")),
        ("2505.04921v2_wind.md", ("2505.04921", "_wind.md")),
        ("hep-th/9901001", ("hep-th/9901001", "")),
        ("1. Motivation", None),
        ("2025.01234 in numbers", None),  # there is no month 25
        ("12505.04921", None),
        ("2505.04921abc", None),
        ("", None),
    ],
)
def test_leading_id(text: str, expected: tuple[str, str] | None) -> None:
    assert split_leading_id(text) == expected


@pytest.mark.parametrize(
    ("arxiv_id", "month"),
    [
        ("2505.04921", (2025, 5)),
        ("0704.0001", (2007, 4)),
        ("hep-th/9901001", (1999, 1)),
        ("math/0309136", (2003, 9)),
        ("Wind", None),
        ("2513.04921", None),
    ],
)
def test_submission_month(arxiv_id: str, month: tuple[int, int] | None) -> None:
    assert submission_month(arxiv_id) == month


def test_urls_of_a_paper() -> None:
    paper = Paper("math/0309136", "Wind", None, "", (), ())
    assert paper.url == "https://arxiv.org/abs/math/0309136"
    assert paper.pdf_url == "https://arxiv.org/pdf/math/0309136"
