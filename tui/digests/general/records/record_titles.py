"""The title of a paper in a record of data."""

from __future__ import annotations

from collections.abc import Iterator

from tui.digests.general.fields.title_remarks import without_remarks
from tui.digests.general.fields.titles import (
    is_generic,
    split_title,
    title_of_link,
    without_full_stop,
)
from tui.digests.general.found_paper import value_id
from tui.digests.general.markup.text_markup import without_tags
from tui.digests.general.records.record_fields import RecordFields
from tui.digests.general.vocabulary.labels import Field, field_of, names_paper_itself
from tui.digests.parsing import record_values as values
from tui.digests.parsing.markdown_lines import plain_text
from tui.digests.parsing.written_days import day_written_in

_MIN_TITLE_SPACES = 1
_MAX_TITLE_CHARS = 300


def title_of_record(fields: RecordFields, key: str) -> str:
    """Return the title of a paper, or an empty text.

    Args:
        fields: the fields of the record.
        key: the key that leads to it, which may be the title.
    """
    title = next(_lines(fields, Field.ORIGINAL_TITLE), "") or _first_title(fields)
    title = title or _title_of_paper(fields) or _title_in_key(key)
    return split_title(title)[0] if "](" in title else without_full_stop(title)


def _first_title(fields: RecordFields) -> str:
    """Return the first title; if it is a translation of another one, that one."""
    titles = list(_lines(fields, Field.TITLE))
    if len(titles) > 1 and not titles[0].isascii():
        original = (title for title in titles if title.isascii() and " " in title)
        return next(original, titles[0])
    return titles[0] if titles else ""


def _lines(fields: RecordFields, wanted: Field) -> Iterator[str]:
    texts = map(values.as_line, map(_title_of, fields.values(wanted)))
    lines = (without_remarks(plain_text(without_tags(text))) for text in texts)
    return filter(None, lines)


def _title_of(value: object) -> object:
    """Return the title in ``[{"title": "Quiet Stairs", "source": "arXiv"}]``; any other value."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return value
    found = (item for key, item in first.items() if field_of(key) is Field.TITLE)
    return next(found, first.get("value"))


def _title_in_key(key: str) -> str:
    """Return the key of an object if it is the title of a paper: several words, not a label."""
    is_title = key.count(" ") >= _MIN_TITLE_SPACES and field_of(key) is None
    return plain_text(values.as_line(key)) if is_title and not day_written_in(key) else ""


def _title_of_paper(fields: RecordFields) -> str:
    """Return the title after a label that is the word for a paper: no address, path or id."""
    titles = (values.as_line(value) for _, key, value in fields if names_paper_itself(key))
    return next((plain_text(title) for title in titles if _may_be_title(title)), "")


def _may_be_title(text: str) -> bool:
    if "](" in text:
        return bool(title_of_link(text))
    if "://" in text or len(text) > _MAX_TITLE_CHARS:
        return False
    is_path = " " not in text and ("/" in text or "." in text)
    return not (is_path or is_generic(text) or value_id(text))
