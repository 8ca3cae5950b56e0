from __future__ import annotations

import pytest

from tui.arxiv import id_in_address, leading_id


@pytest.mark.parametrize(
    "address",
    [
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
    ],
)
def test_addresses(address: str) -> None:
    assert id_in_address(f"see {address} here") == "2505.04921"


@pytest.mark.parametrize(
    ("address", "arxiv_id"),
    [
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/math.GT/0309136v1", "math/0309136"),
        ("https://arxiv.org/pdf/cond-mat/0102001.pdf", "cond-mat/0102001"),
        ("https://arxiv.org/abs/0704.0001", "0704.0001"),
    ],
)
def test_old_ids(address: str, arxiv_id: str) -> None:
    assert id_in_address(address) == arxiv_id


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/abs/2505.04921",
        "https://notarxiv.org/abs/2505.04921",
        "https://arxiv.org/abs/2513.04921",  # no thirteenth month
        "https://arxiv.org/abs/2505.0492123",
        "https://arxiv.org/list/cs.CL/recent",
        "https://huggingface.co/papers/date/2025-05-01",
        "2505.04921",
    ],
)
def test_addresses_without_an_id(address: str) -> None:
    assert id_in_address(address) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2505.04921", ("2505.04921", "")),
        ("2505.04921v2", ("2505.04921", "")),
        ("📄 2505.04921", ("2505.04921", "")),
        ("[2505.04921](https://x.example)", ("2505.04921", "](https://x.example)")),
        ("arXiv:2505.04921 – Wind", ("2505.04921", " – Wind")),
        ("hep-th/9901001", ("hep-th/9901001", "")),
        ("1. Motivation", None),
        ("2025.01234 in numbers", None),  # no twenty-fifth month
        ("12505.04921", None),
        ("2505.04921abc", None),
        ("", None),
    ],
)
def test_ids_at_the_beginning(words: str, expected: tuple[str, str] | None) -> None:
    assert leading_id(words) == expected
