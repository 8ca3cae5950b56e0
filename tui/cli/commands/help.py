"""``broadsheet help``."""

from __future__ import annotations

import argparse
import sys

from tui.cli.arguments import add_pager
from tui.cli.output import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = "a page of the manual (default: list the pages)"
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help=text)
    add_pager(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print a page of the manual, or the list of its topics."""
    from tui.config.manual import TOPICS, closest_topic, read_page

    topic = arguments.topic
    if topic is None:
        for name, title in TOPICS.items():
            print(f"{name:<12} {title}")
    elif topic in TOPICS:
        _print_page(read_page(topic))
    else:
        raise CommandError(f"{topic}: unknown topic; did you mean '{closest_topic(topic)}'?")


def _print_page(markdown: str) -> None:
    """Print a page: formatted on a terminal, as Markdown elsewhere."""
    if not sys.stdout.isatty():
        print(markdown, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(markdown))
