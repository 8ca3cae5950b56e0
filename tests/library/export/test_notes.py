"""Notes from a template, one file per paper."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.library.export.records import paper, record
from tui.library.export.notes import CHECKSUMS, write_notes
from tui.library.export.placeholders import TemplateError, fill, names_in
from tui.models import Marks

TEMPLATE = """---
title: {title:yaml}
authors: {authors:yaml}
tags: {tags:yaml}
url: {url}
---
{{literal}} {note}
"""
HOSTILE = 'A: "title"\n---\n# {title} \\ {{x'


def test_note_is_valid_front_matter(tmp_path: Path) -> None:
    one = record(paper(HOSTILE, "Kim, A: b", "바람"), marks=Marks(tags=("rl",), note="Mine."))
    report = write_notes(tmp_path, [one], TEMPLATE, "", ".md")
    assert report.written == [tmp_path / "2505.04921.md"]
    text = report.written[0].read_text(encoding="utf-8")
    _, matter, body = text.split("---\n", 2)
    assert yaml.safe_load(matter) == {
        "title": HOSTILE,
        "authors": ["Kim, A: b", "바람"],
        "tags": ["rl"],
        "url": "https://arxiv.org/abs/2505.04921",
    }
    assert body == "{literal} Mine.\n"


def test_edited_notes_are_kept(tmp_path: Path) -> None:
    records = [record(paper(f"P{n}", arxiv_id=f"2505.0000{n}")) for n in range(4)]
    (tmp_path / "2505.00003.md").write_text("of somebody else")
    assert len(write_notes(tmp_path, records, "{title}", "", ".md").written) == 3
    (tmp_path / "2505.00001.md").write_text("edited")
    (tmp_path / "2505.00002.md").unlink()
    again = write_notes(tmp_path, records, "{title} {url}", "", ".md")
    assert [file.name for file in again.written] == ["2505.00000.md", "2505.00002.md"]
    assert [file.name for file in again.kept] == ["2505.00001.md", "2505.00003.md"]
    assert (tmp_path / "2505.00001.md").read_text() == "edited"
    assert (tmp_path / "2505.00003.md").read_text() == "of somebody else"
    same = write_notes(tmp_path, records, "{title} {url}", "", ".md")
    assert (len(same.written), len(same.unchanged), len(same.kept)) == (0, 2, 2)
    # Without the checksums, nothing that exists is known to be unedited.
    (tmp_path / CHECKSUMS).write_bytes(b"\xff\x00 damaged")
    assert write_notes(tmp_path, records, "{id}", "", ".md").written == []


def test_checksums_are_those_of_sha256sum(tmp_path: Path) -> None:
    write_notes(tmp_path, [record(paper("바람"))], "{title}", "{title}", ".md")
    check = ["sha256sum", "--check", "--strict", CHECKSUMS]
    result = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


@given(st.text(max_size=300))
def test_names_stay_in_the_folder(title: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "notes"
        folder.mkdir()
        records = [record(paper(title, arxiv_id=f"2505.0000{n}")) for n in range(2)]
        report = write_notes(folder, records, "x", "../{title}", ".md")
        assert len(report.written) == 2
        assert [file.parent for file in report.written] == [folder, folder]
        assert len(list(Path(name).iterdir())) == 1


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        (
            "a\n{titel}",
            2,
            r"did you mean \{title\}\? For these characters themselves, write \{\{titel\}\}",
        ),
        ("{title:json}", 1, r"write \{title:yaml\}"),
    ],
)
def test_unknown_placeholder_is_an_error(template: str, line: int, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as raised:
        names_in(template)
    assert raised.value.line == line


def test_other_braces_are_text() -> None:
    template = r"\frac{A}{2} {Title} { title } {title:yaml} {{title}}"
    assert names_in(template) == {"title"}
    filled = fill(template, lambda _name: "{id}")
    assert filled == r"\frac{A}{2} {Title} { title } " + json.dumps("{id}") + " {title}"
