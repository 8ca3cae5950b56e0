from __future__ import annotations

import pytest

from tui.library.paper_links import hub_url, repository_urls
from tui.models import Paper

PAPER = Paper("2505.00001", "Counting Wind", None, "", ("2025-05-01",), ())
PAGE = "https://huggingface.co/papers/2505.00001"


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ([], PAGE),
        (["https://hf.co/papers/2505.00001"], "https://hf.co/papers/2505.00001"),
        (["https://huggingface.co/papers/2505.00002", "https://huggingface.co/mill/wind"], PAGE),
    ],
)
def test_page_on_hugging_face(urls: list[str], expected: str) -> None:
    assert hub_url(PAPER, [("link", url) for url in urls]) == expected


def test_only_papers_of_arxiv_have_a_page_on_hugging_face() -> None:
    assert hub_url(PAPER._replace(paper_id="doi:10.1101/2025.04.11"), []) is None


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["https://arxiv.org/abs/2505.00001", "https://mill.github.io/wind"], []),
        (["https://github.com/mill"], []),
        (["https://www.github.com/Mill/Wind"], ["https://www.github.com/Mill/Wind"]),
        (
            [
                "https://github.com/mill/wind",
                "https://github.com/Mill/Wind.git",
                "https://github.com/mill/wind/issues",
                "https://gitlab.com/mill/rain",
            ],
            ["https://github.com/mill/wind", "https://gitlab.com/mill/rain"],
        ),
        (["https://[broken", "https://notgithub.com/mill/wind"], []),
    ],
)
def test_repositories_are_listed_once(urls: list[str], expected: list[str]) -> None:
    assert repository_urls([("link", url) for url in urls]) == expected
