"""``broadsheet help``."""

from __future__ import annotations

import argparse
import sys

from tui.cli.arguments import add_pager
from tui.cli.output import CommandError, console, print_line, print_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = "a page of the manual (default: list the pages)"
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help=text)
    add_pager(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print a page of the manual, formatted on a terminal, or the list of its topics."""
    from tui.config.manual import TOPICS, read_page

    topic = arguments.topic
    # The start of a single topic is enough: "help search".
    beginnings = [name for name in TOPICS if topic and name.startswith(topic)]
    if len(beginnings) == 1:
        topic = beginnings[0]
    if topic is None:
        for name, title in TOPICS.items():
            print_line(f"{name:<12} {title}")
    elif topic not in TOPICS:
        import difflib

        closest = difflib.get_close_matches(topic.lower(), TOPICS, n=1, cutoff=0)[0]
        raise CommandError(f"{topic}: unknown topic; did you mean '{closest}'?")
    elif sys.stdout.isatty():
        from rich.markdown import Markdown

        console().print(Markdown(read_page(topic)))
    else:
        print_text([read_page(topic)])
