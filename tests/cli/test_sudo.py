"""Runs with sudo that keep the user's HOME, as on macOS or with ``sudo -E``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.accounts import require_accounts
from tests.support.home import Home

USER = 65534


@pytest.fixture
def user_home(home: Home) -> Home:
    """Return the home of a user who is about to run sudo."""
    require_accounts()  # root, to change owners
    os.chown(home.root, USER, USER)
    return home.with_environment(SUDO_UID=str(USER), SUDO_GID=str(USER), SUDO_USER="someone")


def _owners(folder: Path) -> Iterator[tuple[Path, int]]:
    yield folder, folder.lstat().st_uid
    for path in folder.rglob("*"):
        yield path, path.lstat().st_uid


def test_files_of_a_run_with_sudo_belong_to_the_user(user_home: Home, digests: Path) -> None:
    assert user_home.run("add", digests).code == 0
    assert user_home.run("marks", "set", "--star", "2505.00001").code == 0
    assert user_home.run("list").code == 0
    for folder in ("cache", "config", "state"):
        files = dict(_owners(user_home.root / folder))
        assert len(files) > 2
        assert set(files.values()) == {USER}


def test_settings_that_root_changes_stay_those_of_the_user(user_home: Home, digests: Path) -> None:
    user_home.configure("min_votes = 3\n")
    for path, _owner in _owners(user_home.root / "config"):
        os.chown(path, USER, USER)
    assert user_home.run("add", digests).code == 0
    assert user_home.config.stat().st_uid == USER


@pytest.mark.parametrize("where", ["cache/broadsheet", "cache"])
def test_folder_behind_a_link_is_left_alone(user_home: Home, where: str, tmp_path: Path) -> None:
    target = tmp_path / "of root"
    target.mkdir()
    (target / "secret").touch()
    link = user_home.root / where
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    os.chown(link, USER, USER, follow_symlinks=False)
    assert user_home.run("list").code == 0
    assert target.stat().st_uid == (target / "secret").stat().st_uid == os.geteuid()


def test_file_with_another_name_is_left_alone(user_home: Home, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.touch()
    folder = user_home.cache
    folder.mkdir(parents=True)
    for path in (folder, folder.parent):
        os.chown(path, USER, USER)
    (folder / "link").hardlink_to(secret)
    assert user_home.run("list").code == 0
    assert secret.stat().st_uid == os.geteuid()
    assert {owner for path, owner in _owners(folder) if path.name != "link"} == {USER}
