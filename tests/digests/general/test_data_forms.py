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
