"""Git repositories as sources."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.git_repositories import GIT_ENVIRONMENT, PublishedRepository, git
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest


def day(number: int, *papers: int) -> dict[str, str]:
    """Return the path and content of a digest for a day in May."""
    date = f"2025-05-{number:02}"
    samples = [
        SamplePaper(f"2505.{number:05}", f"Paper {number}", votes=number, authors=("Ann Lee",))
        for number in papers
    ]
    return {f"digests/{date}.md": ko_digest(date, samples)}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "reader").mkdir()
    return Home(tmp_path / "reader", dict(GIT_ENVIRONMENT))


@pytest.fixture
def published(tmp_path: Path) -> PublishedRepository:
    published = PublishedRepository(tmp_path / "published")
    published.push(day(1, 1, 2))
    published.push({"README.md": "About", **day(2, 3)})
    return published


def clones(home: Home) -> list[Path]:
    return sorted((home.root / "data" / "broadsheet" / "clones").glob("[!.]*"))


def ids(home: Home, *args: str | Path) -> list[str]:
    return home.run("list", "sort:id", "--format", "ids", *args).lines


def add(home: Home, published: PublishedRepository) -> Path:
    result = home.run("add", published.url)
    assert (result.code, result.err) == (0, "")
    [clone] = clones(home)
    return clone


@pytest.mark.parametrize("by_url", [True, False])
def test_repository_is_cloned_without_history(
    home: Home, published: PublishedRepository, by_url: bool
) -> None:
    result = home.run("add", published.url if by_url else published.bare)
    assert (result.code, result.err) == (0, "")
    [clone] = clones(home)
    assert clone.name.startswith("published-daily-papers-")
    assert result.out == f"Added {clone} (3 papers).\n"
    assert ids(home) == ["2505.00001", "2505.00002", "2505.00003"]
    assert git(clone, "rev-list", "--count", "HEAD") == "1\n"
    assert (clone.stat().st_mode & 0o777, clone.parent.stat().st_mode & 0o777) == (0o755, 0o700)
    [line] = home.run("sources").lines
    assert line == f"{clone}  3 papers  2025-05-01 to 2025-05-02  (clone of {published.url})"
    second = home.run("add", published.url)
    assert second.out == f"{clone} is already a source (3 papers).\n"
    assert clones(home) == [clone]


def test_only_sync_with_pull_reads_new_commits(home: Home, published: PublishedRepository) -> None:
    add(home, published)
    published.push(day(3, 4))
    assert home.run("sync").lines[0].startswith("read 0, ")
    result = home.run("sync", "--pull")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("read 1, unchanged 2, removed 0,")
    assert "2505.00004" in ids(home)


def test_pull_follows_a_forced_push(home: Home, published: PublishedRepository) -> None:
    clone = add(home, published)
    published.push(day(9, 9), force=True)
    result = home.run("sync", "--pull", "--format", "json")
    assert result.json["read"] == 1
    assert result.json["removed"] == 2
    assert result.json["problems"] == []
    assert ids(home) == ["2505.00009"]
    assert git(clone, "status", "--porcelain") == ""


def test_pull_follows_a_renamed_branch(home: Home, published: PublishedRepository) -> None:
    add(home, published)
    git(published.bare, "branch", "-m", "main", "trunk")
    git(published.bare, "symbolic-ref", "HEAD", "refs/heads/trunk")
    git(published.checkout, "branch", "-m", "main", "trunk")
    (published.checkout / "digests" / "2025-05-03.md").write_text(*day(3, 4).values())
    git(published.checkout, "add", "--all")
    git(published.checkout, "commit", "-qm", "x")
    git(published.checkout, "push", "-q", "origin", "HEAD:trunk")
    assert home.run("sync", "--pull").err == ""
    assert "2505.00004" in ids(home)


def test_repository_that_cannot_be_pulled_is_still_read(
    home: Home, published: PublishedRepository
) -> None:
    clone = add(home, published)
    published.bare.rename(published.bare.with_name("away"))
    result = home.run("sync", "--pull")
    assert result.code == 0
    [error] = result.err.splitlines()
    assert error.startswith(f"broadsheet: {clone}: cannot be pulled (")
    assert error.endswith("); its files are read as they are")
    assert len(ids(home)) == 3
    [problem] = home.run("sync", "--pull", "--format", "json").json["problems"]
    assert problem["file"] == str(clone)


def test_changes_in_a_clone_are_discarded(home: Home, published: PublishedRepository) -> None:
    clone = add(home, published)
    (clone / "digests" / "2025-05-01.md").write_text("changed")
    (clone / ".git" / "index.lock").touch()
    published.push(day(3, 4))
    assert home.run("sync", "--pull").err == ""
    assert len(ids(home)) == 4


# The user's own checkouts


@pytest.fixture
def checkout(home: Home, published: PublishedRepository) -> Path:
    git(home.root, "clone", "-q", "-b", "main", published.url, "mine")
    return home.root / "mine"


@pytest.mark.parametrize("below", ["", "digests"])
def test_checkout_is_fast_forwarded(
    home: Home, published: PublishedRepository, checkout: Path, below: str
) -> None:
    home.run("add", checkout / below)
    assert clones(home) == []
    published.push(day(3, 4))
    result = home.run("sync", "--pull")
    assert (result.code, result.err) == (0, "")
    assert "2505.00004" in ids(home)
    (checkout / "untracked.txt").write_text("mine")
    published.push(day(4, 5))
    assert home.run("sync", "--pull", "-p", checkout).err == ""


def test_checkout_with_changes_is_not_pulled(
    home: Home, published: PublishedRepository, checkout: Path
) -> None:
    home.run("add", checkout)
    (checkout / "README.md").write_text("My own text")
    published.push(day(3, 4))
    result = home.run("sync", "--pull")
    assert result.code == 0
    assert result.err == (
        f"broadsheet: {checkout}: has local changes and was not pulled; commit or stash them\n"
    )
    assert (checkout / "README.md").read_text() == "My own text"
    assert len(ids(home)) == 3


def test_checkout_with_own_commits_is_not_merged(
    home: Home, published: PublishedRepository, checkout: Path
) -> None:
    (checkout / "README.md").write_text("My own text")
    git(checkout, "commit", "-qam", "mine")
    published.push(day(3, 4))
    result = home.run("sync", "--pull", "-p", checkout)
    assert result.code == 0
    assert "Not possible to fast-forward" in result.err
    assert len(result.err.splitlines()) == 1
    assert git(checkout, "log", "--format=%s", "-1") == "mine\n"


def test_ordinary_folder_is_not_pulled(home: Home, digests: Path) -> None:
    result = home.run("sync", "--pull", "-p", digests)
    assert result.code == 0
    assert "pulled" not in result.err


# Removing


def test_clone_is_kept_unless_deletion_is_requested(
    home: Home, published: PublishedRepository
) -> None:
    clone = add(home, published)
    result = home.run("remove", published.url)
    assert result.code == 0
    assert result.out == (
        f"Removed {clone}. Its clone {clone} was kept; --delete deletes clones.\n"
    )
    assert clone.exists()
    home.run("add", published.url)
    result = home.run("remove", clone, "--delete")
    assert result.out == f"Removed {clone}. Its clone was deleted.\n"
    assert clones(home) == []


def test_clone_that_is_no_source_can_be_deleted(home: Home, published: PublishedRepository) -> None:
    """An interrupted command, or ``remove`` without ``--delete``, leaves one."""
    clone = add(home, published)
    home.run("remove", published.url)
    result = home.run("remove", published.url, "--delete")
    assert (result.code, result.err) == (0, "")
    assert result.out == f"{clone} was not a source. Its clone was deleted.\n"
    assert clones(home) == []
    assert "not a source" in home.run("remove", published.url, "--delete").err


def test_doctor_finds_clones_that_need_attention(
    home: Home, published: PublishedRepository
) -> None:
    clone = add(home, published)

    def findings() -> list[str]:
        return [line for line in home.run("doctor").lines if " clones " in line]

    assert findings() == []
    home.run("remove", clone)
    [line] = findings()
    assert line.startswith("ok ")
    assert line.endswith(
        f"{clone} is not a source; to delete it: broadsheet remove --delete {clone}"
    )
    (clone / ".git" / "HEAD").unlink()
    (clone.parent / ".removed-x.tmp").mkdir()
    damaged, leftover = findings()
    assert damaged.startswith("BAD")
    assert f"{clone} is damaged; broadsheet remove --delete {clone}, then add its URL" in damaged
    assert f"1 folder of an unfinished command in {clone.parent}; 'broadsheet sync" in leftover
    # What it advises helps.
    assert home.run("remove", "--delete", clone).code == 0
    assert home.run("sync", "--pull").code == 0
    assert findings() == []
    add(home, published)
    assert findings() == []


def test_clone_that_contains_another_source_is_kept(
    home: Home, published: PublishedRepository
) -> None:
    clone = add(home, published)
    home.run("add", clone / "digests")
    result = home.run("remove", clone, "--delete")
    assert "because it contains another source" in result.out
    assert clone.exists()


def test_own_checkout_is_never_deleted(home: Home, checkout: Path) -> None:
    home.run("add", checkout)
    result = home.run("remove", checkout, "--delete")
    assert result.code == 0
    assert "Its files were kept" in result.out
    assert (checkout / "digests").is_dir()


# Malicious repositories


def test_symlinks_in_a_repository_are_not_created(
    home: Home, published: PublishedRepository
) -> None:
    secret = home.root / "secret.md"
    secret.write_text(ko_digest("2025-06-01", [SamplePaper("2506.00001")]))
    (published.checkout / "link.md").symlink_to(secret)
    (published.checkout / "folder").symlink_to(home.root)
    published.push(day(3, 4))
    home.configure("follow_links = true\n")
    clone = add(home, published)
    assert not (clone / "link.md").is_symlink()
    assert "2506.00001" not in ids(home)


def test_submodules_are_not_fetched(
    home: Home, published: PublishedRepository, tmp_path: Path
) -> None:
    submodule = PublishedRepository(tmp_path / "submodule", "submodule.git")
    submodule.push(day(8, 8))
    git(published.checkout, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
        submodule.url, "sub")  # fmt: skip
    published.push(day(3, 4))
    clone = add(home, published)
    assert list((clone / "sub").iterdir()) == []
    assert "2505.00008" not in ids(home)


@pytest.mark.parametrize(
    "url",
    ["ext::sh -c touch% pwned", "http://127.0.0.1:1/x", "ssh://-oProxyCommand=touch%20pwned/x"],
)
def test_unsafe_url_is_rejected(home: Home, url: str) -> None:
    result = home.run("add", url)
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert not list(home.root.rglob("pwned"))
    assert not home.config.exists()


def test_path_that_looks_like_an_option_is_accepted(home: Home) -> None:
    result = home.run("add", "--", "--upload-pack=touch pwned")
    assert result.code == 2
    assert "no such file or folder" in result.err


def test_failed_clone_leaves_no_files(home: Home, tmp_path: Path) -> None:
    result = home.run("add", (tmp_path / "missing.git").as_uri())
    assert result.code == 2
    assert len(result.err.splitlines()) == 1
    assert clones(home) == []
    assert list((home.root / "data" / "broadsheet" / "clones").glob(".partial*")) == []
    assert not home.config.exists()


@pytest.mark.parametrize("name", [".partial-x.tmp", ".coming-x.tmp"], ids=["current", "former"])
def test_files_of_a_killed_clone_are_removed(
    home: Home, published: PublishedRepository, name: str
) -> None:
    leftover = home.root / "data" / "broadsheet" / "clones" / name
    leftover.mkdir(parents=True)
    (leftover / "pack").write_text("half")
    add(home, published)
    assert not leftover.exists()


def test_missing_git_is_one_error(
    home: Home, published: PublishedRepository, tmp_path: Path
) -> None:
    add(home, published)
    (tmp_path / "bin").mkdir()
    bare = home.with_environment(PATH=str(tmp_path / "bin"))
    result = bare.run("add", "https://example.org/x.git")
    assert result.code == 2
    assert result.err == (
        "broadsheet: https://example.org/x.git: git is not installed, or not on the PATH\n"
    )
    result = bare.run("sync", "--pull")
    assert result.code == 0
    assert "cannot be pulled (git is not installed" in result.err
    assert bare.run("sources").code == 0


def test_empty_repository_can_be_added(home: Home, tmp_path: Path) -> None:
    published = PublishedRepository(tmp_path / "empty")
    result = home.run("add", published.url)
    assert result.code == 0
    assert "no digest found in it" in result.err
    published.push(day(1, 1))
    home.run("sync", "--pull")
    assert ids(home) == ["2505.00001"]


def test_digests_in_git_lfs_are_named(home: Home, tmp_path: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{0:064}\nsize 12345\n"
    published = PublishedRepository(tmp_path / "lfs")
    published.push({"2025-05-01.md": pointer, "picture.png": pointer})
    result = home.run("add", published.url)
    assert result.code == 0
    assert "no digest found in it; 2025-05-01.md: is a Git LFS pointer instead of" in result.err
    [warning] = home.run("sync").err.splitlines()[1:]
    assert warning.startswith("broadsheet: 2025-05-01.md: is a Git LFS pointer instead of the file")
    result = home.run("list", "-p", published.checkout / "2025-05-01.md")
    assert result.code == 2
    assert "is a Git LFS pointer" in result.err


def test_remote_without_a_default_branch_is_named(
    home: Home, published: PublishedRepository
) -> None:
    git(published.bare, "symbolic-ref", "HEAD", "refs/heads/master")
    result = home.run("add", published.url)
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"broadsheet: {published.url}: the remote's HEAD has no branch; make one of its branches"
        " the default (main)\n"
    )
    assert clones(home) == []


def test_checkout_that_names_a_program_is_read_but_not_pulled(
    home: Home, published: PublishedRepository, checkout: Path
) -> None:
    git(checkout, "config", "filter.x.smudge", f"touch {home.root}/run")
    (checkout / ".git" / "info" / "attributes").write_text("* filter=x")
    published.push(day(3, 4))
    result = home.run("sync", "--pull", "-p", checkout)
    assert result.code == 0
    [warning] = result.err.splitlines()
    assert warning.startswith(
        f"broadsheet: {checkout}: cannot be pulled (its own Git configuration"
    )
    assert f"sets filter.x.smudge to 'touch {home.root}"[:60] in warning
    assert len(ids(home, "-p", checkout)) == 3
    assert not (home.root / "run").exists()


def test_deleted_clone_is_cloned_again(home: Home, published: PublishedRepository) -> None:
    clone = add(home, published)
    shutil.rmtree(clone)
    assert home.run("add", published.url).code == 0
    assert clone.is_dir()
