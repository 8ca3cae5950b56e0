"""The SSH command that git runs: the reader's own, without prompts."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

CONNECT_TIMEOUT_SECONDS = 30

_SHELL_SYNTAX = re.compile(r"[;&|<>()$`\\\n*?\[\]{}!#]")
_SYSTEM_FOLDER = re.compile(r"/(bin|sbin|usr|lib\w*|opt|nix|snap|System|Library)/")
_FLAG = re.compile(r"-[46CTaqvx]+")
_OPTION = re.compile(r"-(?P<letter>[Fbilop])(?P<value>.*)")
_HARMLESS_OPTIONS = {
    "addressfamily", "batchmode", "bindaddress", "certificatefile", "ciphers", "compression",
    "connectionattempts", "connecttimeout", "hostkeyalgorithms", "hostname", "identitiesonly",
    "identityagent", "identityfile", "ipqos", "kexalgorithms", "loglevel", "macs",
    "numberofpasswordprompts", "passwordauthentication", "port", "preferredauthentications",
    "pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes", "pubkeyauthentication", "requesttty",
    "serveralivecountmax", "serveraliveinterval", "stricthostkeychecking", "tcpkeepalive", "user",
}  # fmt: skip
"""Options of ``ssh -o`` that neither run a program nor name a file to write."""


def ssh_environment(environment: Mapping[str, str], configured: str) -> dict[str, str]:
    """Return the variable that makes git run the reader's SSH, without prompts.

    Args:
        environment: the reader's; ``GIT_SSH_COMMAND`` and ``GIT_SSH`` rank as they do for git.
        configured: the value of ``core.sshCommand``; empty without one.

    Returns:
        ``GIT_SSH_COMMAND``; nothing if the reader set ``GIT_SSH``, which it would override.
    """
    command = environment.get("GIT_SSH_COMMAND") or configured
    if not command and environment.get("GIT_SSH"):
        return {}
    return {"GIT_SSH_COMMAND": _with_batch_mode(command or "ssh")}


def _with_batch_mode(command: str) -> str:
    """Add options against prompts to an SSH command that has none of its own.

    Another program than OpenSSH may not know them. It has no terminal for a prompt anyway.
    """
    words = _split(command)
    if not words or Path(words[0]).name.removesuffix(".exe") != "ssh":
        return command
    options = {"BatchMode": "yes", "ConnectTimeout": CONNECT_TIMEOUT_SECONDS}
    missing = {
        name: value for name, value in options.items() if name.lower() not in command.lower()
    }
    return " ".join([command, *(f"-o{name}={value}" for name, value in missing.items())])


def is_harmless_in(checkout: Path, command: str) -> bool:
    """Return whether the ``core.sshCommand`` of a checkout may be run.

    Readers set it to select a key (``ssh -i ~/.ssh/work``) or their own wrapper. But a folder that
    was copied or unpacked brings its settings with it, so the command must not be able to do what
    its author wants: it is ``ssh`` with options that run nothing and write nothing, or a program
    of the reader's by its full path. Programs of the system, such as ``sh`` and ``make``, would
    take what git appends as instructions, and those in the checkout came with it.

    Args:
        checkout: the root of the checkout, without symbolic links.
        command: the value.
    """
    if _SHELL_SYNTAX.search(command):
        return False
    program, *options = _split(command) or [""]
    if program == "ssh" or program == shutil.which("ssh"):
        return _are_harmless(options, checkout)
    return _is_readers_program(program, checkout) and _are_harmless(options, checkout)


def _is_readers_program(name: str, checkout: Path) -> bool:
    path = Path(name).expanduser() if name.startswith("~/") else Path(name)
    real_path = os.path.realpath(path)
    if not path.is_absolute() or _is_inside(real_path, checkout):
        return False
    if _SYSTEM_FOLDER.match(real_path) or _SYSTEM_FOLDER.match(str(path)):
        return False
    try:
        status = os.stat(real_path)  # noqa: PTH116  # realpath returns a string
    except OSError:
        return False
    # Members of the reader's own group may often write, as some systems give everyone a group.
    return status.st_uid in {0, os.geteuid()} and not status.st_mode & 0o002


def _is_inside(path: str, folder: Path) -> bool:
    return Path(path).is_relative_to(folder)


def _are_harmless(words: Sequence[str], checkout: Path) -> bool:
    return all(
        value is not None and _is_harmless(letter, value, checkout)
        for letter, value in _options(words)
    )


def _options(words: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the letter and value of each option; the value is None for an unknown word."""
    remaining = iter(words)
    for word in remaining:
        if _FLAG.fullmatch(word):
            continue
        option = _OPTION.fullmatch(word)
        if option is None:
            yield word, None
            return
        yield option["letter"], option["value"] or next(remaining, None)


def _is_harmless(letter: str, value: str, checkout: Path) -> bool:
    if letter == "o":
        name, _separator, setting = re.sub(r"\s*[=\s]\s*", "=", value.strip(), count=1).partition(
            "="
        )
        if name.lower() == "userknownhostsfile":
            return setting == os.devnull
        return name.lower() in _HARMLESS_OPTIONS
    if letter == "F":
        # A configuration file can name programs, so it must not come with the checkout.
        path = Path(value).expanduser() if value.startswith("~/") else Path(value)
        return value == "none" or (
            path.is_absolute() and not _is_inside(os.path.realpath(path), checkout)
        )
    return True


def _split(command: str) -> list[str]:
    """Return the words of a command; none if its quotes are not closed."""
    try:
        return shlex.split(command)
    except ValueError:
        return []
