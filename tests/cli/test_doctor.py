from __future__ import annotations

from pathlib import Path

from tests.cli.home import Home


def test_all_is_well(samples: Home) -> None:
    ran = samples.run("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert all(line.startswith("ok   ") for line in ran.lines)
    whats = [line[5:].split("  ")[0] for line in ran.lines]
    assert whats == [
        "versions", "styles", "sample data", "settings", "cache", "state", "source", "terminal",
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
