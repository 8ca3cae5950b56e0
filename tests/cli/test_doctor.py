from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.support.accounts import require_accounts
from tests.support.fault_injection import log_path, with_fault
from tests.support.home import CommandResult, Home
from tests.support.unprivileged import NOBODY_ID, as_nobody, folder_of_nobody
from tui.cli.doctor_checks import check_all
from tui.config import paths
from tui.library.saved_views import save_view
from tui.marks.edits import set_read, set_starred
from tui.marks.store import MarkStore, NotPersistedError
from tui.query.parser import parse
from tui.storage.folder import TinyDbFolder
from tui.storage.permissions import use_own_folders


def test_sample_data_passes_all_checks(samples: Home) -> None:
    result = samples.run("doctor")
    assert (result.code, result.err) == (0, "")
    assert all(line.startswith("ok   ") for line in result.lines)
    subjects = [line[5:].split("  ")[0] for line in result.lines]
    assert subjects == [
        "versions", "styles", "sample data", "settings", "views", "cache", "state", "marks",
        "permissions", "disk space", "locks", "source", "notes", "log", "terminal",
    ]  # fmt: skip
    assert str(samples.config) in result.out
    assert str(samples.cache) in result.out
    assert str(samples.state) in result.out
    assert re.search(
        r"71 papers, last changed \d{4}-\d\d-\d\d \d\d:\d\d$",
        line_for(result, "source"),
    )
    for package in ("orjson", "filelock", "platformdirs", "markdown-it-py", "Python"):
        assert re.search(rf"\b{package} \d", line_for(result, "versions"))
    assert line_for(result, "notes").endswith("votes missing: 1 paper in 1 file")
    log = samples.state / "log" / "broadsheet.log"
    assert line_for(result, "log").endswith(f"{log}: no errors logged")


def test_doctor_creates_no_files(home: Home) -> None:
    result = home.run("doctor")
    assert result.code == 0
    assert "not read yet" in result.out
    assert list(home.root.iterdir()) == []


def test_invalid_setting_fails_the_check(home: Home) -> None:
    home.configure('theme = "pink"\n')
    result = home.run("doctor")
    assert result.code == 1
    bad = [line for line in result.lines if line.startswith("BAD")]
    assert any("theme: unknown value 'pink'" in line for line in bad)


def test_unreachable_source_fails_the_check(home: Home, digests: Path) -> None:
    home.configure(f'sources = ["{digests}", "/nowhere/at all"]\n')
    home.run("sync")
    result = home.run("doctor")
    assert result.code == 1
    [bad] = [line for line in result.lines if line.startswith("BAD")]
    assert "/nowhere/at all (cannot be reached)" in bad
    assert bad.endswith("mount it, or remove it with 'broadsheet remove'")
    assert any(re.match("ok .* 3 papers, ", line) for line in result.lines)


def test_damaged_cache_and_unwritable_folder_fail_the_checks(home: Home, digests: Path) -> None:
    home.run("add", digests)
    [file] = home.cache.glob("*/catalogue.json")
    file.write_bytes(b"{")
    (home.root / "state").write_text("a file stands in the way", encoding="utf-8")
    result = home.run("doctor")
    assert result.code == 1
    bad = "\n".join(line for line in result.lines if line.startswith("BAD"))
    assert "catalogue.json: is damaged" in bad
    assert "run 'broadsheet sync' to rebuild it" in bad
    assert f"{home.state} (cannot be written); {home.root / 'state'} is not a folder" in bad


def test_marks_and_views_are_counted(home: Home) -> None:
    assert "0 papers" in line_for(home.run("doctor"), "marks")
    assert "none saved" in line_for(home.run("doctor"), "views")
    MarkStore(home.state / "marks").apply(set_read(["2505.00001", "2504.00001"], True))
    save_view(home.config.with_name("views.toml"), "Starred", parse("is:starred"))
    result = home.run("doctor")
    assert result.code == 0
    assert line_for(result, "marks").endswith(f"{home.state / 'marks'}: 2 papers")
    assert line_for(result, "views").endswith("views.toml: 1 view")


def test_damaged_marks_and_invalid_view_fail_the_checks(home: Home) -> None:
    marks = home.state / "marks"
    for number in (1, 2):  # the second time, the first is backed up
        MarkStore(marks).apply(set_read([f"250{each}.0000{number}" for each in (4, 5)], True))
    (marks / "2505.json").write_bytes(b"{")
    views = home.config.with_name("views.toml")
    save_view(views, "Starred", parse("is:starred"))
    views.write_text(f"{views.read_text()}bad = 3\n", encoding="utf-8")
    result = home.run("doctor")
    assert result.code == 1
    bad = [line for line in result.lines if line.startswith("BAD")]
    assert any("1 view" in line for line in bad)
    assert any("views.toml:3: bad: must be a query" in line for line in bad)
    assert any("3 papers" in line for line in bad)
    assert any("2505.json is damaged" in line for line in bad)
    [repair] = [line for line in bad if "to repair them from the backup" in line]
    exported = home.shell(repair.rpartition(": ")[2])
    assert exported.code == 0
    assert exported.out.count('"read":true') == 3
    # The damaged file is still listed, but no longer as a failure.
    assert "3 papers, 1 damaged file set aside" in line_for(home.run("doctor"), "marks")


def test_damaged_marks_without_a_backup_can_be_set_aside_or_synced(home: Home) -> None:
    shared, other = home.root / "shared", home.with_environment(XDG_STATE_HOME=str(home.root / "b"))
    shared.mkdir()
    marks = home.state / "marks"
    file = marks / "2505.json"
    MarkStore(marks).apply(set_starred(["2505.00001"], True))
    for machine in (home, other):
        assert machine.run("marks", "sync", shared).code == 0
    for aside in ("", "-1"):
        file.write_bytes(b"{")
        shutil.rmtree(marks / "backups", ignore_errors=True)
        [advice] = [line for line in home.run("doctor").lines if "to go on without" in line]
        remedy = advice.rpartition("; to go on without: ")[2]
        damaged = marks / f"damaged-2505-{date.today().isoformat()}{aside}.json"
        assert remedy == f"mv {file} {damaged}"
        assert home.shell(remedy).code == 0
        assert damaged.read_bytes() == b"{"
        assert home.run("doctor").code == 0
    file.write_bytes(b"{")
    assert "or, with 'broadsheet marks sync', another machine" in advice
    assert home.run("marks", "sync", shared).code == 0
    assert MarkStore(marks).get("2505.00001").starred
    assert home.run("doctor").code == 0


def test_truncated_cache_file_fails_the_check(home: Home, digests: Path) -> None:
    home.run("add", digests)
    [file] = home.cache.glob("*/2025-05.texts.json")
    file.write_bytes(file.read_bytes()[:-5])
    result = home.run("doctor")
    assert result.code == 1
    assert f"{file}: damaged" in failed_line(result)
    home.run("sync")
    assert home.run("doctor").code == 0


def test_cache_file_with_a_wrong_checksum_fails_the_check(home: Home, digests: Path) -> None:
    home.run("add", digests)
    [file] = home.cache.glob("*/2025-05.texts.json")
    file.write_bytes(file.read_bytes().replace(b"What", b"Whet"))
    bad = failed_line(home.run("doctor"))
    assert f"{file}: is damaged (its checksum is wrong); run 'broadsheet sync --rebuild'" in bad
    assert home.shell(bad.rpartition("run ")[2].strip("'")).code == 0
    assert home.run("doctor").code == 0


def test_limit_for_the_size_of_files_fails_the_check(home: Home) -> None:
    result = home.shell("ulimit -S -f 8; broadsheet doctor")
    bad = failed_line(result)
    assert "files are limited to 8 KB" in bad
    assert home.shell(f"ulimit -S -f 8; {bad.rpartition('; ')[2]}; broadsheet doctor").code == 0


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_created_folders_are_private(home: Home, digests: Path, umask: int) -> None:
    assert home.shell(f"umask {umask:o}; broadsheet add '{digests}'").code == 0
    before = os.umask(umask)
    try:
        MarkStore(home.state / "marks").apply(set_read(["2505.00001"], True))
    finally:
        os.umask(before)
    result = home.shell(f"umask {umask:o}; broadsheet doctor")
    assert result.code == 0, result.out
    assert line_for(result, "permissions").endswith("private folders are closed to other users")


@pytest.mark.parametrize("name", ["config", "state", "cache", "log"])
def test_folder_that_others_can_enter_fails_the_check(home: Home, digests: Path, name: str) -> None:
    home.run("add", digests)
    MarkStore(home.state / "marks").apply(set_read(["2505.00001"], True))
    with_fault(home, "tui.library.library:Library.papers").run("list")
    folder = home.state / "log" if name == "log" else home.root / name / "broadsheet"
    folder.chmod(0o750)
    result = home.run("doctor")
    assert result.code == 1
    bad = failed_line(result)
    assert bad.endswith(f"permissions  {folder} is open to other users; chmod -R go= {folder}")
    assert home.shell(bad.rpartition("; ")[2]).code == 0
    assert home.run("doctor").code == 0


def test_folder_of_another_user_is_reported(home: Home) -> None:
    require_accounts()  # root, to change the owner
    MarkStore(home.state / "marks").apply(set_read(["2505.00001"], True))
    os.chown(home.state, 65534, 65534)
    result = home.run("doctor")
    assert result.code == 1
    assert failed_line(result).endswith(f"sudo chown -R $(id -u) {home.state}")


NO_CHOWN_TO_ROOT = 'sudo() { "$@"; }; id() { echo 65534; }; '
"""Shell functions with which root follows the advice given to ``nobody``."""


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder of ``nobody``, which is the home folder, without folders of its own."""
    require_accounts()  # root, to change owners
    with folder_of_nobody() as folder:
        for name in ("CACHE", "STATE", "CONFIG", "DATA"):
            monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
        monkeypatch.setenv("HOME", str(folder))
        use_own_folders(paths.own_folders)
        yield folder
        use_own_folders(tuple)


def advice_to_nobody() -> list[str]:
    """Return the details of the checks that fail for ``nobody``."""
    with as_nobody():
        return [result.details for result in check_all() if not result.is_ok]


def follow(advice: str) -> None:
    """Run the command at the end of an advice."""
    command = NO_CHOWN_TO_ROOT + advice.rpartition("; ")[2]
    subprocess.run(["/bin/sh", "-c", command], check=True)


@pytest.mark.parametrize("home", ["/", "/no-such-home", "other/missing", "other"])
def test_owner_of_folders_above_our_own_is_never_changed(
    nobody: Path, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (nobody / "other").mkdir(mode=0o755)  # of root
    monkeypatch.setenv("HOME", str(nobody / home))
    advice = advice_to_nobody()
    assert advice
    for each in advice:
        assert "chown" not in each
        assert re.search(r"set HOME or XDG_\w+_HOME to a folder that you can write", each)


def test_advice_names_what_selects_the_folder(
    nobody: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = nobody / "foreign"
    foreign.mkdir(mode=0o755)  # of root
    home = nobody / "home"
    home.mkdir(mode=0o700)
    os.chown(home, NOBODY_ID, NOBODY_ID)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(foreign))
    [advice] = advice_to_nobody()
    # Another HOME would not help.
    assert advice.endswith(
        "; set XDG_CACHE_HOME to a folder that you can write; "
        "to try: export XDG_CACHE_HOME=$(mktemp -d)"
    )
    monkeypatch.delenv("XDG_CACHE_HOME")
    settings = home / ".config/broadsheet/config.toml"
    with as_nobody():
        settings.parent.mkdir(parents=True, mode=0o700)
        settings.write_text(f"cache = '{foreign / 'cache'}'\n")
    advice = "\n".join(advice_to_nobody())
    assert "; set 'cache' in the settings to a folder that you can write" in advice
    assert "HOME" not in advice


def test_our_folder_can_be_created_in_a_folder_of_another_user(nobody: Path) -> None:
    for name in (".cache", ".local/state"):
        (nobody / name).mkdir(parents=True, mode=0o755)
    advice = advice_to_nobody()
    own = nobody / ".cache/broadsheet"
    assert any(each.endswith(f"sudo install -d -m 700 -o $(id -u) {own}") for each in advice)
    for each in advice:
        follow(each)
    assert advice_to_nobody() == []
    assert (nobody / ".cache").stat().st_uid == 0


@pytest.mark.usefixtures("nobody")
def test_device_in_place_of_a_home_is_not_to_be_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", os.devnull)
    advice = "\n".join(advice_to_nobody())
    assert "set HOME or XDG_CACHE_HOME to a folder that you can write" in advice
    assert "move it" not in advice


@pytest.mark.parametrize(
    ("link", "mode"), [(".cache", 0o700), (".cache/broadsheet", 0o755)], ids=["parent", "own"]
)
def test_link_to_a_folder_of_another_user_is_to_be_changed(
    nobody: Path, link: str, mode: int
) -> None:
    with folder_of_nobody() as foreign:
        os.chown(foreign, 0, 0)
        (foreign / "other").write_text("not ours", "utf-8")
        foreign.chmod(mode)
        with as_nobody():
            (nobody / link).parent.mkdir(exist_ok=True)
            (nobody / link).symlink_to(foreign)
        for advice in advice_to_nobody():
            assert advice.endswith(
                f"{nobody / link} is a link to {foreign}; change it to a folder of yours; "
                f"ln -sfn FOLDER {nobody / link}"
            )
            with as_nobody():
                follow(advice.replace("FOLDER", str(nobody)))
        with as_nobody():
            (nobody / link / "broadsheet").mkdir(mode=0o700, exist_ok=True)
        assert foreign.stat().st_mode & 0o777 == mode
        assert (foreign / "other").stat().st_uid == 0


def test_own_folder_behind_a_link_is_given_back(nobody: Path) -> None:
    with as_nobody():
        (nobody / "disk").mkdir(mode=0o700)
        (nobody / ".cache").mkdir()
        (nobody / ".cache/broadsheet").symlink_to(nobody / "disk")
    (nobody / "disk" / "file").write_text("", "utf-8")
    [advice] = advice_to_nobody()
    assert advice.endswith(f"sudo chown -R $(id -u) {nobody / 'disk'}")
    follow(advice)
    assert advice_to_nobody() == []


def test_files_of_a_run_with_sudo_are_found_and_given_back(nobody: Path) -> None:
    state = nobody / ".local/state/broadsheet"
    marks = MarkStore(state / "marks")
    with as_nobody():
        marks.apply(set_read(["2505.00001", "2504.00001"], True))
    assert advice_to_nobody() == []
    for file in (state / "marks").iterdir():
        os.chown(file, 0, 0)
    remedy = f"sudo chown -R $(id -u) {state}"
    with as_nobody():
        store = MarkStore(state / "marks")
        with pytest.raises(NotPersistedError) as caught:
            store.apply(set_starred(["2505.00001"], True))
    assert remedy in str(caught.value)
    advice = advice_to_nobody()
    assert all("broadsheet doctor" not in each for each in advice)
    [owners] = [each for each in advice if " belong to root, such as " in each]
    assert owners.endswith(f"; {remedy}")
    follow(owners)
    assert advice_to_nobody() == []


def test_folder_of_another_user_that_cannot_be_listed_does_not_end_the_checks(nobody: Path) -> None:
    with as_nobody():
        (nobody / ".local/state").mkdir(parents=True)
    (nobody / ".local/state").chmod(0o700)
    os.chown(nobody / ".local/state", 0, 0)
    with as_nobody():
        results = list(check_all())
    assert results[-1].subject == "terminal"
    for each in results:
        if not each.is_ok:
            assert f"sudo install -d -m 700 -o $(id -u) {nobody}/.local" in each.details
            follow(each.details)
    assert advice_to_nobody() == []
    assert (nobody / ".local/state").stat().st_uid == 0


def test_held_lock_is_reported(home: Home) -> None:
    marks = home.state / "marks"
    MarkStore(marks).apply(set_read(["2505.00001"], True))
    assert line_for(home.run("doctor"), "locks").endswith("none held")
    with TinyDbFolder(marks, 1).locked():
        result = home.run("doctor")
    assert result.code == 0
    assert line_for(result, "locks").endswith(f"another Broadsheet is writing to {marks}")


def test_lock_file_that_cannot_be_opened_fails_the_check(home: Home) -> None:
    marks = home.state / "marks"
    MarkStore(marks).apply(set_read(["2505.00001"], True))
    lock = marks / ".lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    result = home.run("doctor")
    assert result.code == 1
    bad = failed_line(result)
    assert f"{lock} cannot be opened (Is a directory); rm -r {lock}" in bad
    assert home.shell(bad.rpartition("; ")[2]).code == 0
    assert home.run("doctor").code == 0


def test_time_of_the_last_logged_error_is_reported(home: Home) -> None:
    with_fault(home, "tui.library.library:Library.papers").run("list")
    result = home.run("doctor")
    assert result.code == 0
    details = line_for(result, "log")
    assert re.search(
        rf"{log_path(home)}: last written \d{{4}}-\d\d-\d\d \d\d:\d\d; attach", details
    )


@pytest.mark.parametrize(
    ("environment", "size", "expected"),
    [
        ({}, (100, 30), "xterm-256color, 100 × 30, utf-8, 256 colors, Unicode symbols"),
        ({"COLORTERM": "truecolor"}, (100, 30), ", all colors, Unicode symbols"),
        ({"NO_COLOR": "1", "TERM": "linux"}, (100, 30), ", no colors, ASCII symbols"),
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
def test_terminal_is_described(
    home: Home, environment: dict[str, str], size: tuple[int, int], expected: str
) -> None:
    columns, lines = size
    with PseudoTerminal(
        [*home.program, "doctor"],
        environment=home.with_environment(**environment).environment,
        columns=columns,
        lines=lines,
        at=home.root,
    ) as terminal:
        assert terminal.wait() == ("; " in expected)
        encoding = environment.get("PYTHONIOENCODING", "utf-8")
        line = terminal.raw.decode(encoding).splitlines()[-1]
    assert line.startswith("BAD" if "; " in expected else "ok ")
    assert line.endswith(expected)


def failed_line(result: CommandResult) -> str:
    """Return the only line of a failed check."""
    [line] = [line for line in result.lines if line.startswith("BAD")]
    return line


def line_for(result: CommandResult, subject: str) -> str:
    """Return the line for a subject."""
    [line] = [line for line in result.lines if line[5:].split("  ")[0] == subject]
    return line
