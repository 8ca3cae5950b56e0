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
    is inside it. That also works for a clone that is no source any more.
    """
    from tui.cli.open_library import expand_path
    from tui.cli.source_list import git_clones, listed_sources, repository_url, update_sources

    known = list(listed_sources())
    code = OK
    for name in arguments.path:
        url = repository_url(name)
        path = (git_clones().path_of(url) if url else expand_path(name)).resolve()
        remaining = [source for source in known if source.resolve() != path]
        is_source = len(remaining) < len(known)
        if not is_source and not (arguments.delete and path in git_clones()):
            warn(f"{name}: not a source; 'broadsheet sources' lists them")
            code = NOTHING_MATCHED
            continue
        known = remaining
        # First, because a source without its clone is an error, and not the other way round.
        if is_source:
            update_sources(remove=(path,))
        done = f"Removed {path}." if is_source else f"{path} was not a source."
        print_line(f"{done} {_clean_up(path, known, delete=arguments.delete)}")
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
    from tui.cli.source_list import clone_containing, git_clones

    clone = clone_containing(path)
    if clone is None:
        reason = ", because Broadsheet did not clone them" if delete else ""
        return f"Its files were kept{reason}."
    if any(source.resolve().is_relative_to(clone) for source in remaining):
        return f"Its clone {clone} was kept, because it contains another source."
    if not delete:
        return f"Its clone {clone} was kept; --delete deletes clones."
    with command_errors():
        git_clones().delete(clone)
    return "Its clone was deleted."
