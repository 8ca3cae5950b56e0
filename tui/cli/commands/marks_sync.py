"""``broadsheet marks sync``: several machines have the same marks."""

from __future__ import annotations

import argparse

from tui.cli.commands.open_library import expanded, settings_with_warnings
from tui.cli.output import OK, CommandError, print_json, reason, warn
from tui.config.paths import config_file, marks_folder, shared_marks_folder, state_folder
from tui.library.view import count
from tui.marks.sync.machine_id import machine_name
from tui.marks.sync.merge_store import MarkMerger
from tui.marks.sync.shared_folder import ShareResult, meet
from tui.sources.git.command import (
    GitError,
    checked_url,
    folder_name,
    is_bare,
    is_url,
    without_secrets,
)
from tui.storage.folder import TinyDbFolder
from tui.storage.tables import StorageError


def run_sync(arguments: argparse.Namespace) -> int:
    """Take over what other machines marked, and tell them what was marked here."""
    target = arguments.target or settings_with_warnings().marks.sync
    if not target:
        raise CommandError(
            f"nowhere to share marks: name a folder or a repository, or set it in {config_file()} "
            "as sync, below [marks]"
        )
    marks = MarkMerger(marks_folder())
    try:
        met = _shared(target, marks)
    except (GitError, StorageError) as error:
        raise CommandError(f"{without_secrets(target)}: {error}; try again later") from error
    except OSError as error:
        raise CommandError(reason(error)) from error
    finally:
        for damage in marks.damage:
            warn(damage)
    for problem in met.problems:
        warn(str(problem))
    ids = sorted(set(met.changed))
    if arguments.format == "json":
        problems = [
            {"file": odd.file, "line": odd.line, "message": odd.message} for odd in met.problems
        ]
        print_json({"machines": met.machines, "changed": ids, "problems": problems})
    else:
        others = count(len(met.machines), "other machine")
        print(f"Met {others}; {count(len(ids), 'paper') if ids else 'none'} changed here.")
    return OK


def _shared(target: str, marks: MarkMerger) -> ShareResult:
    """Let this machine meet the others.

    Raises:
        CommandError: there is no such folder.
        GitError: a repository cannot be reached.
        StorageError: the marks cannot be used, or another process is doing the same.
        OSError: something cannot be read or written.
    """
    machine = machine_name(state_folder())
    folder = expanded(target)
    is_remote = is_url(target) and not folder.exists()
    if not is_remote and not folder.is_dir():
        raise CommandError(f"{target}: there is no such folder; make it first")
    with TinyDbFolder(shared_marks_folder(), 0).locked():
        if not is_remote and not is_bare(folder):
            return meet(folder.resolve(), machine, marks)
        # Only who shares by git needs it.
        from tui.marks.sync.git_remote import MarksRemote

        url = checked_url(target) if is_remote else folder.resolve().as_uri()
        clone = shared_marks_folder() / folder_name(url)
        return MarksRemote(url, clone).sync(machine, lambda place: meet(place, machine, marks))
