"""A line that has a title and the names of its authors, without labels, links or quotes."""

from __future__ import annotations

import re

from tui.digests.general.names.author_lists import unlabelled_names
from tui.digests.general.names.citations import LAST_AND_INITIALS, Citation
from tui.digests.general.vocabulary.labels import field_of
from tui.models import ET_AL

_MAX_CHARS = 1500
_ITALIC = re.compile(r"(?<![*\w])([*_])(?=[^\s*_])([^*\n]{3,400}?)(?<=[^\s*_])\1(?![*\w])")
_AFTER_TITLE = re.compile(r"\s*(?:$|[,.:;|·(\[–—-]|(?:by|von|par|por|di|bởi)\b)")
_LAST = r"[A-ZÀ-ÞŠŽŁ][\w'’-]+(?: [A-ZÀ-ÞŠŽŁ][\w'’-]+)?"
_NAME = rf"{_LAST} [A-Z]{{1,3}}"
_LAST_INITIALS = re.compile(rf"({_LAST}) ([A-Z]{{1,3}})(?=[,.;]|$)")
_VANCOUVER = re.compile(
    rf"(?P<authors>(?:{_NAME}[,;] ?){{0,100}}(?:{_NAME}(?:,? et al)?|et al))"
    r"\.\s+(?P<title>[^.!?]{8,400}[.?!]?)"
)
"""``Roe J, Doe JK. Title.``"""

_BEFORE_NAMES = re.compile(r",? by |\. |\s[-–—|·/]\s|\s[(（]")
_SEPARATOR_SIGN = re.compile(r"[.–—|·/(（-]")
"""Is in every separator but " by "."""

_MIN_TITLE_CHARS = 8
_MAX_SEPARATORS = 4
_MARKS = " ,.:;-–—|·([（【"


def split_names(text: str) -> Citation | None:
    """Return the parts of a line that has a title and names; None for another line.

    ``Title - Jane Roe, John Doe``, ``Title, by J. Roe and J. Doe``, ``*Title*, J. Roe et al.``,
    ``Jane Roe, John Doe. *Title*``, ``Roe J, Doe JK. Title.``
    """
    text = text[:_MAX_CHARS].strip()
    if ("*" in text or "_" in text) and (italic := _ITALIC.search(text)):
        return _split_at_italics(text, italic)
    if vancouver := _VANCOUVER.match(text):
        found = _LAST_INITIALS.findall(vancouver["authors"])
        authors = ", ".join(f"{last}, {'. '.join(initials)}." for last, initials in found)
        return Citation(authors, vancouver["title"], text[vancouver.end() :])
    if not (" by " in text or _SEPARATOR_SIGN.search(text)):
        return None
    for separator in reversed(list(_BEFORE_NAMES.finditer(text))[-_MAX_SEPARATORS:]):
        names = text[separator.end() :].strip(_MARKS).rstrip(")）").strip()
        if separator.start() >= _MIN_TITLE_CHARS and are_full_names(names):
            return Citation(f"by {names}", text[: separator.start()], "")
    return None


def _split_at_italics(text: str, italic: re.Match[str]) -> Citation | None:
    """Return the parts of a line in which the title, or the names, are in italics; or None."""
    before, inner = text[: italic.start()].strip(_MARKS), italic[2]
    after = text[italic.end() :].strip(_MARKS)
    if are_full_names(f"*{inner.strip(' .')}*") and " " in before:
        return Citation(f"by {inner}", before, after)
    if " " not in inner or field_of(inner.strip(_MARKS + "：")):
        return None
    if before:
        has_names = are_full_names(before) or LAST_AND_INITIALS.match(before)
        return Citation(before, inner, after) if has_names else None
    return Citation(after, inner, "") if _AFTER_TITLE.match(text, italic.end()) else None


def are_full_names(text: str) -> bool:
    """Return whether a text is a list of names, each with a first name if they are Latin."""
    names = [name for name in unlabelled_names(text.strip(" .")) if name != ET_AL]
    return bool(names) and all(" " in name or not name.isascii() for name in names)
