"""Convert what stands by itself: headings, paragraphs, lists, theorems, figures, formulas, code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.sources.fulltext.latexml.inline_elements import (
    PageContext,
    append_inline,
    children,
    classes_of,
    emphasized,
    escape,
    image,
    inline,
    is_hidden,
    link,
    paragraph,
    tex_of,
)
from tui.sources.fulltext.latexml.table_elements import table_markdown

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HEADING_LEVELS = {
    "ltx_title_part": 2, "ltx_title_chapter": 2, "ltx_title_section": 2, "ltx_title_appendix": 2,
    "ltx_title_bibliography": 2, "ltx_title_abstract": 2, "ltx_title_acknowledgements": 2,
    "ltx_title_subsection": 3, "ltx_title_subsubsection": 4,
}  # fmt: skip

_CONTAINERS = frozenset(
    ("article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "figcaption",
     "figure", "footer", "header", "li", "main", "ol", "p", "section", "table", "tbody", "td", "th",
     "thead", "tr", "ul")
)  # fmt: skip

_NUMBERED = re.compile(r"\d{1,4}\.$")
_BACKTICKS = re.compile(r"`{3,}")
_NBSP = "\u00a0"


class BlockWriter:
    """Collects the blocks of a part of a page.

    Args:
        page: what is known of the page.
    """

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._parts: list[str] = []
        self.blocks: list[str] = []

    def flush(self) -> None:
        """End the paragraph, and show its footnotes."""
        if text := paragraph("".join(self._parts)):
            self.blocks.append(text)
        self._parts = []
        notes, self._page.notes[:] = list(self._page.notes), []
        self.blocks += notes

    def add(self, block: str) -> None:
        """Add a block of its own."""
        self.flush()
        if block.strip():
            self.blocks.append(block)

    def write_children(self, node: LexborNode) -> None:
        """Add the content of an element."""
        for child in children(node):
            self.write(child)

    def write(self, node: LexborNode) -> None:
        """Add a node: to the paragraph, or as blocks."""
        if not node.is_element_node:
            append_inline(self._parts, node, self._page)
            return
        tag, classes = node.tag, classes_of(node)
        write = next((_WRITERS[name] for name in classes if name in _WRITERS), None)
        if is_hidden(node, classes):
            return
        if write is not None:
            write(self, node)
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._heading(node, classes)
        elif tag == "img":
            # A figure is shown on lines of its own.
            self.add(image(node, "", self._page))
        elif tag == "pre":
            self.add(_fence(node.text(deep=True)))
        elif tag in _CONTAINERS or (tag == "span" and _has_blocks(node, classes)):
            self.flush()
            self.write_children(node)
            self.flush()
        else:
            append_inline(self._parts, node, self._page)

    def _inner(self, node: LexborNode) -> list[str]:
        """Return the blocks of an element."""
        inner = BlockWriter(self._page)
        inner.write_children(node)
        inner.flush()
        return inner.blocks

    def _heading(self, node: LexborNode, classes: list[str]) -> None:
        text = paragraph(inline(node, self._page))
        level = next((_HEADING_LEVELS[name] for name in classes if name in _HEADING_LEVELS), 0)
        if "ltx_title_document" in classes:
            self.add(f"# {text}")
        elif level:
            self.add(f"{'#' * level} {text}")
        elif text:
            # A heading within a paragraph, as \paragraph makes it.
            self.flush()
            self._parts.append(emphasized(text.replace("**", "").replace("*", ""), "**") + " ")
            if "ltx_runin" not in classes and "ltx_title_paragraph" not in classes:
                self.flush()

    def _theorem(self, node: LexborNode) -> None:
        self.add(_prefixed(self._inner_with_title(node), "> "))

    def _proof(self, node: LexborNode) -> None:
        self.flush()
        self.blocks += self._inner_with_title(node)

    def _inner_with_title(self, node: LexborNode) -> list[str]:
        """Return the blocks of a theorem, with its title at the start of the first paragraph."""
        title = next((n for n in children(node) if (n.tag or "").startswith("h")), None)
        inner = BlockWriter(self._page)
        for child in children(node):
            if title is None or child.mem_id != title.mem_id:
                inner.write(child)
        inner.flush()
        if title is None:
            return inner.blocks
        name = paragraph(inline(title, self._page)).replace("*", "")
        label = f"**{name}**" if name else ""
        first = inner.blocks[0] if inner.blocks else ""
        if first.startswith((">", "|", "#", "-", "$$\n", "```")):
            return [label, *inner.blocks]
        return [f"{label} {first}", *inner.blocks[1:]]

    def _quote(self, node: LexborNode) -> None:
        self.add(_prefixed(self._inner(node), "> "))

    def _list(self, node: LexborNode) -> None:
        self.flush()
        items = []
        for item in children(node):
            if not item.is_element_node:
                continue
            if item.tag == "dt":
                items.append(f"- **{paragraph(self._tag_text(item) or inline(item, self._page))}**")
                continue
            blocks = self._inner(item)
            if item.tag == "dd" and items:
                items[-1] += " " + "\n\n".join(_indented(blocks, 2)).lstrip()
                continue
            label = self._tag_text(item)
            is_numbered = node.tag == "ol" and _NUMBERED.match(label)
            marker = f"{label} " if is_numbered else "- "
            if label and not is_numbered and any(map(str.isalnum, label)):
                blocks = [f"{label} {blocks[0]}" if blocks else label, *blocks[1:]]
            items.append(marker + "\n\n".join(_indented(blocks or [""], len(marker))).lstrip())
        if items:
            is_loose = any("\n\n" in item for item in items)
            self.blocks.append(("\n\n" if is_loose else "\n").join(items))

    def _tag_text(self, item: LexborNode) -> str:
        """Return the label of a list item, such as its number."""
        tag = item.css_first(".ltx_tag")
        is_own = tag is not None and tag.parent is not None and tag.parent.mem_id == item.mem_id
        return " ".join(inline(tag, self._page).replace("*", "").split()) if tag and is_own else ""

    def _bibliography(self, node: LexborNode) -> None:
        self.flush()
        for item in node.css("li.ltx_bibitem"):
            label = self._tag_text(item)
            text = " ".join(" ".join(self._inner(item)).split())
            url = self._page.cited_urls.get(item.attributes.get("id") or "", "")
            if url and f"({url})" not in text:
                # The label leads to what is cited if the text has no link to it.
                label = link(label or escape("[link]"), url)
            self.blocks.append(f"- {label} {text}".rstrip())

    def _figure(self, node: LexborNode) -> None:
        self.flush()
        caption_node = next(
            (child for child in children(node) if "ltx_caption" in classes_of(child)), None
        )
        caption = paragraph(inline(caption_node, self._page)) if caption_node is not None else ""
        notes, self._page.notes[:] = list(self._page.notes), []
        images = [each for each in node.css("img") if each.attributes.get("src")]
        nested = any(each.mem_id != node.mem_id for each in node.css("figure"))
        if len(images) == 1 and not nested:
            self.add(image(images[0], _without_links(caption), self._page))
            self.blocks += notes
            return
        inner = BlockWriter(self._page)
        for child in children(node):
            if caption_node is None or child.mem_id != caption_node.mem_id:
                inner.write(child)
        inner.flush()
        is_table = "ltx_table" in classes_of(node) or "ltx_float" in classes_of(node)
        captions = [caption, *notes] if caption else notes
        self.blocks += [*captions, *inner.blocks] if is_table else [*inner.blocks, *captions]

    def _tabular(self, node: LexborNode) -> None:
        self.add(table_markdown(node, self._page))
        self.flush()

    def _equation(self, node: LexborNode) -> None:
        lines = []
        for row in node.css(".ltx_eqn_row") or [node]:
            tex = " ".join(filter(None, (tex_of(each) for each in row.css("math"))))
            number = row.css_first(".ltx_tag_equation")
            if tex and number is not None:
                tex += rf" \qquad {number.text(deep=True).strip()}"
            if tex.strip():
                lines.append(tex)
        self.add("$$\n" + " \\\\\n".join(lines) + "\n$$" if lines else "")

    def _listing(self, node: LexborNode) -> None:
        lines = node.css(".ltx_listingline")
        if node.css_first("math") is None:
            texts = [_line_text(line) for line in lines]
            self.add(_fence("\n".join(texts) if texts else node.text(deep=True)))
            return
        self.add("\\\n".join(filter(None, map(self._algorithm_line, lines))))

    def _algorithm_line(self, line: LexborNode) -> str:
        number = line.css_first(".ltx_tag_listingline")
        label = number.text(deep=True).strip() if number is not None else ""
        parts: list[str] = []
        for child in children(line):
            if number is None or child.mem_id != number.mem_id:
                append_inline(parts, child, self._page)
        text = "".join(parts).strip("\n")
        body = text.lstrip(f" {_NBSP}")
        indent = len(text) - len(body)
        # Ordinary spaces at the start of a line are dropped.
        margin = f"{escape(label):{_NBSP}>3}{_NBSP * (1 + indent)}"
        return f"{margin}{' '.join(body.split())}" if body.strip() else ""


def _has_blocks(node: LexborNode, classes: list[str]) -> bool:
    """Return whether an inline element has blocks, such as a table that was made to fit."""
    if "ltx_note" in classes:
        return False
    for child in children(node):
        if child.is_element_node and child.tag != "math":
            inner = classes_of(child)
            if child.tag in _CONTAINERS or not _WRITERS.keys().isdisjoint(inner):
                return True
            if _has_blocks(child, inner):
                return True
    return False


def _line_text(line: LexborNode) -> str:
    number = line.css_first(".ltx_tag_listingline")
    prefix = number.text(deep=True) if number is not None else ""
    text = line.text(deep=True).strip("\n").replace(_NBSP, " ")
    return text.removeprefix(prefix).rstrip() if prefix else text.rstrip()


def _fence(text: str) -> str:
    """Return text as a block of code."""
    fence = "`" * max([3, *(len(run) + 1 for run in _BACKTICKS.findall(text))])
    body = text.strip("\n").replace(_NBSP, " ")
    return f"{fence}\n{body}\n{fence}" if body.strip() else ""


def _prefixed(blocks: list[str], prefix: str) -> str:
    return "\n".join(f"{prefix}{line}".rstrip() for line in "\n\n".join(blocks).split("\n"))


def _indented(blocks: list[str], width: int) -> list[str]:
    return [_prefixed([block], " " * width) for block in blocks]


def _without_links(markdown: str) -> str:
    """Return inline Markdown whose links are text: it becomes the label of a link itself."""
    return re.sub(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*\)", r"\1", markdown)


_WRITERS: dict[str, Callable[[BlockWriter, LexborNode], None]] = {
    "ltx_theorem": BlockWriter._theorem,
    "ltx_proof": BlockWriter._proof,
    "ltx_quote": BlockWriter._quote,
    "ltx_itemize": BlockWriter._list,
    "ltx_enumerate": BlockWriter._list,
    "ltx_description": BlockWriter._list,
    "ltx_biblist": BlockWriter._bibliography,
    "ltx_figure": BlockWriter._figure,
    "ltx_table": BlockWriter._figure,
    "ltx_float": BlockWriter._figure,
    "ltx_tabular": BlockWriter._tabular,
    "ltx_equation": BlockWriter._equation,
    "ltx_equationgroup": BlockWriter._equation,
    "ltx_listing": BlockWriter._listing,
}
