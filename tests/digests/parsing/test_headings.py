from __future__ import annotations

import pytest

from tui.digests.dialects.page import parse_page_heading
from tui.digests.parsing.headings import (
    PaperHeading,
    is_digest_heading,
    parse_id_heading,
    parse_linked_heading,
)
from tui.digests.parsing.markdown_lines import MarkdownLine, scan_lines

URL = "https://arxiv.org/abs/2504.00001"
ID = "2504.00001"


def first_heading(text: str) -> MarkdownLine:
    return next(scan_lines(text))


@pytest.mark.parametrize(
    ("heading", "is_digest"),
    [
        ("## Daily Papers (2025-05-01)", True),
        ("# Hugging Face Daily Papers", True),
        ("### Daily Papers 2025-05-01", True),
        ("### Daily Papers", False),
        ("## Daily Papers about wind", False),
        ("## Daily Papersx 2025-05-01", False),
        ("## 2025-05-01", False),
    ],
)
def test_digest_heading_is_recognized(heading: str, is_digest: bool) -> None:
    assert is_digest_heading(first_heading(heading)) is is_digest


def test_linked_title_is_a_paper_in_two_dialects() -> None:
    text = f"### [Wind]({URL}v2)\n\nVote: 3\n"
    heading = first_heading(text)
    expected = PaperHeading(ID, ID, "Wind", heading.end)
    assert parse_linked_heading(text, heading) == expected
    assert parse_page_heading(heading) == expected
    assert parse_id_heading(text, heading) is None


def test_id_with_a_link_below_is_a_paper_in_one_dialect() -> None:
    text = f"## {ID}: Wind\n🔗 {URL}\n\n**Summary**:\ntext"
    heading = first_heading(text)
    end = text.index("\n\n")
    assert parse_id_heading(text, heading) == PaperHeading(ID, ID, "Wind", end)
    assert parse_linked_heading(text, heading) is None
    assert parse_page_heading(heading) is None


def test_linked_id_with_a_summary_label_is_a_paper_of_daily_papers() -> None:
    text = f"## [{ID}]({URL})\n\n**Summary**:\ntext"
    heading = first_heading(text)
    assert parse_id_heading(text, heading) == PaperHeading(ID, ID, "", heading.end)
    assert parse_linked_heading(text, heading) is None


@pytest.mark.parametrize("level", [1, 5])
def test_papers_do_not_start_at_other_levels(level: int) -> None:
    assert parse_page_heading(first_heading(f"{'#' * level} [Wind]({URL})")) is None
