"""The README and the manual: generated tables, completeness, examples and links."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.update_manual import GENERATED, MANUAL, README, GeneratedTable, read_table
from tui.cli.commands import COMMANDS
from tui.config.manual import TOPICS, read_page
from tui.config.settings import SETTINGS
from tui.query.columns import COLUMNS_BY_NAME
from tui.query.parser import parse
from tui.terminal.themes import THEME_NAMES

PAGES = sorted(MANUAL.glob("*.md"))
DOCUMENTS = [README, *PAGES]


def name_of(file: Path) -> str:
    return file.name


@pytest.mark.parametrize("table", GENERATED, ids=lambda table: f"{table.file.stem}-{table.name}")
def test_generated_tables_are_current(table: GeneratedTable) -> None:
    current = read_table(table.file, table.name)
    assert current == table.generate(), "run: python -m tests.update_manual"


def test_top_level_has_nothing_else() -> None:
    checkout = README.parent
    listed = subprocess.run(
        ["git", "ls-files"], cwd=checkout, capture_output=True, text=True, check=True
    ).stdout
    names = {line.partition("/")[0] for line in listed.splitlines()}
    assert {name for name in names if not name.startswith(".")} == {
        "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "pyproject.toml",
        "sample_data", "styles", "tests", "tui",
    }  # fmt: skip


def test_readme_fits_150_lines() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 150


def test_readme_links_every_page_of_the_manual() -> None:
    readme = README.read_text(encoding="utf-8")
    assert PAGES
    for page in PAGES:
        assert f"[{page.stem}](tui/manual/{page.name})" in readme


def test_manual_mentions_every_command() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    for command in COMMANDS:
        assert re.search(rf"broadsheet {command}\b", text), command


def test_manual_documents_every_setting() -> None:
    text = read_page("settings")
    for setting in SETTINGS:
        assert re.search(rf"\| `\[*{setting}\]*` ", text), setting
    for name in (*THEME_NAMES, *COLUMNS_BY_NAME):
        assert name in text


def test_example_queries_parse() -> None:
    table = read_page("searching").partition("| query | finds papers |")[2].partition("\n\n")[0]
    examples = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(examples) == 12
    for example in examples:
        assert parse(str(parse(example))) == parse(example)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_linked_files_exist(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).is_file(), target


def test_every_page_is_a_topic() -> None:
    assert {page.stem for page in PAGES} == set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_page_starts_with_the_title_of_its_topic(topic: str) -> None:
    assert read_page(topic).startswith(f"# {TOPICS[topic]}\n\n")


@pytest.mark.parametrize("topic", TOPICS)
def test_page_contains_no_comments(topic: str) -> None:
    assert "<!--" not in read_page(topic)
