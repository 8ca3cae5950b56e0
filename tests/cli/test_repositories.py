"""Git repositories as sources: cloned, pulled, and left alone where they are the reader's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.git_repositories import GIT_ENVIRONMENT, PublishedRepository, git
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest


def day(number: int, *papers: int) -> dict[str, str]:
    """Return the digest of a day in May, by its name."""
    date = f"2025-05-{number:02}"
    told = [
        SamplePaper(f"2505.{each:05}", f"Paper {each}", votes=each, authors=("Ann Lee",))
        for each in papers
    ]
    return {f"digests/{date}.md": ko_digest(date, told)}


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


def ids(home: Home, *words: str | Path) -> list[str]:
    return home.run("list", "sort:id", "--format", "ids", *words).lines


def add(home: Home, published: PublishedRepository) -> Path:
    ran = home.run("add", published.url)
    assert (ran.code, ran.err) == (0, "")
    [clone] = clones(home)
    return clone


@pytest.mark.parametrize("by_url", [True, False])
def test_a_repository_is_cloned_shallowly_and_read(
    home: Home, published: PublishedRepository, by_url: bool
) -> None:
    ran = home.run("add", published.url if by_url else published.bare)
    assert (ran.code, ran.err) == (0, "")
    [clone] = clones(home)
    assert clone.name.startswith("published-daily-papers-")
    assert ran.out == f"Added {clone} (3 papers).\n"
    assert ids(home) == ["2505.00001", "2505.00002", "2505.00003"]
    assert git(clone, "rev-list", "--count", "HEAD") == "1\n"
    assert (clone.stat().st_mode & 0o777, clone.parent.stat().st_mode & 0o777) == (0o755, 0o700)
    [line] = home.run("sources").lines
    assert line == f"{clone}  3 papers, 2025-05-01 to 2025-05-02  (clone of {published.url})"
    again = home.run("add", published.url)
    assert again.out == f"{clone} is already a source (3 papers).\n"
    assert clones(home) == [clone]


def test_a_pull_brings_what_was_pushed_and_a_sync_alone_does_not(
    home: Home, published: PublishedRepository
) -> None:
    add(home, published)
    published.push(day(3, 4))
    assert home.run("sync").lines[0].startswith("read 0, ")
    ran = home.run("sync", "--pull")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("read 1, unchanged 2, removed 0,")
    assert "2505.00004" in ids(home)


def test_a_pull_follows_what_was_pushed_by_force(
    home: Home, published: PublishedRepository
) -> None:
    clone = add(home, published)
    published.push(day(9, 9), force=True)
    ran = home.run("sync", "--pull", "--format", "json")
    assert ran.json["read"] == 1
    assert ran.json["removed"] == 2
    assert ran.json["problems"] == []
    assert ids(home) == ["2505.00009"]
    assert git(clone, "status", "--porcelain") == ""


def test_a_branch_that_is_called_otherwise_now_is_followed(
    home: Home, published: PublishedRepository
) -> None:
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


def test_what_cannot_be_pulled_is_read_as_it_is(home: Home, published: PublishedRepository) -> None:
    clone = add(home, published)
    published.bare.rename(published.bare.with_name("away"))
    ran = home.run("sync", "--pull")
    assert ran.code == 0
    [told] = ran.err.splitlines()
    assert told.startswith(f"broadsheet: {clone}: cannot be pulled (")
    assert told.endswith("); what is there is read")
    assert len(ids(home)) == 3
    [problem] = home.run("sync", "--pull", "--format", "json").json["problems"]
    assert problem["file"] == str(clone)


def test_a_clone_that_was_changed_becomes_what_the_remote_is(
    home: Home, published: PublishedRepository
) -> None:
    clone = add(home, published)
    (clone / "digests" / "2025-05-01.md").write_text("torn")
    (clone / ".git" / "index.lock").touch()
    published.push(day(3, 4))
    assert home.run("sync", "--pull").err == ""
    assert len(ids(home)) == 4


# What the reader keeps


@pytest.fixture
def checkout(home: Home, published: PublishedRepository) -> Path:
    git(home.root, "clone", "-q", "-b", "main", published.url, "mine")
    return home.root / "mine"


@pytest.mark.parametrize("below", ["", "digests"])
def test_a_checkout_is_moved_forward(
    home: Home, published: PublishedRepository, checkout: Path, below: str
) -> None:
    home.run("add", checkout / below)
    assert clones(home) == []
    published.push(day(3, 4))
    ran = home.run("sync", "--pull")
    assert (ran.code, ran.err) == (0, "")
    assert "2505.00004" in ids(home)
    (checkout / "untracked.txt").write_text("mine")
    published.push(day(4, 5))
    assert home.run("sync", "--pull", "-p", checkout).err == ""


def test_a_checkout_that_was_changed_is_left_alone(
    home: Home, published: PublishedRepository, checkout: Path
) -> None:
    home.run("add", checkout)
    (checkout / "README.md").write_text("My own words")
    published.push(day(3, 4))
    ran = home.run("sync", "--pull")
    assert ran.code == 0
    assert ran.err == (
        f"broadsheet: {checkout}: holds changes of yours, and is not pulled; commit or stash them\n"
    )
    assert (checkout / "README.md").read_text() == "My own words"
    assert len(ids(home)) == 3


def test_a_checkout_with_commits_of_its_own_is_not_merged(
    home: Home, published: PublishedRepository, checkout: Path
) -> None:
    (checkout / "README.md").write_text("My own words")
    git(checkout, "commit", "-qam", "mine")
    published.push(day(3, 4))
    ran = home.run("sync", "--pull", "-p", checkout)
    assert ran.code == 0
    assert "Not possible to fast-forward" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert git(checkout, "log", "--format=%s", "-1") == "mine\n"


def test_a_folder_is_not_pulled(home: Home, digests: Path) -> None:
    ran = home.run("sync", "--pull", "-p", digests)
    assert ran.code == 0
    assert "pulled" not in ran.err


# Taking it away


def test_a_clone_stays_unless_it_is_to_be_deleted(
    home: Home, published: PublishedRepository
) -> None:
    clone = add(home, published)
    ran = home.run("remove", published.url)
    assert ran.code == 0
    assert ran.out == (f"Removed {clone}. Its clone {clone} was kept; --delete deletes clones.\n")
    assert clone.exists()
    home.run("add", published.url)
    ran = home.run("remove", clone, "--delete")
    assert ran.out == f"Removed {clone}. Its clone was deleted.\n"
    assert clones(home) == []


def test_a_clone_that_holds_another_source_stays(
    home: Home, published: PublishedRepository
) -> None:
    clone = add(home, published)
    home.run("add", clone / "digests")
    ran = home.run("remove", clone, "--delete")
    assert "because it contains another source" in ran.out
    assert clone.exists()


def test_nothing_of_the_readers_is_ever_deleted(home: Home, checkout: Path) -> None:
    home.run("add", checkout)
    ran = home.run("remove", checkout, "--delete")
    assert ran.code == 0
    assert "Its files were kept" in ran.out
    assert (checkout / "digests").is_dir()


# What others would like to happen


def test_links_in_a_repository_are_no_links_here(
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
    other = PublishedRepository(tmp_path / "other", "other.git")
    other.push(day(8, 8))
    git(published.checkout, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
        other.url, "sub")  # fmt: skip
    published.push(day(3, 4))
    clone = add(home, published)
    assert list((clone / "sub").iterdir()) == []
    assert "2505.00008" not in ids(home)


@pytest.mark.parametrize(
    "url",
    ["ext::sh -c touch% pwned", "http://127.0.0.1:1/x", "ssh://-oProxyCommand=touch%20pwned/x"],
)
def test_an_address_that_is_not_one_is_refused(home: Home, url: str) -> None:
    ran = home.run("add", url)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert not list(home.root.rglob("pwned"))
    assert not home.config.exists()


def test_a_name_that_looks_like_an_option_is_none(home: Home) -> None:
    ran = home.run("add", "--", "--upload-pack=touch pwned")
    assert ran.code == 2
    assert "no such file or folder" in ran.err


def test_a_clone_that_fails_leaves_nothing(home: Home, tmp_path: Path) -> None:
    ran = home.run("add", (tmp_path / "missing.git").as_uri())
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert clones(home) == []
    assert list((home.root / "data" / "broadsheet" / "clones").glob(".coming*")) == []
    assert not home.config.exists()


def test_what_a_killed_clone_left_is_cleared_away(
    home: Home, published: PublishedRepository
) -> None:
    left = home.root / "data" / "broadsheet" / "clones" / ".coming-x.tmp"
    left.mkdir(parents=True)
    (left / "pack").write_text("half")
    add(home, published)
    assert not left.exists()


def test_without_git_that_is_one_sentence(
    home: Home, published: PublishedRepository, tmp_path: Path
) -> None:
    add(home, published)
    (tmp_path / "bin").mkdir()
    bare = home.with_environment(PATH=str(tmp_path / "bin"))
    ran = bare.run("add", "https://example.org/x.git")
    assert ran.code == 2
    assert ran.err == (
        "broadsheet: https://example.org/x.git: git is not installed, or not to be found on "
        "the PATH\n"
    )
    ran = bare.run("sync", "--pull")
    assert ran.code == 0
    assert "cannot be pulled (git is not installed" in ran.err
    assert bare.run("sources").code == 0


def test_a_repository_without_anything_is_added_and_pulled_later(
    home: Home, tmp_path: Path
) -> None:
    published = PublishedRepository(tmp_path / "empty")
    ran = home.run("add", published.url)
    assert ran.code == 0
    assert "no digest found in it" in ran.err
    published.push(day(1, 1))
    home.run("sync", "--pull")
    assert ids(home) == ["2505.00001"]


def test_a_clone_that_is_gone_is_cloned_again(home: Home, published: PublishedRepository) -> None:
    clone = add(home, published)
    shutil.rmtree(clone)
    assert home.run("add", published.url).code == 0
    assert clone.is_dir()
