from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.pty.harness import Terminal
from tests.support.accounts import require_accounts
from tests.support.fault_injection import log_path, with_fault
from tests.support.home import CommandResult, Home
from tui.library.saved_views import save_view
from tui.marks import MarkStore, set_read
from tui.query import parse
from tui.storage.folder import TinyDbFolder


def test_all_is_well(samples: Home) -> None:
    ran = samples.run("doctor")
    assert (ran.code, ran.err) == (0, "")
    assert all(line.startswith("ok   ") for line in ran.lines)
    whats = [line[5:].split("  ")[0] for line in ran.lines]
    assert whats == [
        "versions", "styles", "sample data", "settings", "views", "cache", "state", "marks",
        "permissions", "locks", "source", "log", "terminal",
    ]  # fmt: skip
    assert str(samples.config) in ran.out
    assert str(samples.cache) in ran.out
    assert str(samples.state) in ran.out
    assert re.search(
        r"71 papers, last changed \d{4}-\d\d-\d\d \d\d:\d\d, 1 problem in its digests "
        r"\('broadsheet sync' lists them\)",
        found(ran, "source"),
    )
    for package in ("orjson", "filelock", "platformdirs", "markdown-it-py", "Python"):
        assert re.search(rf"\b{package} \d", found(ran, "versions"))
    log = samples.state / "log" / "broadsheet.log"
    assert found(ran, "log").endswith(f"{log}: no errors logged")


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
    assert any("theme: unknown value 'pink'" in line for line in bad)


def test_an_unreachable_source(home: Home, digests: Path) -> None:
    home.configure(f'sources = ["{digests}", "/nowhere/at all"]\n')
    home.run("sync")
    ran = home.run("doctor")
    assert ran.code == 1
    [bad] = [line for line in ran.lines if line.startswith("BAD")]
    assert "/nowhere/at all (cannot be reached)" in bad
    assert bad.endswith("mount it, or remove it with 'broadsheet remove'")
    assert any(re.match("ok .* 3 papers, .* 1 problem", line) for line in ran.lines)


def test_a_damaged_cache_and_a_place_that_cannot_be_written(home: Home, digests: Path) -> None:
    home.run("add", digests)
    [file] = home.cache.glob("*/catalogue.json")
    file.write_bytes(b"{")
    (home.root / "state").write_text("a file stands in the way", encoding="utf-8")
    ran = home.run("doctor")
    assert ran.code == 1
    bad = "\n".join(line for line in ran.lines if line.startswith("BAD"))
    assert "catalogue.json: is damaged" in bad
    assert "run 'broadsheet sync' to rebuild it" in bad
    assert f"{home.state} (cannot be written); {home.root / 'state'} is not a folder" in bad


def test_marks_and_views(home: Home) -> None:
    assert "0 papers" in found(home.run("doctor"), "marks")
    assert "none saved" in found(home.run("doctor"), "views")
    MarkStore(home.state / "marks").apply(set_read(["2505.00001", "2504.00001"], True))
    save_view(home.config.with_name("views.toml"), "Starred", parse("is:starred"))
    ran = home.run("doctor")
    assert ran.code == 0
    assert found(ran, "marks").endswith(f"{home.state / 'marks'}: 2 papers")
    assert found(ran, "views").endswith("views.toml: 1 view")


def test_damaged_marks_and_a_view_that_makes_no_sense(home: Home) -> None:
    marks = home.state / "marks"
    MarkStore(marks).apply(set_read(["2505.00001", "2504.00001"], True))
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
    MarkStore(marks).apply(set_read(["2505.00001"], True))
    assert "2 papers, 1 damaged file set aside" in found(home.run("doctor"), "marks")


def test_a_shard_that_was_cut_off(home: Home, digests: Path) -> None:
    home.run("add", digests)
    [file] = home.cache.glob("*/2025-05.texts.json")
    file.write_bytes(file.read_bytes()[:-5])
    ran = home.run("doctor")
    assert ran.code == 1
    assert f"{file}: damaged" in bad_line(ran)
    home.run("sync")
    assert home.run("doctor").code == 0


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_all_that_we_make_is_closed_to_others(home: Home, digests: Path, umask: int) -> None:
    assert home.shell(f"umask {umask:o}; broadsheet add '{digests}'").code == 0
    before = os.umask(umask)
    try:
        MarkStore(home.state / "marks").apply(set_read(["2505.00001"], True))
    finally:
        os.umask(before)
    ran = home.shell(f"umask {umask:o}; broadsheet doctor")
    assert ran.code == 0, ran.out
    assert found(ran, "permissions").endswith("private folders are closed to other users")


@pytest.mark.parametrize("name", ["config", "state", "cache", "log"])
def test_what_others_can_enter(home: Home, digests: Path, name: str) -> None:
    home.run("add", digests)
    MarkStore(home.state / "marks").apply(set_read(["2505.00001"], True))
    with_fault(home, "tui.library.library:Library.papers").run("list")
    folder = home.state / "log" if name == "log" else home.root / name / "broadsheet"
    folder.chmod(0o750)
    ran = home.run("doctor")
    assert ran.code == 1
    bad = bad_line(ran)
    assert bad.endswith(f"permissions  {folder} is open to other users; chmod -R go= {folder}")
    assert home.shell(bad.rpartition("; ")[2]).code == 0
    assert home.run("doctor").code == 0


def test_what_belongs_to_somebody_else(home: Home) -> None:
    require_accounts()  # root, to give files away
    MarkStore(home.state / "marks").apply(set_read(["2505.00001"], True))
    os.chown(home.state, 65534, 65534)
    ran = home.run("doctor")
    assert ran.code == 1
    assert bad_line(ran).endswith(f"sudo chown -R $USER {home.state}")


def test_who_writes_now(home: Home) -> None:
    marks = home.state / "marks"
    MarkStore(marks).apply(set_read(["2505.00001"], True))
    assert found(home.run("doctor"), "locks").endswith("none held")
    with TinyDbFolder(marks, 1).locked():
        ran = home.run("doctor")
    assert ran.code == 0
    assert found(ran, "locks").endswith(f"another Broadsheet is writing to {marks}")


def test_a_lock_that_nobody_can_have(home: Home) -> None:
    marks = home.state / "marks"
    MarkStore(marks).apply(set_read(["2505.00001"], True))
    lock = marks / ".lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    ran = home.run("doctor")
    assert ran.code == 1
    bad = bad_line(ran)
    assert f"{lock} cannot be opened (Is a directory); rm -r {lock}" in bad
    assert home.shell(bad.rpartition("; ")[2]).code == 0
    assert home.run("doctor").code == 0


def test_what_was_logged(home: Home) -> None:
    with_fault(home, "tui.library.library:Library.papers").run("list")
    ran = home.run("doctor")
    assert ran.code == 0
    told = found(ran, "log")
    assert re.search(rf"{log_path(home)}: last written \d{{4}}-\d\d-\d\d \d\d:\d\d; attach", told)


@pytest.mark.parametrize(
    ("environment", "size", "told"),
    [
        ({}, (100, 30), "xterm-256color, 100 × 30, utf-8, 256 colours, Unicode symbols"),
        ({"COLORTERM": "truecolor"}, (100, 30), ", all colours, Unicode symbols"),
        ({"NO_COLOR": "1", "TERM": "linux"}, (100, 30), ", no colours, ASCII symbols"),
        ({"SSH_TTY": "/dev/pts/1", "TMUX": "/tmp/x,1,0"}, (100, 30), "over SSH, inside tmux"),
        ({}, (39, 30), "; enlarge it to at least 40 × 12"),
        ({}, (100, 11), "; enlarge it to at least 40 × 12"),
        ({"TERM": "dumb"}, (100, 30), "; set TERM to your terminal's type, such as xterm-256color"),
        (
            {"PYTHONIOENCODING": "latin-1"},
            (100, 30),
            "; set LANG to a UTF-8 locale, such as C.UTF-8",
        ),
    ],
    ids=str,
)
def test_the_terminal(
    home: Home, environment: dict[str, str], size: tuple[int, int], told: str
) -> None:
    columns, lines = size
    with Terminal(
        [*home.program, "doctor"],
        environment=home.with_environment(**environment).environment,
        columns=columns,
        lines=lines,
        at=home.root,
    ) as terminal:
        assert terminal.wait() == ("; " in told)
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        line = terminal.raw.decode(encoding).splitlines()[-1]
    assert line.startswith("BAD" if "; " in told else "ok ")
    assert line.endswith(told)


def bad_line(ran: CommandResult) -> str:
    """Return the one line that tells of something that is not well."""
    [line] = [line for line in ran.lines if line.startswith("BAD")]
    return line


def found(ran: CommandResult, what: str) -> str:
    """Return the one line that a doctor tells of something."""
    [line] = [line for line in ran.lines if line[5:].split("  ")[0] == what]
    return line
