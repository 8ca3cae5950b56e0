"""``broadsheet marks``: export, import, sync or set marks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.arguments import add_format, add_output, add_sources, valid_text

if TYPE_CHECKING:
    from tui.marks.sync.merge_store import MarkMerger
    from tui.marks.sync.shared_folder import ShareResult

STANDARD_INPUT = "-"

IMPORT_FORMATS = ("marks", "bibtex", "ris", "csl-json", "csv", "rdf", "ids")
"""``reader.MARKS`` and ``reader.FORMATS``, which take long to import."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands and their arguments."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command")

    def add(name: str, run: Callable[..., int | None], summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, allow_abbrev=False)
        command.set_defaults(action=run)
        return command

    export = add("export", _export, "write all marks as JSON, one paper per line")
    add_output(export)
    add_format(export, "jsonl", "json")

    import_ = add("import", _import, "merge exported marks, or star the papers of a bibliography")
    text = (
        "exported marks, or BibTeX, RIS, CSL-JSON, a CSV or RDF file of Zotero, or a list of ids"
        " and links; '-' is standard input"
    )
    import_.add_argument("file", metavar="FILE", help=text)
    text = "the format of FILE (default: by its content)"
    import_.add_argument("--from", dest="file_format", choices=IMPORT_FORMATS, help=text)
    text = "star the papers of a bibliography; the default without --tag"
    import_.add_argument("--star", action="store_true", help=text)
    text = "add a tag to the papers of a bibliography"
    import_.add_argument(
        "--tag", type=valid_text, action="append", default=[], metavar="TAG", help=text
    )
    text = "also take the keywords of a bibliography as tags, and its annotations as notes"
    import_.add_argument("--keywords", action="store_true", help=text)
    add_format(import_, "text", "json")

    sync = add("sync", _sync, "share marks with your other machines")
    text = "a folder shared by your machines, or a git repository (default: the setting)"
    sync.add_argument("target", nargs="?", metavar="FOLDER|URL", help=text)
    add_format(sync, "text", "json")

    set_ = add("set", _set, "set marks of papers")
    text = (
        "an id such as 2505.04921, a DOI or a URL; '-' reads them from standard input; or a query "
        "such as 'is:unread votes:>50'"
    )
    set_.add_argument("id", nargs="+", type=valid_text, metavar="ID|QUERY", help=text)
    add_sources(set_)
    for field, (on, on_help), (off, off_help) in (
        ("read", ("--read", "mark as read"), ("--unread", "mark as unread")),
        ("starred", ("--star", "star"), ("--unstar", "remove the star")),
        ("hidden", ("--hide", "hide from lists and counts"), ("--unhide", "show again")),
        (
            "later",
            ("--later", "add to the reading list"),
            ("--unlater", "remove from the reading list"),
        ),
    ):
        group = set_.add_mutually_exclusive_group()
        group.add_argument(on, dest=field, action="store_true", default=None, help=on_help)
        group.add_argument(off, dest=field, action="store_false", default=None, help=off_help)
    for option, text in (("--tag", "add a tag"), ("--untag", "remove a tag")):
        set_.add_argument(
            option, type=valid_text, action="append", default=[], metavar="TAG", help=text
        )
    text = "replace the note; '' removes it"
    set_.add_argument("--note", type=valid_text, metavar="TEXT", help=text)
    add_format(set_, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Run the subcommand."""
    return arguments.action(arguments) or output.OK


def _merger() -> MarkMerger:
    from tui.config.paths import marks_folder
    from tui.marks.sync.merge_store import MarkMerger

    return MarkMerger(marks_folder())


def _export(arguments: argparse.Namespace) -> None:
    """Write all marks as lines of JSON, or as one array."""
    from tui.cli.source_selection import reader_file
    from tui.marks.sync.jsonl_file import format_line
    from tui.storage.atomic_write import replace_text
    from tui.storage.tables import StorageError

    file = None
    if arguments.output is not None:
        file = reader_file(arguments.output, arguments.policy)
    merger = _merger()
    # On a read-only disk, the backups are read instead.
    with suppress(StorageError, OSError):
        merger.repair()
    with output.command_errors():
        shards = list(merger.read_shards())
    output.warn(*merger.warnings)
    if merger.warnings and not any(shard for _, shard in shards):
        # An empty file must not replace an earlier export.
        raise output.CommandError("no marks could be read; nothing was exported")
    pairs = (pair for _, shard in shards for pair in shard.items())
    lines: Iterable[bytes] = (format_line(paper, marks) for paper, marks in pairs)
    if arguments.format == "json":
        lines = [b"[", b",".join(b"\n" + line.rstrip() for line in lines), b"\n]\n"]
    if file is None:
        output.print_json_bytes(lines)
        return
    with output.command_errors():
        replace_text(file, (line.decode() for line in lines))


def _import(arguments: argparse.Namespace) -> int:
    """Merge exported marks, or mark the papers of a bibliography."""
    from tui.cli.source_selection import reader_file
    from tui.digests.encodings import unicode_encoding
    from tui.marks.references.reference_files import MARKS, recognize
    from tui.marks.sync.json_values import MAX_FILE_BYTES, RejectedFileError
    from tui.models import Problem

    is_stdin = arguments.file == STANDARD_INPUT
    name = "standard input" if is_stdin else arguments.file
    try:
        with output.command_errors():
            if is_stdin:
                data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
            else:
                with reader_file(arguments.file, arguments.policy).open("rb") as file:
                    data = file.read(MAX_FILE_BYTES + 1)
        if len(data) <= MAX_FILE_BYTES and (encoding := unicode_encoding(data)):
            # Windows PowerShell writes UTF-16 where a command's output is redirected to a file.
            data = data.decode(encoding, errors="replace").encode()
        file_format = arguments.file_format or recognize(data)
        if file_format != MARKS:
            from tui.cli.import_references import import_references

            return import_references(data, name, file_format, arguments)
        if arguments.star or arguments.tag or arguments.keywords:
            message = "has marks of its own; --star, --tag and --keywords are for bibliographies"
            raise output.CommandError(f"{name}: {message}")
        return _import_marks(data, name, arguments)
    except RejectedFileError as error:
        problem = Problem(name, error.line, f"{error}; nothing was imported")
        raise output.CommandError(str(problem)) from error


def _import_marks(data: bytes, name: str, arguments: argparse.Namespace) -> int:
    """Merge marks from lines of JSON; the later change of a mark wins."""
    from io import BytesIO

    from tui.cli.import_result import print_import
    from tui.marks.sync.jsonl_file import read_marks_file

    imported = read_marks_file(BytesIO(data), name)
    output.warn(*imported.problems)
    if not imported.papers:
        if imported.problems:
            raise output.CommandError(f"{name}: contains no valid line")
        output.warn(f"{name}: contains no marks")
        return output.NOTHING_MATCHED
    merger = _merger()
    with output.command_errors(suffix="; nothing was imported"):
        changed = merger.merge(imported.papers)
    output.warn(*merger.warnings)
    numbers = len(imported.papers), len(changed)
    print_import(*numbers, imported.problems, is_json=arguments.format == "json")
    return output.OK


def _sync(arguments: argparse.Namespace) -> None:
    """Exchange marks with the other machines that use the same folder or repository."""
    from tui.cli.source_selection import settings_with_warnings
    from tui.config.paths import config_file

    target = arguments.target or settings_with_warnings().marks.sync
    if not target:
        raise output.CommandError(
            "no folder or repository given; name one, or set 'sync' in the section [marks] of "
            f"{config_file()}"
        )
    merger = _merger()
    try:
        shared = _share(target, merger)
    finally:
        output.warn(*merger.warnings)
    output.warn(*shared.problems)
    ids = sorted(set(shared.changed))
    if arguments.format == "json":
        problems = output.problems_as_json(shared.problems)
        output.print_json({"machines": shared.machines, "changed": ids, "problems": problems})
    else:
        machines = output.plural(len(shared.machines), "other machine")
        changed = output.plural(len(ids), "paper") if ids else "nothing"
        output.print_line(f"Merged marks from {machines}; {changed} changed.")


def _share(target: str, merger: MarkMerger) -> ShareResult:
    """Exchange marks through a folder or a git repository.

    Raises:
        CommandError: the folder does not exist; the repository cannot be reached; the marks cannot
            be read or written; or another process is sharing them.
    """
    from tui.cli.source_selection import expand_path
    from tui.config.paths import shared_marks_folder, state_folder
    from tui.marks.sync.shared_folder import exchange_marks, machine_name
    from tui.sources.git import command as git
    from tui.sources.git.git_errors import without_secrets
    from tui.storage.folder import TinyDbFolder
    from tui.storage.locks import BusyError

    prefix = f"{without_secrets(target)}: "
    with output.command_errors(prefix=prefix):
        try:
            machine = machine_name(state_folder())
            folder = expand_path(target)
            is_remote = git.is_repository_url(target) and not folder.exists()
            if not is_remote and not folder.is_dir():
                raise output.CommandError(f"{target}: no such folder; create it first")
            with TinyDbFolder(shared_marks_folder(), 0).locked():
                if not is_remote and not git.is_bare(folder):
                    return exchange_marks(folder.resolve(), machine, merger)
                from tui.marks.sync.git_remote import MarksRemote

                url = git.validate_url(target) if is_remote else folder.resolve().as_uri()
                remote = MarksRemote(url, shared_marks_folder() / git.clone_folder_name(url))
                return remote.sync(machine, lambda place: exchange_marks(place, machine, merger))
        except git.PushRefusedError as error:
            # Trying again later would not help.
            raise output.CommandError(f"{prefix}{error}") from error
        except (git.GitError, BusyError) as error:
            # A remote that cannot be reached may be a wrong address as well.
            check = "check the address, or " if isinstance(error, git.GitError) else ""
            message = f"{prefix}{output.describe_error(error)}; {check}try again later"
            raise output.CommandError(message) from error


def _set(arguments: argparse.Namespace) -> int:
    """Set marks of the papers with the given ids, or of those that match a query."""
    from tui.cli.set_marks import set_marks

    return set_marks(arguments)
