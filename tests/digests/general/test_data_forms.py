"""Data in scripts, whose objects may have keys without quotes."""

from __future__ import annotations

import pytest

from tui.digests.reader import read

OBJECTS = """[
  {
    title:
      "Quiet Stairs in Houses: A Study",
    arxiv_id: "2505.08001",
    date: "14 May 2025",
    description: "Stairs are quiet.",
    is_latest: true,
  },
  { title: 'Loud Stairs', arxiv_id: "2505.01020", date: "14 May 2025", description: "Loud." },
]"""


@pytest.mark.parametrize(
    "script",
    ["export const papers = {};\n", "export default {}\n", "const PAPERS = {};", "load({});"],
)
def test_objects_of_a_script(script: str) -> None:
    entries = read(script.replace("{}", OBJECTS).encode(), "papers.js").entries
    assert [(entry.paper_id, entry.title, entry.date) for entry in entries] == [
        ("2505.08001", "Quiet Stairs in Houses: A Study", "2025-05-14"),
        ("2505.01020", "Loud Stairs", "2025-05-14"),
    ]
    assert "Stairs are quiet." in entries[0].summary


@pytest.mark.parametrize("lines", [1, 8, 30])
def test_first_row_of_many_lines_below_a_line_above_the_header(lines: int) -> None:
    summary = "Stairs are quiet.\n" * lines
    rows = (
        f'Quiet Stairs,2505.08001,2025-05-14,"{summary}"\nLoud Stairs,2505.08002,2025-05-14,Loud\n'
    )
    text = f"Papers of ours\n\ntitle,arxiv_id,date,abstract\n{rows}"
    entries = read(text.encode(), "papers.csv").entries
    assert [(entry.title, entry.paper_id) for entry in entries] == [
        ("Quiet Stairs", "2505.08001"),
        ("Loud Stairs", "2505.08002"),
    ]
    assert entries[0].summary.endswith(summary.strip())
