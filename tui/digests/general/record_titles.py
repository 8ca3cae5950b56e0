"""The title of a paper in a record of data."""

from __future__ import annotations

from tui.digests.general.citations import without_remarks
from tui.digests.general.found_paper import value_id
from tui.digests.general.labels import Field, field_of, names_paper_itself
from tui.digests.general.record_fields import Labelled, values_of
from tui.digests.general.titles import is_generic, split_title
from tui.digests.parsing import record_values as values
from tui.digests.parsing.markdown_lines import plain_text
from tui.digests.parsing.written_days import day_written_in

_MIN_TITLE_SPACES = 1
_MAX_TITLE_CHARS = 300


def title_of_record(fields: list[Labelled], key: str) -> str:
    """Return the title of a paper, or an empty text.

    Args:
        fields: the fields of the record.
        key: the key that leads to it, which may be the title.
    """
    title = _first_line(fields, Field.ORIGINAL_TITLE) or _first_line(fields, Field.TITLE)
    title = title or _title_of_paper(fields) or _title_in_key(key)
    return split_title(title)[0] if "](" in title else title


def _first_line(fields: list[Labelled], wanted: Field) -> str:
    texts = (
        value[0] if isinstance(value, list) and len(value) == 1 else value
        for value in values_of(fields, wanted)
    )
    lines = (without_remarks(plain_text(values.as_line(text))) for text in texts)
    return next(filter(None, lines), "")


def _title_in_key(key: str) -> str:
    """Return the key of an object if it is the title of a paper: several words, not a label."""
    is_title = key.count(" ") >= _MIN_TITLE_SPACES and field_of(key) is None
    return plain_text(values.as_line(key)) if is_title and not day_written_in(key) else ""


def _title_of_paper(fields: list[Labelled]) -> str:
    """Return the title after a label that is the word for a paper: no link, path or id."""
    titles = (values.as_line(value) for _, key, value in fields if names_paper_itself(key))
    return next((plain_text(title) for title in titles if _is_plain_title(title)), "")


def _is_plain_title(text: str) -> bool:
    if "://" in text or "](" in text or len(text) > _MAX_TITLE_CHARS:
        return False
    is_path = " " not in text and ("/" in text or "." in text)
    return not (is_path or is_generic(text) or value_id(text))
