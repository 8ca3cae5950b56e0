"""A strict parser of terminal output."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<prefix>[<=>?]?)(?P<parameters>[\d;:]*)(?P<intermediates>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<osc>[^\x00-\x1f\x7f-\x9f]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<string>[PX^_])(?P<body>[^\x00-\x1f\x7f-\x9f]*)\x1b\\"
    r"|\x1b(?P<escape>[ -/]*[0-OQ-WYZ\\`-~])"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])",
)
_INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def sequence_kinds(raw: bytes) -> set[str]:
    """Return the kinds of escape sequences and control characters in the output.

    Kinds do not include colors and positions; that of a hyperlink includes its URL's scheme. A
    malformed sequence counts as the control character at its start.
    """
    return set(map(_kind, _tokens(raw))) - {""}


def hyperlinks(raw: bytes) -> set[str]:
    """Return the URLs of all hyperlinks in the output."""
    bodies = [token["osc"] for token in _tokens(raw) if token["osc"] is not None]
    return {body.split(";", 2)[2] for body in bodies if body.startswith("8;")} - {""}


def invisible_characters(raw: bytes) -> set[str]:
    """Return the invisible characters in the text of the output."""
    text = "".join(token["text"] or "" for token in _tokens(raw))
    return {char for char in text if unicodedata.category(char) in _INVISIBLE_CATEGORIES}


def _tokens(raw: bytes) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(raw.decode())


def _kind(token: re.Match[str]) -> str:
    if token["text"] is not None:
        return ""
    if token["final"] is not None:
        # The parameters of these sequences select a mode or a query.
        parameters = token["parameters"] if token["final"] in "hlnptuc" else ""
        return f"CSI {token['prefix']}{parameters}{token['intermediates']}{token['final']}"
    if token["osc"] is not None:
        name, _, body = token["osc"].partition(";")
        if name == "8":
            return f"hyperlink {body.partition(';')[2].partition(':')[0]}"
        return f"OSC {token['osc']}"
    if token["string"] is not None:
        return f"string {token['string']}{token['body']}"
    return f"escape {token['escape']}" if token["escape"] is not None else repr(token["control"])
