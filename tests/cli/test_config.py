from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.support.home import Home
from tui.config.keybindings import KEYS


def test_path(home: Home) -> None:
    ran = home.run("config", "--path")
    assert (ran.code, ran.out) == (0, f"{home.config}\n")
    assert not home.config.parent.exists()


@pytest.mark.parametrize("words", [["config"], ["config", "--show"]])
def test_the_defaults_are_shown_as_toml(home: Home, words: list[str]) -> None:
    ran = home.run(*words)
    assert ran.code == 0
    assert ran.lines[0] == f"# {home.config} (not found; these are the defaults)"
    shown = tomllib.loads(ran.out)
    assert (shown["sources"], shown["min_votes"], shown["sort"]) == ([], 0, "-votes")
    assert shown["keymap"] == {key.id: key.keys for key in KEYS}


def test_what_is_set_is_shown(home: Home, tmp_path: Path) -> None:
    odd = tmp_path / 'a "quoted" \\ path'
    home.configure(
        f"sources = ['{odd}', 'beside']\nmin_votes = 7\ncolumns = ['title', 'votes']\n"
        "[keymap]\n'day.older' = 'p'\n"
    )
    ran = home.run("config")
    assert (ran.code, ran.err, ran.lines[0]) == (0, "", f"# {home.config}")
    shown = tomllib.loads(ran.out)
    assert shown["sources"] == [str(odd), str(home.config.parent / "beside")]
    assert shown["min_votes"] == 7
    assert shown["columns"] == ["title", "votes"]
    assert shown["keymap"]["day.older"] == "p"


def test_what_is_shown_can_be_the_settings(home: Home) -> None:
    shown = home.run("config").out
    home.configure(shown)
    again = home.run("config")
    assert (again.code, again.err) == (0, "")
    assert again.lines[1:] == shown.splitlines()[1:]


@pytest.mark.parametrize(
    ("text", "told"),
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
def test_what_is_wrong_is_told(home: Home, text: str, told: str) -> None:
    home.configure(text)
    ran = home.run("config")
    assert ran.code == 0
    assert told in ran.err
    assert tomllib.loads(ran.out)["min_votes"] == 0


def test_init_writes_a_file_that_sets_nothing(home: Home) -> None:
    ran = home.run("config", "--init")
    assert (ran.code, ran.out) == (0, f"Wrote {home.config}\n")
    assert home.config.stat().st_mode & 0o777 == 0o600
    assert home.config.parent.stat().st_mode & 0o777 == 0o700
    assert tomllib.loads(home.config.read_text(encoding="utf-8")) == {"marks": {}, "keymap": {}}
    assert home.run("config").err == ""


def test_every_line_of_it_may_be_taken_over(home: Home) -> None:
    home.run("config", "--init")
    text = home.config.read_text(encoding="utf-8")
    lines = [
        line.removeprefix("# ") if line.startswith(("# theme", "# col", "# min", "# sort", '# "'))
        else line
        for line in text.splitlines()
    ]  # fmt: skip
    defaults = home.run("config").lines[1:]
    home.configure("\n".join(lines))
    ran = home.run("config")
    assert (ran.err, ran.lines[1:]) == ("", defaults)


def test_what_holds_for_all_readers_is_told_and_used(home: Home) -> None:
    home.site_config.parent.mkdir(parents=True)
    home.site_config.write_text('sources = ["/corpus"]\ncache = "/srv/cache"\nmin_votes = 3\n')
    ran = home.run("config")
    assert ran.lines[1] == f"# {home.site_config} (site-wide; your own settings take precedence)"
    shown = tomllib.loads(ran.out)
    assert (shown["sources"], shown["cache"]) == (["/corpus"], "/srv/cache")
    assert (shown["share_cache"], shown["min_votes"]) == (False, 3)
    # A first file of one's own takes nothing of that away.
    home.run("config", "--init")
    assert tomllib.loads(home.run("config").out) == shown
    home.configure("min_votes = 7\n")
    assert tomllib.loads(home.run("config").out) == {**shown, "min_votes": 7}


def test_init_leaves_a_file_alone(home: Home) -> None:
    home.configure("min_votes = 3\n")
    ran = home.run("config", "--init")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"broadsheet: {home.config} already exists and was not changed\n"
    assert home.config.read_text(encoding="utf-8") == "min_votes = 3\n"


def test_init_where_nothing_can_be_written(home: Home) -> None:
    (home.root / "config").write_text("a file stands in the way", encoding="utf-8")
    ran = home.run("config", "--init")
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "cannot write " in ran.err


def test_one_thing_at_a_time(home: Home) -> None:
    ran = home.run("config", "--path", "--init")
    assert ran.code == 2
    assert not home.config.exists()
