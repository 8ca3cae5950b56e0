"""The program's own clones survive kills, damage and remotes that are not in order."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.git_repositories import GIT_ENVIRONMENT, PublishedRepository, git
from tui.sources.git.clones import Clones
from tui.sources.git.command import GitError
from tui.sources.git.repositories import GitSources

pytestmark = pytest.mark.slow

FILES = {f"digests/{number}.md": str(number) for number in range(5)}

KILLED = 9

KILL_AT_EVENT = """
import os, sys
from pathlib import Path
from tui.sources.git.clones import Clones
action, folder, argument, event, number = sys.argv[1:]
remaining = int(number)

def kill(name, arguments):
    global remaining
    if name == event:
        remaining -= 1
        if remaining < 0:
            os._exit(9)

sys.addaudithook(kill)
clones = Clones(Path(folder))
getattr(clones, action)(Path(argument) if action == "delete" else argument)
"""
"""A process that ends, as if it was killed, before its Nth call of a function such as unlink."""


@pytest.fixture(autouse=True)
def _isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIT_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def published(tmp_path: Path) -> PublishedRepository:
    published = PublishedRepository(tmp_path / "published")
    published.push(FILES)
    return published


@pytest.fixture
def clones(tmp_path: Path) -> Clones:
    return Clones(tmp_path / "clones")


def kill_at(event: str, number: int, action: str, folder: Path, argument: Path | str) -> int:
    """Run an action of ``Clones`` in a process that is killed; return its exit code."""
    words = [action, str(folder), str(argument), event, str(number)]
    return subprocess.run([sys.executable, "-c", KILL_AT_EVENT, *words], check=False).returncode


def contents(clone: Path) -> dict[str, str]:
    files = (clone / "digests").glob("*.md")
    return {f"digests/{file.name}": file.read_text() for file in files}


def leftovers(clones_folder: Path) -> list[str]:
    return [
        file.name for file in clones_folder.iterdir() if file.name.startswith(".") and file.is_dir()
    ]


def test_delete_refuses_a_folder_that_is_not_a_clone(tmp_path: Path) -> None:
    precious = tmp_path / "checkout"
    precious.mkdir()
    with pytest.raises(ValueError, match="not a clone"):
        Clones(tmp_path / "clones").delete(precious)
    assert precious.is_dir()


# Interruptions


@pytest.mark.parametrize(
    ("event", "number"), [("os.rename", 0), ("os.remove", 0), ("os.remove", 7), ("os.rmdir", 3)]
)
def test_killed_deletion_leaves_a_whole_clone_or_none(
    clones: Clones, published: PublishedRepository, tmp_path: Path, event: str, number: int
) -> None:
    clone = clones.clone(published.url)
    folder = tmp_path / "clones"
    assert kill_at(event, number, "delete", folder, clone) == KILLED
    if clone.exists():
        assert contents(clone) == FILES
        git(clone, "fsck")
    assert clones.clone(published.url) == clone
    assert contents(clone) == FILES
    assert leftovers(folder) == []


@pytest.mark.parametrize("event", ["os.rename", "os.rmdir"])
def test_killed_clone_is_made_again(
    clones: Clones, published: PublishedRepository, tmp_path: Path, event: str
) -> None:
    folder = tmp_path / "clones"
    assert kill_at(event, 0, "clone", folder, published.url) == KILLED
    assert contents(clones.clone(published.url)) == FILES
    assert leftovers(folder) == []


@pytest.mark.parametrize("number", range(3))
def test_killed_replacement_of_a_damaged_clone_loses_nothing(
    clones: Clones, published: PublishedRepository, tmp_path: Path, number: int
) -> None:
    clone = clones.clone(published.url)
    damage_index(clone)
    published.push({"digests/5.md": "5"})
    code = kill_at("os.rename", number, "clone", tmp_path / "clones", published.url)
    assert code == (KILLED if number < 2 else 0)
    published.bare.rename(published.bare.with_name("away"))
    # Offline. The clone, old or new, is at its place nevertheless.
    GitSources(tmp_path / "clones").pull([clone], checkouts=False)
    assert contents(clone).items() >= FILES.items()
    assert leftovers(tmp_path / "clones") == []


# Damage


def remove_objects(clone: Path) -> None:
    shutil.rmtree(clone / ".git" / "objects")
    (clone / ".git" / "objects").mkdir()


def remove_head(clone: Path) -> None:
    (clone / ".git" / "HEAD").unlink()


def remove_repository(clone: Path) -> None:
    shutil.rmtree(clone / ".git")


def remove_refs(clone: Path) -> None:
    shutil.rmtree(clone / ".git" / "refs")


def remove_files(clone: Path) -> None:
    shutil.rmtree(clone / "digests")


def damage_index(clone: Path) -> None:
    (clone / ".git" / "index").write_bytes(b"damaged")


def damage_configuration(clone: Path) -> None:
    (clone / ".git" / "config").write_bytes(b"\0\xff[")


DAMAGES = [
    remove_objects, remove_head, remove_repository, remove_refs, remove_files, damage_index,
    damage_configuration,
]  # fmt: skip


@pytest.fixture
def surrounding(tmp_path: Path) -> Path:
    """A repository, as some readers have one in their home folder, that the clones are in."""
    (tmp_path / "settings").write_text("mine")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "settings")
    git(tmp_path, "commit", "-qm", "x")
    git(tmp_path, "remote", "add", "origin", str(tmp_path / "published" / "daily-papers.git"))
    (tmp_path / "settings").write_text("changed")
    return tmp_path / "settings"


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_clone_is_replaced_when_it_is_added_again(
    clones: Clones, published: PublishedRepository, surrounding: Path, damage: object
) -> None:
    clone = clones.clone(published.url)
    damage(clone)  # type: ignore[operator]
    published.push({"digests/5.md": "5"})
    assert clones.clone(published.url) == clone
    assert contents(clone) == {**FILES, "digests/5.md": "5"}
    assert surrounding.read_text() == "changed"


def test_damaged_clone_is_replaced_when_it_is_pulled(
    clones: Clones, published: PublishedRepository, tmp_path: Path
) -> None:
    clone = clones.clone(published.url)
    damage_index(clone)
    published.push({"digests/5.md": "5"})
    assert GitSources(tmp_path / "clones").pull([clone], checkouts=False) == []
    assert contents(clone) == {**FILES, "digests/5.md": "5"}


def test_damaged_clone_is_kept_while_its_remote_is_away(
    clones: Clones, published: PublishedRepository, tmp_path: Path
) -> None:
    clone = clones.clone(published.url)
    remove_objects(clone)
    published.bare.rename(published.bare.with_name("away"))
    [problem] = GitSources(tmp_path / "clones").pull([clone], checkouts=False)
    assert "the clone is damaged (" in problem.message
    assert contents(clone) == FILES


# Locks


@pytest.fixture
def locked(clones: Clones, published: PublishedRepository) -> Path:
    """A clone in which a killed git left lock files, with a commit to pull."""
    clone = clones.clone(published.url)
    for name in (
        "index.lock", "HEAD.lock", "shallow.lock", "config.lock", "packed-refs.lock",
        "refs/heads/main.lock", "refs/remotes/origin/main.lock", "refs/remotes/origin/HEAD.lock",
        "objects/pack/multi-pack-index.lock", "logs/refs/heads/main.lock",
    ):  # fmt: skip
        file = clone / ".git" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    published.push({"digests/5.md": "5"})
    return clone


def test_locks_of_dead_processes_are_removed(
    clones: Clones, published: PublishedRepository, locked: Path
) -> None:
    clones.clone(published.url)
    assert contents(locked) == {**FILES, "digests/5.md": "5"}
    assert list((locked / ".git").rglob("*.lock")) == []


@pytest.fixture
def running_git(locked: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process named git in a clone, which outlived the program that started it."""
    program = tmp_path / "git"
    shutil.copy(shutil.which("sleep") or "", program)
    with subprocess.Popen([program, "600"], cwd=locked) as process:
        try:
            yield process
        finally:
            process.kill()


def test_locks_of_living_processes_are_respected(
    clones: Clones, locked: Path, running_git: subprocess.Popen[bytes]
) -> None:
    with pytest.raises(GitError, match=rf"another git \(process {running_git.pid}\) is still"):
        clones.pull(locked)
    assert (locked / ".git" / "refs" / "heads" / "main.lock").exists()
    running_git.kill()
    running_git.wait()
    clones.pull(locked)
    assert contents(locked) == {**FILES, "digests/5.md": "5"}


def test_lock_that_a_process_has_open_is_respected(clones: Clones, locked: Path) -> None:
    is_open = pytest.raises(GitError, match=rf"process {os.getpid()}\) is still working")
    with (locked / ".git" / "index.lock").open("wb"), is_open:
        clones.pull(locked)
    clones.pull(locked)


# Remotes


def test_remote_whose_default_branch_is_missing_is_named(
    clones: Clones, published: PublishedRepository, tmp_path: Path
) -> None:
    clone = clones.clone(published.url)
    git(published.bare, "symbolic-ref", "HEAD", "refs/heads/master")
    for pull in (lambda: clones.pull(clone), lambda: Clones(tmp_path / "new").clone(published.url)):
        with pytest.raises(GitError, match=r"HEAD has no branch; make .* the default \(main\)"):
            pull()
    assert contents(clone) == FILES
    assert leftovers(tmp_path / "new") == []


def test_global_ssh_command_is_used(
    clones: Clones, published: PublishedRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "ssh-of-the-reader"
    program.write_text('#!/bin/sh\nfor last; do :; done\neval "$last"\n')
    program.chmod(0o755)
    # Looking up the host could take minutes.
    unwanted = tmp_path / "bin" / "ssh"
    unwanted.parent.mkdir()
    unwanted.write_text("#!/bin/sh\nexit 255\n")
    unwanted.chmod(0o755)
    monkeypatch.setenv("PATH", f"{unwanted.parent}{os.pathsep}{os.environ['PATH']}")
    configuration = tmp_path / "global"
    git(tmp_path, "config", "--file", str(configuration), "core.sshCommand", f"exec {program} -v")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configuration))
    url = f"git@keyhost.invalid:{published.bare}"
    assert contents(clones.clone(url)) == FILES
    published.push({"digests/5.md": "5"})
    assert contents(clones.clone(url)) == {**FILES, "digests/5.md": "5"}


def test_pull_of_an_empty_remote_is_explained(clones: Clones, tmp_path: Path) -> None:
    empty = PublishedRepository(tmp_path / "empty")
    clone = clones.clone(empty.url)
    with pytest.raises(GitError, match=r"^the remote repository has no commits yet$"):
        clones.pull(clone)
    empty.push(FILES)
    clones.pull(clone)
    assert contents(clone) == FILES
