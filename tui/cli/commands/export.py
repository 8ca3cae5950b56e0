"""``broadsheet export``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from tui.cli import output
from tui.cli.arguments import add_limit, add_output, add_query, add_sources, valid_text

if TYPE_CHECKING:
    from tui.library.export import ExportRecord
    from tui.library.library import Library

FORMAT_NAMES = ("bibtex", "ris", "csl-json", "markdown", "digest", "atom", "csv", "json")
"""The keys of ``formats.FORMATS``, which takes long to import."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_query(parser)
    add_sources(parser)
    add_limit(parser)
    ways = parser.add_mutually_exclusive_group()
    text = "the output format (default: by FILE's extension, else bibtex)"
    ways.add_argument("--format", choices=FORMAT_NAMES, help=text)
    text = "write a note per paper, from this template, into the folder that -o names"
    ways.add_argument("--template", metavar="FILE", help=text)
    text = "send the papers to Zotero, which is running on this machine"
    ways.add_argument("--zotero", action="store_true", help=text)
    text = "with --template: the notes' names, such as '{year} {title}' (default: the id)"
    parser.add_argument("--name", type=valid_text, default="", metavar="TEXT", help=text)
    add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the papers that match a query to a file, to notes, or to standard output.

    Raises:
        CommandError: the file cannot be written, is a digest, or has an unknown extension.
    """
    if arguments.name and not arguments.template:
        raise output.CommandError("--name needs --template")
    if arguments.zotero:
        return _send_to_zotero(arguments)
    if arguments.template:
        return _write_notes(arguments)
    return _export(arguments)


def _export(arguments: argparse.Namespace) -> int:
    from tui.cli.source_selection import reader_file
    from tui.library.export import formats

    file = None
    if arguments.output not in {None, "-"}:
        file = reader_file(arguments.output, arguments.policy)
    by_suffix = formats.format_for_path(file) if file and file.suffix else "bibtex"
    name = arguments.format or by_suffix
    if name is None:
        known = ", ".join(format_.suffixes[0] for format_ in formats.FORMATS.values())
        raise output.CommandError(f"{file}: unknown extension; use one of {known}, or --format")
    format_ = formats.FORMATS[name]

    def check() -> None:
        if file is not None and formats.is_digest(file):
            raise output.CommandError(f"{file}: is a digest; not overwritten")

    unwritten = f"; {file} was not written" if file else ""
    records = _collect(
        arguments, has_summaries=format_.has_summaries, check=check, unwritten=unwritten
    )
    title = arguments.query or ""
    if file is None:
        # UTF-8 whatever the locale, because the output is usually redirected to a file.
        prefix = format_.file_prefix if records and output.is_file_start() else ""
        output.print_utf8(chain([prefix], format_.render(records or (), title)))
    elif records is not None and not records:
        output.warn(f"--limit 0 leaves no papers; {file} was not written")
    elif records is not None:
        with output.command_errors(prefix="cannot write "):
            formats.write_export(file, records, name, title)
        # If FILE is a device such as /dev/stdout, this line must not follow the papers.
        report = output.print_line if file.is_file() else output.print_error_line
        report(f"Wrote {output.plural(len(records), 'paper')} to {file}")
    return output.NOTHING_MATCHED if records is None else output.OK


def _collect(
    arguments: argparse.Namespace,
    *,
    has_summaries: bool,
    check: Callable[[], None] = lambda: None,
    unwritten: str = "",
) -> Sequence[ExportRecord] | None:
    """Return what to export, or None with a warning if no paper matches.

    Args:
        arguments: the arguments of the command.
        has_summaries: whether summaries are needed.
        check: called before the search; raises an error if the result could not be written.
        unwritten: the end of the warning.
    """
    from tui.cli import find_papers, open_library
    from tui.cli.source_selection import choose_sources
    from tui.library.export.formats import with_marks, with_summaries

    marks = find_papers.open_marks()
    find = find_papers.paper_finder(arguments.query, marks)

    def collect(library: Library) -> Sequence[ExportRecord] | None:
        check()
        papers = find(library)
        if not papers:
            return None
        records = with_marks(list(islice(papers, arguments.limit)), marks)
        return with_summaries(records, library) if has_summaries else records

    with output.command_errors():
        records = open_library.read_library(choose_sources(arguments.path), collect)
    output.warn(*marks.read_errors)
    if records is None:
        output.warn(f"{find_papers.no_papers_message(arguments.query)}{unwritten}")
    return records


def _write_notes(arguments: argparse.Namespace) -> int:
    """Write a note per paper; report those that were kept because somebody edited them."""
    from tui.cli.source_selection import expand_path
    from tui.library.export.notes import MAX_TEMPLATE_BYTES, write_notes
    from tui.library.export.placeholders import WITH_SUMMARIES, TemplateError, names_in
    from tui.storage.regular_file import read_regular_file

    if arguments.output in {None, "-"}:
        raise output.CommandError("--template needs a folder for the notes: -o FOLDER")
    folder, file = expand_path(arguments.output), expand_path(arguments.template)
    if not folder.is_dir():
        raise output.CommandError(f"{folder}: no such folder; create it first")
    with output.command_errors():
        data = read_regular_file(file, MAX_TEMPLATE_BYTES)
    label = str(file)
    try:
        template = data.decode("utf-8-sig")
        names = names_in(template)
        label = "--name"
        name_names = names_in(arguments.name)
    except UnicodeDecodeError as error:
        raise output.CommandError(f"{file}: is not UTF-8") from error
    except TemplateError as error:
        raise output.CommandError(f"{label}:{error.line}: {error}") from error
    needs_summaries = not WITH_SUMMARIES.isdisjoint(names | name_names)
    records = _collect(arguments, has_summaries=needs_summaries)
    if records is None:
        return output.NOTHING_MATCHED
    with output.command_errors(prefix="cannot write "):
        report = write_notes(folder, records, template, arguments.name, file.suffix or ".md")
    for kept in report.kept:
        output.warn(f"{kept}: was not written by Broadsheet, or edited since; kept")
    written = output.plural(len(report.written), "note")
    output.print_line(
        f"Wrote {written} to {folder}; {len(report.unchanged)} unchanged, {len(report.kept)} kept"
    )
    return output.OK


def _send_to_zotero(arguments: argparse.Namespace) -> int:
    from tui.cli.source_selection import settings_with_warnings
    from tui.library.export.zotero import ZoteroError, send

    if arguments.output is not None:
        raise output.CommandError("--zotero writes no file; leave out -o")
    port = settings_with_warnings().zotero_port
    records = _collect(arguments, has_summaries=False)
    if records is None:
        return output.NOTHING_MATCHED
    with (
        output.command_errors(ZoteroError),
        output.progress_line(lambda progress: f"Sent {progress.done} of {progress.total}") as task,
    ):
        number = send(records, port, task)
    output.print_line(f"Sent {output.plural(number, 'paper')} to Zotero")
    return output.OK
