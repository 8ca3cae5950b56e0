"""Placeholders such as ``{title}``: in templates of notes and in the reader's commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

import orjson

from tui.library.export import ExportRecord
from tui.library.export.bibliography_fields import doi_of
from tui.library.export.bibtex import bibtex_entry, cite_key
from tui.library.export.markdown import markdown_page
from tui.paper_ids.bibliography import publication_month

Value: TypeAlias = str | tuple[str, ...]

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(?P<name>[a-z_]+)(?::(?P<style>[a-z]+))?\}")

_YAML = "yaml"
_SEPARATOR = ", "


def _year(record: ExportRecord) -> str:
    published = publication_month(record.paper.paper_id)
    return (
        str(published[0]) if published else record.paper.dates[-1][:4] if record.paper.dates else ""
    )


FIELDS: Mapping[str, Callable[[ExportRecord], Value]] = {
    "id": lambda record: record.paper.paper_id,
    "key": lambda record: cite_key(record.paper),
    "title": lambda record: record.paper.title,
    "authors": lambda record: record.paper.authors,
    "votes": lambda record: "" if record.paper.votes is None else str(record.paper.votes),
    "date": lambda record: record.paper.dates[-1] if record.paper.dates else "",
    "dates": lambda record: record.paper.dates,
    "year": _year,
    "categories": lambda record: record.paper.categories,
    "url": lambda record: record.paper.url,
    "pdf": lambda record: record.paper.pdf_url or record.paper.url,
    "doi": lambda record: doi_of(record.paper),
    "tags": lambda record: record.marks.tags,
    "note": lambda record: record.marks.note,
    "summary": lambda record: "\n\n".join(each.markdown for each in record.summaries),
    "bibtex": lambda record: bibtex_entry(record.paper, record.marks),
    "markdown": markdown_page,
}
"""What a placeholder stands for, by its name."""

WITH_SUMMARIES = frozenset({"summary", "markdown"})
"""Placeholders for which a record needs its summaries."""


class TemplateError(ValueError):
    """A template has a placeholder that does not exist; the message says which.

    Attributes:
        line: the line of the template, from 1.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def names_in(template: str, others: Mapping[str, object] | None = None) -> frozenset[str]:
    """Return the names of the placeholders in a template.

    Args:
        template: the template.
        others: names that are allowed besides those of ``FIELDS``.

    Raises:
        TemplateError: one of them, or its style, does not exist.
    """
    from difflib import get_close_matches

    known = [*FIELDS, *(others or ())]
    names = set()
    for match in _PLACEHOLDER.finditer(template):
        name, style = match["name"], match["style"]
        if name is None:
            continue
        line = template.count("\n", 0, match.start()) + 1
        if name not in known:
            closest = get_close_matches(name, known, n=1)
            hint = f"did you mean {{{closest[0]}}}?" if closest else f"there are {', '.join(known)}"
            hint += f" For these characters themselves, write {{{match[0]}}}"
            raise TemplateError(line, f"unknown placeholder {match[0]}; {hint}")
        if style not in {None, _YAML}:
            raise TemplateError(line, f"unknown style in {match[0]}; write {{{name}:{_YAML}}}")
        names.add(name)
    return frozenset(names)


def fill(
    template: str,
    value_of: Callable[[str], Value],
    quote: Callable[[str], str] = lambda text: text,
) -> str:
    """Return a template with its placeholders replaced.

    ``{title}`` is the value as text, of a list with commas, and ``{title:yaml}`` the value as YAML,
    which is also JSON: a string in quotes, or a list in brackets. ``{{`` and ``}}`` are braces.

    Args:
        template: a template whose names are known to exist.
        value_of: returns the value of a name.
        quote: applied to every value as text.
    """

    def replace(match: re.Match[str]) -> str:
        if match["name"] is None:
            return match[0][0]
        value = value_of(match["name"])
        if match["style"] == _YAML:
            return quote(orjson.dumps(value).decode())
        return quote(value if isinstance(value, str) else _SEPARATOR.join(value))

    return _PLACEHOLDER.sub(replace, template)
