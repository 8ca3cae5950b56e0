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
from typing import NamedTuple

from tui.digests.builder import RecordDigestBuilder
from tui.digests.entry_notes import VOTES_UNREADABLE
from tui.digests.parsing import record_values as values
from tui.digests.parsing.markdown_lines import truncate
from tui.digests.parsing.votes_and_authors import parse_votes
from tui.digests.registry import Dialect
from tui.i18n import N_
from tui.models import UNDATED, Digest
from tui.paper_ids.references import sole_paper_id

NAME = "broadsheet"

FIRST_LINE = "[//]: # (broadsheet digest)"

_NO_DAY = "unknown"
_COMMENT_LABEL = "Comment"
_MAX_AUTHORS_CHARS = 1_000_000
"""A longer list has more authors than are kept before this, too."""

# In titles and names, and also the characters that separate names.
_SYNTAX = re.compile(r"[\\`*_\[\]<>#&~|$;,]")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#&~|$;,])")
_ESCAPED_NAME = re.compile(r"(?:\\.|[^\\;,])+")
_STRUCTURE = re.compile(r"^(?=\\*(?:[#>]|<!--))", re.MULTILINE)
_ESCAPED_STRUCTURE = re.compile(r"^\\(?=\\*(?:[#>]|<!--))", re.MULTILINE)
# Brackets in a title that was exported are escaped.
_LINKED_TITLE = re.compile(r"\[(?P<title>[^\[\]]+)\]\([^()\s]+\)")
_HEADING = re.compile(r"^(?P<level>##?) (?P<title>.*)", re.MULTILINE)
_FIELD = re.compile(r"- (?P<name>Id|Day|Votes|Authors|Categories|Published|Picture): (?P<value>.*)")


class PaperSection(NamedTuple):
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


def format_section(section: PaperSection) -> str:
    """Return the Markdown of a paper, without the last line end."""
    fields = {
        "Id": section.paper_id,
        "Day": _NO_DAY if section.day == UNDATED else section.day,
        "Votes": "" if section.votes is None else str(section.votes),
        "Authors": "; ".join(map(format_title, section.authors)),
        "Categories": ", ".join(section.categories),
        "Published": section.published or "",
        "Picture": section.picture or "",
    }
    head = [
        f"## {format_title(section.title)}",
        f"<{section.url}>",
        *(f"- {name}: {value}" for name, value in fields.items() if value),
    ]
    comment = _STRUCTURE.sub(r"\\", section.comment.strip("\n"))
    quotes = (
        "\n".join(f"> {line}" if line else ">" for line in quote.split("\n"))
        for quote in section.quotes
    )
    return "\n\n".join(filter(None, ["\n".join(head), comment, *quotes]))


def _claims(text: str) -> bool:
    return text.lstrip().startswith(FIRST_LINE)


def _read(text: str, path: str) -> Digest:
    builder = RecordDigestBuilder(path, NAME, is_arxiv_title=False, follows_path=False)
    line = position = 0
    heading = _HEADING.search(text)
    while heading:
        following = _HEADING.search(text, heading.end())
        end = following.start() if following else len(text)
        line += text.count("\n", position, heading.start())
        position = heading.start()
        if heading["level"] == "##":
            body = builder.paper_text(text, heading.end(), end, line + 1)
            _read_part(line + 1, heading["title"].strip(), body.split("\n")[1:], builder)
        heading = following
    return builder.build()


def _read_part(line: int, title: str, body: list[str], builder: RecordDigestBuilder) -> None:
    fields, link, rest = _split_head(body)
    paper_id = values.as_paper_id(fields.get("Id")) or _linked_id(link or title)
    if paper_id is None:
        # Before everything else, because there may be millions of headings.
        builder.report(line, N_("the paper has neither an id nor a link to it; skipped"))
        return
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


def _linked_id(text: str) -> str | None:
    return sole_paper_id(text) if "." in text or "/" in text else None


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
    found = _ESCAPED_NAME.finditer(text, 0, _MAX_AUTHORS_CHARS)
    names = (_ESCAPED.sub(r"\1", match[0].strip()) for match in found)
    return tuple(filter(None, names))


DIALECT = Dialect(NAME, _claims, _read, is_certain=True)
