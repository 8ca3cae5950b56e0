"""Reading and changing the list of sources in the settings."""

from __future__ import annotations

from pathlib import Path

from tui.cli.output import CommandError, command_errors, warn
from tui.config.loading import load_settings
from tui.config.paths import config_file, config_files
from tui.config.writing import change_sources


def listed_sources() -> tuple[Path, ...]:
    """Return the sources in the settings, before they are changed.

    Raises:
        CommandError: the list is malformed, and rewriting it would lose it.
    """
    settings, problems = load_settings(*config_files())
    for problem in problems:
        if problem.file == str(config_file()) and problem.message.startswith("sources:"):
            raise CommandError(f"{problem}; correct it first")
        warn(str(problem))
    return settings.sources


def update_sources(*, add: tuple[Path, ...] = (), remove: tuple[Path, ...] = ()) -> None:
    """Add and remove sources. The list is re-read first, as another process may have changed it.

    Raises:
        CommandError: the settings cannot be written.
    """
    with command_errors(ValueError, prefix="the settings cannot be written: "):
        change_sources(config_files(), add=add, remove=remove)
