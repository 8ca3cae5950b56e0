"""``broadsheet config``."""

from __future__ import annotations

import argparse
import os

from tui.cli.commands.open_library import settings_with_warnings
from tui.cli.output import OK, CommandError, reason
from tui.config.paths import config_file, config_files
from tui.config.writing import initial_file, settings_in_effect


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
        replace_file(file, initial_file().encode())
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
    for line in settings_in_effect(settings):
        print(line)
    return OK
