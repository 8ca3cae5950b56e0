"""Runs the reader's git: it asks nothing, runs no hooks, and reaches others in known ways alone."""

from __future__ import annotations

import os
import re
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

from tui.i18n import _
from tui.sanitize import escape_unprintable
from tui.task import UNATTENDED, Progress, Task

SCHEMES = ("https", "ssh", "git", "file")
"""How a repository may be reached. Others of git's run commands (``ext::``), or ask no questions
of whom they talk to."""

STALL_TIMEOUT_SECONDS = 300.0
"""Seconds without a word of progress after which a git is not waited for any more."""

MOST_OUTPUT = 16 << 20
"""Bytes; git tells us little."""

LONGEST_WORDS = 200

_LOOK = 0.1
_MERCY = 2.0

_SAFE = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "submodule.recurse=false",
    "protocol.ext.allow=never",
    # What is left to do after it ended would be done beside the next one.
    "gc.autoDetach=false",
    "maintenance.autoDetach=false",
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=60",
    "advice.detachedHead=false",
)

_KEPT = re.compile(r"GIT_(SSH|SSL|HTTP|PROXY|CURL|EXEC_PATH|CEILING|CONFIG_(?!PARAMETERS)).*")
"""What the reader may have set for every git; the rest of GIT_… speaks of another repository."""

_URL = re.compile(r"([a-z][a-z0-9+.-]*)://\S", re.IGNORECASE)
_AT_HOST = re.compile(r"[\w.+~-]+@[\w.-]+:[^:\s]\S*")
_HELPER = re.compile(r"[\w.+-]+::")
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
_PERCENT = re.compile(rb"Receiving objects: +([0-9]+)%")
_NOISE = re.compile(
    r"Cloning into|hint:|warning:|remote: (?!error|fatal)|Please make sure|and the repository"
    r"|From |To |\s|.*[0-9]%|.*, done\."
)
_TELLS_NOTHING = ("Could not read from remote repository", "the remote end hung up")


class GitError(Exception):
    """Git could not do it; the text is a sentence for the reader, without its full stop."""


def is_repository_url(text: str) -> bool:
    """Tell whether a text is the address of a repository, and not a path."""
    return bool(_URL.match(text) or _AT_HOST.fullmatch(text) or _HELPER.match(text))


def is_bare(path: Path) -> bool:
    """Tell whether a folder is a repository without a checkout."""
    return (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir()


def validate_url(text: str) -> str:
    """Return the address of a repository.

    Raises:
        GitError: it is none that is safe to be given to git.
    """
    match = _URL.match(text)
    if match and match[1].lower() in SCHEMES and "::" not in text.split("/", maxsplit=1)[0]:
        return text
    if not match and _AT_HOST.fullmatch(text) and not text.startswith("-"):
        return text
    told = _("a repository is reached by {ways}:// or as git@HOST:PATH, and in no other way")
    raise GitError(told.format(ways="://, ".join(SCHEMES)))


def clone_folder_name(url: str) -> str:
    """Return what to call a clone: legible, and another name for another address."""
    # Only who makes a clone needs it.
    import hashlib

    path = re.sub(r"(\.git)?/*$", "", without_secrets(url))
    last = re.split(r"[/:]+", path)[-2:]
    slug = re.sub(r"[^A-Za-z0-9]+", "-", "-".join(last)).strip("-")[:48]
    return f"{slug or 'repository'}-{hashlib.blake2b(url.encode(), digest_size=4).hexdigest()}"


def without_secrets(text: str) -> str:
    """Return a text without names and passwords in the addresses that it tells."""
    return _SECRET.sub("", text)


def run_git(
    *arguments: str,
    cwd: Path | None = None,
    task: Task = UNATTENDED,
) -> str:
    """Run git to its end.

    Args:
        *arguments: the command line; untrusted values must follow a ``--``.
        cwd: the folder to run it in.
        task: gets the percentage of received objects; when it is cancelled, git and all processes
            that it started are terminated.

    Returns:
        What it wrote to its standard output.

    Raises:
        GitError: it failed, or is not installed.
        TaskCancelledError: the task was cancelled.
    """
    options = [word for each in _SAFE for word in ("-c", each)]
    try:
        process = subprocess.Popen(
            ["git", *options, *arguments],
            cwd=cwd,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A group of its own can be ended as a whole, and has no terminal to ask anything on.
            start_new_session=True,
        )
    except FileNotFoundError as error:
        if cwd is not None and not cwd.is_dir():
            raise GitError(f"{escape_unprintable(str(cwd))}: {error.strerror}") from error
        raise GitError(_("git is not installed, or not to be found on the PATH")) from error
    except OSError as error:
        raise GitError(_("git cannot be run ({why})").format(why=error.strerror)) from error
    with process:
        try:
            out, told = _talk(process, task)
        finally:
            # Whatever went wrong: nothing of it goes on behind our back.
            _end(process)
    if process.returncode != 0:
        raise GitError(_reason(told) or _("git failed ({code})").format(code=process.returncode))
    return out


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or _KEPT.fullmatch(name)
    }
    # Git asks this one first, whatever the reader has in GIT_SSH.
    ssh = (
        {} if "GIT_SSH" in kept else {"GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=30"}
    )
    return {
        **ssh,
        **kept,
        "GIT_ALLOW_PROTOCOL": ":".join(SCHEMES),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "false",
        "SSH_ASKPASS": "false",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        # Its sentences are picked apart.
        "LC_ALL": "C",
        "LANGUAGE": "",
    }


def _talk(process: subprocess.Popen[bytes], task: Task) -> tuple[str, str]:
    """Listen to git until it has nothing more to say; return what it said in either stream."""
    said: dict[str, bytearray] = {"out": bytearray(), "told": bytearray()}
    heard = time.monotonic()
    for name, piece in _pieces(process):
        task.raise_if_cancelled()
        if piece:
            heard = time.monotonic()
            said[name] += piece
            for percent in _PERCENT.findall(piece):
                task.report(Progress(int(percent), 100))
        elif time.monotonic() - heard > STALL_TIMEOUT_SECONDS:
            raise GitError(
                _("git got no answer for {n} seconds").format(n=round(STALL_TIMEOUT_SECONDS))
            )
        if len(said[name]) > MOST_OUTPUT:
            raise GitError(_("git says more than anybody could read"))
    process.wait()
    return said["out"].decode(errors="surrogateescape"), said["told"].decode(errors="replace")


def _pieces(process: subprocess.Popen[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield what is said in which stream; nothing, every now and then."""
    if process.stdout is None or process.stderr is None:
        raise ValueError("git was started without pipes")
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, "out")
        selector.register(process.stderr, selectors.EVENT_READ, "told")
        while selector.get_map():
            ready = selector.select(_LOOK)
            for key, _events in ready:
                piece = os.read(key.fd, 65536)
                if not piece:
                    selector.unregister(key.fileobj)
                yield key.data, piece
            if not ready:
                if process.poll() is not None:
                    # What it left behind, as ssh its shared connection, holds the streams open.
                    return
                yield "out", b""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started, if that has not come to its end."""
    if process.poll() is not None:
        return
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_MERCY)
            return


def _reason(told: str) -> str:
    """Return the one sentence of git's that tells why it failed."""
    lines = [line for line in re.split(r"[\r\n]+", told) if line and not _NOISE.match(line)]
    # What follows is advice to somebody who types git's commands.
    lines = list(takewhile(lambda line: not line.startswith("Please "), lines)) or lines
    telling = [line for line in lines if not any(each in line for each in _TELLS_NOTHING)] or lines
    fatal = [line for line in telling if line.startswith(("fatal:", "error:"))]
    found = next(iter(fatal or telling[-1:]), "")
    words = re.sub(r"^(fatal|error|remote: (error|fatal)): ", "", found).strip().rstrip(".")
    return escape_unprintable(without_secrets(words))[:LONGEST_WORDS]
