"""What a program writes to a terminal, taken apart without any leniency."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<marks>[<=>?]?)(?P<numbers>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<osc>[^\x00-\x1f\x7f-\x9f]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<string>[PX^_])(?P<body>[^\x00-\x1f\x7f-\x9f]*)\x1b\\"
    r"|\x1b(?P<escape>[ -/]*[0-OQ-WYZ\\`-~])"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])",
)
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def kinds(raw: bytes) -> set[str]:
    """Return which kinds of sequences were written: each without what it may say of a colour.

    A hyperlink counts by the kind of its address. What cannot be taken apart is a kind by itself.
    """
    return set(map(_kind, _tokens(raw))) - {""}


def hyperlinks(raw: bytes) -> set[str]:
    """Return the addresses of all hyperlinks that were written."""
    bodies = [token["osc"] for token in _tokens(raw) if token["osc"] is not None]
    return {body.split(";", 2)[2] for body in bodies if body.startswith("8;")} - {""}


def unseen(raw: bytes) -> set[str]:
    """Return the characters of the text that no reader can see."""
    text = "".join(token["text"] or "" for token in _tokens(raw))
    return {char for char in text if unicodedata.category(char) in _UNSEEN}


def _tokens(raw: bytes) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(raw.decode())


def _kind(token: re.Match[str]) -> str:
    if token["text"] is not None:
        return ""
    if token["final"] is not None:
        # A mode is told by its number, and so are questions to the terminal.
        tells = token["numbers"] if token["final"] in "hlnptuc" else ""
        return f"CSI {token['marks']}{tells}{token['between']}{token['final']}"
    if token["osc"] is not None:
        name, _, body = token["osc"].partition(";")
        if name == "8":
            return f"hyperlink {body.partition(';')[2].partition(':')[0]}"
        return f"OSC {token['osc']}"
    if token["string"] is not None:
        return f"string {token['string']}{token['body']}"
    return f"escape {token['escape']}" if token["escape"] is not None else repr(token["control"])
