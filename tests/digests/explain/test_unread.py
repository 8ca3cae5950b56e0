"""Files that name papers and give none say why."""

from __future__ import annotations

import json

import pytest

from tui.digests import reader
from tui.digests.reader import read

PROSE = "# Notes\n\nWe follow https://arxiv.org/abs/2504.00001 and arXiv:2504.00002 in all of it.\n"


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("notes.md", PROSE, "names papers only in running text; not read"),
        (
            "notes.md",
            "# Notes\n\nWe follow [1] in all of it.\n\n[1]: https://arxiv.org/abs/2504.00001\n",
            "names papers only in running text; not read",
        ),
        (
            "notes.md",
            "# Notes\n\n## References\n\n- [One](https://arxiv.org/abs/2504.00001)\n",
            "names papers only as references; not read",
        ),
        (
            "notes.md",
            "# Notes\n\n```\nhttps://arxiv.org/abs/2504.00001\n```\n",
            "names papers only in blocks of code; not read",
        ),
        (
            "data.json",
            json.dumps([{"url": "https://arxiv.org/abs/2504.00001", "mark": 3}]),
            "names papers, but no object has both a title and an id; not read",
        ),
        (
            "list.md",
            "# List\n\n- https://arxiv.org/abs/2504.00001 [code](https://github.com/a/b)\n",
            "names papers without their titles; not read",
        ),
    ],
)
def test_reason_is_a_problem(path: str, text: str, message: str) -> None:
    digest = read(text.encode(), path)
    assert digest.entries == ()
    [problem] = digest.problems
    assert (problem.line, problem.message, problem.is_note) == (0, message, False)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", PROSE),
        ("tools/fetch.py", "SITE = 1  # see https://arxiv.org/abs/2504.00001.\n"),
        ("refs.bib", "@misc{a, title={A}, eprint={2504.00001}, url={arxiv.org/abs/2504.00001}}\n"),
        (
            "tool.md",
            "# [Wind](https://arxiv.org/abs/2504.00001)\n\n## Installation\n\nWords.\n",
        ),
        (
            "index.json",
            '{"may/1.md": {"papers": [{"id": "arXiv:2504.00001", "title": "Wind"}]}}',
        ),
        ("mine.csv", "arxiv_id,title,votes,authors,dates,\n2504.00001,A,1,B,2025-05-01\n"),
    ],
)
def test_files_that_are_no_digests_are_only_noted(path: str, text: str) -> None:
    digest = read(text.encode(), path)
    assert digest.dialect is None
    assert [problem.is_note for problem in digest.problems] in ([True], [])


def test_pattern_of_an_id_is_not_enough() -> None:
    digest = read(b"# Sizes\n\n1203.4567 of 2504.12345 bytes\n", "sizes.md")
    assert (digest.dialect, digest.problems) == (None, ())


def test_digest_without_papers_has_no_problem() -> None:
    digest = read(b"## Daily Papers (2025-05-01)\n\nNone today.\n", "2025-05-01.md")
    assert [problem.is_note for problem in digest.problems] == [True]


def test_text_that_is_too_large_for_the_general_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_GENERAL_CHARS", 100)
    text = "- A Title (arXiv:2504.00001)\n" * 20
    [problem] = read(text.encode(), "2025-05-01.md").problems
    assert "is too large for any other" in problem.message
    assert not problem.is_note


def test_rest_of_a_digest_with_papers_is_not_reported() -> None:
    text = f"# 2025-05-01\n\n## [Wind](https://arxiv.org/abs/2504.00003)\n\nWords.\n\n{PROSE}"
    digest = read(text.encode(), "2025-05-01.md")
    assert len(digest.entries) == 1
    assert digest.problems == ()
