"""``broadsheet config``."""

from __future__ import annotations

import argparse
import os

from tui.cli.commands.open_library import settings_with_warnings
from tui.cli.output import OK, CommandError, reason
from tui.config.keybindings import KEYS, bound_keys
from tui.config.paths import cache_folder, config_file, config_files, hub_folder
from tui.config.settings import POLL
from tui.config.writing import template


def run(arguments: argparse.Namespace) -> int:
    """Show where the settings are, what they are, or write a first file."""
    if arguments.init:
        return _init()
    if arguments.path:
        print(config_file())
        return OK
    return _show()


def _init() -> int:
    file = config_file()
    # Many commands read settings, and few write them.
    from tui.storage.make_folder import make_folder
    from tui.storage.tables import replace_file

    # Also a link that leads nowhere is somebody's.
    if os.path.lexists(file):
        raise CommandError(f"{file} is there already; it is left as it is")
    try:
        make_folder(file.parent, 0o700)
        replace_file(file, template().encode())
    except OSError as error:
        raise CommandError(f"cannot be written: {reason(error)}") from error
    print(f"Wrote {file}")
    return OK


def _show() -> int:
    settings = settings_with_warnings()
    file = config_file()
    print(f"# {file}{'' if file.exists() else ' (not there: these are the defaults)'}")
    for each in config_files()[1:]:
        if each.exists():
            print(f"# {each} (for all readers; your own settings win)")
    print(f"sources = [{', '.join(_quoted(path) for path in settings.sources)}]")
    print(f"cache = {_quoted(settings.cache or cache_folder())}")
    print(f"share_cache = {str(settings.share_cache).lower()}")
    print(f"follow_links = {str(settings.follow_links).lower()}")
    print(f"fetch_folder = {_quoted(settings.fetch_folder or hub_folder())}")
    print(f"watch = {_quoted(POLL) if settings.watch == POLL else str(settings.watch).lower()}")
    print(f"theme = {_quoted(settings.theme)}")
    print(f"columns = [{', '.join(_quoted(column) for column in settings.columns)}]")
    print(f"min_votes = {settings.min_votes}")
    print(f"sort = {_quoted(settings.sort)}")
    print(f"lang = {_quoted(settings.lang)}")
    print(f"read_after = {settings.read_after}")
    print(f"signs = {_quoted(settings.signs)}")
    print(f"kitty_keys = {_quoted(settings.kitty_keys)}")
    print(f"mouse = {str(settings.mouse).lower()}")
    print(f"animations = {_quoted(settings.animations)}")
    # Only what is shown need not tell a password.
    from tui.sources.git.command import without_secrets

    print(f"\n[marks]\nsync = {_quoted(without_secrets(settings.marks.sync))}")
    print("\n[keymap]")
    for key in KEYS:
        print(f"{_quoted(key.id)} = {_quoted(bound_keys(key.id, settings.keymap))}")
    return OK


def _quoted(value: object) -> str:
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
