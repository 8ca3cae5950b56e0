"""``broadsheet remove``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tui.cli.output import NOTHING_MATCHED, OK, command_errors, print_line, warn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = "a source, or the URL it was cloned from"
    parser.add_argument("path", nargs="+", metavar="PATH", help=text)
    text = "also delete the clone that Broadsheet made; your own files are kept"
    parser.add_argument("--delete", action="store_true", help=text)


def run(arguments: argparse.Namespace) -> int:
    """Remove sources from the settings. Their files and caches are kept.

    With ``--delete``, the clone that Broadsheet made of a source is deleted, unless another source
    is inside it.
    """
    from tui.cli.open_library import expand_path
    from tui.cli.source_list import git_sources, listed_sources, repository_url, update_sources

    known = list(listed_sources())
    code = OK
    for name in arguments.path:
        url = repository_url(name)
        path = (git_sources().clone_path(url) if url else expand_path(name)).resolve()
        remaining = [source for source in known if source.resolve() != path]
        if len(remaining) == len(known):
            warn(f"{name}: not a source; 'broadsheet sources' lists them")
            code = NOTHING_MATCHED
            continue
        known = remaining
        update_sources(remove=(path,))
        print_line(f"Removed {path}. {_clean_up(path, known, delete=arguments.delete)}")
    return code


def _clean_up(path: Path, remaining: Sequence[Path], *, delete: bool) -> str:
    """Delete the clone that contained a removed source, if requested.

    Args:
        path: the removed source.
        remaining: the other sources. Their clones are never deleted.
        delete: whether deletion was requested.

    Returns:
        A sentence about the files of the source.
    """
    from tui.cli.source_list import clone_containing, git_sources

    clone = clone_containing(path)
    if clone is None:
        reason = ", because Broadsheet did not clone them" if delete else ""
        return f"Its files were kept{reason}."
    if any(source.resolve().is_relative_to(clone) for source in remaining):
        return f"Its clone {clone} was kept, because it contains another source."
    if not delete:
        return f"Its clone {clone} was kept; --delete deletes clones."
    with command_errors():
        git_sources().delete(clone)
    return "Its clone was deleted."
