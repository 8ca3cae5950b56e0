"""``broadsheet add``."""

from __future__ import annotations

import argparse
import os
import sys
from shlex import quote
from typing import TYPE_CHECKING

from tui.cli.arguments import add_format
from tui.cli.output import CommandError, plural, print_json, print_line

if TYPE_CHECKING:
    from tui.models import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = "a digest, a folder or archive of digests, a git repository to clone, or a web feed"
    parser.add_argument("path", nargs="+", metavar="PATH|URL", help=text)
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> None:
    """Read sources and add them to the settings, after cloning or fetching those elsewhere.

    Prints how many papers each has, and what could not be read in them.
    """
    from tui.cli.feed_subscriptions import subscribe
    from tui.cli.open_library import sync_source
    from tui.cli.problem_output import print_problems, problems_and_notes
    from tui.cli.source_list import clone_or_pull, listed_sources, repository_url, update_sources
    from tui.cli.source_selection import absolute_path, cache_locator, expand_path, unusable_reason
    from tui.sources.feeds.feed_urls import is_feed_url

    known = {os.path.realpath(path) for path in listed_sources()}
    urls = {n: None if is_feed_url(n) else repository_url(n) for n in arguments.path}
    paths = [
        subscribe(name) if is_feed_url(name) else clone_or_pull(url) if url else expand_path(name)
        for name, url in urls.items()
    ]
    locator = cache_locator()
    for path in paths:
        if reason := unusable_reason(path, locator):
            raise CommandError(f"{path}: {reason}")
        if any("\ud800" <= character <= "\udfff" for character in str(absolute_path(path))):
            # Settings are UTF-8.
            raise CommandError(f"{path}: its name is not valid UTF-8; rename it to add it")
    added: list[dict[str, object]] = []
    found: list[Problem] = []
    for path in map(absolute_path, paths):
        library, report = sync_source(path)
        number = library.period_counts.total
        is_new = os.path.realpath(path) not in known
        if is_new:
            known.add(os.path.realpath(path))
            update_sources(add=(path,))
        if arguments.format == "json":
            added.append({"path": str(path), "papers": number, "new": is_new})
            found += report.problems
            continue
        papers = plural(number, "paper")
        print_line(
            f"Added {path} ({papers})." if is_new else f"{path} is already a source ({papers})."
        )
        sys.stdout.flush()
        print_problems(report.problems, f"broadsheet sync -p {quote(str(path))}")
    if arguments.format == "json":
        print_json({"sources": added, **problems_and_notes(found)})
