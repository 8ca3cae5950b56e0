"""``broadsheet remove``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from tui.cli.output import NOTHING_MATCHED, OK, command_errors, print_line, warn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = "a source, the URL it was cloned from, or the URL of a feed"
    parser.add_argument("path", nargs="+", metavar="PATH|URL", help=text)
    text = "also delete the clone that Broadsheet made; your own files are kept"
    parser.add_argument("--delete", action="store_true", help=text)


def run(arguments: argparse.Namespace) -> int:
    """Remove sources from the settings. Their files and caches are kept.

    With ``--delete``, the clone that Broadsheet made of a source is deleted, unless another source
    is inside it. That also works for a clone that is no longer a source.
    """
    from tui.cli.feed_subscriptions import unsubscribe
    from tui.cli.source_list import git_clones, listed_sources, repository_url, update_sources
    from tui.cli.source_selection import absolute_path, expand_path

    known = list(listed_sources())
    code = OK
    for name in arguments.path:
        if unsubscribe(name):
            print_line(f"Removed the feed {name}. What was fetched is kept.")
            continue
        url = repository_url(name)
        path = git_clones().path_of(url) if url else absolute_path(expand_path(name))
        named = _sources_at(path, known)
        real_path = Path(os.path.realpath(path))
        if not named and not (arguments.delete and real_path in git_clones()):
            warn(f"{name}: not a source; 'broadsheet sources' lists them")
            code = NOTHING_MATCHED
            continue
        known = [source for source in known if source not in named]
        # Before its clone is deleted: a source without its clone would be an error.
        if named:
            update_sources(remove=named)
        done = f"Removed {path}." if named else f"{path} was not a source."
        print_line(f"{done} {_clean_up(real_path, known, delete=arguments.delete)}")
    return code


def _sources_at(path: Path, known: Sequence[Path]) -> tuple[Path, ...]:
    """Return the source with this path, or else those that are the same file or folder."""
    if path in known:
        return (path,)
    real_path = os.path.realpath(path)
    return tuple(source for source in known if os.path.realpath(source) == real_path)


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
    if any(Path(os.path.realpath(source)).is_relative_to(clone) for source in remaining):
        return f"Its clone {clone} was kept, because it contains another source."
    if not delete:
        return f"Its clone {clone} was kept; --delete deletes clones."
    with command_errors():
        git_clones().delete(clone)
    return "Its clone was deleted."
