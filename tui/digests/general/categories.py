"""The categories of arXiv among the subjects and keywords of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from tui.digests.general.labels import names_primary_category, names_subjects
from tui.digests.parsing import record_values as values

_MAX_CHARS = 1000
_MAX_NUMBER = 12
_CATEGORY = re.compile(
    r"(?<![\w.+/-])(?:"
    r"(?:cs|econ|eess|math|q-bio|q-fin|stat|astro-ph)\.[A-Z]{2}|nlin\.(?:AO|CD|CG|PS|SI)"
    r"|physics\.[a-z]{2,7}(?:-[a-z]{2,4})?|cond-mat\.[a-z]{3,5}(?:-[a-z]{2,5})?"
    r"|(?:gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|nucl-ex|nucl-th|quant-ph|astro-ph|cond-mat)"
    r")(?![\w/-]|\.\w)"
)
"""As at https://arxiv.org/category_taxonomy. A keyword such as ``nlp`` is not in it."""

_SEPARATORS = re.compile(r"[|·•,;\n]|\s[–—-]\s")


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


def categories_in_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the categories that are parts of lines by themselves: ``Ada Bell · cs.CL · ▲ 48``."""
    few = (line for line in lines if len(line) <= _MAX_CHARS and _CATEGORY.search(line))
    parts = (part.strip(" \t[]()`*_") for line in few for part in _SEPARATORS.split(line))
    found = filter(_CATEGORY.fullmatch, parts)
    return tuple(islice(dict.fromkeys(found), _MAX_NUMBER))


def _texts(value: object) -> Iterator[str]:
    for item in values.as_list(value)[:_MAX_CHARS]:
        parts = item.values() if isinstance(item, dict) else (item,)
        yield from (part for part in parts if isinstance(part, str))
