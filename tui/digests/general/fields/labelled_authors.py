"""The authors of a paper in the fields that have a label for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from tui.digests.general.fields.titles import without_own_links
from tui.digests.general.names.author_lists import names_in
from tui.digests.general.vocabulary.labels import may_name_presenter

_SEMICOLON = re.compile("[;；]")
_ROLES = re.compile(
    r"(?:first|lead|last|senior|corresponding|other|co)\W?\s?authors?|(?:共同)?第?一作者?"
    r"|(?:共同第一|通[讯訊]|其他|合著)作?者|제\s?1\s?저자|(?:공동|교신)\s?저자|(?:筆頭|責任|共)著者",
    re.IGNORECASE,
)
"""Labels for some of the authors: ``First author``, ``通讯作者``."""


def authors_in_fields(fields: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the authors in the fields that have a label for them, or an empty tuple.

    Args:
        fields: labels and values, in the order of the digest. Either one of them has all authors,
            or each has some of them: a label for each author, or one for each of their roles.
    """
    labels = [label.strip(" *_") for label, _ in fields]
    if len(set(labels)) > 1 and all(map(_ROLES.fullmatch, labels)):
        all_names = chain.from_iterable(names_in(_value(value)) for _, value in fields)
        return tuple(dict.fromkeys(all_names))
    for label, value in sorted(fields, key=lambda each: _may_have_others(each[0])):
        if [each for each, _ in fields].count(label) > 1:
            each_names = [names_in(name) for other, name in fields if other == label]
            if all(len(names) == 1 for names in each_names):
                return tuple(chain.from_iterable(each_names))
        # Institutions follow a semicolon: Ada Bell, Cy Dorn; Example University.
        names = _SEMICOLON.split(value)[0] if "/" in label and "," in value else value
        if authors := names_in(_value(names)):
            return authors
    return ()


def _value(names: str) -> str:
    return without_own_links(names) if "://" in names else names


def _may_have_others(label: str) -> bool:
    """Return whether a label may be for only some of the authors, or for somebody else."""
    return may_name_presenter(label) or _ROLES.fullmatch(label.strip(" *_")) is not None
