"""What ``broadsheet fetch`` may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments.common import add_format, whole_number


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``fetch``."""
    parser.epilog = (
        "Days are the hub's, which are UTC's. A day that was fetched more than a week after its "
        "end is not asked for again. HF_ENDPOINT, HF_TOKEN, and the proxies of the environment "
        "are used."
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--date", metavar="D", help="a day, as 2025-05-22 (default: today)")
    which.add_argument("--since", metavar="D",
                       help="all days from a day, month or year to today")  # fmt: skip
    which.add_argument("--days", type=_count, metavar="N", help="the last N days")
    parser.add_argument("--to", metavar="FOLDER", help="where to keep them, one file a day")
    parser.add_argument("--again", action="store_true",
                        help="ask for days that are there already, too")  # fmt: skip
    parser.add_argument("--tries", type=_count, default=4, metavar="N",
                        help="how often to ask where the hub fails (default: 4)")  # fmt: skip
    parser.add_argument("--timeout", type=_count, default=30, metavar="SECONDS",
                        help="how long the hub may say nothing (default: 30)")  # fmt: skip
    add_format(parser, "text", "json")
    parser.set_defaults(run="fetch:run")


def _count(text: str) -> int:
    number = whole_number(text)
    if not number:
        raise argparse.ArgumentTypeError("'0' is no number from 1 up")
    return number
