"""``broadsheet marks sync`` through a shared folder or a git repository."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.support.git_repositories import GIT_ENVIRONMENT, PublishedRepository, git
from tests.support.home import CommandResult, Home
from tests.support.marks import set_marks
from tui.marks.edits import set_note, set_read, set_starred, set_tags
from tui.marks.store import MarkStore
from tui.marks.timestamped_marks import SCHEMA
from tui.models import Marks
from tui.storage.tables import write_tables

PAPER, OTHER, THIRD = "2505.00001", "2404.00002", "2303.00003"


def machine(tmp_path: Path, name: str) -> Home:
    (tmp_path / name).mkdir()
    return Home(tmp_path / name, dict(GIT_ENVIRONMENT))


@pytest.fixture
def laptop(tmp_path: Path) -> Home:
    return machine(tmp_path, "laptop")


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    return machine(tmp_path, "desk")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "a shared folder"
    folder.mkdir()
    return folder


def store(home: Home) -> MarkStore:
    return MarkStore(home.state / "marks")


def marked(home: Home) -> dict[str, Marks]:
    return {
        paper: marks._replace(tags=tuple(sorted(marks.tags)))
        for paper, marks in store(home).all_marks().items()
    }


def own_folder(home: Home, shared: Path) -> Path:
    return shared / (home.state / "machine").read_text().strip()


def sync(home: Home, target: Path | str) -> CommandResult:
    result = home.run("marks", "sync", target)
    assert (result.code, result.err) == (0, "")
    return result


def mark_both(laptop: Home, desk: Home) -> None:
    store(laptop).apply(set_tags([PAPER], ("rl",)))
    store(laptop).apply(set_read([OTHER], True))
    store(desk).apply(set_tags([PAPER], ("vision",)))
    store(desk).apply(set_note([THIRD], "메모"))


UNION = {
    PAPER: Marks(tags=("rl", "vision")),
    OTHER: Marks(read=True),
    THIRD: Marks(note="메모"),
}


def test_two_machines_merge_through_a_folder(laptop: Home, desk: Home, shared: Path) -> None:
    mark_both(laptop, desk)
    assert sync(laptop, shared).out == "Merged marks from 0 other machines; nothing changed.\n"
    assert sync(desk, shared).out == "Merged marks from 1 other machine; 2 papers changed.\n"
    sync(laptop, shared)
    assert marked(laptop) == marked(desk) == UNION


def test_each_machine_writes_only_to_its_own_folder(laptop: Home, desk: Home, shared: Path) -> None:
    mark_both(laptop, desk)
    sync(laptop, shared)
    before = {file: file.stat().st_ino for file in own_folder(laptop, shared).iterdir()}
    assert {file.name for file in before} == {"2404.jsonl", "2505.jsonl"}
    sync(desk, shared)
    assert {file: file.stat().st_ino for file in own_folder(laptop, shared).iterdir()} == before
    assert len(list(shared.iterdir())) == 2
    # Unchanged files are not rewritten, because a file synchronizer would transfer them again.
    desks = {file: file.stat().st_ino for file in own_folder(desk, shared).iterdir()}
    sync(desk, shared)
    assert {file: file.stat().st_ino for file in own_folder(desk, shared).iterdir()} == desks


def test_copies_changed_on_both_machines_do_not_conflict(
    tmp_path: Path, laptop: Home, desk: Home, shared: Path
) -> None:
    """Each machine has a copy of the folder and receives the other's files later, as with rsync."""
    copy = tmp_path / "copy"
    copy.mkdir()
    mark_both(laptop, desk)
    sync(laptop, shared)
    sync(desk, copy)
    for source, target in ((shared, copy), (copy, shared)):
        shutil.copytree(source, target, dirs_exist_ok=True)
    sync(laptop, shared)
    sync(desk, copy)
    assert marked(laptop) == marked(desk) == UNION


def test_mark_that_was_removed_later_stays_removed(laptop: Home, desk: Home, shared: Path) -> None:
    mark_both(laptop, desk)
    for home in (laptop, desk, laptop):
        sync(home, shared)
    store(desk).apply(set_marks([OTHER, PAPER], Marks()))
    for home in (desk, laptop, desk):
        sync(home, shared)
    assert marked(laptop) == marked(desk) == {THIRD: Marks(note="메모")}


def test_conflict_copies_are_read_and_kept(laptop: Home, desk: Home, shared: Path) -> None:
    mark_both(laptop, desk)
    sync(laptop, shared)
    [file] = own_folder(laptop, shared).glob("2505.jsonl")
    conflict = file.rename(file.with_name("2505.sync-conflict-20261121-093825-ABCDEFG.jsonl"))
    sync(desk, shared)
    assert marked(desk) == UNION
    assert conflict.exists()


def test_lost_marks_are_restored(laptop: Home, shared: Path) -> None:
    store(laptop).apply(set_note([PAPER], "mine"))
    sync(laptop, shared)
    shutil.rmtree(laptop.state / "marks")
    sync(laptop, shared)
    assert marked(laptop) == {PAPER: Marks(note="mine")}


def test_damaged_marks_are_a_warning(laptop: Home, desk: Home, shared: Path) -> None:
    mark_both(laptop, desk)
    sync(desk, shared)
    sync(laptop, shared)
    (laptop.state / "marks" / "2505.json").write_text("damaged")
    result = laptop.run("marks", "sync", shared)
    assert result.code == 0
    assert "2505.json was damaged and " in result.err
    assert marked(laptop) == UNION


def test_damaged_file_does_not_block_the_others(laptop: Home, desk: Home, shared: Path) -> None:
    """The damaged month is of no other machine, and was never shared."""
    mark_both(laptop, desk)
    sync(desk, shared)
    store(laptop).apply(set_read(["2401.00001"], True))
    store(laptop).apply(set_note(["2401.00001"], "lost"))  # backs up the first version
    (laptop.state / "marks" / "2401.json").write_text("damaged")
    result = laptop.run("marks", "sync", shared)
    assert result.code == 0
    [warning] = result.err.splitlines()
    assert "2401.json was damaged and is kept as damaged-2401-" in warning
    assert "its marks are those of the backup of" in warning
    assert marked(laptop) == {**UNION, "2401.00001": Marks(read=True)}
    sync(desk, shared)
    assert marked(desk) == marked(laptop)


def test_file_of_a_newer_version_does_not_block_the_others(
    laptop: Home, desk: Home, shared: Path
) -> None:
    mark_both(laptop, desk)
    sync(desk, shared)
    sync(laptop, shared)
    own = own_folder(laptop, shared) / "2505.jsonl"
    before = own.read_bytes()
    file = laptop.state / "marks" / "2505.json"
    write_tables(file, {"marks": {PAPER: {"color": "red"}}}, SCHEMA + 1)
    data = file.read_bytes()
    store(desk).apply(set_starred([PAPER, OTHER], True))
    sync(desk, shared)
    result = laptop.run("marks", "sync", shared)
    assert result.code == 0
    [warning] = result.err.splitlines()
    assert "2505.json: was written by a newer Broadsheet" in warning
    assert marked(laptop)[OTHER] == Marks(read=True, starred=True)
    assert file.read_bytes() == data
    # What was shared before is the best copy.
    assert own.read_bytes() == before


def peer_file(shared: Path, *records: dict[str, object]) -> Path:
    """Return a file of another machine with these marks."""
    file = shared / "peer-00000000" / "2505.jsonl"
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return file


FAR_FUTURE = 2**53 - 1
BEYOND_ALL_CLOCKS = {
    "id": PAPER,
    "starred": True,
    "note": "theirs",
    "tags": ["x"],
    "changed": {"starred": FAR_FUTURE, "note": FAR_FUTURE, "tags": {"x": FAR_FUTURE}},
}


def test_times_in_the_far_future_do_not_freeze_marks(
    laptop: Home, desk: Home, shared: Path
) -> None:
    peer_file(shared, BEYOND_ALL_CLOCKS)
    for home in (laptop, desk):
        result = home.run("marks", "sync", shared)
        assert result.code == 0
        assert "has times in the far future, which count as unknown" in result.err
        assert marked(home) == {PAPER: Marks(starred=True, tags=("x",), note="theirs")}
    store(laptop).apply(set_note([PAPER], "my new note"))
    store(laptop).apply(set_starred([PAPER], False))
    store(laptop).apply(set_tags([PAPER], ()))
    for home in (laptop, desk, laptop):
        assert home.run("marks", "sync", shared).code == 0
        assert marked(home) == {PAPER: Marks(note="my new note")}


def test_marks_frozen_by_an_earlier_version_can_be_changed(
    laptop: Home, desk: Home, shared: Path
) -> None:
    times = {"note": FAR_FUTURE, "starred": FAR_FUTURE}
    for home in (laptop, desk):
        (home.state / "marks").mkdir(parents=True)
        marks = {"starred": True, "note": "theirs"}
        write_tables(
            home.state / "marks" / "2505.json",
            {"marks": {PAPER: marks}, "times": {PAPER: times}},
            SCHEMA,
        )
    store(laptop).apply(set_note([PAPER], "my new note"))
    store(desk).apply(set_starred([PAPER], False))
    for home in (laptop, desk, laptop):
        sync(home, shared)
    assert marked(laptop) == marked(desk) == {PAPER: Marks(note="my new note")}


def test_far_too_large_files_of_a_machine_are_skipped(
    laptop: Home, desk: Home, shared: Path
) -> None:
    mark_both(laptop, desk)
    sync(desk, shared)
    peer = peer_file(shared, {"id": PAPER, "starred": True}).parent
    for name in ("2501.jsonl", "2502.jsonl"):
        with (peer / name).open("wb") as large:
            large.truncate(70 << 20)
    result = laptop.run("marks", "sync", shared)
    assert result.code == 0
    assert result.err.splitlines() == [
        f"broadsheet: {peer.name}/2501.jsonl:1: is longer than 4 MB; line skipped",
        f"broadsheet: {peer.name}/2502.jsonl: is too large (a machine has at most 128 MB); skipped",
    ]
    assert marked(laptop)[PAPER] == Marks(starred=True, tags=("rl", "vision"))


def test_own_file_replaced_by_a_pipe_or_a_giant_is_replaced(laptop: Home, shared: Path) -> None:
    store(laptop).apply(set_read([PAPER], True))
    sync(laptop, shared)
    own = own_folder(laptop, shared) / "2505.jsonl"
    before = own.read_bytes()
    own.unlink()
    os.mkfifo(own)
    sync(laptop, shared)
    assert own.read_bytes() == before
    with own.open("wb") as giant:
        giant.truncate(1 << 40)
    assert laptop.run("marks", "sync", shared).code == 0
    assert own.read_bytes() == before


def test_each_unusable_file_is_one_warning(laptop: Home, desk: Home, shared: Path) -> None:
    mark_both(laptop, desk)
    sync(desk, shared)
    theirs = own_folder(desk, shared)
    (theirs / "2505.jsonl").write_bytes(b"\xff\xfe\n{}\n[\n")
    (theirs / "2401.jsonl").symlink_to("/etc/passwd")
    (theirs / "2402.jsonl").mkdir()
    (theirs / ".hidden.jsonl").write_text("{")
    (shared / "linked").symlink_to(theirs)
    (shared / "readme.txt").write_text("hello")
    with (theirs / "2403.jsonl").open("wb") as large:
        large.truncate(1 << 30)
    result = laptop.run("marks", "sync", shared)
    assert result.code == 0
    assert result.err.splitlines() == [
        f"broadsheet: {theirs.name}/2403.jsonl: is too large (a machine has at most 128 MB); "
        "skipped",
        f"broadsheet: {theirs.name}/2505.jsonl:1: is not JSON; line skipped (2 more)",
    ]
    assert marked(laptop)[THIRD] == Marks(note="메모")


def test_machine_names_are_escaped(laptop: Home, shared: Path) -> None:
    theirs = os.fsencode(shared) + b"/d\xffsk-\x1b[31m"
    os.mkdir(theirs)  # noqa: PTH102  # a Path cannot hold bytes
    Path(os.fsdecode(theirs), "2505.jsonl").write_text(f'{{"id": "{PAPER}", "read": true}}\n[\n')
    result = laptop.run("marks", "sync", shared, "--format", "json")
    assert result.code == 0
    assert result.json["machines"] == [r"d\udcffsk-\x1b[31m"]
    assert result.json["changed"] == [PAPER]
    assert result.json["problems"][0]["file"] == r"d\udcffsk-\x1b[31m/2505.jsonl"


def test_missing_folder_is_not_created(laptop: Home, tmp_path: Path) -> None:
    result = laptop.run("marks", "sync", tmp_path / "unmounted")
    assert result.code == 2
    assert "no such folder; create it first" in result.err
    assert not (tmp_path / "unmounted").exists()


def test_symlink_in_place_of_our_folder_is_not_followed(
    laptop: Home, shared: Path, tmp_path: Path
) -> None:
    store(laptop).apply(set_read([PAPER], True))
    sync(laptop, shared)
    own = own_folder(laptop, shared)
    shutil.rmtree(own)
    (tmp_path / "elsewhere").mkdir()
    own.symlink_to(tmp_path / "elsewhere")
    result = laptop.run("marks", "sync", shared)
    assert result.code == 2
    assert result.err.rstrip().endswith("is a symbolic link; marks are not written through links")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_folder_of_the_settings_is_used(laptop: Home, shared: Path) -> None:
    result = laptop.run("marks", "sync")
    assert result.code == 2
    assert "no folder or repository given" in result.err
    store(laptop).apply(set_read([PAPER], True))
    link = laptop.config.parent / "shared"
    laptop.configure('[marks]\nsync = "shared"\n')
    link.symlink_to(shared)
    result = laptop.run("marks", "sync", "--format", "json")
    assert result.json == {"machines": [], "changed": [], "problems": []}
    assert (own_folder(laptop, shared) / "2505.jsonl").exists()
    assert f'[marks]\nsync = "{link}"' in laptop.run("config").out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("marks = 3", "marks: must be a table"),
        ("[marks]\nsynk = 'x'", "unknown setting 'synk'; did you mean 'sync'?"),
        ("[marks]\nsync = 3", "sync: must be a folder"),
    ],
)
def test_invalid_settings_are_reported(laptop: Home, text: str, message: str) -> None:
    laptop.configure(text)
    assert message in laptop.run("config").err


def test_password_is_not_printed(laptop: Home) -> None:
    laptop.configure('[marks]\nsync = "https://me:token@example.org/marks.git"\n')
    printed = laptop.run("config").out
    assert 'sync = "https://example.org/marks.git"' in printed
    assert "token" not in printed


# Repositories


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """Return an empty repository."""
    bare = tmp_path / "marks.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    return bare


def commits(remote: Path) -> list[str]:
    return git(remote, "log", "--format=%an: %s", "main").splitlines()


@pytest.mark.parametrize("by_url", [True, False])
def test_two_machines_merge_through_a_repository(
    laptop: Home, desk: Home, remote: Path, by_url: bool
) -> None:
    target = remote.as_uri() if by_url else remote
    mark_both(laptop, desk)
    for home in (laptop, desk, laptop):
        sync(home, target)
    assert marked(laptop) == marked(desk) == UNION
    names = [own_folder(home, remote).name for home in (laptop, desk, laptop)]
    assert commits(remote) == [f"Broadsheet: Marks of {name}" for name in reversed(names)]
    # Without changes there is no commit.
    sync(desk, target)
    sync(laptop, target)
    assert len(commits(remote)) == 3


def test_only_own_files_are_committed(laptop: Home, desk: Home, remote: Path) -> None:
    mark_both(laptop, desk)
    sync(laptop, remote)
    sync(desk, remote)
    changed = git(remote, "show", "--name-only", "--format=", "main").split()
    assert {Path(name).parent.name for name in changed} == {own_folder(desk, remote).name}


def test_push_is_retried_after_another_machine_pushed(
    tmp_path: Path, laptop: Home, desk: Home, remote: Path
) -> None:
    """The desk pushes between the laptop's fetch and push."""
    mark_both(laptop, desk)
    sync(laptop, remote)
    store(laptop).apply(set_starred([PAPER], True))
    real = shutil.which("git")
    once = tmp_path / "once"
    folder = tmp_path / "bin"
    folder.mkdir()
    program = " ".join(f"'{word}'" for word in desk.program)
    exports = " ".join(f"{name}='{value}'" for name, value in desk.environment.items())
    (folder / "git").write_text(
        f"#!/bin/bash\nif [[ \" $* \" == *' push '* && ! -e '{once}' ]]; then touch '{once}'; "
        f"env -i {exports} {program} marks sync '{remote}' >/dev/null || exit 9; fi\n"
        f'exec {real} "$@"\n'
    )
    (folder / "git").chmod(0o755)
    pushing = laptop.with_environment(PATH=f"{folder}:{laptop.environment['PATH']}")
    sync(pushing, remote)
    assert once.exists()
    sync(desk, remote)
    expected = {**UNION, PAPER: UNION[PAPER]._replace(starred=True)}
    assert marked(laptop) == marked(desk) == expected


def test_recreated_repository_receives_all_marks(
    laptop: Home, remote: Path, tmp_path: Path
) -> None:
    store(laptop).apply(set_read([PAPER], True))
    sync(laptop, remote)
    shutil.rmtree(remote)
    git(tmp_path, "init", "-q", "--bare", str(remote))
    sync(laptop, remote)
    assert len(commits(remote)) == 1
    git(tmp_path, "clone", "-q", "-b", "main", str(remote), "clone")
    assert len(list((tmp_path / "clone").glob("*/2505.jsonl"))) == 1


def test_rewritten_history_loses_no_marks(laptop: Home, desk: Home, tmp_path: Path) -> None:
    published = PublishedRepository(tmp_path / "published")
    published.push({"README.md": "Our marks"})
    mark_both(laptop, desk)
    sync(laptop, published.url)
    sync(desk, published.url)
    published.push({"README.md": "Squashed"}, force=True)
    for home in (laptop, desk, laptop):
        sync(home, published.url)
    assert marked(laptop) == marked(desk) == UNION
    assert git(published.bare, "show", "main:README.md") == "Squashed"


def test_unreachable_remote_is_one_error(laptop: Home, remote: Path) -> None:
    store(laptop).apply(set_read([PAPER], True))
    sync(laptop, remote)
    renamed = remote.rename(remote.with_name("away"))
    result = laptop.run("marks", "sync", remote.as_uri())
    assert result.code == 2
    [error] = result.err.splitlines()
    assert error.startswith(f"broadsheet: {remote.as_uri()}: ")
    assert error.endswith("; check the address, or try again later")
    assert marked(laptop) == {PAPER: Marks(read=True)}
    renamed.rename(remote)
    sync(laptop, remote)


def test_symlinks_in_a_repository_are_not_followed(laptop: Home, tmp_path: Path) -> None:
    published = PublishedRepository(tmp_path / "published")
    (published.checkout / "evil").symlink_to("/etc")
    (published.checkout / "other").mkdir()
    (published.checkout / "other" / "2505.jsonl").symlink_to("/etc/passwd")
    published.push({"a.txt": "x"})
    store(laptop).apply(set_read([PAPER], True))
    result = laptop.run("marks", "sync", published.url)
    assert result.code == 0
    assert result.err == ("broadsheet: other/2505.jsonl:1: is not JSON; line skipped\n")
    assert marked(laptop) == {PAPER: Marks(read=True)}


@pytest.mark.parametrize("url", ["ext::sh -c touch% pwned", "http://example.org/x", "fd::3"])
def test_unsupported_urls_are_rejected(laptop: Home, url: str) -> None:
    result = laptop.run("marks", "sync", url)
    assert result.code == 2
    assert "unsupported repository URL" in result.err
    assert not list(laptop.root.rglob("pwned"))


def test_sync_recovers_from_a_killed_git(laptop: Home, remote: Path) -> None:
    store(laptop).apply(set_read([PAPER], True))
    sync(laptop, remote)
    [clone] = (laptop.root / "data" / "broadsheet" / "marks").glob("*-marks-*")
    for name in ("index.lock", "HEAD.lock", "shallow.lock"):
        (clone / ".git" / name).touch()
    (clone / "stray").write_text("left")
    store(laptop).apply(set_read([OTHER], True))
    sync(laptop, remote)
    assert len(commits(remote)) == 2
