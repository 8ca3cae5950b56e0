"""Read BibTeX and BibLaTeX.

The grammar is that of http://www.bibtex.org/Format: ``@type{key, name = value, …}`` with values in
braces or quotes, numbers, and names of strings, joined by ``#``. Everything between entries is a
comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tui.marks.references import PaperReference, first_id
from tui.marks.sync.json_values import RejectedFileError

_ENTRY = re.compile(r"@\s*(?P<type>[A-Za-z]+)\s*(?P<open>[{(])")
_KEY = re.compile(r"\s*[^\s,={}()\"]*\s*(?:,|(?=[})]))")
_FIELD_NAME = re.compile(r"[\s,]*(?P<name>[^\s,={}()\"#]+)\s*=\s*")
_END = re.compile(r"[\s,]*(?P<end>[})])")
_WORD = re.compile(r"[^\s,={}()\"#]+")
_JOIN = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")

_NO_PAPER = frozenset({"comment", "preamble"})
_ID_FIELDS = ("eprint", "arxiv", "arxivid", "doi", "url", "journal", "note", "howpublished", "pdf")
_NOTE_FIELDS = ("annote", "annotation")

_COMMANDS = {
    "textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textless": "<", "textgreater": ">", "textbar": "|",
}  # fmt: skip
_TEX = re.compile(r"\\(?P<name>text[a-z]+)(?:\{\}|\s)|\\(?P<sign>[&%#_$])|[{}]")


def read(text: str) -> Iterator[PaperReference]:
    """Yield the entries of a file.

    Raises:
        RejectedFileError: an entry has no end: the file is damaged or incomplete.
    """
    strings: dict[str, str] = {}
    position = line = 0
    counted = 0
    while match := _ENTRY.search(text, position):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        kind = match["type"].lower()
        try:
            if kind in _NO_PAPER:
                position = _skip_group(text, match.end() - 1)
                continue
            start = match.end()
            if kind != "string":
                key = _KEY.match(text, start)
                start = key.end() if key else start
            fields, position = _read_fields(text, start, strings)
        except _UnclosedError:
            message = "this entry has no end; the file is damaged or incomplete"
            raise RejectedFileError(line + 1, message) from None
        if kind == "string":
            strings.update(fields)
        else:
            yield _reference(line + 1, fields)


class _UnclosedError(Exception):
    """A brace or a quote is never closed, or a field has no value."""


def _reference(line: int, fields: Mapping[str, str]) -> PaperReference:
    values = [fields.get(name, "") for name in _ID_FIELDS]
    note = next(filter(None, (fields.get(name, "") for name in _NOTE_FIELDS)), "")
    keywords = tuple(filter(None, map(_plain, _split_keywords(fields.get("keywords", "")))))
    return PaperReference(line, first_id(map(_plain, values)), keywords, _plain(note))


def _split_keywords(text: str) -> list[str]:
    """Split at commas and semicolons outside of braces."""
    parts = [""]
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char in ",;" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _plain(tex: str) -> str:
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
