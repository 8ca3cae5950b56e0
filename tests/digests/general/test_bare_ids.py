"""Pages that are nothing but links or ids, as people paste them."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

IDS = ["2505.08001", "2505.08002"]
LINK, OTHER = (f"https://arxiv.org/abs/{each}" for each in IDS)


def ids_and_days(text: str, path: str = "links.md") -> list[tuple[str, str, str]]:
    entries = read(text.encode(), path).entries
    return [(entry.paper_id, entry.title or "", entry.date) for entry in entries]


@pytest.mark.parametrize(
    "lines",
    [
        f"{LINK}\n{OTHER}",
        f"- {LINK}\n- <{OTHER}>",
        f"1. [{LINK}]({LINK})\n2. [2505.08002]({OTHER})",
        "arXiv:2505.08001\n\narXiv:2505.08002v2",
        f"* https://huggingface.co/papers/2505.08001\n* `{OTHER}`",
        f"[pdf](https://arxiv.org/pdf/2505.08001)\n\n[pdf]({OTHER})",
    ],
)
def test_list_of_links_is_papers_without_titles(lines: str) -> None:
    expected = [(paper_id, "", "2025-05-14") for paper_id in IDS]
    assert ids_and_days(f"# 2025-05-14\n\n{lines}\n") == expected
    assert ids_and_days(lines, "2025-05-14.md") == expected


def test_days_between_links() -> None:
    text = f"# To read\n\n## 2025-05-14\n\n- {LINK}\n\n## 2025-05-15\n\n- {OTHER}\n"
    assert ids_and_days(text) == [(IDS[0], "", "2025-05-14"), (IDS[1], "", "2025-05-15")]


@pytest.mark.parametrize(
    "text",
    [
        f"The method follows earlier work.\n\n- {LINK}\n- {OTHER}\n",
        f"- {LINK}\n- see also the code at https://example.com/code\n",
        f"- {LINK}\n- https://example.com/code\n",
    ],
)
def test_links_below_other_text_are_references(text: str) -> None:
    assert ids_and_days(text) == []
