"""The settings file as the program writes it: a commented template, and the list of sources."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from tui.config.keybindings import KEYS, key_labels
from tui.config.loading import load_settings
from tui.config.paths import config_file, config_files
from tui.config.settings import ANIMATIONS, COLUMNS, KITTY_KEYS, LANGUAGES, THEMES
from tui.config.validation import sources_of
from tui.storage.folder import file_locked
from tui.terminal.glyphs import CHOICES as SIGNS

_NO_SOURCES = "# sources = []"
"""How the template leaves the sources to others; what is added takes its place."""


def template() -> str:
    """Return a settings file in which every setting stands as a comment, with its default."""
    keys = "\n".join(
        f'# "{key.id}" = "{key.keys}"  # {key.help} ({key_labels(key.keys)})' for key in KEYS
    )
    return f"""\
# Settings of Broadsheet. What is commented out shows the default.

# Where digests lie: files or folders. "broadsheet add PATH" writes here, too.
{_NO_SOURCES}

# Where what was read of them is kept, and whether other users may read it.
# cache = "~/.cache/broadsheet"
# share_cache = false

# Whether links are followed that lead out of the source they lie in.
# follow_links = false

# Where "broadsheet fetch" and F put the papers of the day.
# fetch_folder = "~/.local/share/broadsheet/hub"

# Whether what changes in the sources is seen while Broadsheet is open: true, false, or "poll"
# where the system does not tell of changes, as on many network disks.
# watch = true

# One of: {", ".join(THEMES)}.
# With "auto" it is light where the terminal says that it is ($COLORFGBG), else dark.
# theme = "{THEMES[0]}"

# The table's columns, in this order.
# columns = [{", ".join(f'"{name}"' for name in COLUMNS)}]

# The first vote threshold and the first order ("-" is down). Later ones are remembered.
# min_votes = 0
# sort = "-votes"

# The language of the screen: one of {", ".join(LANGUAGES)} ("auto" is the locale's).
# lang = "auto"

# Seconds for which a summary is seen until its paper is marked as read; 0 never marks.
# read_after = 2.0

# The signs on the screen: one of {", ".join(SIGNS)} ("auto" is ASCII where others cannot be
# expected to be seen: in a locale without UTF-8, and on consoles such as Linux').
# signs = "auto"

# Whether to ask the terminal to tell keys more exactly (the kitty keyboard protocol): one of
# {", ".join(KITTY_KEYS)} ("auto" is off in iTerm2, which then loses what an input method composes).
# kitty_keys = "auto"

# Whether clicks and the wheel are for Broadsheet; else the terminal selects text with the mouse.
# mouse = true

# Whether things move smoothly: one of {", ".join(ANIMATIONS)} ("auto" is off over SSH).
# animations = "auto"

# Where machines share their marks, with "broadsheet marks sync": a folder that Syncthing, rsync or
# you carry from one to the other, or a git repository, as "git@example.org:me/marks.git".
[marks]
# sync = ""

# Keys, as Textual names them, several with commas between.
[keymap]
{keys}
"""


def change_sources(*, add: Iterable[Path] = (), remove: Container[Path] = ()) -> None:
    """Change the reader's list of sources as it stands by now: another process may have, too.

    Args:
        add: absolute paths.
        remove: absolute paths without links.

    Raises:
        ValueError: the settings cannot be understood.
        StorageError: another process is changing them.
        OSError: they cannot be read or written.
    """
    with file_locked(config_file()):
        settings, _ = load_settings(*config_files())
        kept = [path for path in settings.sources if path.resolve() not in remove]
        write_sources(config_file(), [*kept, *add])


def write_sources(file: Path, sources: Iterable[Path]) -> None:
    """Set the list of sources in a settings file and leave the rest as it is.

    The caller keeps other processes from changing it, with ``file_locked``.

    Args:
        file: the settings file; it is made from the template if it is missing.
        sources: absolute paths.

    Raises:
        ValueError: the file is no TOML, or its list of sources is not understood.
        OSError: it cannot be read or written.
    """
    # tomlkit keeps comments, and takes 40 ms to import: only this needs it.
    import tomlkit
    from tomlkit.exceptions import ParseError

    from tui.storage.make_folder import make_folder
    from tui.storage.tables import replace_file, sync_folder

    text = file.read_text(encoding="utf-8-sig") if file.exists() else template()
    try:
        document = tomlkit.parse(text)
        if "sources" not in document:
            # Where the template has it, rather than at the end.
            document = tomlkit.parse(text.replace(f"\n{_NO_SOURCES}\n", f"\n{_NO_SOURCES[2:]}\n"))
    except ParseError as error:
        raise ValueError(f"{file}: is not valid TOML: {error}") from error
    wanted = list(sources)
    try:
        there = sources_of(document.unwrap().get("sources", []), file)
    except ValueError as error:
        # What is not understood may name folders that would be forgotten here.
        raise ValueError(f"{file}: sources: {error}") from error
    listed = document.setdefault("sources", tomlkit.array())
    # What stays is not written anew: it may be relative, and have a comment beside it.
    for number in reversed(range(len(there))):
        if there[number] not in wanted or there[number] in there[:number]:
            del listed[number]
    listed.extend(str(source) for source in wanted if source not in there)
    if "\n" not in listed.as_string():
        listed.multiline(len(listed) > 1)
    make_folder(file.parent, 0o700)
    # A link to a file elsewhere, as among dotfiles, stays one.
    target = file.resolve()
    replace_file(target, tomlkit.dumps(document).encode())
    sync_folder(target.parent)
