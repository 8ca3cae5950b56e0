"""Jupyter notebooks: their cells in Markdown are the page of a digest."""

from __future__ import annotations

import json

import pytest

from tui.digests.reader import read

LINK = "https://arxiv.org/abs/2505.08001"
CODE = "https://github.com/bell/stairs"
HEADING = "# Papers of 14 May 2025\n"
PAPERS = [
    f"## [Quiet Stairs]({LINK})\n\nAuthors: Ada Bell, Cy Dorn\n\nCode: {CODE}\n\n"
    "Stairs without noise.",
    f"| Title | Authors | Link |\n|---|---|---|\n| Quiet Stairs | Ada Bell, Cy Dorn | {LINK} |\n",
    f"1. **Quiet Stairs** (Ada Bell, Cy Dorn) [[arXiv]({LINK})]",
]


def cell(text: str, *, as_lines: bool = True) -> dict[str, object]:
    source = text.splitlines(keepends=True) if as_lines else text
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(text: str, **data: str) -> dict[str, object]:
    output = {"output_type": "display_data", "data": {"text/plain": ["<Markdown>"], **data}}
    return {"cell_type": "code", "source": [text], "outputs": [output], "execution_count": 1}


def notebook(*cells: dict[str, object]) -> bytes:
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


@pytest.mark.parametrize("as_lines", [True, False])
@pytest.mark.parametrize("paper", PAPERS, ids=["section", "table", "item"])
def test_cells_are_one_page(paper: str, *, as_lines: bool) -> None:
    data = notebook(cell(HEADING), code("import requests"), cell(paper, as_lines=as_lines))
    (entry,) = read(data, "picks.ipynb").entries
    assert (entry.paper_id, entry.title) == ("2505.08001", "Quiet Stairs")
    assert (entry.date, entry.authors) == ("2025-05-14", ("Ada Bell", "Cy Dorn"))
    assert LINK in data.decode().split("\n")[entry.line - 1]


def test_fields_below_a_title() -> None:
    (entry,) = read(notebook(cell(HEADING), cell(PAPERS[0])), "picks.ipynb").entries
    assert CODE in entry.summary
    assert "Stairs without noise." in entry.summary


def test_markdown_that_code_shows() -> None:
    data = notebook(cell(HEADING), code("show(papers)", **{"text/markdown": PAPERS[0]}))
    (entry,) = read(data, "picks.ipynb").entries
    assert (entry.title, entry.date) == ("Quiet Stairs", "2025-05-14")


def test_code_has_no_papers() -> None:
    data = notebook(cell(HEADING), code(f"# {PAPERS[2]}\nfetch('{LINK}')"))
    assert not read(data, "picks.ipynb").entries


@pytest.mark.parametrize("text", ['{"nbformat": 4, "cells": {', '{"nbformat": 4}', '{"cells": 1}'])
def test_damaged_notebooks(text: str) -> None:
    assert not read(f"{text} {LINK}".encode(), "picks.ipynb").entries
