"""``broadsheet add``."""

from __future__ import annotations

import argparse
import os

from tui.cli.output import CommandError, plural, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = "a digest, a folder or archive of digests, or a git repository to clone"
    parser.add_argument("path", nargs="+", metavar="PATH|URL", help=text)


def run(arguments: argparse.Namespace) -> None:
    """Read sources and add them to the settings, after cloning those that are repositories."""
    from tui.cli.open_library import sync_source
    from tui.cli.source_list import clone_or_pull, listed_sources, repository_url, update_sources
    from tui.cli.source_selection import absolute_path, cache_locator, expand_path, unusable_reason

    known = {os.path.realpath(path) for path in listed_sources()}
    urls = {name: repository_url(name) for name in arguments.path}
    paths = [clone_or_pull(url) if url else expand_path(name) for name, url in urls.items()]
    locator = cache_locator()
    for path in paths:
        if reason := unusable_reason(path, locator):
            raise CommandError(f"{path}: {reason}")
        if any("\ud800" <= character <= "\udfff" for character in str(absolute_path(path))):
            # Settings are UTF-8.
            raise CommandError(f"{path}: its name is not valid UTF-8; rename it to add it")
    for path in map(absolute_path, paths):
        papers = plural(sync_source(path).period_counts.total, "paper")
        if os.path.realpath(path) in known:
            print_line(f"{path} is already a source ({papers}).")
            continue
        known.add(os.path.realpath(path))
        update_sources(add=(path,))
        print_line(f"Added {path} ({papers}).")
