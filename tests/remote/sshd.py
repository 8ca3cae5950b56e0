"""A real sshd on loopback with its own keys and settings, running as the current user.

with Sshd(folder) as sshd:
    PseudoTerminal(sshd.login("broadsheet"), environment=sshd.environment)
"""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.support.requirements import SEARCH_PATH

TIMEOUT_SECONDS = 60.0
"""Generous, so that only a program that hangs exceeds it, even on a busy machine."""

_PRIVILEGE_SEPARATION = Path("/run/sshd")


class Sshd:
    """An sshd and the settings of a client that trusts it.

    Args:
        folder: where its files are created.
        settings: additional lines of its configuration.
    """

    def __init__(self, folder: Path, *settings: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self.environment = {"PATH": SEARCH_PATH, "HOME": str(folder), "TERM": "xterm-256color"}
        self._settings = settings
        self._log = folder / "sshd.log"

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        for key in ("host", "reader"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.folder / key)]
            subprocess.run(command, check=True, env=self.environment)
        shutil.copy(self.folder / "reader.pub", self.folder / "authorized_keys")
        lines = [
            f"ListenAddress 127.0.0.1:{self.port}",
            f"HostKey {self.folder / 'host'}",
            f"AuthorizedKeysFile {self.folder / 'authorized_keys'}",
            "PidFile none",
            "UsePAM no",
            # A parent folder is writable by everyone, which strict modes reject.
            "StrictModes no",
            "PasswordAuthentication no",
            "PermitRootLogin prohibit-password",
            *self._settings,
        ]
        conf = self.folder / "sshd.conf"
        conf.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        if os.geteuid() == 0:
            _PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
        # sshd re-executes itself for each connection and requires an absolute path.
        program = shutil.which("sshd", path=SEARCH_PATH)
        assert program is not None
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [program, "-D", "-e", "-f", str(conf)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment,
            )  # fmt: skip
        self._wait_until_listening()
        host_key = (self.folder / "host.pub").read_text(encoding="utf-8")
        (self.folder / "known_hosts").write_text(f"broadsheet {host_key}", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(TIMEOUT_SECONDS)

    def _wait_until_listening(self) -> None:
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while "Server listening" not in self.log:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"sshd does not listen:\n{self.log}")
            time.sleep(0.01)

    @property
    def log(self) -> str:
        """The log so far."""
        return self._log.read_text(encoding="utf-8")

    def login(
        self, *command: str, port: int | None = None, options: Sequence[str] = ()
    ) -> list[str]:
        """Return a command that logs in on a terminal.

        Args:
            command: what to run; empty for the server's default.
            port: the port to connect to; None for the server's own.
            options: additional options of ``ssh``.
        """
        settings = {
            "HostKeyAlias": "broadsheet",
            "IdentitiesOnly": "yes",
            "LogLevel": "ERROR",
            "StrictHostKeyChecking": "yes",
            "UserKnownHostsFile": str(self.folder / "known_hosts"),
        }
        return [
            "ssh", "-tt", "-F", "none", "-i", str(self.folder / "reader"),
            "-p", str(port or self.port),
            *(word for name, value in settings.items() for word in ("-o", f"{name}={value}")),
            *options,
            f"{getpass.getuser()}@127.0.0.1",
            *([shlex.join(command)] if command else []),
        ]  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
