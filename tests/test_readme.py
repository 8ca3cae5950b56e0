import re
from pathlib import Path

from tests.update_readme import README, between, key_table
from tui.cli.arguments import COMMANDS
from tui.config.settings import COLUMNS, Settings
from tui.query import parse
from tui.terminal.themes import NAMES

TEXT = README.read_text(encoding="utf-8")


def test_the_table_of_keys_is_what_the_program_does() -> None:
    assert between(TEXT, "keys") == key_table(), "run: python -m tests.update_readme"


def test_every_command_is_told() -> None:
    for command in COMMANDS:
        assert re.search(rf"(broadsheet|·) {command}\b", TEXT), command


def test_every_setting_is_told() -> None:
    for setting in Settings._fields:
        assert f"| `{setting}` |" in TEXT or f"| `[{setting}]` |" in TEXT, setting
    for name in (*NAMES, *COLUMNS):
        assert name in TEXT


def test_every_example_of_a_query_can_be_asked() -> None:
    table = TEXT.partition("| query | finds papers |")[2].partition("\n\n")[0]
    examples = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(examples) == 10
    for example in examples:
        assert parse(str(parse(example))) == parse(example)


def test_every_picture_and_page_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT):
        assert (Path(README).parent / target).is_file(), target
