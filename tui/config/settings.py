"""What a reader can set, with what holds where nothing is set, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tui.i18n import LANGUAGES as _LANGUAGES
from tui.query.columns import COLUMNS_BY_NAME, SORT_COLUMNS
from tui.terminal.glyphs import CHOICES
from tui.terminal.themes import AUTO
from tui.terminal.themes import NAMES as _THEMES

SORTS = tuple(SORT_COLUMNS)
"""Names of the columns to sort by."""

COLUMNS = tuple(COLUMNS_BY_NAME)
LANGUAGES = ("auto", *_LANGUAGES)
THEMES = (AUTO, *_THEMES)
SIGNS = CHOICES

KITTY_KEYS = ("auto", "on", "off")
ANIMATIONS = ("auto", "on", "off")

POLL = "poll"

MOST_SECONDS = 3600


class MarksSettings(NamedTuple):
    """What the reader set of marks.

    Attributes:
        sync: a folder, absolute, or the address of a repository, in which machines share their
            marks; empty for none.
    """

    sync: str = ""


class Settings(NamedTuple):
    """What the reader set; the defaults where nothing is set.

    Attributes:
        sources: where digests lie, absolute.
        cache: a folder for the cache, absolute; None for the reader's own.
        share_cache: whether others may read what is cached.
        follow_links: whether links that lead out of a source are followed.
        fetch_folder: a folder for the digests that are fetched, absolute; None for the usual one.
        watch: whether what changes in the sources is seen at once; ``"poll"`` where the system
            does not tell, as on many network disks.
        theme: the first theme, ``auto`` by the terminal; the one chosen last in the program wins.
        columns: the table's columns, in order.
        min_votes: the first vote threshold, likewise.
        sort: the first order, likewise: columns with commas between, ``-`` before one for down.
        lang: the language of the screen; ``auto`` is the locale's.
        read_after: seconds for which a summary is seen until its paper counts as read; 0 is never.
        signs: those on the screen, ``unicode`` or ``ascii``; ``auto`` goes by the terminal.
        kitty_keys: whether the terminal is asked to tell keys more exactly, ``on`` or ``off``;
            ``auto`` is off where that loses what an input method composes.
        mouse: whether the mouse is for us; else the terminal selects text with it.
        animations: whether things move smoothly, ``on`` or ``off``; ``auto`` is off over SSH.
        marks: how marks are shared.
        keymap: keys by the ids of ``tui.config.keybindings``.
    """

    sources: tuple[Path, ...] = ()
    cache: Path | None = None
    share_cache: bool = False
    follow_links: bool = False
    fetch_folder: Path | None = None
    watch: bool | str = True
    theme: str = THEMES[0]
    columns: tuple[str, ...] = COLUMNS
    min_votes: int = 0
    sort: str = "-votes"
    lang: str = LANGUAGES[0]
    read_after: float = 2.0
    signs: str = SIGNS[0]
    kitty_keys: str = "auto"
    mouse: bool = True
    animations: str = "auto"
    marks: MarksSettings = MarksSettings()
    keymap: Mapping[str, str] = MappingProxyType({})
