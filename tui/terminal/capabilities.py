"""What a terminal can show, derived from environment variables; the terminal is not queried."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from typing import NamedTuple

MONOCHROME, ANSI_COLORS, COLORS_256, TRUE_COLOR = 0, 8, 256, 1 << 24
"""Numbers of colors."""

MIN_COLUMNS, MIN_LINES = 40, 12
"""Size of the smallest supported terminal, in cells."""

UNUSABLE_TERMS = ("", "dumb", "unknown")
"""Values of ``$TERM`` for terminals of which nothing is known."""

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")

_TERMS_256 = (
    "256color", "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "rio", "wezterm",
)  # fmt: skip
"""Parts of ``$TERM`` that imply 256 colors."""

_ASCII_TERMS = ("linux", "ansi", "cons25", "cygwin", "mach", "pcansi", "sun", "wsvt25")
"""Prefixes of ``$TERM`` for consoles whose fonts have few characters."""


class Terminal(NamedTuple):
    """What a terminal can show.

    Attributes:
        colors: MONOCHROME, ANSI_COLORS, COLORS_256 or TRUE_COLOR.
        is_light: whether its own background is light.
        encoding: the encoding of its text.
        has_unicode: whether it is likely to show characters beyond ASCII.
        is_remote: whether it is at the other end of an SSH connection.
    """

    colors: int = TRUE_COLOR
    is_light: bool = False
    encoding: str = "utf-8"
    has_unicode: bool = True
    is_remote: bool = False

    @property
    def color_system(self) -> str:
        """Textual's name for this number of colors."""
        return {TRUE_COLOR: "truecolor", COLORS_256: "256"}.get(self.colors, "standard")


def detect_terminal(environment: Mapping[str, str], encoding: str) -> Terminal:
    """Return what the terminal can show.

    Args:
        environment: the environment variables.
        encoding: the encoding in which Python writes to it.
    """
    term = environment.get("TERM", "").lower()
    return Terminal(
        colors=_colors(term, environment),
        is_light=_is_light(environment.get("COLORFGBG", "")),
        encoding=encoding,
        has_unicode=not (_is_vt(term) or term.startswith(_ASCII_TERMS))
        and is_utf8(encoding)
        and is_utf8(_locale(environment)),
        is_remote=is_ssh_session(environment),
    )


_MAX_EXPORTED_SIZE = 1000
"""More columns or lines than any terminal has; drawing them would take minutes."""

_SIZE_VARIABLES = ("COLUMNS", "LINES")

_DEFAULT_SIZE = (80, 24)


def terminal_size(file: int, environment: Mapping[str, str]) -> tuple[int, int]:
    """Return the columns and lines of a terminal.

    Args:
        file: a file descriptor of the terminal.
        environment: variables that count only if the terminal does not know its size, as on a
            serial line. Exported, they remain what they were when the window is resized.
    """
    given = (_exported_size(name, environment) for name in _SIZE_VARIABLES)
    columns, lines = (
        size or number or default
        for size, number, default in zip(_known_size(file), given, _DEFAULT_SIZE, strict=True)
    )
    return columns, lines


def ignore_exported_size(file: int, environment: MutableMapping[str, str]) -> None:
    """Delete ``COLUMNS`` and ``LINES`` if a terminal knows its size, or if they are absurd.

    Rich would believe them.
    """
    is_known = all(_known_size(file))
    for name in _SIZE_VARIABLES:
        if is_known or not _exported_size(name, environment):
            environment.pop(name, None)


def _exported_size(name: str, environment: Mapping[str, str]) -> int:
    """Return the value of a variable with a size; 0 if it is missing or absurd."""
    text = environment.get(name, "")
    size = int(text) if text.isdecimal() and len(text) <= 4 else 0
    return size if size <= _MAX_EXPORTED_SIZE else 0


def _known_size(file: int) -> tuple[int, int]:
    """Return the columns and lines that the system knows of a terminal; 0 for unknown."""
    try:
        size = os.get_terminal_size(file)
    except OSError:
        return 0, 0
    return size.columns, size.lines


def is_ssh_session(environment: Mapping[str, str]) -> bool:
    """Return whether the program runs in an SSH session."""
    return any(environment.get(name) for name in _SSH)


def _colors(term: str, environment: Mapping[str, str]) -> int:
    # See https://no-color.org: an empty value does not count.
    if environment.get("NO_COLOR"):
        return MONOCHROME
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or "-direct" in term:
        return TRUE_COLOR
    if any(part in term for part in _TERMS_256):
        return COLORS_256
    return MONOCHROME if _is_vt(term) or term.endswith(("-m", "-mono")) else ANSI_COLORS


def _is_vt(term: str) -> bool:
    """Return whether a terminal is a DEC VT, such as ``vt220``."""
    return term.startswith("vt") and term[2:3].isdigit()


def _is_light(colorfgbg: str) -> bool:
    """Return whether the last number in ``15;0`` or ``0;default;15``, the background, is light."""
    background = colorfgbg.rpartition(";")[2]
    return background.isdecimal() and (int(background) == 7 or 8 < int(background) < 16)


def _locale(environment: Mapping[str, str]) -> str:
    """Return the locale for characters; Python may use UTF-8 in any locale."""
    lc_all, lc_ctype, lang = (environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    # In the C locale, Python sets this itself for the programs that it starts.
    if lc_ctype in {"C.UTF-8", "C.utf8"} and lang in {"", "C", "POSIX"}:
        lc_ctype = "C"
    return lc_all or lc_ctype or lang or "C"


def is_utf8(encoding: str) -> bool:
    """Return whether an encoding, or that of a locale such as ``ko_KR.utf8``, is UTF-8."""
    name = encoding.rpartition(".")[2].partition("@")[0]
    return name.lower().replace("-", "") == "utf8"
