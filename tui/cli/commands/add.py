"""``broadsheet add``."""

from __future__ import annotations

import argparse

from tui.cli.output import OK, CommandError, plural, print_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "path",
        nargs="+",
        metavar="PATH|URL",
        help="a digest, a folder or archive of digests, or a git repository to clone",
    )


def run(arguments: argparse.Namespace) -> int:
    """Read sources and add them to the settings, after cloning those that are repositories."""
    from tui.cli.git_sources import clone_or_pull, repository_url
    from tui.cli.open_library import (
        SourceSelection,
        cache_locator,
        expand_path,
        sync_sources,
        unreachable_reason,
    )
    from tui.cli.source_list import listed_sources, update_sources

    known = [path.resolve() for path in listed_sources()]
    urls = {name: repository_url(name) for name in arguments.path}
    paths = [clone_or_pull(url) if url else expand_path(name) for name, url in urls.items()]
    locator = cache_locator()
    for path in paths:
        reason = unreachable_reason(path)
        if reason is not None and not locator.cache_of(path).other_owner():
            raise CommandError(f"{path}: {reason}")
    for path in (path.resolve() for path in paths):
        library, _ = sync_sources(SourceSelection((path,), locator, is_named=True))
        papers = plural(library.period_counts.total, "paper")
        if path in known:
            print_line(f"{path} is already a source ({papers}).")
            continue
        known.append(path)
        update_sources(add=(path,))
        print_line(f"Added {path} ({papers}).")
    return OK
