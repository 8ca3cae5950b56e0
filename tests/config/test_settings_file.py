"""The settings file: valid values are used, others reported, and edits keep the rest."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.config.keybindings import BY_ID, bound_keys
from tui.config.settings import SETTINGS, OpenerSettings, Settings
from tui.config.settings_file import change_sources, initial_file, load_settings
from tui.models import Problem
from tui.terminal.themes import THEME_NAMES


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def load(file: Path, text: str) -> tuple[Settings, list[Problem]]:
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def test_missing_file_sets_nothing(file: Path) -> None:
    assert load_settings(file) == (Settings(), [])
    assert load_settings(file / "below" / "nothing") == (Settings(), [])
    assert not file.exists()


def test_every_setting_can_be_set(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    text = """
        sources = ["/abs", "rel/a", "~/papers"]
        cache = "kept"
        share_cache = true
        follow_links = true
        theme = "sepia"
        columns = ["title", "votes", "title"]
        min_votes = 20
        sort = "-date, title"
        lang = "ko"
        read_after = 5
        skip_seen = true
        signs = "ascii"
        kitty_keys = "off"
        pictures = "on"
        picture_kilobytes = 100
        mouse = false
        animations = "on"
        [opener]
        pdf = "zathura {url}"
        [keymap]
        "day.older" = "f5, f7"
        copy.title = "_ y"
        day.newer = "f6"
    """
    settings, problems = load(file, text)
    assert problems == []
    assert settings == Settings(
        sources=(Path("/abs"), file.parent / "rel/a", Path("/home/reader/papers")),
        cache=file.parent / "kept",
        share_cache=True,
        follow_links=True,
        theme="sepia",
        columns=("title", "votes"),
        min_votes=20,
        sort="-date,title",
        lang="ko",
        read_after=5.0,
        skip_seen=True,
        signs="ascii",
        kitty_keys="off",
        pictures="on",
        picture_kilobytes=100,
        mouse=False,
        animations="on",
        opener=OpenerSettings(pdf="zathura {url}"),
        keymap={"day.older": "f5,f7", "day.newer": "f6", "copy.title": "underscore y"},
    )


def test_byte_order_mark_is_accepted(file: Path) -> None:
    file.write_text('theme = "paper"', encoding="utf-8-sig")
    assert load_settings(file) == (Settings(theme="paper"), [])


@pytest.mark.parametrize(
    ("text", "key", "parts"),
    [
        ("sorces = []", None, ["'sorces'", "'sources'"]),
        ("xyzzy = 1", None, ["'xyzzy'", "config --show"]),
        ('"them" = "ink"', None, ["'them'", "'theme'"]),
        ("[keymaps]", None, ["'keymaps'", "'keymap'"]),
        ('sources = "/a"', "sources", ['["a", "b"]']),
        ('sources = ["/a", 1]', "sources", ['["a", "b"]']),
        ('sources = ["/a", " "]', "sources", ["empty path"]),
        ('sources = ["~nobodyatall/a"]', "sources", ["~nobodyatall/a"]),
        ('cache = ""', "cache", ["a folder"]),
        ("cache = ['/a']", "cache", ["a folder"]),
        ('cache = "~nobodyatall/a"', "cache", ["~nobodyatall/a"]),
        ('share_cache = "yes"', "share_cache", ["true or false"]),
        ("share_cache = 1", "share_cache", ["true or false"]),
        ('follow_links = "no"', "follow_links", ["true or false"]),
        ('theme = "sepja"', "theme", ["'sepja'", "'sepia'"]),
        ('theme = "zzz"', "theme", ["'zzz'", ", ".join(["auto", *THEME_NAMES])]),
        ("theme = 3", "theme", ["'3'"]),
        ('theme = ["ink"]', "theme", ["ink"]),
        ('columns = ["title", "vote"]', "columns", ["'vote'", "'votes'"]),
        ('columns = ["votes"]', "columns", ["title"]),
        ("columns = []", "columns", ["title"]),
        ('columns = "title"', "columns", ["list"]),
        ("min_votes = -1", "min_votes", ["0 or greater"]),
        ("min_votes = 2.0", "min_votes", ["whole number"]),
        ("min_votes = true", "min_votes", ["whole number"]),
        ('min_votes = "5"', "min_votes", ["whole number"]),
        ('sort = "-voes"', "sort", ["'voes'", "'votes'"]),
        ('sort = "votes,"', "sort", ["''"]),
        ('sort = ""', "sort", ["-votes,title"]),
        ("sort = 1", "sort", ["-votes,title"]),
        ('lang = "kr"', "lang", ["'kr'", "auto, en, ko"]),
        ('kitty_keys = "no"', "kitty_keys", ["'no'", "auto, on, off"]),
        ('signs = "utf-8"', "signs", ["'utf-8'", "auto, unicode, ascii"]),
        ('mouse = "no"', "mouse", ["true or false"]),
        ('animations = "xyz"', "animations", ["'xyz'", "auto, on, off"]),
        ('pictures = "yes"', "pictures", ["'yes'", "auto, on, off"]),
        ("picture_kilobytes = 0", "picture_kilobytes", ["from 1 to 10000"]),
        ("picture_kilobytes = 1.5", "picture_kilobytes", ["from 1 to 10000"]),
        ("read_after = -1", "read_after", ["from 0"]),
        ("text_limit = -1", "text_limit", ["from 0"]),
        ('arxiv_endpoint = "arxiv.org"', "arxiv_endpoint", ["https://arxiv.org"]),
        ('arxiv_endpoint = "https://a.example/?b"', "arxiv_endpoint", ["https://arxiv.org"]),
        ('arxiv = ["cs CL"]', "arxiv", ["'cs CL'", "cs.CL"]),
        ('arxiv = "cs.CL"', "arxiv", ["list of strings"]),
        ('feeds = ["ftp://a.example/feed"]', "feeds", ["ftp://a.example/feed", "web address"]),
        ("read_after = nan", "read_after", ["from 0"]),
        ("read_after = true", "read_after", ["seconds"]),
        ("keymap = 1", "keymap", ["[keymap]"]),
        ('[keymap]\n"day.oldr" = "h"', "keymap", ["'day.oldr'", "'day.older'"]),
        ('[keymap]\nday.oldr = "h"', "keymap", ["'day.oldr'", "'day.older'"]),
        ('[keymap]\nzzzz = "h"', "keymap", ["'zzzz'", "config --show"]),
        ('[keymap]\n"day.older" = 1', "keymap", ["day.older", "left_square_bracket"]),
        ('[keymap]\n"day.older" = " "', "keymap", ["day.older", "left_square_bracket"]),
        ('[keymap]\n"day.older" = "h,,l"', "keymap", ["day.older", "left_square_bracket"]),
    ],
)
def test_invalid_value_is_reported_and_its_default_used(
    file: Path, text: str, key: str | None, parts: list[str]
) -> None:
    settings, [problem] = load(file, f"# a comment\n\n{text}\n")
    assert settings == Settings()
    assert problem.file == str(file)
    assert problem.line == 2 + len(text.splitlines())
    assert problem.message.startswith(f"{key}: ") or key is None
    assert [part for part in parts if part not in problem.message] == []


def test_invalid_setting_does_not_affect_others(file: Path) -> None:
    text = 'theme = "zzz"\nmin_votes = 5\nbad = 1\n[keymap]\n"app.quit" = "f9"\nbad = "y"'
    settings, problems = load(file, text)
    assert settings == Settings(min_votes=5, keymap={"app.quit": "f9"})
    assert [problem.line for problem in problems] == [1, 3, 3]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"theme = ", "not valid TOML"),
        (b"theme = 'a'\ntheme = 'b'", "not valid TOML"),
        ("theme = '한국'".encode("cp949"), "cannot be read"),
    ],
)
def test_invalid_file_sets_nothing(file: Path, data: bytes, message: str) -> None:
    file.write_bytes(data)
    settings, [problem] = load_settings(file)
    assert settings == Settings()
    assert message in problem.message
    assert problem.file == str(file)
    assert file.read_bytes() == data


def test_unreadable_file_sets_nothing(tmp_path: Path) -> None:
    settings, [problem] = load_settings(tmp_path)
    assert settings == Settings()
    assert "cannot be read" in problem.message
    with folder_of_nobody() as folder, as_nobody():
        file = folder / "config.toml"
        file.write_text("min_votes = 5")
        file.chmod(0)
        settings, [problem] = load_settings(file)
    assert settings == Settings()
    assert "cannot be read" in problem.message


# The initial file


def test_initial_file_sets_nothing(file: Path) -> None:
    assert load(file, initial_file()) == (Settings(), [])


def test_initial_file_shows_every_default(file: Path) -> None:
    commented = re.compile(r'^# (?=(?:\w+|"[\w.]+") = )', re.MULTILINE)
    text = commented.sub("", initial_file())
    settings, problems = load(file, text)
    assert problems == []
    assert settings == Settings(
        cache=Path.home() / ".cache" / "broadsheet",
        fetch_folder=Path.home() / ".local" / "share" / "broadsheet" / "hub",
        keymap={name: key.keys for name, key in BY_ID.items()},
    )
    assert set(tomllib.loads(text)) == set(SETTINGS) - {"commands"}


# Settings for all users


def test_first_file_takes_precedence_for_each_setting(tmp_path: Path) -> None:
    own, site, farther = (tmp_path / name / "config.toml" for name in ("own", "site", "farther"))
    for file, text in (
        (own, 'theme = "paper"\n[keymap]\n"app.quit" = "f9"\n'),
        (site, 'sources = ["corpus"]\ntheme = "sepia"\n'
               '[keymap]\n"app.quit" = "f8"\n"day.older" = "f5"\n'),
        (farther, 'sources = ["/other"]\nmin_votes = 5\n'),
    ):  # fmt: skip
        file.parent.mkdir()
        file.write_text(text)
    settings, problems = load_settings(own, site, farther)
    assert problems == []
    assert settings == Settings(
        sources=(site.parent / "corpus",),
        theme="paper",
        min_votes=5,
        keymap={"app.quit": "f9", "day.older": "f5"},
    )
    own.write_text("sources = []\n")
    assert load_settings(own, site)[0].sources == ()


def test_problem_names_the_file_that_contains_it(tmp_path: Path) -> None:
    own, site = tmp_path / "own.toml", tmp_path / "site.toml"
    own.write_text('min_votes = "many"\n[keymap]\n"day.older" = "f8"\n')
    site.write_text('min_votes = 5\nbad = 1\n\n[keymap]\n"day.newer" = "f8"\n')
    settings, problems = load_settings(own, site)
    assert settings.min_votes == 5
    assert [(problem.file, problem.line) for problem in problems[:2]] == [
        (str(site), 2),
        (str(own), 1),
    ]
    [clash] = problems[2:]
    assert (clash.file, clash.line) in {(str(own), 3), (str(site), 5)}
    site.write_text("bad = ")
    settings, problems = load_settings(own, site)
    assert settings.keymap == {"day.older": "f8"}
    assert [problem.file for problem in problems] == [str(site), str(own)]


# Changing the list of sources


def test_first_source_creates_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    change_sources([file], add=[Path("/a")])
    assert file.read_text() == initial_file().replace("# sources = []", 'sources = ["/a"]')
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600


SETTINGS_TEXT = """\
# mine
theme = "paper"   # calm

sources = [
    "rel",  # beside this file
    "/gone",  # no more
    "/kept",
]

[keymap]
"app.quit" = "f9"  # as in vi
"""


def test_change_keeps_comments_and_formatting(file: Path) -> None:
    file.write_text(SETTINGS_TEXT)
    change_sources([file], add=[Path("/new 한국")], remove=[Path("/gone")])
    text = file.read_text()
    assert text.replace('"/new 한국"', "").split() == (
        SETTINGS_TEXT.replace('"/gone",  # no more', "").replace('"/kept",', '"/kept", ,').split()
    )
    assert load_settings(file)[0].sources == (
        file.parent / "rel", Path("/kept"), Path("/new 한국"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sources = []\n",
        'theme = "ink"\n[keymap]\n"app.quit" = "f9"\n',
        'sources = ["/a", "/a"]',
    ],
)
@pytest.mark.parametrize("names", [[], ["/a"], ["/a", "/b"], ["/b", '/"quoted"\\']])
def test_changed_sources_load_again(file: Path, text: str, names: list[str]) -> None:
    file.write_text(text)
    before = load_settings(file)[0]
    sources = list(map(Path, names))
    change_sources(
        [file],
        add=[path for path in sources if path not in before.sources],
        remove=[path for path in before.sources if path not in sources],
    )
    settings, problems = load_settings(file)
    assert problems == []
    assert settings.sources == tuple(map(Path, names))
    assert (settings.theme, settings.keymap) == (before.theme, before.keymap)


@pytest.mark.parametrize(
    "data",
    [b"theme = ", b"a = 1\na = 2", b"sources = 3", b'sources = ["/a", 1]',
     b'sources = ["~nobodyatall/"]', "# 한국".encode("cp949")],
)  # fmt: skip
def test_invalid_file_is_not_overwritten(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(ValueError, match=r"config\.toml(: sources: | is not valid TOML: )"):
        change_sources([file], add=[Path("/a")])
    assert file.read_bytes() == data


def test_failed_write_keeps_the_old_file_only(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(SETTINGS_TEXT)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        change_sources([file], add=[Path("/a")])
    assert file.read_text() == SETTINGS_TEXT
    assert {path.name for path in file.parent.iterdir()} <= {file.name, ".lock"}


def test_symbolic_link_to_the_file_is_kept(file: Path) -> None:
    real = file.parent / "dotfiles.toml"
    real.write_text('theme = "paper"\n')
    file.symlink_to(real)
    change_sources([file], add=[Path("/a")])
    assert file.is_symlink()
    assert load_settings(real)[0] == Settings(sources=(Path("/a"),), theme="paper")


def test_key_of_another_action_is_rejected(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keymap]\n"day.older" = "j"\n"day.newer" = "f8"\n')
    settings, problems = load_settings(file)
    assert settings.keymap == {"day.newer": "f8"}
    assert [(problem.line, problem.message) for problem in problems] == [
        (2, "keymap: 'j' is already bound to 'move.down'; 'day.older' keeps its own keys")
    ]


def test_two_actions_can_swap_keys(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    older, newer = BY_ID["day.newer"].keys, BY_ID["day.older"].keys
    file.write_text(f'[keymap]\n"day.older" = "{older}"\n"day.newer" = "{newer}"\n')
    settings, problems = load_settings(file)
    assert settings.keymap == {"day.older": older, "day.newer": newer}
    assert problems == []


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("ctr+x", "there is no key 'ctr+x'; 'app.quit' keeps its own keys; did you mean 'ctrl+x'?"),
        ("f9, <c-p>", "there is no key '<c-p>'; 'app.quit' keeps its own keys; did you mean"),
        ("qq", "there is no key 'qq'; 'app.quit' keeps its own keys"),
        ("\\u0001", r"there is no key '\x01'; 'app.quit' keeps its own keys"),
    ],
)
def test_unknown_key_is_reported(file: Path, keys: str, message: str) -> None:
    settings, [problem] = load(file, f'[keymap]\n"day.older" = "f5"\n"app.quit" = "{keys}"\n')
    assert settings.keymap == {"day.older": "f5"}
    assert problem.line == 3
    assert problem.message.startswith(f"keymap: {message}")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('"day.older" = "y x"', ""),
        ('"day.older" = "g x"', "'g' is already bound to 'move.top'"),
        ('"day.older" = "y"', "'y' is already bound to 'copy.link'"),
        ('"day.older" = "y y"', "'y y' is already bound to 'copy.link'"),
        ('"day.older" = "x y z"', "there is no key 'x y z'"),
        ('"pane.left" = "f5"', ""),
        ('"pane.left" = "j"', "'j' is already bound to 'move.down'"),
    ],
)
def test_sequences_of_two_keys_can_be_bound(file: Path, line: str, message: str) -> None:
    settings, problems = load(file, f"[keymap]\n{line}\n")
    assert [problem.message.partition(";")[0] for problem in problems] == (
        [f"keymap: {message}"] if message else []
    )
    assert bool(settings.keymap) is not bool(message)


@pytest.mark.parametrize("command", ["1", '" "', '"a \'b"', '["a"]'])
def test_opener_must_be_a_command(file: Path, command: str) -> None:
    settings, [problem] = load(file, f"[opener]\npdf = {command}\n")
    assert settings.opener == OpenerSettings()
    assert "pdf: must be a command, such as" in problem.message


def test_keys_are_stored_as_textual_names_them(file: Path) -> None:
    settings, problems = load(file, '[keymap]\n"view.grow" = "^, shift+ctrl+up"\n')
    assert settings.keymap == {"view.grow": "circumflex_accent,ctrl+shift+up"}
    assert problems == []


def test_there_is_always_a_key_that_quits(file: Path) -> None:
    text = '[keymap]\n"app.quit" = "f24"\n"digests.stop" = "ctrl+q"\n'
    settings, [problem] = load(file, text)
    assert settings.keymap == {"app.quit": "f24"}
    assert bound_keys("app.quit", settings.keymap) == "f24,ctrl+q"
    assert (problem.line, problem.message) == (
        3, "keymap: 'ctrl+q' is already bound to 'app.quit'; 'digests.stop' keeps its own keys"
    )  # fmt: skip


def test_rejected_key_gives_its_action_the_default_back(file: Path) -> None:
    # The first line is rejected, so that its action has "[" again.
    text = '[keymap]\n"day.older" = "j"\n"day.newer" = "["\n'
    settings, problems = load(file, text)
    assert settings.keymap == {}
    assert [problem.line for problem in problems] == [2, 3]
