"""The categories of arXiv among the subjects and keywords of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from tui.digests.general.vocabulary.labels import names_primary_category, names_subjects
from tui.digests.parsing import record_values as values

_MAX_CHARS = 1000
_MAX_LAST_CHARS = 200
_MAX_NUMBER = 12
_CATEGORY = re.compile(
    r"(?<![\w.+/-])(?:"
    r"(?:cs|econ|eess|math|q-bio|q-fin|stat|astro-ph)\.[A-Z]{2}|nlin\.(?:AO|CD|CG|PS|SI)"
    r"|physics\.[a-z]{2,7}(?:-[a-z]{2,4})?|cond-mat\.[a-z]{3,5}(?:-[a-z]{2,5})?"
    r"|(?:gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|nucl-ex|nucl-th|quant-ph|astro-ph|cond-mat)"
    r")(?![\w/-]|\.\w)"
)
"""As at https://arxiv.org/category_taxonomy. A keyword such as ``nlp`` is not in it."""

_ARCHIVES = re.compile(r"cs\.|stat\.|math|eess\.|econ\.|q-|-ph|hep-|nucl-|gr-qc|nlin\.|cond-mat")
"""One of them is in every category."""

_LINK = re.compile(r"\[[^\[\]\n]{0,400}\]\([^()\n]{0,2000}\)")
_ENDS_OF_PARTS = re.compile(r"[|·•—–🏷🔖`()\[\]（）]|\s-\s")
_LAST = re.compile(rf"[\s·•|/,;:()\[\]–—-]*\b(?:{_CATEGORY.pattern}[\s·•|/,;()\[\]]*)+$")
_BETWEEN = re.compile(r"[\s\ufe0f,;/#`*_]*")


def categories_of(fields: Iterable[tuple[str, object]]) -> tuple[str, ...]:
    """Return the categories of a paper, the primary one first.

    Args:
        fields: labels and values; a value is a text, a list of them or of objects.
    """
    subjects = [(label, value) for label, value in fields if value and names_subjects(label)]
    if not subjects:
        return ()
    subjects.sort(key=lambda field: not names_primary_category(field[0]))
    texts = (text for _, value in subjects for text in _texts(value))
    found = (match[0] for text in texts for match in _CATEGORY.finditer(text, 0, _MAX_CHARS))
    return tuple(islice(dict.fromkeys(found), _MAX_NUMBER))


def names_category(text: str) -> bool:
    """Return whether a text has a category of arXiv anywhere."""
    return _may_have_category(text) and _CATEGORY.search(text) is not None


def categories_in_line(line: str) -> tuple[str, ...]:
    """Return the categories in a line that are set apart: ``Quiet Stairs (cs.CL, cs.LG)``."""
    line = line[:_MAX_CHARS]
    if not names_category(line):
        return ()
    parts = _ENDS_OF_PARTS.split(_LINK.sub("|", line))
    found = (
        match[0]
        for part in parts
        if _BETWEEN.fullmatch(_CATEGORY.sub("", part))
        for match in _CATEGORY.finditer(part)
    )
    return tuple(islice(dict.fromkeys(found), _MAX_NUMBER))


def without_last_categories(line: str) -> str:
    """Return a line without the categories at its end: ``Ada Bell, Cy Dorn · cs.RO``."""
    end = line[-_MAX_LAST_CHARS:]
    return line[: -len(end)] + _LAST.sub("", end) if names_category(end) else line


def _may_have_category(line: str) -> bool:
    """Return whether a line may have a category; much faster than to search for one."""
    return _ARCHIVES.search(line) is not None


def _texts(value: object) -> Iterator[str]:
    for item in values.as_list(value)[:_MAX_CHARS]:
        parts = item.values() if isinstance(item, dict) else (item,)
        yield from (part for part in parts if isinstance(part, str))
