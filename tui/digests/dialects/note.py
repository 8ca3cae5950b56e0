"""The dialect ``note``: one file per paper, with fields in front matter and a longer text below.

::

    ---
    title: Taming the Titans
    title_zh: …
    authors: "A, B"
    date: 2025-05-13
    pdf: https://arxiv.org/pdf/2504.19720
    tags: ["query:llm"]
    score: 8.0
    tldr: …
    ---

    ## Abstract
    …

The title is arXiv's own. The score is the writer's; votes are rare. If the folder or file is
named after a day, that is the day of the digest. Otherwise ``date`` is, because folders are often
named after a span of days. The id comes from the fields, the start
of the file name or the text, in this order.

Only strings and lists of strings are extracted from the YAML, from the parser's events. No object
graph is built, so that aliases, with which a short text can describe a huge one, are harmless. Deep
nesting is rejected as invalid YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from tui.digests.builder import RecordDigestBuilder
from tui.digests.parsing import record_values as values
from tui.digests.parsing.dates import contains_date, issue_day_in_path
from tui.digests.parsing.summary_fence import strip_trailing_breaks
from tui.digests.registry import Dialect, ReportProblem
from tui.i18n import N_
from tui.models import Digest
from tui.paper_ids.arxiv import id_in_url, split_leading_id

NAME = "note"

_ID_FIELDS = (
    *("arxiv_id", "arxiv", "id", "paper_id", "url", "abs", "abs_url", "link", "paper"),
    *("pdf", "pdf_url", "paper_url", "arxiv_url", "doi", "canonical_id", "openreview"),
)
_DATE_FIELDS = ("date", "day", "collected", "published")
# Blog posts have a title and a date, too; a note also has fields of a paper.
_TITLE = re.compile(r"(?:\A|\n)title[ \t]*:")
_PAPER_FIELD = re.compile(r"(?:\A|\n)(?:pdf|pdf_url|arxiv|arxiv_id|arxiv_url|abs|tldr)[ \t]*:")
_AUTHORS = re.compile(r"(?:\A|\n)authors?[ \t]*:")

_MAX_FRONT_MATTER_CHARS = 262_144
"""Some front matter has the positions of all figures of a paper."""

_AUTHORS_LABEL = re.compile(r"(?i:author|tác giả)|作者|著者|筆者|저자")
_MAX_HEAD_CHARS = 4000
"""Characters of the text in which authors are looked for if the fields name none."""

_MAX_CATEGORY_CHARS = 1000
"""Characters of the text in which categories are looked for if the fields have none."""

_MAX_NESTING = 100
"""Levels of nested collections; the parser's time per level grows with the depth."""

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_NEXT_DOCUMENT = re.compile(
    r"(?:[\w-]{1,40}:(?:[ \t][^\n]*)?\n|[ \t-][^\n]*\n){0,200}?title:[ \t][^\n]*\n"
    r"(?:[\w-]{1,40}:(?:[ \t][^\n]*)?\n|[ \t-][^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
"""Fields with a title, and another separator, directly below front matter."""

_SIMPLE_FIELD = re.compile(r"(?P<name>[A-Za-z_][\w-]{0,60})[ \t]*:[ \t]+(?P<value>[^\n]*)")
_NULLS = {"", "~", "null", "Null", "NULL"}

Fields = dict[str, object]
"""Strings and lists of strings, by name."""


def _claims(text: str) -> bool:
    matter = _FRONT_MATTER.match(text, 0, _MAX_FRONT_MATTER_CHARS)
    if matter is None or not _TITLE.search(matter["yaml"]):
        return False
    if _NEXT_DOCUMENT.match(text, matter.end()):
        return False  # a file of several documents in YAML
    has_paper_fields = _PAPER_FIELD.search(matter["yaml"]) and _AUTHORS.search(matter["yaml"])
    return bool(has_paper_fields) or id_in_url(matter["yaml"]) is not None


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME, follows_path=False)
    matter = _FRONT_MATTER.match(text, 0, _MAX_FRONT_MATTER_CHARS)
    if matter is None:
        return builder.build()
    fields = _parse_fields(matter, builder.note)
    body = builder.paper_text(text, matter.end(), len(text), 1)
    paper_id = _paper_id(fields, path, body)
    if paper_id is None:
        builder.report(1, N_("no id of a paper in the fields, file name or text; skipped"))
        return builder.build()
    day = _day(fields, builder)
    builder.add_paper(
        1,
        paper_id=paper_id,
        day=issue_day_in_path(path) or day,
        published=values.as_day(fields.get("published")),
        title=values.as_line(fields.get("title")),
        votes=_votes(fields),
        authors=values.as_authors(fields.get("authors") or fields.get("author"))
        or _authors_below(body),
        summary=_summary(fields, body),
        labels=_categories(fields, body),
    )
    return builder.build()


def _categories(fields: Fields, body: str) -> tuple[str, ...]:
    """Return the categories of arXiv in the fields, else those near the start of the text."""
    from tui.digests.general.vocabulary.categories import categories_of, names_category

    start = body[:_MAX_CATEGORY_CHARS]
    if found := categories_of(fields.items()):
        return found
    if not names_category(start):
        return ()
    from tui.digests.general.pages.paper_fields import described_fields
    from tui.digests.general.tree.document_tree import parse_document

    return described_fields(parse_document(start)).labels


def _votes(fields: Fields) -> int | None:
    from tui.digests.general.vocabulary.labels import Field, field_of

    counts = (values.as_count(fields[name]) for name in fields if field_of(name) is Field.VOTES)
    return next((count for count in counts if count is not None), None)


def _authors_below(body: str) -> tuple[str, ...]:
    """Return the authors after a label, or below a heading, near the start of the text."""
    start = body[:_MAX_HEAD_CHARS]
    if not _AUTHORS_LABEL.search(start):
        return ()
    from tui.digests.general.pages.paper_fields import described_fields
    from tui.digests.general.tree.document_tree import parse_document

    fields = described_fields(parse_document(start))
    return fields.authors if fields.has_label else ()


def _paper_id(fields: Fields, path: str, body: str) -> str | None:
    named = [value for name in _ID_FIELDS for value in values.as_list(fields.get(name))]
    if arxiv_id := values.first_arxiv_id(named):
        return arxiv_id
    leading = split_leading_id(path.rsplit("/", 1)[-1])
    if leading:
        return leading[0]
    # A paper that is elsewhere may mention one on arXiv.
    return values.first_paper_id(named) or id_in_url(body)


def _day(fields: Fields, builder: RecordDigestBuilder) -> str | None:
    for name in _DATE_FIELDS:
        value = fields.get(name)
        if (day := values.as_day(value)) is not None:
            return day
        if value and name == "date":
            template = N_("cannot read the date '{date}'; using the path's date")
            if contains_date(values.as_line(value)):
                template = N_("the date '{date}' does not exist; using the path's date")
            builder.note(1, template, date=values.describe_value(value))
            return None
    return None


def _summary(fields: Fields, body: str) -> str:
    score = fields.get("score")
    facts = values.bullet_list(
        ("Title", values.comma_list(fields.get("title_zh"))),
        ("Tags", values.comma_list(fields.get("tags"))),
        ("Score", values.as_line(score) if values.as_count(score) is not None else ""),
    )
    text = strip_trailing_breaks(body.strip("\n"))
    return values.join_sections(("", facts), *values.model_sections(fields), ("", text))


def _parse_fields(matter: re.Match[str], note: ReportProblem) -> Fields:
    """Return the fields of front matter; read it line by line if it is not valid YAML."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    fields: Fields = {}
    name = ""
    try:
        for name, value in _iter_fields(_limit_nesting(yaml.parse(matter["yaml"], Loader=loader))):
            fields[name] = value
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # The first line of the YAML is line 2 of the page; marks count from 0.
        line = mark.line + 2 if mark else 2
        template = N_("the front matter is not valid YAML from here on; read line by line")
        note(min(line, matter[0].count("\n")), template)
        # The error may be in the middle of the last value.
        fields.pop(name, None)
        for match in map(_SIMPLE_FIELD.fullmatch, matter["yaml"].split("\n")):
            if match:
                fields.setdefault(match["name"], match["value"].strip().strip("\"'"))
    return fields


def _limit_nesting(events: Iterator[object]) -> Iterator[object]:
    """Yield events; raise a YAML error if they are nested too deeply."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_NESTING:
            raise yaml.MarkedYAMLError(problem_mark=getattr(event, "start_mark", None))
        yield event


def _iter_fields(events: Iterator[object]) -> Iterator[tuple[str, object]]:
    """Yield the names and values of the top-level mapping, if there is one."""
    depth = 0
    name: str | None = None
    items: list[object] | None = None
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 1:
                if name is not None and items is not None:
                    yield name, items
                name = items = None
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                return
            if depth == 2 and name is None:
                # The key is a collection. Its value becomes the key of the next field: harmless.
                name = ""
            if depth == 2 and isinstance(event, yaml.SequenceStartEvent):
                items = []
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            value = _scalar(event)
            if depth == 1 and name is None:
                name = value or ""
            elif depth == 1:
                yield name or "", value
                name = None
            elif depth == 2 and items is not None:
                items.append(value)


def _scalar(event: object) -> str | None:
    """Return the text of a scalar, or None for null and aliases."""
    value = getattr(event, "value", None)
    if not isinstance(value, str):
        return None
    is_plain = getattr(event, "implicit", (False,))[0]
    return None if is_plain and value in _NULLS else value


DIALECT = Dialect(NAME, _claims, _read)
