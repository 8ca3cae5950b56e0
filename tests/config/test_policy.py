"""What selects restricted mode, and which files it leaves to the reader."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.config import policy
from tui.config.paths import NO_HOME, export_folder
from tui.config.policy import NotAllowedError, Policy, load_policy
from tui.config.settings_file import load_settings

RESTRICTED = Policy(is_restricted=True)


@pytest.fixture(autouse=True)
def _no_files_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG_HOME", "CONFIG_DIRS", "DATA_HOME"):
        monkeypatch.setenv(f"XDG_{name}", str(tmp_path / name))
    monkeypatch.setattr(policy, "SYSTEM_FILES", (tmp_path / "fixed.toml",))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The reader's settings file."""
    file = tmp_path / "CONFIG_HOME" / "broadsheet" / "config.toml"
    file.parent.mkdir(parents=True)
    return file


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The settings file for all users of the machine."""
    file = tmp_path / "CONFIG_DIRS" / "broadsheet" / "config.toml"
    file.parent.mkdir(parents=True)
    return file


def is_restricted() -> bool:
    return load_policy(is_requested=False).is_restricted


@pytest.mark.parametrize(
    ("site_text", "own_text", "expected"),
    [
        ("", "", False),
        ("restricted = false", "", False),
        ("# restricted = true", "", False),
        ('theme = "restricted"', "", False),
        ("restricted = true", "", True),
        ("restricted = true", "restricted = false", True),
        ("", "restricted = true", True),
        ("restricted = false", "restricted = true", True),
        # What cannot be understood may have been meant to restrict.
        ('restricted = "yes"', "", True),
        ("restricted = true\ntheme = ", "", True),
        ("theme = ", "", False),
        ("", "# restricted = false\ntheme = ", False),
    ],
)
def test_one_file_is_enough(
    site: Path, own: Path, site_text: str, own_text: str, expected: bool
) -> None:
    site.write_text(site_text)
    own.write_text(own_text)
    assert is_restricted() == expected
    if "theme = " not in site_text + own_text or '"' in site_text:
        assert load_settings(own, site)[0].restricted == expected


def test_no_variable_moves_the_file_of_the_machine(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.write_text("restricted = false")
    fixed = policy.SYSTEM_FILES[0]
    fixed.write_text("restricted = true")
    for value in ("/nowhere", "", str(own.parent)):
        monkeypatch.setenv("XDG_CONFIG_DIRS", value)
        assert is_restricted()


def test_unreadable_file_of_the_machine_restricts(monkeypatch: pytest.MonkeyPatch) -> None:
    with folder_of_nobody() as folder:
        file = folder / "config.toml"
        file.write_text("theme = 'sepia'")
        monkeypatch.setattr(policy, "SYSTEM_FILES", (file,))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "own"))
        monkeypatch.setenv("XDG_CONFIG_DIRS", str(folder / "none"))
        with as_nobody():
            assert not is_restricted()
        file.chmod(0)
        with as_nobody():
            assert is_restricted()
        file.chmod(0o644)
        file.write_bytes(b"\xff")
        assert is_restricted()


def test_invalid_value_is_reported_and_counts_as_true(own: Path) -> None:
    own.write_text('restricted = "no"')
    settings, [problem] = load_settings(own)
    assert settings.restricted
    assert problem.message == "restricted: must be true or false; it counts as true"


def test_names_lead_to_the_export_folder() -> None:
    assert not export_folder().exists()
    file = RESTRICTED.reader_file("papers.bib", Path)
    assert file == export_folder() / "papers.bib"
    assert export_folder().stat().st_mode & 0o777 == 0o700
    file.write_text("mine")
    assert RESTRICTED.reader_file("papers.bib", Path) == file
    # A tilde is no home folder here.
    assert RESTRICTED.reader_file("~root", Path) == export_folder() / "~root"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "/tmp/papers.bib", "../papers.bib", "a/../../papers.bib", "~/papers.bib",
     "~root/papers.bib", "sub/papers.bib", "papers.bib/", "//papers.bib"],
)  # fmt: skip
def test_other_paths_are_refused(name: str) -> None:
    with pytest.raises(NotAllowedError, match="without a folder"):
        RESTRICTED.reader_file(name, Path)


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    folder = RESTRICTED.reader_file("papers.bib", Path).parent
    (folder / "link.bib").symlink_to(tmp_path / "elsewhere.bib")
    (folder / "folder.bib").mkdir()
    os.mkfifo(folder / "pipe.bib")
    for name in ("link.bib", "folder.bib", "pipe.bib"):
        with pytest.raises(NotAllowedError, match="not an ordinary file"):
            RESTRICTED.reader_file(name, Path)
    for path in folder.iterdir():
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()
    folder.symlink_to(tmp_path)
    with pytest.raises(NotAllowedError, match="not an ordinary file"):
        RESTRICTED.reader_file("papers.bib", Path)


def test_everything_is_allowed_without_restriction() -> None:
    assert Policy().reader_file("~/a/../b", lambda name: Path("/expanded") / name) == Path(
        "/expanded/~/a/../b"
    )
    assert Policy().has_key("app.suspend")


def test_reader_without_a_home_has_an_export_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)

    def unknown(_user: int) -> object:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert export_folder() == NO_HOME / "data" / "exports"
