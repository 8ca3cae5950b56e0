"""The id of the paper that a part of a page is about: in its heading, its fields or a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.digests.general.fields.address_ids import paper_url, url_in
from tui.digests.general.fields.line_days import ANY_YEAR, split_leading_day
from tui.digests.general.fields.name_parts import names_beside_links
from tui.digests.general.fields.titles import id_alone, is_generic, split_title
from tui.digests.general.found_paper import elsewhere_id, link_id, preferred_id, value_id
from tui.digests.general.tree.document_tree import Block, BlockKind, split_row
from tui.digests.general.tree.line_labels import (
    bare,
    label_kind,
    labelled_parts,
    split_label,
    without_number,
)
from tui.digests.general.vocabulary.labels import Field, field_of, names_paper_itself
from tui.digests.parsing.markdown_lines import labelled_links
from tui.paper_ids import arxiv_id_of
from tui.paper_ids.arxiv import parse_id, split_leading_id
from tui.paper_ids.references import arxiv_ids_in

_TITLES = frozenset({Field.TITLE, Field.ORIGINAL_TITLE})
_MAX_HEADER_LINES = 12
"""Lines below a title that may have its id without a label."""

_TITLED_LINK = re.compile(r"[^\w\[]{0,8}(?:\d{1,3}[.):、][^\w\[]{0,4})?\[([^\[\]]{12,400})\]\(")
"""A title that is a link, perhaps with a number before it: ``**1. [A Title](…)**``."""

_TITLE_LINK = re.compile(
    r"\W{0,8}\[[^\[\]]{12,400}\]\((?P<url>https?://[^()\s]{1,300})\)\W{0,8}(?:\w[^()\n]{0,40}\))?"
)

_TITLE_AND_LINK = re.compile(
    r"[^.!\n]{8,300}?\s?[:：–—(-]\s?<?https?://[^\s()<>]{1,300}[>)]?"
    r"|[^.!;\n\[\]]{8,200}\s\[\d{1,3}\]\(https?://[^\s()<>]{1,300}\)"
)

_DAY_AND_LINK = re.compile(r"[^\[\n]{3,24}\[[^\[\]]{12,400}\]\(")
"""What a line with a day and a title that is a link looks like: ``**May 14** · [A Title](…)``."""

_CAPITALIZED_AND_LINK = re.compile(r"([^.!?;\n\[\]<>]{12,200}?)\s<?https?://[^\s<>]{1,300}>?")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
"""Words of a title that are capitalized, if those of titles are."""

_MIN_LINES = 3
"""Lines of a paper that has names, an address and a text."""

_MAX_ITEM_WORDS = 80
"""Words of an item that is a title with a link, and not a text with a reference."""

_MAX_LINK_WORDS = 4
"""Words besides links on a line that is little but links."""

_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")

_LINKS = re.compile(
    r"\[[^\]]{0,60}\]\([^()]{0,2000}\)|https?://\S+|arxiv\.org/\S+|`[^`]*`|\d{4}[-/.]\d\d?[-/.]\d\d?"
    r"|\b(?:cs|math|stat|eess|econ|q-bio|q-fin|physics|astro-ph|cond-mat)\.[A-Za-z-]{2,9}\b|\b\d\.\d+\b"
)

_LEAD_IN = re.compile(
    r"(?:[^\w\s*]{1,4}\s{0,3})?\*\*(?:\d{1,3}[.)]\s{0,3})?(?P<title>[^\s*][^*\n]{2,300})\*\*[\s:：.–—-]"
)
"""A title in bold before prose, perhaps with a number or sign."""

_LINKS_AT_END = re.compile(
    r"(?:[\s(（|｜·•,/\[]{0,5}\[[^\[\]]{1,40}\]\(https?://[^\s()]{1,500}\)){1,8}[\s)）\].]{0,4}$"
)
_MAX_LINKS_CHARS = 2000

_AFTER_ID = re.compile(r"\]\s+(?=[^\W_])")
_LINK_PARTS = re.compile(r"\s[|｜·•]\s(?=\[)")
_LABELS = re.compile(r"\[([^\]]{0,60})\]\(([^)]{1,2000})\)")


def heading_id(heading: str) -> str | None:
    """Return the id that a heading names, or None."""
    if found := next(arxiv_ids_in(heading), None):
        return found
    leading = split_leading_id(without_number(heading))
    if leading:
        return leading[0]
    found = _titled_link_id(heading) or elsewhere_id(heading)
    if found or "://" not in heading:
        return found
    # A Title ([Link](https://eprint.iacr.org/2024/418)), or without a label
    if "](" not in heading:
        return link_id(heading.rstrip(") ").rpartition("(")[2])
    links = (url for _, label, url in labelled_links(heading) if is_generic(label))
    return next(filter(None, map(link_id, links)), None)


def line_id(line: Block) -> str | None:
    """Return the id in a line that has a link to a paper and hardly anything else."""
    if found := id_alone(line.text) or linked_id(line.text):
        return found
    for label, value in labelled_parts(line):
        if field_of(label) in {Field.ID, Field.LINK} and (found := value_id(bare(value))):
            return found
    if found := id_before_title(line.text):
        return found
    if found := next(arxiv_ids_in(line.text), None):
        return found if is_title_with_link(line.text) else None
    link = _TITLE_LINK.fullmatch(line.text)
    return elsewhere_id(link["url"]) if link else None


def is_title_with_link(text: str) -> bool:
    """Return whether a line is a title with a link to the paper, or one that is a link."""
    if is_titled_link(text) or _TITLE_AND_LINK.fullmatch(text):
        return True
    if "](" in text:
        behind_day = split_leading_day(text, ANY_YEAR)[1] if _DAY_AND_LINK.match(text) else text
        return behind_day != text and is_titled_link(behind_day)
    capitalized = _CAPITALIZED_AND_LINK.fullmatch(text)
    words = _LONG_WORD.findall(capitalized[1]) if capitalized else []
    return len(words) > 1 and sum(word[0].isupper() for word in words) > len(words) * 0.7


def id_before_title(text: str) -> str | None:
    """Return the id in brackets that a line with a title starts with: ``[2505.04921v2] Title``."""
    leading = split_leading_id(text) if text.startswith("[") else None
    is_title = leading is not None and _AFTER_ID.match(leading[1])
    return leading[0] if leading and is_title else None


def lead_in_id(line: Block) -> str | None:
    """Return the id in the links at the end of a line that starts with a title in bold, or None.

    ``**Title** - A sentence or more. ([paper](…) | [tweet](…))``
    """
    text = line.text
    lead = _LEAD_IN.match(text)
    if lead is None or field_of(lead["title"].strip(" :：")):
        return None
    links = _LINKS_AT_END.search(text, max(lead.end(), len(text) - _MAX_LINKS_CHARS))
    if links is None:
        return None
    return next(arxiv_ids_in(links[0]), None) or elsewhere_id(links[0])


def closing_id(section: Block) -> str | None:
    """Return the only id in links at the ends of lines of a text, below a heading; or None.

    Such a link is named ``Paper`` or the like: ``A sentence or more. ([arXiv](…), [code](…))``.
    """
    if label_kind(section.text) is not None or not split_title(section.text)[0]:
        return None
    if any(child.kind is BlockKind.SECTION for child in section.children):
        return None
    ids = {found for child in section.children if (found := _id_at_end(child.text))}
    return ids.pop() if len(ids) == 1 else None


def _id_at_end(text: str) -> str | None:
    """Return the id in the links at the end of a line, if words name what they lead to; or None."""
    if "](" not in text:
        return None
    links = _LINKS_AT_END.search(text, max(0, len(text) - _MAX_LINKS_CHARS))
    papers = _LABELS.findall(links[0]) if links else []
    papers = [(label, found) for label, url in papers if (found := value_id(url))]
    # A number refers to a list of references.
    labels = [label for label, _ in papers]
    if not labels or not all(is_generic(label) and _LETTER.search(label) for label in labels):
        return None
    return preferred_id(found for _, found in papers)


def field_id(block: Block, *, labelled: bool = False) -> str | None:
    """Return the id in a paper's fields: a labelled one, else a line that is little but a link.

    Args:
        block: the part of the page.
        labelled: whether only labelled ids count.
    """
    links: list[str] = []
    others: list[str] = []
    facts: list[str] = []  # a venue may be "CVPR 2025 (arXiv:2504.08101)"
    addresses: list[str] = []  # of a paper that is nowhere else
    has_link = False  # to arXiv; only a labelled id counts more
    for number, child in enumerate(header_blocks(block)):
        for label, value in labelled_parts(child):
            kind = field_of(label)
            if kind is Field.ID and (found := value_id(bare(value))):
                if arxiv_id_of(found):
                    return found
                others.append(found)
            elif has_link:
                continue
            elif found := _field_link_id(kind, label, value):
                (links if arxiv_id_of(found) else others).append(found)
            elif kind is Field.LINK and "://" in value:
                addresses.append(value)
            elif kind is Field.FACT and (found := next(arxiv_ids_in(value), None)):
                facts.append(found)
        has_link = any(map(arxiv_id_of, links))
        is_near = not labelled and number < _MAX_HEADER_LINES
        if is_near and not has_link and (found := linked_id(child.text)):
            links.append(found)
    found = preferred_id([*links, *others, *facts])
    if found is None and addresses and describes_paper(block):
        return next(filter(None, map(url_in, addresses)), None)
    return found


def describes_paper(block: Block) -> bool:
    """Return whether a part of a page has labels for authors and a summary, as papers have."""
    kinds = {field_of(label) for child in block.children for label, _ in labelled_parts(child)}
    return {Field.AUTHORS, Field.SUMMARY} <= kinds


def sole_address(block: Block) -> str | None:
    """Return the id of a paper that has nothing but an address: a line, or a link in its title.

    Args:
        block: a part of a page whose neighbours are papers.
    """
    lines = [child.text for child in header_blocks(block) if child.kind is not BlockKind.SECTION]
    if len(lines) + 1 >= _MIN_LINES and (link := _TITLE_LINK.fullmatch(block.text)):
        return url_in(link["url"])
    if len(lines) < _MIN_LINES:
        return None
    for line in lines:
        label = split_label(line)
        address = label[1] if label and field_of(label[0]) is Field.LINK else line
        if "://" in address and not _WORD.search(_LINKS.sub("", address)):
            return url_in(address)
    return None


def item_elsewhere_id(text: str) -> str | None:
    """Return the id of a paper outside arXiv that an item is about, or None.

    A title is a link, or bold, or stands before a single link.
    """
    if found := _titled_link_id(text):
        return found
    if "](" not in text and "://" not in text and "**" not in text:
        return None
    found = elsewhere_id(text)
    words = _words_beside_links(text)
    return found if found and words <= _MAX_ITEM_WORDS and split_title(text)[0] else None


def item_id(text: str) -> str | None:
    """Return the id of arXiv that the first line of an item names, or None."""
    if found := next(arxiv_ids_in(text), None):
        return found
    leading = split_leading_id(text)
    return leading[0] if leading else None


def _titled_link_id(text: str) -> str | None:
    """Return the id of a paper outside arXiv whose title is a link, or None."""
    for _, label, url in labelled_links(text):
        if not is_generic(label) and (found := link_id(url)):
            return found
    return None


def _field_link_id(kind: Field | None, label: str, value: str) -> str | None:
    """Return the id in a field for links, or for a title that is a link; or None."""
    if kind is Field.LINK:
        return _labelled_link_id(label, bare(value))
    return _titled_id(value) if kind in _TITLES else None


def _titled_id(value: str) -> str | None:
    """Return the id to which a title after a label leads, if it is a link; or None."""
    if not is_titled_link(value):
        return None
    return next(arxiv_ids_in(value), None) or _titled_link_id(value)


def _labelled_link_id(label: str, value: str) -> str | None:
    return value_id(value) or paper_url(label, value)


def header_blocks(block: Block) -> Iterator[Block]:
    """Yield the lines that may be fields of a paper: its own text, and items with labels.

    The items of a list below the label ``Links`` need none.
    """
    is_below_label = block.kind is BlockKind.ITEM
    for child in block.children:
        if child.kind is BlockKind.TEXT:
            yield child
            is_below_label = block.kind is BlockKind.ITEM or _labels_links(child)
        elif child.kind is BlockKind.ITEM and (label_kind(child.text) or is_below_label):
            yield child
            yield from (below for below in child.children if below.kind is not BlockKind.SECTION)
        elif child.kind is BlockKind.ROW and is_field_row(child):
            label, value = split_row(child.text)
            yield Block(BlockKind.TEXT, f"{label.strip('*_ ')}: {value}", child.line, 0, child.end)


def _labels_links(line: Block) -> bool:
    """Return whether a line is nothing but a label for links."""
    parts = labelled_parts(line)
    return len(parts) == 1 and not parts[0][1] and field_of(parts[0][0]) is Field.LINK


def is_field_row(row: Block) -> bool:
    """Return whether a row of a table is a field: a label and its value."""
    cells = split_row(row.text)
    if len(cells) != 2 or _names_title_and_link(row.columns):
        return False
    label = cells[0].strip("*_ ")
    return field_of(label) is not None or not _WORD.search(label)


def _names_title_and_link(columns: tuple[str, ...]) -> bool:
    """Return whether the names of two columns are those of a title and a link or id."""
    names = [name.strip("*_ ") for name in columns]
    for title, link in (names, names[::-1]) if len(names) == 2 else ():
        is_title = field_of(title) is Field.TITLE or names_paper_itself(title)
        if is_title and field_of(link) in {Field.ID, Field.LINK}:
            return True
    return False


def is_link_line(text: str) -> bool:
    """Return whether a line has links and hardly anything else."""
    has_link = "://" in text or "](" in text
    return has_link and _words_beside_links(text) <= _MAX_LINK_WORDS


def _words_beside_links(text: str) -> int:
    """Return how many words a line has besides links, days, numbers and categories of arXiv."""
    words = _WORD.findall(_LINKS.sub("", text))
    # Languages without spaces have words of two characters.
    return sum(-(-len(word) // 2) if word[0] >= "\u3040" else 1 for word in words)


def linked_id(text: str) -> str | None:
    """Return the id if a line is little but links and names: to a paper, its code and the like."""
    if "://" not in text and "rxiv" not in text.lower():
        return None
    found = next(arxiv_ids_in(text), None) or elsewhere_id(text)
    if found is None:
        links = (paper_url(label, url) for label, url in _LABELS.findall(text))
        found = next(filter(None, links), None)
    if found is None:
        return None
    if _words_beside_links(text) > _MAX_LINK_WORDS:
        # Names before it: *By Ada Bell* | [arXiv](…) | [Code](…)
        _, *parts = _LINK_PARTS.split(text)
        if found_in_part := next(filter(None, map(linked_id, parts)), None):
            return found_in_part
        if not names_beside_links(text):
            return None
    own = [label for label, url in _LABELS.findall(text) if value_id(url)]
    return found if all(map(is_generic, own)) else None


def is_titled_link(text: str) -> bool:
    """Return whether a text starts with a link whose label may be a title."""
    link = _TITLED_LINK.match(text)
    return link is not None and not is_generic(link[1])


def row_id(row: Block) -> str | None:
    """Return the id in a row of a table, or None."""
    cells = split_row(row.text)
    paper_id = next(arxiv_ids_in(row.text), None)
    paper_id = paper_id or next(filter(None, (parse_id(bare(cell)) for cell in cells)), None)
    if paper_id is None and has_title_column(row):
        paper_id = preferred_id(map(elsewhere_id, cells)) or _titled_link_id(row.text)
    return paper_id


def has_title_column(row: Block) -> bool:
    """Return whether a column of the table that has a row is named after titles or papers."""
    names = [name.strip("*_ ") for name in row.columns]
    return any(field_of(name) is Field.TITLE or names_paper_itself(name) for name in names)
