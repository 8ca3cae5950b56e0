"""``broadsheet marks sync``, a subcommand of ``marks``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tui.cli.arguments import add_format
from tui.cli.output import CommandError, command_errors, plural, print_json, problems_as_json, warn

if TYPE_CHECKING:
    from tui.marks.sync.merge_store import MarkMerger
    from tui.marks.sync.shared_folder import ShareResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    text = "a folder shared by your machines, or a git repository (default: the setting)"
    parser.add_argument("target", nargs="?", metavar="FOLDER|URL", help=text)
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> None:
    """Exchange marks with the other machines that use the same folder or repository."""
    from tui.cli.open_library import settings_with_warnings
    from tui.config.paths import config_file, marks_folder
    from tui.marks.sync.merge_store import MarkMerger

    target = arguments.target or settings_with_warnings().marks.sync
    if not target:
        raise CommandError(
            "no folder or repository given; name one, or set 'sync' in the section [marks] of "
            f"{config_file()}"
        )
    merger = MarkMerger(marks_folder())
    try:
        shared = _share(target, merger)
    finally:
        warn(*merger.repairs)
    warn(*shared.problems)
    ids = sorted(set(shared.changed))
    if arguments.format == "json":
        problems = problems_as_json(shared.problems)
        print_json({"machines": shared.machines, "changed": ids, "problems": problems})
    else:
        machines = plural(len(shared.machines), "other machine")
        changed = plural(len(ids), "paper") if ids else "nothing"
        print(f"Merged marks from {machines}; {changed} changed.")


def _share(target: str, merger: MarkMerger) -> ShareResult:
    """Exchange marks through a folder or a git repository.

    Raises:
        CommandError: the folder does not exist; the repository cannot be reached; the marks cannot
            be read or written; or another process is sharing them.
    """
    from tui.cli.open_library import expand_path
    from tui.config.paths import shared_marks_folder, state_folder
    from tui.marks.sync.shared_folder import exchange_marks, machine_name
    from tui.sources.git import command as git
    from tui.storage.folder import TinyDbFolder

    prefix, suffix = f"{git.without_secrets(target)}: ", "; try again later"
    with command_errors(git.GitError, prefix=prefix, suffix=suffix):
        machine = machine_name(state_folder())
        folder = expand_path(target)
        is_remote = git.is_repository_url(target) and not folder.exists()
        if not is_remote and not folder.is_dir():
            raise CommandError(f"{target}: no such folder; create it first")
        with TinyDbFolder(shared_marks_folder(), 0).locked():
            if not is_remote and not git.is_bare(folder):
                return exchange_marks(folder.resolve(), machine, merger)
            from tui.marks.sync.git_remote import MarksRemote

            url = git.validate_url(target) if is_remote else folder.resolve().as_uri()
            remote = MarksRemote(url, shared_marks_folder() / git.clone_folder_name(url))
            return remote.sync(machine, lambda place: exchange_marks(place, machine, merger))
