from __future__ import annotations

from pathlib import Path

from tests.cli.home import Home, Ran
from tui.marks import MarkStore, set_read
from tui.query import parse
from tui.saved_views import save_view


def test_all_is_well(samples: Home) -> None:
    ran = samples.run("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert all(line.startswith("ok   ") for line in ran.lines)
    whats = [line[5:].split("  ")[0] for line in ran.lines]
    assert whats == [
        "versions", "styles", "sample data", "settings", "views", "cache", "state", "marks",
        "source", "terminal",
    ]  # fmt: skip
    assert str(samples.config) in ran.out
    assert str(samples.cache) in ran.out
    assert str(samples.state) in ran.out
    assert "71 papers, 1 problem in its digests" in ran.out


def test_it_makes_nothing(home: Home) -> None:
    ran = home.run("doctor")
    assert ran.code == 0
    assert "not read yet" in ran.out
    assert list(home.root.iterdir()) == []


def test_a_bad_setting(home: Home) -> None:
    home.configure('theme = "pink"\n')
    ran = home.run("doctor")
    assert ran.code == 1
    bad = [line for line in ran.lines if line.startswith("BAD")]
    assert any("theme: there is no 'pink'" in line for line in bad)


def test_an_unreachable_source(home: Home, digests: Path) -> None:
    home.configure(f'sources = ["{digests}", "/nowhere/at all"]\n')
    home.run("sync")
    ran = home.run("doctor")
    assert ran.code == 1
    [bad] = [line for line in ran.lines if line.startswith("BAD")]
    assert "/nowhere/at all (cannot be reached)" in bad
    assert any(line.startswith("ok") and "3 papers, 1 problem" in line for line in ran.lines)


def test_a_damaged_cache_and_a_place_that_cannot_be_written(home: Home, digests: Path) -> None:
    home.run("add", digests)
    [file] = home.cache.glob("*/catalogue.json")
    file.write_bytes(b"{")
    (home.root / "state").write_text("a file stands in the way", encoding="utf-8")
    ran = home.run("doctor")
    assert ran.code == 1
    bad = "\n".join(line for line in ran.lines if line.startswith("BAD"))
    assert "catalogue.json: is damaged" in bad
    assert f"{home.state} (cannot be written)" in bad


def test_marks_and_views(home: Home) -> None:
    assert "0 papers" in found(home.run("doctor"), "marks")
    assert "none kept" in found(home.run("doctor"), "views")
    MarkStore(home.state / "marks").change(["2505.00001", "2504.00001"], set_read(True))
    save_view(home.config.with_name("views.toml"), "Starred", parse("is:starred"))
    ran = home.run("doctor")
    assert ran.code == 0
    assert found(ran, "marks").endswith(f"{home.state / 'marks'}: 2 papers")
    assert found(ran, "views").endswith("views.toml: 1 view")


def test_damaged_marks_and_a_view_that_makes_no_sense(home: Home) -> None:
    marks = home.state / "marks"
    MarkStore(marks).change(["2505.00001", "2504.00001"], set_read(True))
    (marks / "2505.json").write_bytes(b"{")
    views = home.config.with_name("views.toml")
    save_view(views, "Starred", parse("is:starred"))
    views.write_text(f"{views.read_text()}odd = 3\n", encoding="utf-8")
    ran = home.run("doctor")
    assert ran.code == 1
    bad = [line for line in ran.lines if line.startswith("BAD")]
    assert any("1 view" in line for line in bad)
    assert any("views.toml:3: odd: must be a query" in line for line in bad)
    assert any("1 paper" in line for line in bad)
    assert any("2505.json is damaged" in line for line in bad)
    # The next change sets the damaged file aside; then all is well, but it is not forgotten.
    MarkStore(marks).change(["2505.00001"], set_read(True))
    assert "2 papers, 1 damaged file kept beside them" in found(home.run("doctor"), "marks")


def found(ran: Ran, what: str) -> str:
    """Return the one line that a doctor tells of something."""
    [line] = [line for line in ran.lines if line[5:].split("  ")[0] == what]
    return line
