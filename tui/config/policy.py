"""Restricted mode: what a reader may make the program do.

A ``Policy`` is created once, at the start, and passed to whatever depends on it. It alone decides
what is available. ``tui/runtime/confinement.py`` enforces it a second time, in case something is
forgotten here or in a library.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from tui.config.paths import config_files, export_folder
from tui.i18n import _

SYSTEM_FILES = (
    Path("/etc/xdg/broadsheet/config.toml"),
    Path("/Library/Application Support/broadsheet/config.toml"),
)
"""Settings of the machine, in places that no environment variable moves."""

SETTING = "restricted"

_SETTING_LINE = r"^\s*[\"']?restricted\b"
_MAX_SETTINGS_BYTES = 1 << 20

_UNAVAILABLE_KEYS = frozenset(
    {
        "app.suspend", "digests.details", "digests.fetch", "list.zotero", "picture.show",
        "program.pipe", "program.run",
    }
)  # fmt: skip
_UNAVAILABLE_COMMANDS = frozenset(
    {
        "add", "export --template", "export --zotero", "fetch", "marks sync", "remove",
        "sync --pull",
    }
)  # fmt: skip


class NotAllowedError(Exception):
    """The reader may not use a file; the message is a translated sentence."""


class Policy(NamedTuple):
    """What the reader may do.

    Attributes:
        is_restricted: whether only reading, marks, views and exports to one folder are available.
    """

    is_restricted: bool = False

    @property
    def may_run_programs(self) -> bool:
        """Whether to start an editor, pager, browser, clipboard program or git, or to suspend."""
        return not self.is_restricted

    @property
    def may_change_sources(self) -> bool:
        """Whether to add, remove, clone and fetch sources."""
        return not self.is_restricted

    @property
    def may_send_papers(self) -> bool:
        """Whether to send papers to another program."""
        return not self.is_restricted

    @property
    def may_fetch_texts(self) -> bool:
        """Whether to request the full text of papers from servers."""
        return not self.is_restricted

    @property
    def may_load_pictures(self) -> bool:
        """Whether to request pictures from the addresses that digests name."""
        return not self.is_restricted

    @property
    def may_explain_any_file(self) -> bool:
        """Whether to show parts of files that are in no source."""
        return not self.is_restricted

    def has_key(self, name: str) -> bool:
        """Return whether a key binding is shown, by its id."""
        return not (self.is_restricted and name in _UNAVAILABLE_KEYS)

    def refusal(self, command: str, arguments: Any) -> str:
        """Return why a command is not available; empty if it is.

        Args:
            command: its name; empty for the browser.
            arguments: its parsed arguments.
        """
        if command == "marks":
            command = f"marks {arguments.command}"
        elif command == "sync" and arguments.pull:
            command = "sync --pull"
        elif command == "export" and arguments.template:
            command = "export --template"
        elif command == "export" and arguments.zotero:
            command = "export --zotero"
        if self.is_restricted and command in _UNAVAILABLE_COMMANDS:
            return f"'broadsheet {command}' is not available in restricted mode"
        return ""

    def reader_file(self, name: str, expand: Callable[[str], Path]) -> Path:
        """Return the file that the reader has named for an export, or for marks to import.

        In restricted mode it is a file of the reader's export folder, which is created if it is
        missing. What is there under that name already must be an ordinary file.

        Args:
            name: as typed.
            expand: returns the path that it stands for when nothing is restricted.

        Raises:
            NotAllowedError: it is outside that folder, or not an ordinary file.
            OSError: the export folder cannot be created.
        """
        if not self.is_restricted:
            return expand(name)
        folder = export_folder()
        if "/" in name or name in {"", ".", ".."}:
            text = _("Enter a file name without a folder; the file is in {folder}.")
            raise NotAllowedError(text.format(folder=folder))
        file = folder / name
        # Links and devices would lead out of the folder.
        if folder.is_symlink() or file.is_symlink() or (file.exists() and not file.is_file()):
            text = _("{file} is not an ordinary file; enter another name.")
            raise NotAllowedError(text.format(file=file))
        from tui.storage.permissions import make_folder

        make_folder(folder, 0o700)
        return file


def load_policy(*, is_requested: bool) -> Policy:
    """Return the policy of this process.

    Args:
        is_requested: whether the command line selects restricted mode. Otherwise a single settings
            file that does is enough; no other file and no variable can lift it.
    """
    own, *site_files = config_files()
    system_files = dict.fromkeys((*site_files, *SYSTEM_FILES))
    return Policy(
        is_requested
        or _selects_restriction(own, is_own=True)
        or any(_selects_restriction(file, is_own=False) for file in system_files)
    )


def _selects_restriction(file: Path, *, is_own: bool) -> bool:
    """Return whether a settings file selects restricted mode.

    A file of the machine that cannot be read or understood might, and therefore does.
    """
    try:
        if not S_ISREG(file.stat().st_mode):
            return False
        with file.open("rb") as stream:
            text = stream.read(_MAX_SETTINGS_BYTES).decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, UnicodeDecodeError):
        return not is_own
    if SETTING not in text:
        return False
    import tomllib

    try:
        value = tomllib.loads(text).get(SETTING, False)
    except (ValueError, RecursionError):
        import re

        return not is_own and re.search(_SETTING_LINE, text, re.MULTILINE) is not None
    # An invalid value is reported, and counts as true.
    return value is not False
