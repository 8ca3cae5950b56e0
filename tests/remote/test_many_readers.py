"""One collection and several readers: real user accounts with real permissions."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.support.accounts import Account, public_folder, require_accounts, temporary_accounts
from tests.support.sample_digests import SamplePaper, ko_digest

DAYS = 8
PAPERS_PER_DAY = 3


@dataclass
class SharedMachine:
    """A machine with a collection shared by all users.

    Attributes:
        owner: syncs the digests, which only this user may read.
        readers: other users, without settings of their own.
        digests: the folder of digests.
        cache: the shared cache.
    """

    owner: Account
    readers: list[Account]
    digests: Path
    cache: Path
    failures: list[str] = field(default_factory=list)

    def write_digest(self, day: int, *, votes: int = 10) -> None:
        """Write the digest of a day in May as the owner."""
        papers = [
            SamplePaper(
                f"2505.{day:02}00{n}", f"Paper {day:02}{n}", votes - n, ("Ada Bell",), f"Mill {n}."
            )
            for n in range(PAPERS_PER_DAY)
        ]
        self.owner.write_file(self.digests / f"{day:02}.md", ko_digest(f"2025-05-{day:02}", papers))

    def sync(self) -> None:
        """Sync as the owner."""
        result = self.owner.home.run("sync")
        if (result.code, result.err) != (0, ""):
            self.failures.append(f"sync: {result}")

    def write_and_sync(self, days: range) -> None:
        for day in days:
            self.write_digest(day)
            self.sync()

    def list_until(self, reader: Account, is_over: Callable[[], bool], counts: list[int]) -> None:
        """List all papers as a reader, repeatedly, until ``is_over`` returns true."""
        while not is_over():
            result = reader.home.run("list", "--format", "json")
            if (result.code, result.err) != (0, ""):
                self.failures.append(f"list: {result}")
                return
            counts.append(len(result.json))

    def browser(self, reader: Account) -> PseudoTerminal:
        home = reader.home
        return PseudoTerminal(home.program, environment=home.environment, at=home.root, columns=120)


@pytest.fixture(scope="module")
def accounts() -> Iterator[tuple[Path, list[Account]]]:
    """Three temporary user accounts that can run Broadsheet."""
    require_accounts()
    with public_folder() as folder, temporary_accounts(folder, "owner", "ann", "ben") as three:
        yield folder, three


@pytest.fixture
def host(accounts: tuple[Path, list[Account]], request: pytest.FixtureRequest) -> SharedMachine:
    """System-wide settings and a collection of one day, not synced yet."""
    folder, (owner, *readers) = accounts
    host_folder = folder / request.node.name
    host_folder.mkdir(mode=0o755)
    etc = host_folder / "etc" / "broadsheet"
    etc.mkdir(parents=True)
    digests = owner.make_folder(host_folder / "digests")
    cache = owner.make_folder(host_folder / "srv", 0o755) / "cache"
    (etc / "config.toml").write_text(f'sources = ["{digests}"]\ncache = "{cache}"\n')
    os.chmod(host_folder / "etc", 0o755)  # noqa: PTH101
    found = [
        Account(
            user.name,
            user.uid,
            user.group,
            user.home.with_environment(XDG_CONFIG_DIRS=str(etc.parent)),
        )
        for user in (owner, *readers)
    ]
    for user in found:
        for old in (user.home.config, user.home.state, user.home.cache):
            remove(old)
    found[0].write_file(found[0].home.config, "share_cache = true\n")
    host = SharedMachine(found[0], found[1:], digests, cache)
    host.write_digest(1)
    return host


def remove(path: Path) -> None:
    """Remove a file or folder of an earlier test."""
    for each in sorted(path.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    if path.is_file():
        path.unlink()


def modes(folder: Path) -> dict[str, tuple[int, int]]:
    """Return mode and owner of a folder and of everything in it."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        found[path.relative_to(folder).as_posix()] = stat.S_IMODE(status.st_mode), status.st_uid
    return found


def test_readers_list_papers_while_the_owner_syncs(host: SharedMachine) -> None:
    ann, ben = host.readers
    host.sync()
    over = threading.Event()
    counts: dict[str, list[int]] = {ann.name: [], ben.name: []}
    listing = [
        threading.Thread(target=host.list_until, args=(user, over.is_set, counts[user.name]))
        for user in (ann, ben)
    ]
    owning = threading.Thread(target=host.write_and_sync, args=(range(2, DAYS + 1),))
    with host.browser(ann) as terminal:
        terminal.wait_for("Mill 0.")
        terminal.press("j")
        terminal.wait_for("Mill 1.")
        for thread in (*listing, owning):
            thread.start()
        terminal.wait_for(lambda text: f"{DAYS} Thu" in text and "new papers." in text)
        owning.join()
        over.set()
        for thread in listing:
            thread.join()
        assert host.failures == []
        # The cursor stayed where it was.
        assert "Mill 1." in terminal.text
        assert "1 Thu" in terminal.text
        terminal.press("*")
        terminal.wait_for("Starred.")
        terminal.press("]")
        terminal.wait_for("Paper 020")
        terminal.press("q")
        assert terminal.wait() == 0
    for user in (ann, ben):
        assert counts[user.name] == sorted(counts[user.name])
        assert counts[user.name][0] >= PAPERS_PER_DAY
        listed = user.home.run("list", "--format", "json").json
        assert len(listed) == DAYS * PAPERS_PER_DAY
        starred = [paper["arxiv_id"] for paper in listed if paper["starred"]]
        assert starred == (["2505.01001"] if user is ann else [])
    kept = modes(ann.home.state)
    assert kept.pop(".") == kept.pop("marks") == (0o700, ann.uid)
    assert kept["marks/2505.json"] == (0o600, ann.uid)
    assert {owner for _mode, owner in kept.values()} == {ann.uid}
    assert not any(mode & 0o077 for mode, _owner in kept.values())
    assert not ann.home.cache.exists()
    shared = modes(host.cache)
    assert {owner for _mode, owner in shared.values()} == {host.owner.uid}
    for name, (mode, _owner) in shared.items():
        assert mode == (0o644 if name.endswith(".json") else 0o600 if "lock" in name else 0o755)


def test_readers_see_no_errors(host: SharedMachine) -> None:
    ann = host.readers[0]
    host.write_digest(2, votes=0)
    assert "treated as unknown" in host.owner.home.run("sync").err
    host.write_digest(3)  # not synced yet, and not readable by the readers
    with host.browser(ann) as terminal:
        text = terminal.wait_for("Mill 0.")
        terminal.press("ctrl+r")
        terminal.wait_for(f"{host.owner.name} syncs these digests")
        terminal.press("j")
        text = terminal.wait_for("Mill 1.")
        assert "problem" not in text
        assert "3 Sat" not in text
        terminal.press("!")
        text = terminal.wait_for("Problems")
        assert "cannot be" not in text
        assert "02.md" in text
        terminal.press("escape")
        terminal.wait_for("Mill 1.")
        terminal.press("q")
        assert terminal.wait() == 0
    for arguments in (["list"], ["show", "2505.02001"], ["export"], ["sources"], ["doctor"]):
        result = ann.home.run(*arguments)
        assert (result.code, result.err) == (0, ""), arguments
    for arguments in (["sync"], ["sync", "--rebuild"], ["sync", "-p", str(host.digests)]):
        result = ann.home.run(*arguments)
        assert (result.code, result.out) == (2, "")
        assert result.err == f"broadsheet: {host.digests}: {host.owner.name} maintains its cache\n"
    assert (
        len(ann.home.run("list", "-p", host.digests, "--format", "json").json) == 2 * PAPERS_PER_DAY
    )


def test_readers_cache_their_own_digests_separately(host: SharedMachine) -> None:
    ann = host.readers[0]
    host.sync()
    mine = ann.make_folder(ann.home.root / "mine")
    ann.write_file(
        mine / "a.md", ko_digest("2025-06-01", [SamplePaper("2506.00001", "Mine", 1, ("Cy Dorn",))])
    )
    assert ann.home.run("add", mine).out == f"Added {mine} (1 paper).\n"
    sources = ann.home.run("sources").lines
    assert [line.split("  ")[0] for line in sources] == [str(host.digests), str(mine)]
    assert f"(maintained by {host.owner.name})" in sources[0]
    assert len(ann.home.run("list", "--format", "json").json) == PAPERS_PER_DAY + 1
    assert ann.home.run("sync").code == 0
    assert modes(ann.home.cache)["."] == (0o700, ann.uid)
    # The system-wide settings are unchanged.
    assert len(host.readers[1].home.run("list", "--format", "json").json) == PAPERS_PER_DAY


def test_owner_controls_read_permission(host: SharedMachine) -> None:
    ann, owner = host.readers[0], host.owner
    owner.write_file(owner.home.config, "")
    host.sync()
    assert {mode & 0o077 for name, (mode, _) in modes(host.cache).items() if name != "."} == {0}
    refused = ann.home.run("list")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"broadsheet: {host.digests}: cannot be reached (Permission denied)\n"
    assert ann.home.run("doctor").code == 1
    owner.write_file(owner.home.config, "share_cache = true\n")
    host.sync()
    assert len(ann.home.run("list", "--format", "json").json) == PAPERS_PER_DAY
    assert ann.home.run("doctor").code == owner.home.run("doctor").code == 0
    owner.write_file(owner.home.config, "share_cache = false\n")
    host.sync()
    assert ann.home.run("list").code == 2
    assert host.failures == []


def test_readers_report_damage_but_do_not_repair(host: SharedMachine) -> None:
    ann = host.readers[0]
    host.sync()
    [rows] = host.cache.glob("*/2025-05.rows.json")
    rows.write_bytes(b"{")
    result = ann.home.run("list", "--format", "json")
    assert (result.code, result.json) == (1, [])
    assert result.err.startswith(f"broadsheet: the cache cannot be read: {rows}: is damaged")
    with host.browser(ann) as terminal:
        terminal.wait_for("The cache cannot be read")
        assert rows.read_bytes() == b"{"
        assert "The cache was rebuilt" in host.owner.home.run("sync").err
        terminal.wait_for("Mill 0.")
        terminal.press("q")
        assert terminal.wait() == 0
