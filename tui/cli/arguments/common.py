"""Arguments that several commands take, and the kinds of their values."""

from __future__ import annotations

import argparse

MOST_DIGITS = 9


def whole_number(text: str) -> int:
    """Return a number from 0 up.

    Raises:
        ArgumentTypeError: it is none, or has too many digits to be meant.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 0 up")
    return int(text)


def add_query(parser: argparse.ArgumentParser) -> None:
    """Add QUERY, which finds papers."""
    parser.add_argument("query", nargs="?", metavar="QUERY", help="what to look for, in one "
                        "argument; one that begins with '-' follows '--'")  # fmt: skip


def add_limit(parser: argparse.ArgumentParser) -> None:
    """Add --limit."""
    parser.add_argument("--limit", type=whole_number, metavar="N",
                        help="at most N papers")  # fmt: skip


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add -p, which names sources in place of the reader's own."""
    parser.add_argument("-p", "--path", action="append", default=[], metavar="PATH",
                        help="a digest or folder, instead of the configured ones")  # fmt: skip


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add PATH, once or more often."""
    parser.add_argument("path", nargs="+", metavar="PATH", help="a digest, or a folder of them")


def add_format(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add --format with its choices, of which the first is the default."""
    parser.add_argument("--format", choices=names, default=names[0],
                        help=f"how to print it (default: {names[0]})")  # fmt: skip


def add_pager(parser: argparse.ArgumentParser) -> None:
    """Add --pager."""
    parser.add_argument("--pager", action="store_true",
                        help="show it through $PAGER (default: less), on a terminal")  # fmt: skip
