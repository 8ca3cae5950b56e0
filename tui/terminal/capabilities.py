"""What the terminal can show, as far as the environment tells: nothing is asked of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NONE, FEW, MANY, ALL = 0, 8, 256, 1 << 24
"""How many colours: none at all, those of ANSI, those that can be counted, any."""

MIN_COLUMNS, MIN_LINES = 40, 12
"""The smallest terminal that the reader fits in."""

UNUSABLE = ("", "dumb", "unknown")
"""What a terminal is called of which nothing is known."""

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_MANY = ["256color", "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "rio", "wezterm"]
"""What a name holds of terminals with many colours."""

_POOR_FONT = ("linux", "ansi", "cons25", "cygwin", "mach", "pcansi", "sun", "wsvt25")
"""How the names of consoles begin that have few signs."""


class Terminal(NamedTuple):
    """What a terminal can show.

    Attributes:
        colours: how many colours: ``NONE``, ``FEW``, ``MANY`` or ``ALL``.
        is_light: whether its own background is light.
        encoding: in which its text is written.
        has_signs: whether signs beyond ASCII can be expected to be seen.
        is_remote: whether it stands at the other end of an SSH connection.
    """

    colours: int = ALL
    is_light: bool = False
    encoding: str = "utf-8"
    has_signs: bool = True
    is_remote: bool = False

    @property
    def colour_system(self) -> str:
        """What Textual calls so many colours."""
        return {ALL: "truecolor", MANY: "256"}.get(self.colours, "standard")


def terminal_of(environment: Mapping[str, str], encoding: str) -> Terminal:
    """Return what the terminal can show.

    Args:
        environment: variables by name.
        encoding: in which Python writes to it.
    """
    name = environment.get("TERM", "").lower()
    return Terminal(
        colours=_colours(name, environment),
        is_light=_is_light(environment.get("COLORFGBG", "")),
        encoding=encoding,
        has_signs=not (_is_vt(name) or name.startswith(_POOR_FONT))
        and is_utf8(encoding)
        and is_utf8(_locale(environment)),
        is_remote=any(environment.get(name) for name in _SSH),
    )


def _colours(name: str, environment: Mapping[str, str]) -> int:
    # As https://no-color.org has it: when it is there and not empty.
    if environment.get("NO_COLOR"):
        return NONE
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or "-direct" in name:
        return ALL
    if any(each in name for each in _MANY):
        return MANY
    return NONE if _is_vt(name) or name.endswith(("-m", "-mono")) else FEW


def _is_vt(name: str) -> bool:
    """Tell whether a terminal is one of DEC's, or as they were: ``vt220``."""
    return name.startswith("vt") and name[2:3].isdigit()


def _is_light(colours: str) -> bool:
    """Tell whether the background is light, of ``15;0`` or ``0;default;15``: by its last number."""
    last = colours.rpartition(";")[2]
    return last.isdecimal() and (int(last) == 7 or 8 < int(last) < 16)


def _locale(environment: Mapping[str, str]) -> str:
    """Return the locale of characters; Python may write UTF-8 whatever it says."""
    everything, characters, other = (
        environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")
    )
    # In the C locale, Python itself sets this for the programs it starts.
    if characters in {"C.UTF-8", "C.utf8"} and other in {"", "C", "POSIX"}:
        characters = "C"
    return everything or characters or other or "C"


def is_utf8(encoding: str) -> bool:
    """Tell whether an encoding is UTF-8, or that of a locale as ``ko_KR.utf8`` or ``UTF-8``."""
    name = encoding.rpartition(".")[2].partition("@")[0]
    return name.lower().replace("-", "") == "utf8"
