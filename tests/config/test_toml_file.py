"""TOML files: line numbers of keys, and edits that keep the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.config.toml_file import edit_toml, read_toml
from tui.models import Problem

TEXT = """\
# name = "a comment"
plain = 1
"quoted \\u0041" = 2
'literal' = 3
  indented=4
dotted.key = 5
[table]
"in.table" = 6
[[array]]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.toml"


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("name", 0),
        ("plain", 2),
        ("quoted A", 3),
        ("literal", 4),
        ("indented", 5),
        ("dotted", 6),
        ("dotted.key", 6),
        ("table", 7),
        ("in.table", 8),
        ("array", 9),
        ("missing", 0),
    ],
)
def test_problem_has_the_line_of_the_key(file: Path, key: str, line: int) -> None:
    file.write_text(TEXT)
    problems: list[Problem] = []
    toml = read_toml(file, "ignored", problems)
    assert problems == []
    assert toml.problem(key, "message") == Problem(str(file), line, "message")


def test_problem_is_printable(file: Path) -> None:
    file.write_text("a = 1\n")
    problem = read_toml(file, "ignored", []).problem("a", "\x1b[31mred\u202e")
    assert problem.message.isprintable()


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"a = 1\nb = x\n", 2, "is not valid TOML: "),
        (b"a = " + b"[" * 5000, 0, "is not valid TOML: "),
        (b"\xff", 0, "cannot be read: "),
    ],
)
def test_unreadable_file_is_a_problem(file: Path, data: bytes, line: int, message: str) -> None:
    file.write_bytes(data)
    problems: list[Problem] = []
    assert read_toml(file, "nothing is loaded", problems).values == {}
    [problem] = problems
    assert (problem.file, problem.line) == (str(file), line)
    assert problem.message.startswith(message)
    assert problem.message.endswith("; nothing is loaded")


def test_line_is_uncommented_if_its_key_is_missing(file: Path) -> None:
    for text in ("# first\n# a = []\nb = 1\n", "# first\na = []\nb = 1\n"):
        file.write_text(text)
        with edit_toml(file, "", uncomment="a = []") as document:
            document["b"] = 2
        assert file.read_text() == "# first\na = []\nb = 2\n"


def test_failed_edit_changes_nothing(file: Path) -> None:
    def fail() -> None:
        with edit_toml(file, "") as document:
            document["a"] = 2
            raise KeyError

    file.write_text("a = 1\n")
    with pytest.raises(KeyError):
        fail()
    assert file.read_text() == "a = 1\n"
