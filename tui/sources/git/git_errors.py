"""Turn the messages of git into one sentence that says why it failed."""

from __future__ import annotations

import re
from itertools import takewhile

from tui.i18n import _
from tui.sanitize import clean, escape_unprintable

MAX_MESSAGE_CHARS = 200

MAX_REMOTE_CHARS = 300
"""The longest text of a server that is repeated."""

_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_REMOTE_PREFIX = "remote:"
_SEVERITY = re.compile(r"(?:fatal|error): ", re.IGNORECASE)
_PROGRESS = re.compile(r".*[0-9]%|.*, done\.|Enumerating|Counting|Compressing|Total |Resolving")
_PROGRESS_OR_ADVICE = re.compile(
    r"Cloning into|hint:|warning:|Please make sure|and the repository"
    r"|From |To |\s|.*[0-9]%|.*, done\."
)
_UNSPECIFIC = re.compile("Could not read from remote repository|the remote end hung up")
_REJECTED = re.compile(r" ! \[(?:remote )?rejected\] .*\((.+)\)$")
_FINAL_REJECTION = re.compile(
    r" ! \[remote rejected\] .*\(.*(?:declined|prohibited|denied|not allowed|checked out|unpacker)"
)


def without_secrets(text: str) -> str:
    """Return a text without the user names and passwords in its URLs."""
    return _CREDENTIALS.sub("", text)


def error_message(stderr: str) -> str:
    """Return why git failed, without a full stop; empty if it did not say.

    Args:
        stderr: the standard error of git in English. The lines after ``remote:`` come from a
            server, and terminal sequences in them are removed.
    """
    lines = [line for line in re.split(r"[\r\n]+", stderr) if line]
    remote_text = _remote_text(lines)
    rejected = next(filter(None, map(_REJECTED.match, lines)), None)
    if rejected:
        message = _("the push was refused ({why})").format(why=rejected[1])
    else:
        message = _own_message(lines)
        if remote_text and _UNSPECIFIC.search(message):
            message = ""
    message = escape_unprintable(without_secrets(message))[:MAX_MESSAGE_CHARS]
    if not message or not remote_text:
        return message or remote_text
    return _("{error}; the server says: {text}").format(error=message, text=remote_text)


def is_final_rejection(stderr: str) -> bool:
    """Return whether a server refused a push for a reason that another attempt cannot change."""
    return any(map(_FINAL_REJECTION.match, stderr.splitlines()))


def _remote_text(lines: list[str]) -> str:
    """Return what the server wrote for its users, on one line."""
    texts = [
        _SEVERITY.sub("", " ".join(clean(line.removeprefix(_REMOTE_PREFIX)).split()), count=1)
        for line in lines
        if line.startswith(_REMOTE_PREFIX)
    ]
    # Servers frame their messages with lines of dashes.
    texts = [text for text in texts if re.search(r"\w", text) and not _PROGRESS.match(text)]
    return escape_unprintable(without_secrets(" ".join(texts)))[:MAX_REMOTE_CHARS].rstrip(" .")


def _own_message(lines: list[str]) -> str:
    """Return the line of git itself that says most."""
    lines = [
        line
        for line in lines
        if not line.startswith(_REMOTE_PREFIX) and not _PROGRESS_OR_ADVICE.match(line)
    ]
    # The lines after "Please …" are advice on git's command line.
    lines = list(takewhile(lambda line: not line.startswith("Please "), lines)) or lines
    specific = [line for line in lines if not _UNSPECIFIC.search(line)] or lines
    errors = [line for line in specific if line.startswith(("fatal:", "error:"))]
    message = next(iter(errors or specific[-1:]), "")
    return re.sub(r"^(fatal|error): ", "", message).strip().rstrip(".")
