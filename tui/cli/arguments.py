"""Arguments that several commands share, and converters for their values."""

from __future__ import annotations

import argparse

MAX_DIGITS = 9


def non_negative_int(text: str) -> int:
    """Convert a whole number from 0 up.

    Raises:
        ArgumentTypeError: the text is something else, or has more than nine digits.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS):
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 0 up")
    return int(text)


def positive_int(text: str) -> int:
    """Convert a whole number from 1 up.

    Raises:
        ArgumentTypeError: the text is something else.
    """
    number = non_negative_int(text)
    if not number:
        raise argparse.ArgumentTypeError("'0' is not a whole number from 1 up")
    return number


class PrintVersion(argparse.Action):
    """Prints the version, which is looked up only if this action runs."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and exit."""
        from importlib.metadata import version

        print(f"broadsheet {version('broadsheet')}")
        parser.exit()


def add_query(parser: argparse.ArgumentParser) -> None:
    """Add QUERY."""
    text = "a query, as one argument; put '--' before a query that begins with '-'"
    parser.add_argument("query", nargs="?", metavar="QUERY", help=text)


def add_limit(parser: argparse.ArgumentParser) -> None:
    """Add --limit."""
    parser.add_argument("--limit", type=non_negative_int, metavar="N", help="at most N papers")


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add -p, which replaces the configured sources."""
    text = "a digest or folder to read instead of the configured sources; repeatable"
    parser.add_argument("-p", "--path", action="append", default=[], metavar="PATH", help=text)


def add_format(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add --format with its choices; the first is the default."""
    text = f"the output format (default: {names[0]})"
    parser.add_argument("--format", choices=names, default=names[0], help=text)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add --output."""
    text = "write to this file and replace it if it exists (default: standard output)"
    parser.add_argument("-o", "--output", metavar="FILE", help=text)


def add_pager(parser: argparse.ArgumentParser) -> None:
    """Add --pager."""
    text = "page the output through $PAGER (default: less) on a terminal"
    parser.add_argument("--pager", action="store_true", help=text)
