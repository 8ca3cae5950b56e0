"""``broadsheet why``: how a file is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.on_terminal import terminal
from tests.support.archives import write_archive
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

LIST = """\
# Reading list

## 2025-05-01

- **Counting Wind** ([paper](https://arxiv.org/abs/2504.00001))
  - Authors: Ada Bell, Cy Dorn
  - Votes: 12
- **Rain**
  - Link: https://arxiv.org/abs/2504.00002

## Notes

We compare with arXiv:2503.00003 in all of it.
So does https://doi.org/10.1145/3544548.3580881 in most.

```
https://arxiv.org/abs/2503.00004
```
"""


def why(home: Home, *arguments: str | Path) -> str:
    result = home.run("why", *arguments)
    assert result.err == ""
    return result.out


def test_places_of_the_general_reader(home: Home, tmp_path: Path) -> None:
    write_digest(tmp_path / "lists" / "may.md", LIST)
    result = home.run("why", "lists/may.md", "--format", "json")
    assert (result.code, result.err) == (0, "")
    explained = result.json
    assert (explained["file"], explained["source"]) == ("lists/may.md", None)
    assert (explained["encoding"], explained["dialect"]) == ("UTF-8", "general")
    assert explained["tried"][-1] == {"dialect": "general", "claimed": True, "papers": 2}
    wind, rain = explained["papers"]
    assert (wind["id"], wind["line"], wind["rule"]) == ("2504.00001", 5, "a list item with an id")
    lines = {
        name: place and place["line"] for name, place in wind["places"].items() if name != "day"
    }
    assert lines == {"title": 5, "authors": 6, "votes": 7}
    assert [place["line"] for place in wind["places"]["day"]] == [3]
    assert rain["places"]["votes"] is None
    assert rain["places"]["title"]["line"] == 8
    assert [(each["id"], each["lines"], each["reason"]) for each in explained["left_over"]] == [
        ("2503.00003", [13], "in running text"),
        ("doi:10.1145/3544548.3580881", [14], "in running text"),
        ("2503.00004", [17], "in a block of code"),
    ]
    assert [(line["line"], line["text"]) for line in explained["outline"][:2]] == [
        (1, "# Reading list"),
        (3, "## 2025-05-01"),
    ]


def test_dialects_that_were_tried_are_named(home: Home, digests: Path) -> None:
    text = why(home, digests / "01.md")
    assert "reader     daily_papers_ko\n" in text
    assert "tried      daily_papers_ko: 2 papers, 1 without votes\n" in text
    assert "     1  ## Daily Papers (2025-05-01)\n" in text
    assert "          votes   line 5        3  in: Vote: 3\n" in text
    assert "    11  note: votes missing\n" in text


def test_dialect_that_found_nothing_hands_over(home: Home, tmp_path: Path) -> None:
    text = "## Daily Papers (2025-05-01)\n\n- [Wind](https://arxiv.org/abs/2504.00001)\n"
    write_digest(tmp_path / "a.md", text)
    explained = why(home, "a.md")
    assert "daily_papers_ko: no papers (no papers below this heading)\n" in explained
    assert "general: 1 paper, 1 without authors, 1 without votes\n" in explained


def test_big_file_fits_on_two_screens(home: Home, tmp_path: Path) -> None:
    papers = [SamplePaper(f"2504.{number:05}", f"Paper {number}") for number in range(400)]
    write_digest(tmp_path / "2025-05-01.md", ko_digest("2025-05-01", papers))
    lines = why(home, "2025-05-01.md").splitlines()
    assert len(lines) <= 60
    assert "        … 396 more; --all shows them" in lines
    complete = why(home, "2025-05-01.md", "--all")
    assert "--all" not in complete
    assert "  2504.00399  the dialect daily_papers_ko\n" in complete


def test_file_of_a_source_is_named_and_read_as_in_the_source(home: Home, tmp_path: Path) -> None:
    text = "- [Wind](https://arxiv.org/abs/2504.00001)\n"
    file = write_digest(tmp_path / "lists" / "2025-05-01" / "README.md", text)
    home.configure(f'sources = ["{tmp_path / "lists"}"]\n')
    for name in (str(file), "2025-05-01/README.md"):
        explained = home.run("why", name, "--format", "json").json
        assert (explained["file"], explained["source"]) == (
            "2025-05-01/README.md",
            str(tmp_path / "lists"),
        )
        [paper] = explained["papers"]
        assert paper["places"]["day"] == [{"line": 0, "text": "2025-05-01/README.md"}]


@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz"])
def test_members_of_archives(home: Home, tmp_path: Path, name: str) -> None:
    member = ("inner/2025-05-01.md", ko_digest("2025-05-01", [SamplePaper("2504.00001")]))
    write_archive(tmp_path / name, [member])
    for separator in "!/":
        explained = home.run("why", f"{name}{separator}inner/2025-05-01.md", "--format", "json")
        assert explained.json["file"] == f"{name}/inner/2025-05-01.md"
        assert len(explained.json["papers"]) == 1
    home.configure(f'sources = ["{tmp_path / name}"]\n')
    explained = home.run("why", f"{name}/inner/2025-05-01.md", "--format", "json")
    assert explained.json["source"] == str(tmp_path / name)
    missing = home.run("why", f"{name}!other.md")
    assert (missing.code, missing.err) == (
        2,
        f"broadsheet: {name}!other.md: no such file in {name}\n",
    )
    assert "name a file in it" in home.run("why", name).err


def test_standard_input(home: Home) -> None:
    result = home.shell("printf '## [Wind](https://arxiv.org/abs/2504.00001)' | broadsheet why -")
    assert result.code == 0
    assert "file       standard input\n" in result.out
    assert "          day     missing\n" in result.out


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.md", "nowhere.md: no such file or folder"),
        (".", ".: is a folder; name a file in it"),
        ("/dev/zero", "/dev/zero: no such file in /dev/zero"),
    ],
)
def test_what_is_no_file_is_an_error(home: Home, name: str, message: str) -> None:
    result = home.run("why", name)
    assert (result.code, result.out, result.err) == (2, "", f"broadsheet: {message}\n")


def test_skipped_file_says_why(home: Home, digests: Path) -> None:
    write_digest(digests / "01 (1).md", "text")
    home.configure(f'sources = ["{digests}"]\n')
    result = home.run("why", digests / "01 (1).md")
    assert result.code == 1
    assert "skipped    looks like a copy of 01.md; skipped." in result.out


def test_restricted_readers_see_only_files_of_the_sources(
    home: Home, digests: Path, tmp_path: Path
) -> None:
    secret = write_digest(tmp_path / "secret.md", LIST)
    (digests / "link.md").symlink_to(secret)
    home.configure(f'sources = ["{digests}"]\n')
    assert home.run("why", "01.md", "--restricted").code == 0
    for name in ("secret.md", str(digests / "link.md"), "link.md", str(secret)):
        result = home.run("why", name, "--restricted")
        assert (result.code, result.out) == (2, "")
        assert "only files of the sources" in result.err
    assert home.shell("broadsheet why - --restricted < secret.md").code == 0


def test_nothing_in_a_file_acts_on_the_terminal(home: Home, tmp_path: Path) -> None:
    text = "# \x1b[2J2025-05-01\n\n- [A \x1b]0;x\x07 Title](https://arxiv.org/abs/2504.00001)\n"
    write_digest(tmp_path / "bad\x1b[1m.md", text)
    with terminal(home, "why", "bad\x1b[1m.md") as screen:
        assert screen.wait() == 0
        assert b"\x1b" not in screen.raw


def test_every_encoding_is_named(home: Home, tmp_path: Path) -> None:
    text = "# 2025-05-01\n\n## [静かな扇風機](https://arxiv.org/abs/2504.00001)\n"
    for encoding, name in (("utf-8-sig", "UTF-8 with a byte order mark"), ("utf-16", "UTF-16")):
        write_digest(tmp_path / "a.md", text.encode(encoding))
        assert f", {name}\n" in why(home, "a.md")


def test_title_of_a_row_over_two_lines_is_found(home: Home, tmp_path: Path) -> None:
    link = "[arXiv](https://arxiv.org/abs/2504.00001)"
    rows = f"| Counting\nWind (Read more on {link}) | Ada | Words |\n"
    head = "## Papers for 2025-05-01\n\n| Title | Authors | Summary |\n|---|---|---|\n"
    write_digest(tmp_path / "a.md", head + rows)
    [paper] = home.run("why", "a.md", "--format", "json").json["papers"]
    assert paper["title"] == "Counting Wind"
    assert paper["places"]["title"]["line"] == 5


def test_days_around_titles_are_found(home: Home, tmp_path: Path) -> None:
    write_digest(
        tmp_path / "list.md",
        "# List\n\n- [2025/05] **Counting Wind** [[paper](https://arxiv.org/abs/2504.00001)]\n\n"
        "📅 14 June 2025\n\n- [Rain](https://arxiv.org/abs/2504.00002)\n\n## July 2025\n\n"
        "- [Snow](https://arxiv.org/abs/2504.00003)\n",
    )
    lines = why(home, "list.md").splitlines()
    days = [line.split()[1:4] for line in lines if line.strip().startswith("day ")]
    assert days == [
        ["line", "3", "2025-05-01"],
        ["line", "5", "2025-06-14"],
        ["line", "9", "2025-07-01"],
    ]
