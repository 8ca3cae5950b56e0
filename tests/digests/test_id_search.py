"""Files that name no paper cost a search for ids and nothing else."""

from __future__ import annotations

import pytest

from tui.digests import reader
from tui.digests.id_search import may_be_digest, names_paper
from tui.models import Digest


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\nVersion 1.2 of 2025-04-14, see https://example.org/a/b.html.\n" * 50,
        '[{"price": 12.5, "title": "A bill", "day": "2025-04-14"}]',
        "year,title\n2025,Lanterns\n",
        "",
    ],
)
def test_file_without_ids_is_not_decoded(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "decode", None)
    assert reader.read(text.encode(), "notes.md") == Digest("notes.md", None)


@pytest.mark.parametrize(
    "text", ["arXiv:2504.08101", "see [2504.0810](x)", "hep-th/9901001", "math.GT/0309136v2"]
)
def test_ids_are_found(text: str) -> None:
    assert names_paper(text)
    for encoding in ("utf-8", "utf-16", "utf-16-le", "cp949"):
        assert may_be_digest(text.encode(encoding))


def test_texts_that_dialects_report_without_ids_are_read() -> None:
    for text in ("# Hugging Face Daily Papers 2025-05-22\n\nNone.", "---\ntitle: x\n---\n"):
        assert may_be_digest(text.encode())
