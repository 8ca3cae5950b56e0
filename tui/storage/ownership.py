"""Find out who owns files, and what to do where the system denies access to one of them.

Every remedy names an exact command. None changes an owner above the program's own folders.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from tui.i18n import _
from tui.storage.permissions import own_folders

_MAX_CHECKED_FILES = 50_000
"""Clones of repositories may have a great many files."""


def take_over(folder: Path) -> str:
    """Return the command that makes the reader the owner of one of the program's own folders.

    If it is a link to a folder of another user, that may have other files: the reader must change
    the link instead.
    """
    if not os.path.islink(folder):  # noqa: PTH114  # Path.is_symlink() raises
        return f"sudo chown -R $(id -u) {quote(str(folder))}"
    # The command would stop at the link.
    target = Path(os.path.realpath(folder))
    if os.access(target, os.X_OK) and target.stat().st_uid == os.geteuid():
        return f"sudo chown -R $(id -u) {quote(str(target))}"
    return _change_link(folder)


def _change_link(link: Path) -> str:
    template = _("{link} is a link to {target}; change it to a folder of yours; {command}")
    command = f"ln -sfn FOLDER {quote(str(link))}"
    return template.format(link=link, target=os.path.realpath(link), command=command)


def _link_out_of(home: Path, path: Path) -> Path | None:
    """Return the link through which a path below a folder leads out of it; None if none does."""
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home)):
        return None
    inside = (each for each in reversed([path, *path.parents]) if each.is_relative_to(home))
    return next((each for each in inside if each != home and os.path.islink(each)), None)  # noqa: PTH114


def owner_name(uid: int) -> str:
    """Return the name of a user, or the number if the system does not know it."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


class ForeignFiles(NamedTuple):
    """Files of other users in a folder.

    Attributes:
        first: one of them.
        owner: the name of its owner.
        number: how many there are.
    """

    first: Path
    owner: str
    number: int


def foreign_files(folder: Path) -> ForeignFiles | None:
    """Return the files and folders of other users in a folder, including itself; None for none."""
    first: tuple[Path, int] | None = None
    count = 0
    for number, path in enumerate(_walk(folder)):
        if number == _MAX_CHECKED_FILES:
            break
        try:
            owner = path.lstat().st_uid
        except OSError:
            continue
        if owner != os.geteuid():
            first, count = first or (path, owner), count + 1
    return ForeignFiles(first[0], owner_name(first[1]), count) if first else None


def _walk(folder: Path) -> Iterator[Path]:
    yield folder
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            yield Path(parent, name)


def permission_remedy(path: Path) -> str:
    """Return what keeps the reader from a file, and the command that helps.

    Args:
        path: the file or folder that could not be read, written or created; relative to the
            current folder.

    Returns:
        The end of a sentence such as "permission denied", beginning with its punctuation; empty if
        the permissions do not explain the failure.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100  # links must stay, and may be broken
    blocker = _blocker(path)
    if blocker is None:
        return ""
    # A link belongs to the reader even if it leads to a folder of another user.
    status = blocker.stat() if blocker.exists() else blocker.lstat()
    if status.st_uid == os.geteuid():
        wanted = stat.S_IRWXU if blocker.is_dir() else stat.S_IRUSR | stat.S_IWUSR
        if status.st_mode & wanted == wanted:
            # A read-only file system, or access rules that chmod does not change.
            return _("; {path} cannot be written").format(path=blocker)
        return "; " + _open_up(blocker)
    template = _(": it belongs to {owner}") if blocker == path else _(": {path} belongs to {owner}")
    foreign = template.format(path=blocker, owner=owner_name(status.st_uid))
    own = _own_folder_of(path)
    return foreign if own is None else f"{foreign}; {_own_folder_remedy(own, blocker)}"


def folder_remedy(folder: Path, variable: str) -> str:
    """Return what to do if one of the program's own folders cannot be written or created.

    Args:
        folder: the folder.
        variable: the environment variable that selects another one; or a setting, in quotes.
    """
    blocker = _blocker(folder / "file")
    if blocker is None:
        return _("make its disk writable, or set {variable}").format(variable=variable)
    if not blocker.is_dir():
        found = blocker.lstat()
        is_device = stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode)
        if is_device or found.st_uid != os.geteuid():
            return _other_folder(variable)
        return _("{path} is not a folder; move it").format(path=blocker)
    status = blocker.stat()
    if status.st_uid != os.geteuid():
        return _own_folder_remedy(_own_folder_of(folder) or folder, blocker, variable)
    if status.st_mode & stat.S_IRWXU == stat.S_IRWXU:
        return _("make its disk writable, or set {variable}").format(variable=variable)
    return _open_up(blocker)


def _own_folder_of(path: Path) -> Path | None:
    """Return the outermost of our own folders that contains a file; None if none does."""
    return min((each for each in own_folders() if path.is_relative_to(each)), default=None)


def _open_up(path: Path) -> str:
    return f"chmod u+rwx {quote(str(path))}" if path.is_dir() else f"chmod u+rw {quote(str(path))}"


def _own_folder_remedy(own: Path, blocker: Path, variable: str = "") -> str:
    """Return what to do if a file or folder of another user blocks one of our own folders."""
    if blocker.is_relative_to(own):
        return take_over(own)
    home = _home()
    if _is_in_home(blocker) and own.is_relative_to(home):
        # Creating the folder leaves everything above it as it is.
        install = f"sudo install -d -m 700 -o $(id -u) {quote(str(own))}"
        if os.access(blocker, os.X_OK):
            return install
        link = _link_out_of(home, blocker)
        return _change_link(link) if link else f"sudo chmod a+x {quote(str(blocker))} && {install}"
    return _other_folder(variable)


def _home() -> Path:
    return Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() raises


def _is_in_home(path: Path) -> bool:
    """Return whether a file or folder is below the reader's home, which is a folder of its own."""
    home = _home()
    is_usable = os.path.isdir(home) and home != Path("/")  # noqa: PTH112  # Path.is_dir() raises
    return is_usable and path != home and path.is_relative_to(home)


def _other_folder(variable: str) -> str:
    """Return that a variable or setting must name another folder."""
    if variable and not variable.isidentifier():
        return _("set {variable} to a folder that you can write").format(variable=variable)
    # HOME does not matter where the variable is set.
    is_set = bool(os.environ.get(variable))
    names = variable if is_set else " or ".join(filter(None, ("HOME", variable)))
    template = _("set {variable} to a folder that you can write; to try: {command}")
    command = f"export {variable if is_set else 'HOME'}=$(mktemp -d)"
    return template.format(variable=names, command=command)


def _blocker(path: Path) -> Path | None:
    """Return the file or folder whose permissions keep us from writing a file."""
    for folder in reversed(path.parents):
        if not os.path.lexists(folder):
            return folder.parent if not os.access(folder.parent, os.W_OK | os.X_OK) else None
        if not folder.is_dir() or not os.access(folder, os.X_OK):
            return folder
    if path.exists():
        wanted = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
        if not os.access(path, wanted):
            return path
    return path.parent if not os.access(path.parent, os.W_OK) else None
