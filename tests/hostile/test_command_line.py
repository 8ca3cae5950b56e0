"""What commands write of a hostile digest: to a terminal, to a pipe and to files."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from pybtex.database import parse_string

from tests.hostile.attacks import EVERYTHING, HARMLESS, HOSTILE, write_shape
from tests.hostile.stream import hyperlinks, kinds, unseen
from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

COMMANDS: list[list[str]] = [
    ["list"],
    ["list", "--format", "csv"],
    ["list", "--format", "json"],
    ["show", "2505.00001"],
    ["show", "2505.00001", "--format", "json"],
    ["export", "--format", "bibtex"],
    ["export", "--format", "markdown"],
    ["sync", "--rebuild"],
    ["sync", "--rebuild", "--format", "json"],
    ["sources"],
    ["doctor"],
    ["remove", HOSTILE.name],
    ["list", "-p", f"nowhere/{HOSTILE.name}"],
    ["add", f"nowhere/{HOSTILE.name}"],
    [HOSTILE.name, "--date", HOSTILE.name],
]


@pytest.fixture
def harmless(tmp_path: Path) -> Home:
    return _reader_of(tmp_path / "harmless", HARMLESS.name)


@pytest.fixture
def hostile(tmp_path: Path) -> Home:
    return _reader_of(tmp_path / "hostile", HOSTILE.name)


def _reader_of(root: Path, name: str) -> Home:
    root.mkdir()
    home = Home(root)
    shape = HARMLESS if name == HARMLESS.name else HOSTILE
    folder = write_shape(shape, root)
    assert home.run("add", folder).code == 0
    return home


def _on_a_terminal(home: Home, words: Sequence[str]) -> bytes:
    command = [*home.program, *words]
    with PseudoTerminal(command, environment=home.environment, at=home.root) as terminal:
        terminal.wait()
        return terminal.raw


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words)[:30])
def test_a_terminal_gets_text_alone(harmless: Home, hostile: Home, words: list[str]) -> None:
    plain = [word.replace(HOSTILE.name, HARMLESS.name) for word in words]
    allowed = kinds(_on_a_terminal(harmless, plain)) | {"'\\n'", "'\\r'"}
    raw = _on_a_terminal(hostile, words)
    assert kinds(raw) <= allowed
    assert unseen(raw) == set()
    assert hyperlinks(raw) == set()


@pytest.mark.parametrize("words", COMMANDS[:-1], ids=lambda words: " ".join(words)[:30])
def test_a_pipe_gets_text_alone(hostile: Home, words: list[str]) -> None:
    ran = hostile.run(*words)
    # A program that reads paths gets them as they are.
    for text in (ran.out.replace(HOSTILE.name, "that"), ran.err):
        assert "Traceback" not in text
        assert {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}} <= {
            "\n",
            "\t",
        }


# Exports, read by what reads such files

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "\r=1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("x")',
]


@pytest.fixture
def computing(tmp_path: Path) -> Home:
    """A reader of titles, authors and tags that a spreadsheet would compute."""
    home = Home(tmp_path)
    papers = [
        SamplePaper(f"2505.{number:05}", each, number, (each, "Ada Bell"), each)
        for number, each in enumerate(FORMULAS, start=1)
    ]
    write_digest(tmp_path / "digests" / "2025-05-01.md", ko_digest("2025-05-01", papers))
    assert home.run("add", "digests").code == 0
    return home


def test_no_cell_of_an_export_is_computed(computing: Home) -> None:
    written = computing.root / "out.csv"
    assert computing.run("export", "-o", str(written)).code == 0
    for text in (written.read_text(), computing.run("list", "--format", "csv").out):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == len(FORMULAS) + 1
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if re.match(r"[\s=+@＝＋－＠-]", cell)]
        assert "'=1+1" in cells


def _keys_of(text: str) -> set[str]:
    return {entry.fields["eprint"] for entry in parse_string(text, "bibtex").entries.values()}


def test_a_strict_parser_reads_the_export(hostile: Home) -> None:
    papers = range(1, len(EVERYTHING) + 1)
    ids = {f"{month}.{number:05}" for month in (2504, 2505) for number in papers}
    ids &= set(hostile.run("list", "--format", "ids").out.split())
    assert len(ids) > 60
    bibtex = hostile.run("export", "--format", "bibtex").out
    assert _keys_of(bibtex) == ids
    assert not re.search(r"\\(?:input|write|include|openout|csname|catcode)\b", bibtex)
    exported = json.loads(hostile.run("export", "--format", "json").out)
    assert {paper["arxiv_id"] for paper in exported} == ids
    written = hostile.root / "out.md"
    assert hostile.run("export", "-o", str(written)).code == 0
    headings = re.findall(r"^# .*", written.read_text(), re.MULTILINE)
    assert len(headings) == len(ids)
