"""Tags, as the reader types them and as they are told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from tui.models import Marks

_QUOTES = "[\"'`‘’“”]"
_BETWEEN = r"[\s,，、]+"


def parse_tags(text: str) -> tuple[str, ...]:
    """Read tags with spaces or commas between them: ``rl, #Todo  강화학습``.

    Args:
        text: any text; quotes and what a terminal could obey are taken out.

    Returns:
        The tags in their order, without a ``#`` or ``=`` before them (which mean something in a
        query) and in NFC. Of those that differ in case alone, the first.
    """
    # Whoever types tags can wait for what the first screen need not import.
    from tui.query.normalization import normalize
    from tui.sanitize import clean

    # Quotes first: one may stand between a letter and its accent.
    words = re.split(_BETWEEN, clean(re.sub(_QUOTES, "", text)))
    tags: dict[str, str] = {}
    for tag in (word.lstrip("#＃=") for word in words):
        if tag:
            tags.setdefault(normalize(tag), tag)
    return tuple(tags.values())


def tags_in_use(marks: Mapping[str, Marks]) -> dict[str, int]:
    """Count the papers of every tag.

    Args:
        marks: the reader's, by arXiv id.

    Returns:
        Numbers of papers by tag, the greatest first, and by name where they are equal. Tags that
        differ in case alone are one, in the spelling that most papers have.
    """
    spellings = Counter(tag for each in marks.values() for tag in each.tags)
    if not spellings:
        return {}
    from tui.query.normalization import normalize

    papers: Counter[str] = Counter()
    names: dict[str, list[str]] = defaultdict(list)
    for tag in sorted(spellings, key=lambda tag: (-spellings[tag], tag)):
        papers[normalize(tag)] += spellings[tag]
        names[normalize(tag)].append(tag)
    order = sorted(papers, key=lambda key: (-papers[key], key))
    return {names[key][0]: papers[key] for key in order}


def by_normalized_tag(tags: Iterable[str]) -> dict[str, str]:
    """Return tags by their normalized form, which all spellings of a tag share; order is kept."""
    # Imported late: most papers have no tags.
    from tui.query.normalization import normalize

    return {normalize(tag): tag for tag in tags}
