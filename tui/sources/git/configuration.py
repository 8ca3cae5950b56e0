"""Read git's configuration, and refuse what a repository's own part of it must not decide.

The reader's global configuration is trusted. That of a repository is not: it comes along when a
folder is copied or unpacked, and any command of git may run the programs that it names. (It does
not come along with a clone, so what is published in a repository cannot set it.)
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tui.i18n import _
from tui.sanitize import escape_unprintable
from tui.sources.git.command import GitError, run_git
from tui.sources.git.git_errors import without_secrets
from tui.sources.git.ssh import is_harmless_in

MAX_VALUE_CHARS = 60

_TRUSTED_SCOPES = {"system", "global", "command"}

_RUNS_PROGRAM = re.compile(
    r"(?:.*(?:command|cmd|program|helper|hook)|clean|smudge|process|uploadpack|receivepack|vcs"
    r"|gitproxy|virtualfilesystem)"
)
"""The last parts of the names of settings whose value is a program.

It is general because new versions of git add such settings. ``core.hooksPath``, ``core.fsmonitor``
and ``core.askPass`` are not among them: ``run_git`` overrides them.
"""

_UNUSED_SECTIONS = {
    "alias", "browser", "column", "diff", "difftool", "gui", "guitool", "help", "imap",
    "instaweb", "interactive", "man", "merge", "mergetool", "pager", "sendemail", "sequence",
    "trailer", "web",
}  # fmt: skip
"""Sections that name programs, but that neither fetching nor fast-forwarding uses."""

_HARMLESS_VALUES = {
    "credential.helper": re.compile(r"|[a-z][a-z0-9-]*(?: --timeout[ =][0-9]+)?"),
    "filter.clean": re.compile(r"git-lfs clean -- %f"),
    "filter.smudge": re.compile(r"git-lfs smudge (?:--skip )?-- %f"),
    "filter.process": re.compile(r"git-lfs filter-process(?: --skip)?"),
    "core.gitproxy": re.compile(r"|none"),
}
"""Values that select a program which the reader installed, by section and last part of the name.

``git lfs install --local`` sets the filters.
"""


class UnsafeConfigurationError(GitError):
    """A repository's own configuration names a program, or a folder outside of it.

    Args:
        setting: its name.
        value: its value.
    """

    def __init__(self, setting: str, value: str) -> None:
        template = _(
            "its own Git configuration sets {setting} to '{value}', which may run a program or"
            " write elsewhere; if that is yours, move it to your global one"
        )
        printable = escape_unprintable(without_secrets(value))
        if len(printable) > MAX_VALUE_CHARS:
            printable = f"{printable[:MAX_VALUE_CHARS]}…"
        super().__init__(template.format(setting=escape_unprintable(setting), value=printable))


class GitSetting(NamedTuple):
    """A setting of git.

    Attributes:
        name: such as ``filter.lfs.clean``; section and last part are in lower case.
        value: its value.
        is_trusted: whether the reader set it for all repositories.
    """

    name: str
    value: str
    is_trusted: bool

    @property
    def section(self) -> str:
        """The part before the first dot."""
        return self.name.partition(".")[0]

    @property
    def last_part(self) -> str:
        """The part after the last dot."""
        return self.name.rpartition(".")[2]


def checked_ssh_command(repository: Path) -> str:
    """Check the own configuration of a repository before any other git command runs there.

    Args:
        repository: the folder with its files, without symbolic links.

    Returns:
        The ``core.sshCommand`` to use, for ``run_git``.

    Raises:
        UnsafeConfigurationError: the configuration names a program, or a folder outside.
        GitError: the folder is not a repository, or its configuration cannot be read.
    """
    settings = _read_settings(repository)
    for setting in settings:
        if not setting.is_trusted and _is_unsafe(setting):
            raise UnsafeConfigurationError(setting.name, setting.value)
    # Nothing that git could run is left, so it can be asked where it would write files.
    top_level = run_git("rev-parse", "--show-toplevel", cwd=repository).removesuffix("\n")
    if not _is_same_folder(top_level, repository):
        raise UnsafeConfigurationError("core.worktree", top_level)
    ssh = _last(settings, "core.sshcommand")
    if ssh is None or not ssh.value:
        return ""
    is_used = not os.environ.get("GIT_SSH_COMMAND")
    if is_used and not ssh.is_trusted and not is_harmless_in(repository, ssh.value):
        raise UnsafeConfigurationError("core.sshCommand", ssh.value)
    return ssh.value


def _is_same_folder(path: str, folder: Path) -> bool:
    # Some file systems ignore case, or accept several spellings of accents.
    with suppress(OSError):
        return folder.samefile(path)
    return False


def global_ssh_command(folder: Path) -> str:
    """Return the reader's ``core.sshCommand`` for a folder that is not a repository yet.

    Raises:
        GitError: the configuration cannot be read.
    """
    ssh = _last([each for each in _read_settings(folder) if each.is_trusted], "core.sshcommand")
    return ssh.value if ssh else ""


def _read_settings(folder: Path) -> list[GitSetting]:
    """Return all settings in the order in which they apply. Reading them runs no program."""
    output = run_git("config", "--list", "--includes", "--show-scope", "--null", cwd=folder)
    fields = output.split("\0")
    settings = []
    for scope, pair in zip(fields[::2], fields[1::2], strict=False):
        name, _newline, value = pair.partition("\n")
        settings.append(GitSetting(name, value, scope in _TRUSTED_SCOPES))
    return settings


def _last(settings: list[GitSetting], name: str) -> GitSetting | None:
    return next((each for each in reversed(settings) if each.name == name), None)


def _is_unsafe(setting: GitSetting) -> bool:
    """Return whether a setting of a repository can run a program or write outside of it."""
    name, value = setting.name, setting.value
    if name == "core.sshcommand" or setting.section in _UNUSED_SECTIONS:
        return False
    # Git LFS ignores the case of the whole name.
    if name.lower().startswith("lfs.customtransfer.") and setting.last_part in {"path", "args"}:
        return True
    if setting.section == "http" and setting.last_part == "savecookies":
        return value.lower() not in {"false", "no", "off", "0"}
    if not _RUNS_PROGRAM.fullmatch(setting.last_part):
        return False
    harmless = _HARMLESS_VALUES.get(f"{setting.section}.{setting.last_part}")
    return harmless is None or not harmless.fullmatch(value)
