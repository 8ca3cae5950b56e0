"""What ``broadsheet marks`` may be told."""

from __future__ import annotations

import argparse

from tui.cli.arguments.common import add_format


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the commands of ``marks`` and their arguments."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")
    out = commands.add_parser(
        "export", help="write all marks, one paper a line of JSON", allow_abbrev=False
    )
    out.add_argument("-o", "--output", metavar="FILE",
                     help="where to write them, in place of what is there "
                     "(default: standard output)")  # fmt: skip
    add_format(out, "jsonl", "json")
    out.set_defaults(run="marks:run_export")

    into = commands.add_parser(
        "import", help="take over such lines, where they are the later change", allow_abbrev=False
    )
    into.add_argument("file", metavar="FILE", help="where they stand; '-' is standard input")
    add_format(into, "text", "json")
    into.set_defaults(run="marks:run_import")

    share = commands.add_parser(
        "sync", help="share marks with your other machines", allow_abbrev=False
    )
    share.add_argument("target", nargs="?", metavar="FOLDER|URL",
                       help="a folder that all of them see, or a git repository "
                       "(default: as the settings say)")  # fmt: skip
    add_format(share, "text", "json")
    share.set_defaults(run="marks_sync:run_sync")

    some = commands.add_parser("set", help="set marks of papers", allow_abbrev=False)
    some.add_argument("id", nargs="+", metavar="ID",
                      help="an arXiv id, as 2505.04921; '-' reads ids from "
                      "standard input")  # fmt: skip
    for field, yes, no in (("read", "--read", "--unread"), ("starred", "--star", "--unstar")):
        which = some.add_mutually_exclusive_group()
        which.add_argument(yes, dest=field, action="store_true", default=None)
        which.add_argument(no, dest=field, action="store_false", default=None)
    some.add_argument("--tag", action="append", default=[], metavar="TAG", help="add a tag")
    some.add_argument("--untag", action="append", default=[], metavar="TAG", help="take a tag")
    some.add_argument("--note", metavar="TEXT", help="what the note shall be; empty takes it")
    add_format(some, "text", "json")
    some.set_defaults(run="marks:run_set")
