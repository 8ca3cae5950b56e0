"""What this machine is called where several share their marks."""

from __future__ import annotations

import re
from pathlib import Path

from tui.storage.atomic_write import replace_file, sync_folder
from tui.storage.folder import file_locked

MACHINE_FILE = "machine"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,40}-[0-9a-f]{8}")


def machine_name(folder: Path) -> str:
    """Return the name: the host's, to be legible, and what nobody else has by chance.

    It is made up once and kept, whatever the host is called later.

    Args:
        folder: where it is kept.

    Raises:
        StorageError: another process is writing.
        OSError: it cannot be kept.
    """
    file = folder / MACHINE_FILE
    if (name := _kept(file)) is None:
        with file_locked(file):
            # Somebody else may have been faster.
            if (name := _kept(file)) is None:
                name = _made_up()
                replace_file(file, f"{name}\n".encode())
                sync_folder(folder)
    return name


def _kept(file: Path) -> str | None:
    try:
        name = file.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    return name if _NAME.fullmatch(name) else None


def _made_up() -> str:
    # Once in a machine's life.
    import secrets
    import socket

    host = re.sub(r"[^A-Za-z0-9]+", "-", socket.gethostname().partition(".")[0]).strip("-")
    return f"{host[:40] or 'machine'}-{secrets.token_hex(4)}"
