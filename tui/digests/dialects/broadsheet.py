r"""The dialect ``broadsheet``: digests that ``broadsheet export --format digest`` writes.

::

    [//]: # (broadsheet digest)

    # Papers for the reading group

    ## Title
    <https://arxiv.org/abs/2505.04921>
    - Id: 2505.04921
    - Day: 2025-05-22
    - Votes: 47
    - Authors: Ada Kim; Bo Lee; et al.

    What the writer says about it.

    > ## The summary
    >
    > as a quotation

Papers may be added by hand; a heading with a link is enough. The fields follow the heading without
a blank line. A backslash before a character of Markdown is not part of a title, a name or the start
of a line of the comment. Several quotations are several summaries. A paper has the title of the
writer's library, which need not be arXiv's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.digests.builder import RecordDigestBuilder
from tui.digests.notes import VOTES_UNREADABLE
from tui.digests.parsing import record_values as values
from tui.digests.parsing.markdown_lines import truncate
from tui.digests.parsing.votes_and_authors import parse_votes
from tui.digests.registry import Dialect
from tui.models import UNDATED, Digest
from tui.paper_ids.references import sole_paper_id

NAME = "broadsheet"

FIRST_LINE = "[//]: # (broadsheet digest)"

_NO_DAY = "unknown"
_COMMENT_LABEL = "Comment"

# In titles and names, and also the characters that separate names.
_SYNTAX = re.compile(r"[\\`*_\[\]<>#&~|$;,]")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#&~|$;,])")
_ESCAPED_NAME = re.compile(r"(?:\\.|[^\\;,])+")
_STRUCTURE = re.compile(r"^(?=\\*(?:[#>]|<!--))", re.MULTILINE)
_ESCAPED_STRUCTURE = re.compile(r"^\\(?=\\*(?:[#>]|<!--))", re.MULTILINE)
# Brackets in a title that was exported are escaped.
_LINKED_TITLE = re.compile(r"\[(?P<title>[^\[\]]+)\]\([^()\s]+\)")
_FIELD = re.compile(r"- (?P<name>Id|Day|Votes|Authors|Categories|Published|Picture): (?P<value>.*)")


class Block(NamedTuple):
    """What a digest says about a paper on a day.

    Attributes:
        paper_id: canonical.
        url: of its page.
        title: on one line.
        day: the day on which it was featured, or UNDATED.
        votes: None if unknown.
        authors: in order, perhaps with ET_AL.
        categories: of arXiv.
        published: the day of publication, or None.
        picture: the URL of a picture or video, or None.
        comment: the writer's, as Markdown.
        quotes: summaries of others, as Markdown.
    """

    paper_id: str
    url: str
    title: str
    day: str = UNDATED
    votes: int | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published: str | None = None
    picture: str | None = None
    comment: str = ""
    quotes: tuple[str, ...] = ()


def format_title(text: str) -> str:
    """Return text on one line that Markdown shows literally."""
    return _SYNTAX.sub(r"\\\g<0>", " ".join(text.split()))


def format_block(block: Block) -> str:
    """Return the Markdown of a paper, without the last line end."""
    fields = {
        "Id": block.paper_id,
        "Day": _NO_DAY if block.day == UNDATED else block.day,
        "Votes": "" if block.votes is None else str(block.votes),
        "Authors": "; ".join(map(format_title, block.authors)),
        "Categories": ", ".join(block.categories),
        "Published": block.published or "",
        "Picture": block.picture or "",
    }
    head = [
        f"## {format_title(block.title)}",
        f"<{block.url}>",
        *(f"- {name}: {value}" for name, value in fields.items() if value),
    ]
    comment = _STRUCTURE.sub(r"\\", block.comment.strip("\n"))
    quotes = (
        "\n".join(f"> {line}" if line else ">" for line in quote.split("\n"))
        for quote in block.quotes
    )
    return "\n\n".join(filter(None, ["\n".join(head), comment, *quotes]))


def _claims(text: str) -> bool:
    return text.lstrip().startswith(FIRST_LINE)


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME, is_arxiv_title=False, follows_path=False)
    for line, title, body in _parts(text):
        _read_part(line, title, body, builder)
    return builder.build()


def _parts(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line number, heading and further lines of each paper."""
    line, title = 0, ""
    body: list[str] = []
    for number, each in enumerate(text.split("\n"), start=1):
        if each.startswith(("## ", "# ")):
            if line:
                yield line, title, body
            line, title, body = (number if each.startswith("## ") else 0), each[3:].strip(), []
        else:
            body.append(each)
    if line:
        yield line, title, body


def _read_part(line: int, title: str, body: list[str], builder: RecordDigestBuilder) -> None:
    fields, link, rest = _split_head(body)
    paper_id = values.as_paper_id(fields.get("Id")) or sole_paper_id(link or title)
    votes = fields.get("Votes", "")
    if votes and parse_votes(votes) is None:
        builder.note(line, VOTES_UNREADABLE, votes=truncate(votes, 40))
    day = fields.get("Day", "")
    comment, quotes = _split_quotes(rest)
    if match := _LINKED_TITLE.fullmatch(title):
        title = match["title"]
    title = _ESCAPED.sub(r"\1", title)
    builder.add_paper(
        line,
        paper_id=paper_id,
        day=UNDATED if day == _NO_DAY else values.as_day(day),
        published=values.as_day(fields.get("Published")),
        title="" if title == paper_id else title,
        votes=parse_votes(votes),
        authors=_names(fields.get("Authors", "")),
        thumbnail=fields.get("Picture"),
        labels=values.as_categories(fields.get("Categories")),
        summary=values.join_sections((_COMMENT_LABEL, comment), ("", "\n\n".join(quotes))),
    )


def _split_head(body: list[str]) -> tuple[dict[str, str], str, list[str]]:
    """Return the fields of a paper, its link, and the lines below."""
    fields: dict[str, str] = {}
    link = ""
    for index, line in enumerate(body):
        if match := _FIELD.fullmatch(line):
            fields[match["name"]] = match["value"].strip()
        elif not link and not fields and line.startswith(("<http", "http")):
            link = line.strip()
        elif line.strip() or fields or link:
            return fields, link, body[index:]
    return fields, link, []


def _split_quotes(lines: list[str]) -> tuple[str, list[str]]:
    """Return the comment, and the text of each quotation."""
    comment: list[str] = []
    quotes: list[list[str]] = []
    is_quote = False
    for line in lines:
        if line.startswith(">"):
            if not is_quote:
                quotes.append([])
            quotes[-1].append(line[1:].removeprefix(" "))
        else:
            comment.append(line)
        is_quote = line.startswith(">")
    text = "\n".join(comment).strip("\n")
    return _ESCAPED_STRUCTURE.sub("", text), ["\n".join(quote).strip("\n") for quote in quotes]


def _names(text: str) -> tuple[str, ...]:
    names = (_ESCAPED.sub(r"\1", name.strip()) for name in _ESCAPED_NAME.findall(text))
    return tuple(filter(None, names))


DIALECT = Dialect(NAME, _claims, _read, is_certain=True)
