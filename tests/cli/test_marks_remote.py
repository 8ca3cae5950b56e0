"""``broadsheet marks sync`` with repositories that refuse, vanish or are damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.git_repositories import GIT_ENVIRONMENT, git
from tests.support.home import Home

PAPER, OTHER = "2505.00001", "2404.00002"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "laptop").mkdir()
    return Home(tmp_path / "laptop", dict(GIT_ENVIRONMENT))


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """Return an empty repository."""
    bare = tmp_path / "marks.git"
    create(bare)
    return bare


def create(bare: Path) -> None:
    git(bare.parent, "init", "-q", "--bare", str(bare))


def star(home: Home, paper: str) -> None:
    assert home.run("marks", "set", paper, "--star").code == 0


def sync(home: Home, remote: Path) -> None:
    result = home.run("marks", "sync", remote.as_uri())
    assert (result.code, result.err) == (0, "")


def clone_of(home: Home) -> Path:
    [clone] = (home.root / "data" / "broadsheet" / "marks").glob("*-marks-*")
    return clone


def shared_marks(remote: Path) -> str:
    names = git(remote, "ls-tree", "-r", "--name-only", "main").splitlines()
    return "".join(git(remote, "show", f"main:{name}") for name in names)


def refuse_pushes(remote: Path, script: str) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\necho >>'{remote}/attempts'\n{script}\nexit 1\n")
    hook.chmod(0o755)


def test_reason_of_a_refused_push_is_shown(home: Home, remote: Path) -> None:
    star(home, PAPER)
    refuse_pushes(
        remote,
        "printf '\\033[2J\\033]0;title\\007error: The quota of \\033[31mthis project\\033[0m"
        " is used up.\\n==========\\nAsk its owner.\\n' >&2",
    )
    result = home.run("marks", "sync", remote.as_uri())
    assert result.code == 2
    assert result.err == (
        f"broadsheet: {remote.as_uri()}: the push was refused (pre-receive hook declined); the"
        " server says: The quota of this project is used up. Ask its owner\n"
    )
    # Another attempt would be refused as well.
    assert len((remote / "attempts").read_text().splitlines()) == 1
    (remote / "hooks" / "pre-receive").unlink()
    sync(home, remote)
    assert PAPER in shared_marks(remote)


def test_ssh_command_of_the_environment_is_used(home: Home, remote: Path, tmp_path: Path) -> None:
    program = tmp_path / "ssh-of-the-reader"
    program.write_text('#!/bin/sh\nfor last; do :; done\neval "$last"\n')
    program.chmod(0o755)
    star(home, PAPER)
    with_ssh = home.with_environment(GIT_SSH_COMMAND=str(program))
    result = with_ssh.run("marks", "sync", f"git@keyhost.invalid:{remote}")
    assert (result.code, result.err) == (0, "")
    assert PAPER in shared_marks(remote)


def test_long_reason_is_cut_and_printable(home: Home, remote: Path) -> None:
    star(home, PAPER)
    refuse_pushes(remote, "printf '\\302\\233 x%.0s' $(seq 3000) >&2")
    result = home.run("marks", "sync", remote.as_uri())
    [line] = result.err.splitlines()
    assert line.isprintable()
    assert len(line) < 700


def test_repository_that_was_created_again_receives_later_marks(home: Home, remote: Path) -> None:
    """Git refuses to push the second commit of a clone without history to it."""
    for paper in (PAPER, OTHER):
        star(home, paper)
        sync(home, remote)
    shutil.rmtree(remote)
    create(remote)
    sync(home, remote)
    assert git(remote, "rev-list", "--count", "main") == "1\n"
    assert PAPER in shared_marks(remote)
    assert OTHER in shared_marks(remote)
    sync(home, remote)


@pytest.mark.parametrize("name", ["objects", "refs", "HEAD", "config", "index", ""])
def test_damaged_clone_is_replaced(home: Home, remote: Path, name: str) -> None:
    star(home, PAPER)
    sync(home, remote)
    damaged = clone_of(home) / ".git" / name
    if damaged.is_dir():
        shutil.rmtree(damaged)
    if name:
        damaged.write_bytes(b"\xff[")
    star(home, OTHER)
    sync(home, remote)
    assert PAPER in shared_marks(remote)
    assert OTHER in shared_marks(remote)


def test_locks_of_a_killed_git_are_removed(home: Home, remote: Path) -> None:
    star(home, PAPER)
    for _ in range(2):
        sync(home, remote)
    for name in ("config", "refs/heads/broadsheet", "refs/remotes/origin/broadsheet", "index"):
        (clone_of(home) / ".git" / f"{name}.lock").touch()
    star(home, OTHER)
    sync(home, remote)
    assert OTHER in shared_marks(remote)
