"""The output of commands for a malicious digest: to a terminal, a pipe and files."""

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

from tests.hostile.attacks import ALL_TEXTS, HARMLESS, HOSTILE, write_digests
from tests.hostile.stream import hyperlinks, invisible_characters, sequence_kinds
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
    ["list", "--format", "ids"],
    ["stats"],
    ["stats", "--format", "json"],
    ["sources"],
    ["doctor"],
    ["config"],
    ["list", "--limit", HOSTILE.name],
    ["help", HOSTILE.name],
    ["marks", "set", HOSTILE.name, "--star"],
    ["marks", "set", "2505.00001", "--tag", HOSTILE.name],
    ["marks", "export"],
    ["remove", HOSTILE.name],
    ["list", "-p", f"nowhere/{HOSTILE.name}"],
    ["add", f"nowhere/{HOSTILE.name}"],
    [HOSTILE.name, "--date", HOSTILE.name],
]


@pytest.fixture
def harmless(tmp_path: Path) -> Home:
    return _home_with(tmp_path / "harmless", HARMLESS.name)


@pytest.fixture
def hostile(tmp_path: Path) -> Home:
    return _home_with(tmp_path / "hostile", HOSTILE.name)


def _home_with(root: Path, name: str) -> Home:
    root.mkdir()
    home = Home(root)
    text_set = HARMLESS if name == HARMLESS.name else HOSTILE
    folder = write_digests(text_set, root)
    assert home.run("add", folder).code == 0
    return home


def _run_in_terminal(home: Home, arguments: Sequence[str]) -> bytes:
    command = [*home.program, *arguments]
    with PseudoTerminal(command, environment=home.environment, at=home.root) as terminal:
        terminal.wait()
        return terminal.raw


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments)[:30])
def test_terminal_output_is_safe(harmless: Home, hostile: Home, arguments: list[str]) -> None:
    plain = [argument.replace(HOSTILE.name, HARMLESS.name) for argument in arguments]
    allowed = sequence_kinds(_run_in_terminal(harmless, plain)) | {"'\\n'", "'\\r'"}
    raw = _run_in_terminal(hostile, arguments)
    assert sequence_kinds(raw) <= allowed
    assert invisible_characters(raw) == set()
    assert hyperlinks(raw) == set()


# The settings are printed exactly, for a file.
PIPED_COMMANDS = [arguments for arguments in COMMANDS[:-1] if arguments != ["config"]]


@pytest.mark.parametrize(
    "arguments", PIPED_COMMANDS, ids=lambda arguments: " ".join(arguments)[:30]
)
def test_piped_output_is_safe(hostile: Home, arguments: list[str]) -> None:
    result = hostile.run(*arguments)
    # Paths are written unchanged for other programs.
    for text in (result.out.replace(HOSTILE.name, "name"), result.err):
        assert "Traceback" not in text
        assert {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}} <= {
            "\n",
            "\t",
        }


# Exports

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
def with_formulas(tmp_path: Path) -> Home:
    """A home folder whose papers have titles and authors that look like formulas."""
    home = Home(tmp_path)
    papers = [
        SamplePaper(f"2505.{number:05}", formula, number, (formula, "Ada Bell"), formula)
        for number, formula in enumerate(FORMULAS, start=1)
    ]
    write_digest(tmp_path / "digests" / "2025-05-01.md", ko_digest("2025-05-01", papers))
    assert home.run("add", "digests").code == 0
    return home


def test_exported_cells_are_not_formulas(with_formulas: Home) -> None:
    file = with_formulas.root / "out.csv"
    assert with_formulas.run("export", "-o", str(file)).code == 0
    for text in (file.read_text(), with_formulas.run("list", "--format", "csv").out):
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == len(FORMULAS) + 1
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if re.match(r"[\s=+@＝＋－＠-]", cell)]
        assert "'=1+1" in cells


def _bibtex_ids(text: str) -> set[str]:
    return {entry.fields["eprint"] for entry in parse_string(text, "bibtex").entries.values()}


def test_exports_are_accepted_by_strict_parsers(hostile: Home) -> None:
    papers = range(1, len(ALL_TEXTS) + 1)
    ids = {f"{month}.{number:05}" for month in (2504, 2505) for number in papers}
    ids &= set(hostile.run("list", "--format", "ids").out.split())
    assert len(ids) > 60
    bibtex = hostile.run("export", "--format", "bibtex").out
    assert _bibtex_ids(bibtex) == ids
    assert not re.search(r"\\(?:input|write|include|openout|csname|catcode)\b", bibtex)
    exported = json.loads(hostile.run("export", "--format", "json").out)
    assert {paper["arxiv_id"] for paper in exported} == ids
    file = hostile.root / "out.md"
    assert hostile.run("export", "-o", str(file)).code == 0
    headings = re.findall(r"^# .*", file.read_text(), re.MULTILINE)
    assert len(headings) == len(ids)
