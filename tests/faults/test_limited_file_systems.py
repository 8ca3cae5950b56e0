"""File systems without locks, without fsync of folders, without permissions; read-only homes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.failing_disks import FullDisk, ReadOnlyDisk, disk
from tests.support.accounts import install_for_everyone, public_folder
from tests.support.concurrent_processes import WAIT_FOR_START, run_concurrently
from tests.support.home import TIMEOUT_SECONDS, CommandResult, Home
from tests.support.limited_file_system import LIMITS, PREPARE, with_limits
from tests.support.requirements import require_programs
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.marks.store import MarkStore
from tui.storage.locks import OWNER_FILE

PAPER = "2505.00001"


def write_paper(folder: Path, number: int = 1) -> None:
    papers = [SamplePaper(f"2505.0000{number}", "Kettle", 3, ("Ann Bee",))]
    write_digest(folder / f"{number}.md", ko_digest(f"2025-05-0{number}", papers))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    write_paper(tmp_path / "digests")
    return Home(tmp_path)


def assert_fine(result: CommandResult) -> None:
    assert (result.code, result.err) == (0, ""), result


@pytest.mark.parametrize("calls", LIMITS.values(), ids=LIMITS.keys())
def test_everything_works_without_a_message(home: Home, calls: str) -> None:
    limited = with_limits(home, calls)
    (home.root / "shared").mkdir()
    assert_fine(limited.run("add", "digests"))
    write_paper(home.root / "digests", 2)
    listed = limited.run("list", "--format", "ids")
    assert_fine(listed)
    assert listed.lines == ["2505.00002", PAPER]
    assert_fine(limited.run("marks", "set", PAPER, "--star"))
    assert_fine(limited.run("marks", "set", PAPER, "--tag", "tea"))
    assert home.run("list", "is:starred tag:tea", "--format", "ids").lines == [PAPER]
    for _ in range(2):
        assert_fine(limited.run("marks", "sync", "shared"))
        assert_fine(limited.run("export", "-o", "x.bib"))
    assert list((home.root / "shared").rglob("*.jsonl"))
    assert_fine(limited.run("remove", "digests"))
    assert list(home.root.rglob(OWNER_FILE)) == []
    assert list(home.root.rglob("*.tmp")) == []


@pytest.mark.parametrize(
    ("calls", "sentence"),
    [
        ("flock:ENOLCK", "has no locks"),
        ("sync_folder:EINVAL", "cannot write folders to disk on request"),
        ("sync_folder:EACCES", "cannot write folders to disk on request"),
        ("chmod:EPERM", "has no permissions"),
    ],
)
def test_doctor_says_what_is_not_guaranteed(home: Home, calls: str, sentence: str) -> None:
    assert home.run("add", "digests").code == 0
    assert sentence not in home.run("doctor").out
    checked = with_limits(home, calls).run("doctor")
    assert checked.code == 0
    assert sentence in checked.out
    assert "BAD" not in checked.out


def test_doctor_does_not_suggest_permissions_where_there_are_none(home: Home) -> None:
    assert home.run("add", "digests").code == 0
    home.config.parent.chmod(0o755)
    assert "chmod" in home.run("doctor").out
    assert "chmod" not in with_limits(home, "chmod:EPERM").run("doctor").out


def test_lock_on_a_failing_disk_is_named_and_not_deleted(home: Home) -> None:
    assert home.run("marks", "set", PAPER, "--tag", "tea").code == 0
    failing = with_limits(home, "flock:EIO")
    advice = f"{home.state / 'marks' / '.lock'}: the disk is failing; back up your files\n"
    marked = failing.run("marks", "set", PAPER, "--star")
    assert (marked.code, marked.err.endswith(f"could not be saved: {advice}")) == (2, True)
    checked = failing.run("doctor")
    assert advice in checked.out
    assert "rm -r" not in checked.out


EDITS = 15

MARKS = f"""
{PREPARE}
from pathlib import Path
from tui.marks.store import MarkStore
from tui.marks.edits import set_read
{WAIT_FOR_START}
folder, name = sys.argv[1:]
store = MarkStore(Path(folder))
for number in range({EDITS}):
    store.apply(set_read([f"250{{number % 3}}.{{name}}{{number:04}}"], True))
"""


def test_writers_without_locks_lose_nothing(tmp_path: Path) -> None:
    names = tuple("1234")
    run_concurrently(MARKS, "flock:ENOLCK", str(tmp_path / "marks"), names=names)
    assert len(MarkStore(tmp_path / "marks").all_marks()) == len(names) * EDITS


HOLDS = f"""
{PREPARE}
import time
from pathlib import Path
from tui.storage.folder import TinyDbFolder
with TinyDbFolder(Path(sys.argv[1]), 1).locked():
    print("locked", flush=True)
    time.sleep(600)
"""


def test_killed_holder_of_a_lock_file_blocks_nobody(home: Home) -> None:
    marks = home.state / "marks"
    limited = with_limits(home, "flock:ENOLCK")
    command = [sys.executable, "-c", HOLDS, "flock:ENOLCK", str(marks)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "locked\n"
            assert (marks / OWNER_FILE).exists()
            blocked = limited.run("marks", "set", PAPER, "--star")
            assert blocked.code == 2
            assert f"{marks / OWNER_FILE}: another Broadsheet is writing here" in blocked.err
            # A holder on another machine cannot be checked.
            advice = f"; if none is running on any machine: rm {marks / OWNER_FILE}"
            assert f"another Broadsheet is writing to {marks}{advice}" in limited.run("doctor").out
        finally:
            holder.kill()
    assert holder.wait(TIMEOUT_SECONDS) == -signal.SIGKILL
    assert_fine(limited.run("marks", "set", PAPER, "--star"))
    assert not (marks / OWNER_FILE).exists()


def test_read_only_home(tmp_path: Path) -> None:
    write_paper(tmp_path / "digests")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with disk(tmp_path / "disk"):
        names = ("CACHE", "STATE", "CONFIG", "DATA")
        folders = {f"XDG_{name}_HOME": str(tmp_path / "disk" / name.lower()) for name in names}
        home = Home(tmp_path, {**folders, "TMPDIR": str(temporary)})
        ReadOnlyDisk(tmp_path / "disk").begin()
        for words in (["list", "-p", "digests"], ["list"], ["show", PAPER, "-p", "digests"]):
            result = home.run(*words)
            assert result.code == 0
            line, *others = result.err.splitlines()
            # The sample digests have problems of their own.
            assert not others or words == ["list"]
            assert "this disk is read-only; remount it writable; the digests are not cached" in line
        assert home.run("list", "-p", "digests", "--format", "ids").lines == [PAPER]
        marked = home.run("marks", "set", PAPER, "--star")
        assert marked.code == 2
        assert "read-only" in marked.err
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("is_link", [False, True])
def test_something_else_in_place_of_the_cache_folder(home: Home, is_link: bool) -> None:
    home.cache.parent.mkdir()
    if is_link:
        home.cache.symlink_to("not-mounted")
    else:
        home.cache.write_text("")
    listed = home.run("list", "-p", "digests", "--format", "ids")
    assert (listed.code, listed.lines) == (0, [PAPER])
    [line] = listed.err.splitlines()
    why = f"is a link to {home.cache.parent}/not-mounted" if is_link else "Not a directory"
    assert line.startswith(f"broadsheet: {home.cache}: {why}")
    assert "the digests are not cached" in line
    assert not (home.cache.parent / "not-mounted").exists()


def test_full_disk_without_a_cache(tmp_path: Path) -> None:
    write_paper(tmp_path / "digests")
    with disk(tmp_path / "disk"):
        home = Home(tmp_path, {"XDG_CACHE_HOME": str(tmp_path / "disk")})
        FullDisk(tmp_path / "disk").begin()
        listed = home.run("list", "-p", "digests", "--format", "ids")
        assert (listed.code, listed.lines) == (0, [PAPER])
        [line] = listed.err.splitlines()
        assert "no space left on this disk; free some up; the digests are not cached" in line


@pytest.fixture(scope="module")
def strangers() -> Iterator[Home]:
    """A home for a user id without an account, which cannot be found."""
    require_programs("setpriv", root_task="switch to another user")
    with public_folder() as folder:
        python, environment = install_for_everyone(folder)
        write_paper(folder / "digests")
        for path in folder.rglob("*"):
            path.chmod(path.stat().st_mode | 0o444)
        (folder / "digests").chmod(0o755)
        unset = ("HOME", *(f"XDG_{name}_HOME" for name in ("CACHE", "STATE", "CONFIG", "DATA")))
        program = (
            *("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups", "env"),
            *(word for name in unset for word in ("-u", name)),
            *(python, "-m", "tui"),
        )
        yield Home(folder, environment, program)


def test_no_home_and_no_account(strangers: Home) -> None:
    listed = strangers.run("list", "-p", "digests", "--format", "ids")
    assert (listed.code, listed.lines) == (0, [PAPER])
    [line] = listed.err.splitlines()
    assert line.endswith("set HOME to keep settings and marks")
    assert strangers.run("list", "--limit", "1").code == 0
    for words in (["marks", "set", PAPER, "--star"], ["add", "digests"], ["config", "--init"]):
        result = strangers.run(*words)
        assert result.code == 2
        assert "internal error" not in result.err
    checked = strangers.run("doctor")
    assert "internal error" not in checked.err
