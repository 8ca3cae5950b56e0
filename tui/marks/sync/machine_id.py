"""The name of this machine among those that share marks."""

from __future__ import annotations

import re
from pathlib import Path

from tui.storage.atomic_write import replace_file, sync_folder
from tui.storage.folder import file_locked

MACHINE_FILE = "machine"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,40}-[0-9a-f]{8}")


def machine_name(folder: Path) -> str:
    """Return this machine's name: the host name, and random digits that make it unique.

    It is generated once and stored, so it stays the same when the host is renamed.

    Args:
        folder: the folder to store it in.

    Raises:
        StorageError: another process holds the folder's lock.
        OSError: the name cannot be read or stored.
    """
    file = folder / MACHINE_FILE
    if (name := _read_name(file)) is None:
        with file_locked(file):
            # Another process may have stored it before this one had the lock.
            if (name := _read_name(file)) is None:
                name = _generate_name()
                replace_file(file, f"{name}\n".encode())
                sync_folder(folder)
    return name


def _read_name(file: Path) -> str | None:
    """Return the stored name, or None if there is no valid one."""
    try:
        name = file.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    return name if _NAME.fullmatch(name) else None


def _generate_name() -> str:
    import secrets
    import socket

    host = re.sub(r"[^A-Za-z0-9]+", "-", socket.gethostname().partition(".")[0]).strip("-")
    return f"{host[:40] or 'machine'}-{secrets.token_hex(4)}"
