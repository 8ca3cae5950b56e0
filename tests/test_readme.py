import re
from pathlib import Path

from tests.readme import README, with_keys
from tui.cli import COMMANDS
from tui.config import COLUMNS, Settings
from tui.palettes import NAMES

TEXT = README.read_text(encoding="utf-8")


def test_the_table_of_keys_is_what_the_program_does() -> None:
    assert with_keys(TEXT) == TEXT, "run: python -m tests.readme"


def test_every_command_is_told() -> None:
    for command in COMMANDS:
        assert re.search(rf"(broadsheet|·) {command}\b", TEXT), command


def test_every_setting_is_told() -> None:
    for setting in Settings.__dataclass_fields__:
        assert f"| `{setting}` |" in TEXT or f"| `[{setting}]` |" in TEXT, setting
    for name in (*NAMES, *COLUMNS):
        assert name in TEXT


def test_every_picture_and_page_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT):
        assert (Path(README).parent / target).is_file(), target
