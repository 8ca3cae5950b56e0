"""Commands that mark papers, as they are typed: ``star``, ``tag rl is:unread``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tui.i18n import N_, _
from tui.marks.edits import MarkEdit, set_hidden, set_read, set_starred, set_tags
from tui.marks.reading_list import add_to_list, remove_from_list
from tui.marks.tags import merge_tags, parse_typed_tags
from tui.models import NO_MARKS, MarksLookup

MARK_VERBS = {
    "star": N_("star [QUERY]: star"),
    "unstar": N_("unstar [QUERY]: remove stars"),
    "read": N_("read [QUERY]: mark as read"),
    "unread": N_("unread [QUERY]: mark as unread"),
    "hide": N_("hide [QUERY]: hide"),
    "unhide": N_("unhide [QUERY]: show again"),
    "later": N_("later [QUERY]: add to the reading list"),
    "unlater": N_("unlater [QUERY]: remove from the reading list"),
    "tag": N_("tag TAG[,TAG] [QUERY]: add tags"),
    "untag": N_("untag TAG[,TAG] [QUERY]: remove tags"),
}
"""The verbs, and what they do; without a query, to the selection or the paper under the cursor."""

TAG_VERBS = frozenset({"tag", "untag"})
"""The verbs that are followed by tags."""


_TAG = r"""(?:"[^"]*"|'[^']*'|[^\s,，、]+)"""
_TAGS = re.compile(rf"(?:{_TAG}?\s*[,，、]\s*)*{_TAG}?(?=\s|$)")


class TaggedText(NamedTuple):
    """The text after ``tag`` or ``untag``.

    Attributes:
        tags: one or more tags as typed, with commas between them.
        rest: the text after them.
    """

    tags: str
    rest: str


class MarkCommand(NamedTuple):
    """A command that marks papers.

    Attributes:
        verb: a key of ``MARK_VERBS``.
        tags: the tags of ``tag`` and ``untag``.
        query: the query that selects papers; empty for the selection.
    """

    verb: str
    tags: tuple[str, ...] = ()
    query: str = ""


def split_tags(text: str) -> TaggedText:
    """Separate the tags from the query after them."""
    text = text.lstrip()
    match = _TAGS.match(text)
    end = match.end() if match else len(text)
    return TaggedText(text[:end], text[end:].lstrip())


def parse_mark_command(verb: str, rest: str) -> MarkCommand:
    """Parse the text after a verb.

    Args:
        verb: a key of ``MARK_VERBS``.
        rest: the text.

    Raises:
        ValueError: the tags are missing, or one has a space.
    """
    if verb not in TAG_VERBS:
        return MarkCommand(verb, query=rest.strip())
    typed = split_tags(rest)
    tags = parse_typed_tags(typed.tags)
    if not tags:
        raise ValueError(_("Enter a tag, such as: {verb} rl").format(verb=verb))
    return MarkCommand(verb, tags, typed.rest.strip())


def command_edits(
    command: MarkCommand, papers: Iterable[str], marks: MarksLookup
) -> list[MarkEdit]:
    """Return the edits of a command.

    Args:
        command: the command.
        papers: ids of papers.
        marks: the current marks.

    Raises:
        MarkTooLargeError: there are too many tags, or one is too long.
    """
    ids = list(papers)
    match command.verb:
        case "star" | "unstar":
            return set_starred(ids, command.verb == "star")
        case "read" | "unread":
            return set_read(ids, command.verb == "read")
        case "hide" | "unhide":
            return set_hidden(ids, command.verb == "hide")
        case "later":
            return add_to_list(ids)
        case "unlater":
            return remove_from_list(ids)
    added, removed = (command.tags, ()) if command.verb == "tag" else ((), command.tags)
    edits: list[MarkEdit] = []
    for paper in ids:
        before = marks.get(paper, NO_MARKS).tags
        edits += set_tags([paper], merge_tags(before, added, removed), replaces=before)
    return edits
