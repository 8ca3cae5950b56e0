"""A paper in the row of a table whose columns may have names."""

from __future__ import annotations

from tui.digests.general.fields.code_links import code_links_in
from tui.digests.general.fields.table_rows import linked_title, read_row
from tui.digests.general.fields.titles import split_title
from tui.digests.general.fields.vote_counts import votes_in
from tui.digests.general.found_paper import FoundPaper
from tui.digests.general.names.author_lists import names_in, unlabelled_names
from tui.digests.general.records.record_fields import NO_VALUES, heading_of, is_prose
from tui.digests.general.tree.document_tree import Block, split_row
from tui.digests.general.tree.inline_html import inline_markdown
from tui.digests.general.vocabulary.categories import categories_of
from tui.digests.general.vocabulary.labels import Field, field_of, fields_of
from tui.digests.parsing import record_values as values
from tui.digests.parsing.markdown_lines import plain_text
from tui.digests.parsing.written_days import day_written_in, exact_day_in, short_day

_MAX_DAY_CHARS = 20


def read_table_row(row: Block, paper_id: str, day: str | None, year: str = "") -> FoundPaper | None:
    """Return the paper in a row, or None if it has no title.

    Args:
        row: the row, with the names of its columns if the table has a header.
        paper_id: its canonical id.
        day: the day of the issue, or None.
        year: of days without one; empty if unknown.
    """
    kinds = [field_of(name.strip("*_ ")) for name in row.columns]
    paper: FoundPaper | None = None
    if Field.TITLE in kinds or Field.LINK in kinds or linked_title(row.text, paper_id):
        paper = _read_named_row(row, kinds, paper_id, day, year)
    if paper is None:
        paper = read_row(row.text, paper_id, day)
    if paper:
        paper.line, paper.rule = row.line, "row"
        paper.issue_day = paper.issue_day or day
    return paper


def _read_named_row(
    row: Block, kinds: list[Field | None], paper_id: str, day: str | None, year: str
) -> FoundPaper | None:
    cells = [inline_markdown(cell) for cell in split_row(row.text)]
    pairs = list(zip(kinds, row.columns, cells, strict=False))

    def texts(kind: Field) -> list[str]:
        return [cell for found, _, cell in pairs if found is kind and cell]

    titles = texts(Field.TITLE)
    if len(titles) > 1 and not titles[0].isascii():
        titles.sort(key=lambda cell: not (cell.isascii() and " " in cell))
    named = (
        texts(Field.ORIGINAL_TITLE)
        or titles
        or [cell for cell in cells if linked_title(cell, paper_id)]
        or [cell for cell in texts(Field.LINK) if split_title(cell)[0]]
        or [cell for found, _, cell in pairs if found is None and split_title(cell)[0]]
    )
    title, rest = split_title(named[0]) if named else ("", "")
    if not title:
        return None
    authors = next(filter(None, map(names_in, texts(Field.AUTHORS))), ())
    if not authors:
        # A single name is one if the column is named after authors, too.
        has_names = any(Field.AUTHORS in fields_of(name) for name in row.columns)
        find = _names_in_line if has_names else unlabelled_names
        lines = rest.split("\n")
        if line := next(filter(find, lines), ""):
            authors = find(line)
            lines.remove(line)
            rest = "\n".join(lines)
    votes = next(
        (count for cell in texts(Field.VOTES) if (count := votes_in(cell)) is not None), None
    )
    sections = [
        (heading_of(plain_text(name)), cell)
        for kind, name, cell in pairs
        if kind is Field.SUMMARY or (kind is None and is_prose(cell))
    ]
    facts = [
        (heading_of(plain_text(name)), cell)
        for kind, name, cell in pairs
        if kind is Field.FACT and cell.casefold() not in NO_VALUES
    ]
    facts += [
        (heading_of(plain_text(name)), plain_text(cell))
        for kind, name, cell in pairs
        if kind is Field.OTHER_TITLE or (kind is Field.TITLE and cell not in named[:1])
    ]
    summary = values.join_sections(
        ("", _cell_text(rest)),
        *((label, _cell_text(cell)) for label, cell in sections),
        ("", values.bullet_list(*facts)),
    )
    days = [
        next(filter(None, (_day_in(cell, year) for cell in texts(k))), None)
        for k in (Field.ISSUE_DAY, Field.DATE, Field.PUBLISHED)
    ]
    if not any(days):
        short = [cell for kind, _, cell in pairs if kind is None and len(cell) < _MAX_DAY_CHARS]
        days[1] = next(filter(None, map(exact_day_in, short)), None)
    return FoundPaper(
        line=row.line,
        paper_id=paper_id,
        title=title,
        authors=authors,
        votes=votes,
        issue_day=day,
        featured=days[0],
        dated=days[1],
        published=days[2],
        summary=summary,
        code=code_links_in("\n".join(cells)),
        labels=categories_of((plain_text(name), cell) for _, name, cell in pairs),
    )


def _day_in(cell: str, year: str) -> str | None:
    cell = plain_text(cell) if "&" in cell else cell
    return day_written_in(cell, year) or short_day(cell, year)


def _names_in_line(line: str) -> tuple[str, ...]:
    return unlabelled_names(line) or unlabelled_names(f"by {line.strip()}")


def _cell_text(text: str) -> str:
    return values.escape_blocks(
        text.strip(" -–—·:：\t").replace("\n●", "\n- ").replace("\n•", "\n- ")
    )
