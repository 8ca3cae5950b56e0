"""Run the reader's git safely: without prompts or hooks, and with a few transport protocols."""

from __future__ import annotations

import os
import re
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tui.i18n import _
from tui.runtime.task import UNATTENDED, Progress, Task
from tui.sanitize import escape_unprintable
from tui.sources.git.git_errors import error_message, is_final_rejection, without_secrets
from tui.sources.git.ssh import ssh_environment
from tui.storage.disk_errors import reason

SCHEMES = ("https", "ssh", "git", "file")
"""The allowed transports. git's others run commands (``ext::``) or do not authenticate the host."""

STALL_TIMEOUT_SECONDS = 300.0
"""How long git may print nothing."""

MAX_OUTPUT_BYTES = 16 << 20

_POLL_SECONDS = 0.1

_TERMINATION_SECONDS = 2.0
"""How long git may take to end after a signal."""

_SAFE_CONFIG = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "submodule.recurse=false",
    "protocol.ext.allow=never",
    # A folder with the files of a bare repository may come from anywhere.
    "safe.bareRepository=explicit",
    # Background maintenance would run beside the next command.
    "gc.autoDetach=false",
    "maintenance.autoDetach=false",
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=60",
    "advice.detachedHead=false",
)

_KEPT_VARIABLE = re.compile(
    r"GIT_(SSH|SSL|HTTP|PROXY|CURL|EXEC_PATH|CEILING|CONFIG_(?!PARAMETERS)).*"
)
"""Variables that configure every git; the other GIT_… variables refer to another repository."""

_URL = re.compile(r"([a-z][a-z0-9+.-]*)://\S", re.IGNORECASE)
_SCP_LIKE_URL = re.compile(r"[\w.+~-]+@[\w.-]+:[^:\s]\S*")
_REMOTE_HELPER = re.compile(r"[\w.+-]+::")
_PERCENT = re.compile(rb"Receiving objects: +([0-9]+)%")


class GitError(Exception):
    """A git command failed; the message is a sentence without its full stop."""


class PushRefusedError(GitError):
    """The server refused a push, and would refuse it again."""


def is_repository_url(text: str) -> bool:
    """Return whether a text is the URL of a repository, and not a path."""
    return bool(_URL.match(text) or _SCP_LIKE_URL.fullmatch(text) or _REMOTE_HELPER.match(text))


def is_bare(path: Path) -> bool:
    """Return whether a folder is a bare repository."""
    return (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir()


def validate_url(text: str) -> str:
    """Return the URL of a repository.

    Raises:
        GitError: it is not safe to pass to git.
    """
    match = _URL.match(text)
    if match and match[1].lower() in SCHEMES and "::" not in text.split("/", maxsplit=1)[0]:
        return text
    if not match and _SCP_LIKE_URL.fullmatch(text) and not text.startswith("-"):
        return text
    message = _("unsupported repository URL; use {schemes}:// or git@HOST:PATH")
    raise GitError(message.format(schemes="://, ".join(SCHEMES)))


def clone_folder_name(url: str) -> str:
    """Return a readable folder name for a clone, which is different for each URL."""
    import hashlib

    path = re.sub(r"(\.git)?/*$", "", without_secrets(url))
    last_parts = re.split(r"[/:]+", path)[-2:]
    slug = re.sub(r"[^A-Za-z0-9]+", "-", "-".join(last_parts)).strip("-")[:48]
    return f"{slug or 'repository'}-{hashlib.blake2b(url.encode(), digest_size=4).hexdigest()}"


def run_git(
    *arguments: str, cwd: Path | None = None, task: Task = UNATTENDED, ssh_command: str = ""
) -> str:
    """Run git and wait for it.

    Args:
        *arguments: the command line; untrusted values must follow a ``--``.
        cwd: the folder to run it in. Only a repository in it is used, never one around it.
        task: gets the percentage of received objects; when it is cancelled, git and all processes
            that it started are terminated.
        ssh_command: the ``core.sshCommand`` that applies; empty without one. See
            ``read_configuration``.

    Returns:
        Its standard output.

    Raises:
        PushRefusedError: the server refused a push, and would do so again.
        GitError: it failed, or is not installed.
        TaskCancelledError: the task was cancelled.
    """
    options = [word for setting in _SAFE_CONFIG for word in ("-c", setting)]
    try:
        process = subprocess.Popen(
            ["git", *options, *arguments],
            cwd=cwd,
            env=_environment(cwd, ssh_command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A separate session can be killed as a whole, and has no terminal for prompts.
            start_new_session=True,
        )
    except FileNotFoundError as error:
        if cwd is not None and not cwd.is_dir():
            raise GitError(f"{escape_unprintable(str(cwd))}: {reason(error)}") from error
        raise GitError(_("git is not installed, or not on the PATH")) from error
    except OSError as error:
        raise GitError(_("git cannot be run ({why})").format(why=reason(error))) from error
    with process:
        try:
            stdout, stderr = _communicate(process, task)
        finally:
            _terminate(process)
    if process.returncode != 0:
        kind = PushRefusedError if is_final_rejection(stderr) else GitError
        message = error_message(stderr)
        raise kind(message or _("git failed ({code})").format(code=process.returncode))
    return stdout


def _environment(cwd: Path | None, ssh_command: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or _KEPT_VARIABLE.fullmatch(name)
    }
    if cwd is not None:
        # Without it git would use, and reset, a repository around a folder whose own is damaged.
        ceilings = (str(cwd.resolve().parent), kept.get("GIT_CEILING_DIRECTORIES"))
        kept["GIT_CEILING_DIRECTORIES"] = os.pathsep.join(filter(None, ceilings))
    return {
        **kept,
        **ssh_environment(kept, ssh_command),
        "GIT_ALLOW_PROTOCOL": ":".join(SCHEMES),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "false",
        "SSH_ASKPASS": "false",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        # The messages are parsed.
        "LC_ALL": "C",
        "LANGUAGE": "",
    }


def _communicate(process: subprocess.Popen[bytes], task: Task) -> tuple[str, str]:
    """Read all output of git; return its standard output and standard error."""
    output = {"stdout": bytearray(), "stderr": bytearray()}
    last_output_at = time.monotonic()
    for stream, chunk in _chunks(process):
        task.raise_if_cancelled()
        if chunk:
            last_output_at = time.monotonic()
            output[stream] += chunk
            for percent in _PERCENT.findall(chunk):
                task.report(Progress(int(percent), 100))
        elif time.monotonic() - last_output_at > STALL_TIMEOUT_SECONDS:
            message = _("git received nothing for {n} seconds")
            raise GitError(message.format(n=round(STALL_TIMEOUT_SECONDS)))
        if len(output[stream]) > MAX_OUTPUT_BYTES:
            raise GitError(_("git printed too much output"))
    process.wait()
    stdout = output["stdout"].decode(errors="surrogateescape")
    return stdout, output["stderr"].decode(errors="replace")


def _chunks(process: subprocess.Popen[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the name of a stream with a chunk of its output, which is empty now and then."""
    with selectors.DefaultSelector() as selector:
        for name in ("stdout", "stderr"):
            selector.register(getattr(process, name), selectors.EVENT_READ, name)
        while selector.get_map():
            ready = selector.select(_POLL_SECONDS)
            for key, _events in ready:
                chunk = os.read(key.fd, 65536)
                if not chunk:
                    selector.unregister(key.fileobj)
                yield key.data, chunk
            if not ready:
                if process.poll() is not None:
                    # A child such as ssh's shared connection may keep the streams open.
                    return
                yield "stdout", b""


def _terminate(process: subprocess.Popen[bytes]) -> None:
    """Terminate git and its children, if git is still running."""
    if process.poll() is not None:
        return
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal_number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_TERMINATION_SECONDS)
            return
