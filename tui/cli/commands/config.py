"""``broadsheet config``."""

from __future__ import annotations

import argparse
import os

from tui.cli.output import CommandError, command_errors, print_line, print_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--path", action="store_true", help="print where the settings file is")
    group.add_argument("--show", action="store_true", help="print the settings (the default)")
    group.add_argument("--init", action="store_true", help="write a commented settings file")


def run(arguments: argparse.Namespace) -> None:
    """Print the settings or the path of their file, or write a first file."""
    from tui.cli.source_selection import settings_with_warnings
    from tui.config.paths import config_files
    from tui.config.settings import Settings
    from tui.config.settings_file import initial_file, settings_in_effect
    from tui.storage.atomic_write import replace_file
    from tui.storage.permissions import make_folder

    file, *site_files = config_files()
    if arguments.init:
        # A dangling symlink must not be replaced either.
        if os.path.lexists(file):
            raise CommandError(f"{file} already exists and was not changed")
        with command_errors(prefix="cannot write "):
            make_folder(file.parent, 0o700)
            replace_file(file, initial_file().encode())
        print_line(f"Wrote {file}")
    elif arguments.path:
        print_line(file)
    else:
        settings = settings_with_warnings()
        # The command line and files elsewhere may restrict the program as well.
        is_restricted = arguments.policy.is_restricted
        settings = Settings(**vars(settings) | {"restricted": is_restricted})
        print_line(f"# {file}{'' if file.exists() else ' (not found; these are the defaults)'}")
        for site_file in site_files:
            if site_file.exists():
                print_line(f"# {site_file} (site-wide; your own settings take precedence)")
        print_lines(settings_in_effect(settings))
