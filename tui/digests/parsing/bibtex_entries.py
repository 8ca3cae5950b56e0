"""The grammar of BibTeX and BibLaTeX (http://www.bibtex.org/Format).

``@type{key, name = value, …}`` with values in braces or quotes, numbers, and names of strings,
joined by ``#``. Everything between entries is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_ENTRY = re.compile(r"@\s*(?P<type>[A-Za-z]+)\s*(?P<open>[{(])")
_KEY = re.compile(r"\s*[^\s,={}()\"]*\s*(?:,|(?=[})]))")
_FIELD_NAME = re.compile(r"[\s,]*(?P<name>[^\s,={}()\"#]+)\s*=\s*")
_END = re.compile(r"[\s,]*(?P<end>[})])")
_WORD = re.compile(r"[^\s,={}()\"#]+")
_JOIN = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")

_NO_ENTRY = frozenset({"comment", "preamble"})
_COMMANDS = {
    "textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|",
}  # fmt: skip
_TEX = re.compile(r"\\(?P<name>text[a-z]+)(?:\{\}|\s)|\\(?P<sign>[&%#_$])|[{}]")


class BibtexEntry(NamedTuple):
    """An entry.

    Attributes:
        line: the line where it starts, from 1.
        fields: their values by lower-case name, without the outer braces.
    """

    line: int
    fields: Mapping[str, str]


class UnclosedEntryError(Exception):
    """A brace or a quote is never closed, or a field has no value.

    Args:
        line: the line where the entry starts, from 1.
    """

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _UnclosedError(Exception):
    """The entry that is read has no end."""


def read_entries(text: str) -> Iterator[BibtexEntry]:
    """Yield the entries of a file.

    Raises:
        UnclosedEntryError: an entry has no end: the file is damaged or incomplete.
    """
    strings: dict[str, str] = {}
    position = line = 0
    counted = 0
    while match := _ENTRY.search(text, position):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        kind = match["type"].lower()
        try:
            if kind in _NO_ENTRY:
                position = _skip_group(text, match.end() - 1)
                continue
            start = match.end()
            if kind != "string":
                key = _KEY.match(text, start)
                start = key.end() if key else start
            fields, position = _read_fields(text, start, strings)
        except _UnclosedError:
            raise UnclosedEntryError(line + 1) from None
        if kind == "string":
            strings.update(fields)
        else:
            yield BibtexEntry(line + 1, fields)


def plain_value(tex: str) -> str:
    """Return a value without braces, and with the characters that exports escape."""
    text = _TEX.sub(lambda match: match["sign"] or _COMMANDS.get(match["name"] or "", ""), tex)
    return " ".join(text.split())


def _read_fields(
    text: str, position: int, strings: Mapping[str, str]
) -> tuple[dict[str, str], int]:
    """Return the fields of an entry by lower-case name, and the position after its end."""
    fields: dict[str, str] = {}
    while True:
        if end := _END.match(text, position):
            return fields, end.end()
        name = _FIELD_NAME.match(text, position)
        if name is None:
            raise _UnclosedError
        value, position = _read_value(text, name.end(), strings)
        fields.setdefault(name["name"].lower(), value)


def _read_value(text: str, position: int, strings: Mapping[str, str]) -> tuple[str, int]:
    parts = []
    while True:
        first = text[position : position + 1]
        if first == "{":
            end = _skip_group(text, position)
            parts.append(text[position + 1 : end - 1])
        elif first == '"':
            end = _skip_quoted(text, position)
            parts.append(text[position + 1 : end - 1])
        elif word := _WORD.match(text, position):
            end = word.end()
            parts.append(strings.get(word[0].lower(), word[0]))
        else:
            raise _UnclosedError
        join = _JOIN.match(text, end)
        if join is None:
            return "".join(parts), end
        position = join.end()


def _skip_group(text: str, position: int) -> int:
    """Return the position after the group that starts with a brace or parenthesis."""
    if text[position] == "(":
        end = text.find(")", position)
        if end < 0:
            raise _UnclosedError
        return end + 1
    depth = 0
    for brace in _BRACE.finditer(text, position):
        # BibTeX counts braces after a backslash, too.
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    raise _UnclosedError


def _skip_quoted(text: str, position: int) -> int:
    """Return the position after a value in quotes; quotes within braces do not end it."""
    depth = 0
    for found in _BRACE_OR_QUOTE.finditer(text, position + 1):
        if found[0] == '"' and not depth:
            return found.end()
        depth += {"{": 1, "}": -1}.get(found[0], 0)
    raise _UnclosedError
