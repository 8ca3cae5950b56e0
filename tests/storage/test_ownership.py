"""What error messages advise where the system denies access."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.accounts import require_accounts
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.storage.disk_errors import path_and_reason, reason_and_path
from tui.storage.permissions import use_own_folders


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder of ``nobody`` in which ``own`` is the program's own folder."""
    require_accounts()  # root, to create files of two users
    with folder_of_nobody() as folder:
        use_own_folders(lambda: [folder / "own"])
        with as_nobody():
            (folder / "own").mkdir(mode=0o700)
        yield folder
        use_own_folders(tuple)


def write(file: Path, mode: int = 0o600) -> Path:
    file.write_text("text", encoding="utf-8")
    file.chmod(mode)
    return file


def error_of_nobody(file: Path) -> OSError:
    """Return the error that ``nobody`` gets when writing to a file."""
    with as_nobody(), pytest.raises(OSError) as caught:  # noqa: PT011
        file.write_text("other", encoding="utf-8")
    assert caught.value.errno == errno.EACCES
    return caught.value


def advice_to_nobody(file: Path) -> str:
    error = error_of_nobody(file)
    with as_nobody():
        return path_and_reason(error)


def test_own_file_of_another_user_is_taken_over_with_its_folder(folder: Path) -> None:
    file = write(folder / "own" / "file")
    assert advice_to_nobody(file) == (
        f"{file}: permission denied: it belongs to root; "
        f"sudo chown -R $(id -u) {folder / 'own'}"
    )  # fmt: skip


def test_command_is_at_the_end_of_the_line(folder: Path) -> None:
    file = write(folder / "own" / "file")
    error = error_of_nobody(file)
    with as_nobody():
        assert reason_and_path(error) == (
            f"permission denied ({file}): it belongs to root; "
            f"sudo chown -R $(id -u) {folder / 'own'}"
        )  # fmt: skip


def test_other_files_keep_their_owner(folder: Path) -> None:
    (folder / "other").mkdir(mode=0o755)
    file = folder / "other" / "new"
    assert advice_to_nobody(file) == (
        f"{file}: permission denied: {folder / 'other'} belongs to root"
    )


def test_own_permissions_are_restored_by_the_command(folder: Path) -> None:
    file = folder / "closed" / "file"
    with as_nobody():
        file.parent.mkdir()
        write(file, 0o400)
        file.parent.chmod(0)
    for blocker, mode in ((file.parent, "u+rwx"), (file, "u+rw")):
        advice = advice_to_nobody(file)
        assert advice == f"{file}: permission denied; chmod {mode} {blocker}"
        subprocess.run(["/bin/sh", "-c", advice.rpartition("; ")[2]], check=True)
    with as_nobody():
        file.write_text("other", encoding="utf-8")


def test_folder_above_our_own_is_never_taken_over(folder: Path) -> None:
    above = folder / "above"
    above.mkdir(mode=0o755)
    use_own_folders(lambda: [above / "broadsheet"])
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(above / "broadsheet"))
    with as_nobody():
        assert "chown" not in path_and_reason(error)


def test_names_are_quoted_for_the_shell(folder: Path) -> None:
    own = folder / "own" / "it's $(date)"
    use_own_folders(lambda: [own])
    own.mkdir(mode=0o755)
    advice = advice_to_nobody(write(own / "file"))
    command = advice.rpartition("; ")[2]
    echoed = subprocess.run(
        ["/bin/sh", "-c", f'sudo() {{ echo "$4"; }}; {command}'],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert echoed.stdout == f"{own}\n"


def test_error_without_a_file_has_no_remedy() -> None:
    assert path_and_reason(PermissionError(errno.EACCES, "Permission denied")) == (
        "permission denied"
    )
