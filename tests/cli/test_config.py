from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.support.home import Home
from tui.config.keybindings import KEYS


def test_path_is_printed(home: Home) -> None:
    result = home.run("config", "--path")
    assert (result.code, result.out) == (0, f"{home.config}\n")
    assert not home.config.parent.exists()


@pytest.mark.parametrize("args", [["config"], ["config", "--show"]])
def test_defaults_are_printed_as_toml(home: Home, args: list[str]) -> None:
    result = home.run(*args)
    assert result.code == 0
    assert result.lines[0] == f"# {home.config} (not found; these are the defaults)"
    printed = tomllib.loads(result.out)
    assert (printed["sources"], printed["min_votes"], printed["sort"]) == ([], 0, "-votes")
    assert printed["keymap"] == {key.id: key.keys for key in KEYS}


def test_settings_are_printed(home: Home, tmp_path: Path) -> None:
    quoted = tmp_path / 'a "quoted" \\ path'
    home.configure(
        f"sources = ['{quoted}', 'beside']\nmin_votes = 7\ncolumns = ['title', 'votes']\n"
        "[keymap]\n'day.older' = 'f5'\n"
    )
    result = home.run("config")
    assert (result.code, result.err, result.lines[0]) == (0, "", f"# {home.config}")
    printed = tomllib.loads(result.out)
    assert printed["sources"] == [str(quoted), str(home.config.parent / "beside")]
    assert printed["min_votes"] == 7
    assert printed["columns"] == ["title", "votes"]
    assert printed["keymap"]["day.older"] == "f5"


def test_printed_settings_can_be_loaded(home: Home) -> None:
    printed = home.run("config").out
    home.configure(printed)
    reloaded = home.run("config")
    assert (reloaded.code, reloaded.err) == (0, "")
    assert reloaded.lines[1:] == printed.splitlines()[1:]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "min_vote = 3",
            "unknown setting 'min_vote'; did you mean 'min_votes'?",
        ),
        ('\nmin_votes = "3"', "config.toml:2: min_votes: must be a whole number"),
        ('theme = "pink"', "config.toml:1: theme: unknown value 'pink'"),
        ("[keymap]\n'day.oldr' = 'h'", "did you mean 'day.older'?"),
        ("theme = ", "is not valid TOML"),
    ],
)
def test_problems_are_reported(home: Home, text: str, message: str) -> None:
    home.configure(text)
    result = home.run("config")
    assert result.code == 0
    assert message in result.err
    assert tomllib.loads(result.out)["min_votes"] == 0


def test_init_writes_a_file_without_settings(home: Home) -> None:
    result = home.run("config", "--init")
    assert (result.code, result.out) == (0, f"Wrote {home.config}\n")
    assert home.config.stat().st_mode & 0o777 == 0o600
    assert home.config.parent.stat().st_mode & 0o777 == 0o700
    settings = tomllib.loads(home.config.read_text(encoding="utf-8"))
    assert settings == {"marks": {}, "opener": {}, "keymap": {}}
    assert home.run("config").err == ""


def test_uncommented_settings_equal_the_defaults(home: Home) -> None:
    home.run("config", "--init")
    text = home.config.read_text(encoding="utf-8")
    lines = [
        line.removeprefix("# ") if line.startswith(("# theme", "# col", "# min", "# sort", '# "'))
        else line
        for line in text.splitlines()
    ]  # fmt: skip
    defaults = home.run("config").lines[1:]
    home.configure("\n".join(lines))
    result = home.run("config")
    assert (result.err, result.lines[1:]) == ("", defaults)


def test_site_settings_are_printed_and_used(home: Home) -> None:
    home.site_config.parent.mkdir(parents=True)
    home.site_config.write_text('sources = ["/corpus"]\ncache = "/srv/cache"\nmin_votes = 3\n')
    result = home.run("config")
    assert result.lines[1] == f"# {home.site_config} (site-wide; your own settings take precedence)"
    printed = tomllib.loads(result.out)
    assert (printed["sources"], printed["cache"]) == (["/corpus"], "/srv/cache")
    assert (printed["share_cache"], printed["min_votes"]) == (False, 3)
    # The user's first file must not override the site settings.
    home.run("config", "--init")
    assert tomllib.loads(home.run("config").out) == printed
    home.configure("min_votes = 7\n")
    assert tomllib.loads(home.run("config").out) == {**printed, "min_votes": 7}


def test_init_does_not_change_an_existing_file(home: Home) -> None:
    home.configure("min_votes = 3\n")
    result = home.run("config", "--init")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"broadsheet: {home.config} already exists and was not changed\n"
    assert home.config.read_text(encoding="utf-8") == "min_votes = 3\n"


def test_init_in_an_unwritable_folder_is_one_error(home: Home) -> None:
    (home.root / "config").write_text("a file stands in the way", encoding="utf-8")
    result = home.run("config", "--init")
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert "cannot write " in result.err


def test_options_cannot_be_combined(home: Home) -> None:
    result = home.run("config", "--path", "--init")
    assert result.code == 2
    assert not home.config.exists()
