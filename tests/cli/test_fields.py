"""The manual documents exactly the JSON fields that the commands print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.home import Home
from tests.update_manual import MANUAL, read_table
from tui.marks.edits import MarkEdit, now
from tui.marks.store import MarkStore

ROW = re.compile(r"^\| (?P<commands>(?:`[\w ]+` )+)\| `(?P<field>[^`]+)` \|", re.MULTILINE)


def documented_fields(command: str) -> list[str]:
    """Return the fields that the manual documents for a command."""
    rows = ROW.finditer(read_table(MANUAL / "scripting.md", "fields"))
    return [row["field"] for row in rows if f"`{command}`" in row["commands"]]


def fields(value: Any, name: str = "") -> Iterator[str]:
    """Yield the names of all fields of a JSON value, as the manual writes them."""
    if isinstance(value, dict):
        for key, field in value.items():
            yield from fields(field, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for item in value:
            yield from fields(item, f"{name}[]")
    else:
        yield name


@pytest.mark.parametrize(
    "args",
    [
        ["list"],
        ["show", "2505.22954"],
        ["export"],
        ["stats"],
    ],
)
def test_fields_are_documented(samples: Home, args: list[str]) -> None:
    value = samples.run(*args, "--format", "json").json
    objects = [value] if isinstance(value, dict) else value
    assert objects
    for item in objects:
        assert list(dict.fromkeys(fields(item))) == documented_fields(args[0])


def test_fields_about_files_are_documented(home: Home, digests: Path) -> None:
    file = digests / "01.md"
    lost = "### No link\n\nVote: 3\n\nSee https://arxiv.org/abs/2504.00009.\n"
    file.write_text(f"{file.read_text()}\n{lost}", encoding="utf-8")
    (digests / "02.md").unlink()
    printed = {
        "sync": home.run("sync", "-p", digests, "--format", "json").json,
        "add": home.run("add", digests, "--format", "json").json,
        "why": home.run("why", file, "--format", "json").json,
    }
    del printed["why"]["papers"][1:]  # it has no votes
    for command, value in printed.items():
        assert list(dict.fromkeys(fields(value))) == documented_fields(command), command


def test_fields_of_marks_are_documented(home: Home) -> None:
    marked = ["--read", "--star", "--hide", "--later", "--tag", "rl", "--note", "One."]
    MarkStore(home.state / "marks").apply([MarkEdit("2505.22954", "version", 2, now())])
    printed = {
        "marks set": home.run("marks", "set", "2505.22954", *marked, "--format", "json").json,
        "marks export": home.run("marks", "export").json,
    }
    assert home.run("marks", "export", "--format", "json").json == [printed["marks export"]]
    (home.root / "marks.jsonl").write_text(home.run("marks", "export").out, encoding="utf-8")
    (home.root / "shared").mkdir()
    for name, target in (("import", "marks.jsonl"), ("sync", "shared")):
        result = home.run("marks", name, target, "--format", "json")
        printed[f"marks {name}"] = result.json
    for command, value in printed.items():
        names = [name.replace("tags.rl", "tags.TAG") for name in fields(value)]
        assert names == documented_fields(command), command
