"""Commands that cannot write print one sentence with place, cause and remedy, and break nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.failing_disks import FullDisk, ReadOnlyDisk, WriteFault, disk
from tests.support.accounts import Account, public_folder, require_accounts, temporary_accounts
from tests.support.home import CommandResult, Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

ARGUMENTS = {
    "sync": ["sync"],
    "add": ["add", "more"],
    "export": ["export", "-o", "disk/papers.bib"],
    "config": ["config", "--init"],
}


def add(home: Home, folder: str, number: int) -> None:
    papers = [SamplePaper(f"2505.0000{number}", f"Paper {number}", 10, ("Ada Bell",))]
    text = ko_digest(f"2025-05-0{number}", papers)
    write_digest(home.root / folder / f"{number}.md", text)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home with one digest, entirely on a separate disk."""
    root = tmp_path / "disk"
    with disk(root):
        names = ("CACHE", "STATE", "CONFIG")
        home = Home(tmp_path, {f"XDG_{name}_HOME": str(root) for name in names})
        add(home, "digests", 1)
        assert home.run("add", "digests").code == 0
        yield home


def assert_reports(result: CommandResult, message: str) -> None:
    assert result.code == 2, result
    # An export also warns that new digests could not be cached.
    for line in result.err.splitlines():
        assert line.startswith("broadsheet: ")
        assert message in line
        assert "disk/" in line


def test_doctor_finds_a_full_disk(home: Home) -> None:
    disk = home.root / "disk"
    FullDisk(disk).begin()
    result = home.run("doctor")
    assert result.code == 1
    assert f"{disk}/broadsheet: {FullDisk.message}" in result.out


@pytest.mark.parametrize("make", [FullDisk, ReadOnlyDisk])
@pytest.mark.parametrize("name", ARGUMENTS)
def test_write_errors_are_one_sentence(
    home: Home, make: type[FullDisk | ReadOnlyDisk], name: str
) -> None:
    if name == "config":
        (home.root / "disk" / "broadsheet" / "config.toml").unlink()
    before = home.run("list", "-p", "digests", "--format", "ids").lines
    assert before == ["2505.00001"]
    add(home, "digests", 2)
    add(home, "more", 3)
    fault: WriteFault = make(home.root / "disk")
    fault.begin(0)
    result = home.run(*ARGUMENTS[name])
    # Cached papers remain readable.
    assert home.run("list", "-p", "digests", "--format", "ids").lines == before
    fault.end(0)
    assert_reports(result, fault.message)
    assert home.run(*ARGUMENTS[name]).code == 0
    leftovers = [path.name for path in (home.root / "disk").rglob("*.tmp")]
    assert leftovers == []


@pytest.fixture
def reader() -> Iterator[Account]:
    require_accounts()
    with public_folder() as folder, temporary_accounts(folder, "reader") as [user]:
        yield user


def test_no_permission(reader: Account) -> None:
    home = reader.home
    digests = reader.make_folder(home.root / "digests")
    reader.write_file(
        digests / "1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 10)])
    )
    assert home.run("add", digests).code == 0
    reader.write_file(
        digests / "2.md", ko_digest("2025-05-02", [SamplePaper("2505.00002", "Two", 20)])
    )
    folders = [home.config.parent, *home.cache.iterdir(), home.cache]
    for folder in folders:
        folder.chmod(0o500)
    for arguments in (
        ["sync"],
        ["add", home.root],
        ["remove", digests],
        ["export", "-o", home.cache / "x"],
    ):
        result = home.run(*arguments)
        assert result.code == 2, (arguments, result)
        assert "permission denied" in result.err, (arguments, result)
        assert str(home.root) in result.err
        assert "Traceback" not in result.err
    assert home.run("list", "--format", "ids").lines == ["2505.00001"]
    for folder in folders:
        folder.chmod(0o700)
    assert home.run("sync").code == 0
    assert home.run("list", "--format", "ids").lines == ["2505.00002", "2505.00001"]
