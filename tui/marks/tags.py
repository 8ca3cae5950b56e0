"""Tags: parse what the reader types, compare and count."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tui.i18n import _
from tui.models import Marks
from tui.query.normalization import normalize

_QUOTES = "[\"'`‘’“”]"
_CLEAR_SEPARATORS = r"[,，、]|\s(?=[#＃])"
_SEPARATORS = r"[\s,，、]+"


def parse_tags(text: str) -> tuple[str, ...]:
    """Parse tags separated by spaces or commas: ``rl, #Todo  강화학습``.

    Args:
        text: any text; quotes, escape sequences and control characters are removed.

    Returns:
        The tags in order, in NFC, without leading ``#`` and ``=``, which are query syntax. Of tags
        that differ only in case, the first.
    """
    from tui.sanitize import clean

    # Cleaned before, because U+1FEF becomes a quote in NFC, and after, because a quote may have
    # separated a letter from its combining accent. So a tag never changes when parsed again.
    words = re.split(_SEPARATORS, clean(re.sub(_QUOTES, "", clean(text))))
    tags: dict[str, str] = {}
    for tag in (word.lstrip("#＃=") for word in words):
        # Accents without a letter cannot be searched for.
        if any(unicodedata.category(char)[0] != "M" for char in tag):
            tags.setdefault(normalize(tag), tag)
    return tuple(tags.values())


def parse_typed_tags(text: str) -> tuple[str, ...]:
    """Parse tags separated by commas, or by spaces before ``#``, wherever a reader types them.

    Raises:
        ValueError: one has a space, so that it is unclear whether it is one tag.
    """
    from tui.sanitize import clean

    for typed in re.split(_CLEAR_SEPARATORS, re.sub(_QUOTES, "", clean(text))):
        words = typed.split()
        if len(words) > 1:
            sentence = _(
                "'{tag}': a tag has no spaces; write '{one}', or '{several}' for {number} tags"
            )
            one, several = "-".join(words), ",".join(words)
            values = {"tag": typed.strip(), "one": one, "several": several, "number": len(words)}
            raise ValueError(sentence.format_map(values))
    return parse_tags(text)


def merge_tags(
    tags: Sequence[str], added: Sequence[str], removed: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return tags with some added and others removed, ignoring case."""
    unwanted = set(map(normalize, removed))
    kept = [tag for tag in tags if normalize(tag) not in unwanted]
    present = set(map(normalize, kept))
    return (*kept, *(tag for tag in added if normalize(tag) not in present))


def by_normalized_tag(tags: Iterable[str]) -> dict[str, str]:
    """Return tags by their normalized form, which all spellings of a tag share; order is kept."""
    return {normalize(tag): tag for tag in tags}


def tags_in_use(marks: Mapping[str, Marks]) -> dict[str, int]:
    """Count the papers of each tag.

    Args:
        marks: the reader's marks by paper id.

    Returns:
        Numbers of papers by tag; the most frequent first, then in alphabetical order. Spellings
        that differ only in case are counted as one tag, under the most frequent spelling.
    """
    spellings = Counter(tag for each in marks.values() for tag in each.tags)
    if not spellings:
        return {}
    papers: Counter[str] = Counter()
    names: dict[str, list[str]] = defaultdict(list)
    for tag in sorted(spellings, key=lambda tag: (-spellings[tag], tag)):
        papers[normalize(tag)] += spellings[tag]
        names[normalize(tag)].append(tag)
    order = sorted(papers, key=lambda key: (-papers[key], key))
    return {names[key][0]: papers[key] for key in order}
