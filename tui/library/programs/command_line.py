"""Command lines with placeholders, filled so that no value can become anything but an argument.

Without a shell, the line is split into words first, and a value is a word, or a part of one. With a
shell, the line refers to variables of the environment, whose values no shell evaluates again. In
neither case can a value start an option: one that begins with a hyphen gets a space before it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tui.library.export import ExportRecord
from tui.library.export.formats import FORMATS
from tui.library.export.placeholders import FIELDS, WITH_SUMMARIES, fill, names_in

FILES = {
    "markdown_file": "markdown", "json_file": "json", "bibtex_file": "bibtex", "ris_file": "ris",
    "csl_file": "csl-json",
}  # fmt: skip
"""Placeholders for temporary files with the papers, and their formats."""

MAX_VALUE_BYTES = 100_000
"""Linux accepts 128 KB in an argument or variable. Files have everything."""

_SHELL = "/bin/sh"
_VARIABLE_PREFIX = "BROADSHEET_"
_PLACEHOLDER = re.compile(r"\{(?P<name>[a-z_]+)(?::[a-z]+)?\}")
_SHELL_TOKEN = re.compile(r"\\.|['\"]|\{\{|\}\}|\{[a-z_]+(?::[a-z]+)?\}", re.DOTALL)


class CommandLine(NamedTuple):
    """A program to start.

    Attributes:
        words: the program and its arguments.
        environment: the variables.
        stdin: what it reads.
    """

    words: Sequence[str]
    environment: Mapping[str, str]
    stdin: bytes = b""


def needs_summaries(line: str, input_format: str) -> bool:
    """Return whether a command line, or its input, contains summaries.

    Raises:
        TemplateError: a placeholder does not exist.
    """
    formats = [FILES[name] for name in names_in(line, FILES) if name in FILES]
    if input_format in FORMATS:
        formats.append(input_format)
    has_values = not WITH_SUMMARIES.isdisjoint(names_in(line, FILES))
    return has_values or any(FORMATS[name].has_summaries for name in formats)


@contextmanager
def prepared(
    line: str, records: Sequence[ExportRecord], *, input_format: str = "", shell: bool = False
) -> Iterator[CommandLine]:
    """Fill a command line, and yield what to start; its files exist within the block.

    A word that is nothing but a placeholder becomes one word per paper.

    Args:
        line: with placeholders of ``FIELDS`` and ``FILES``.
        records: the papers, with summaries if ``needs_summaries``.
        input_format: what it reads: one of ``FORMATS``, or ``ids``; empty for nothing.
        shell: whether a shell runs it.

    Raises:
        TemplateError: a placeholder does not exist.
        OSError: a file cannot be written.
    """
    names = names_in(line, FILES)
    with TemporaryDirectory(prefix="broadsheet-") as folder:
        files = {name: _write(Path(folder), FILES[name], records) for name in names & FILES.keys()}

        def values(name: str) -> list[str]:
            if name in files:
                return [files[name]]
            texts = (FIELDS[name](record) for record in records)
            return [_bounded(text if isinstance(text, str) else ", ".join(text)) for text in texts]

        variables: dict[str, str] = {}
        if shell:
            # A selection may have far more papers than a variable has room for.
            variables = {
                f"{_VARIABLE_PREFIX}{name.upper()}": _bounded(
                    _not_an_option("\n".join(values(name)))
                )
                for name in names
            }
        words = [_SHELL, "-c", _for_shell(line)] if shell else _words(line, values)
        stdin = b""
        if input_format == "ids":
            stdin = "".join(f"{record.paper.paper_id}\n" for record in records).encode()
        elif input_format:
            stdin = "".join(FORMATS[input_format].render(records)).encode(errors="replace")
        yield CommandLine(words, {**environ, **variables}, stdin)


def _words(line: str, values: Callable[[str], list[str]]) -> list[str]:
    words = []
    for template in shlex.split(line):
        match = _PLACEHOLDER.fullmatch(template)
        if match:
            words += [
                _not_an_option(fill(template, lambda _name, of=value: of))  # type: ignore[misc]
                for value in values(match["name"])
            ]
        else:
            word = _bounded(fill(template, lambda name: ", ".join(values(name))))
            words.append(word if template.startswith("-") else _not_an_option(word))
    return words


def _for_shell(line: str) -> str:
    """Return a line with a variable in place of each placeholder, within quotes.

    Within single quotes, which keep variables as they are, the quotation is interrupted.
    """
    quote = ""

    def replace(match: re.Match[str]) -> str:
        nonlocal quote
        token = match[0]
        if token[0] == "\\":
            # Within single quotes, a backslash is a character, and may stand before the last quote.
            quote = "" if quote == "'" and token[1:] == "'" else quote
            return token
        if token in {"'", '"'}:
            quote = "" if quote == token else quote or token
            return token
        if token in {"{{", "}}"}:
            return token[0]
        name = token[1:-1].partition(":")[0]
        variable = f"${{{_VARIABLE_PREFIX}{name.upper()}}}"
        if quote == '"':
            return variable
        return f"'\"{variable}\"'" if quote else f'"{variable}"'

    return _SHELL_TOKEN.sub(replace, line)


def _not_an_option(text: str) -> str:
    return f" {text}" if text.startswith("-") else text


def _bounded(text: str) -> str:
    """Return a value without NUL, which no argument can contain, and not too long for one."""
    data = text.replace("\0", "").encode(errors="replace")
    return data[:MAX_VALUE_BYTES].decode(errors="ignore")


def _write(folder: Path, format_name: str, records: Sequence[ExportRecord]) -> str:
    format_ = FORMATS[format_name]
    file = folder / f"papers{format_.suffixes[0]}"
    with file.open("w", encoding="utf-8", errors="replace") as stream:
        stream.writelines(format_.render(records))
    return str(file)
