"""Text that data keeps in pieces, as chats and editors save it, as one page of Markdown.

A piece has its own style or link: ``["New: ", {"type": "bold", "text": "A Title"}, …]``. Pieces
are the text of a block, such as a paragraph, and blocks are the text of a page.
"""

from __future__ import annotations

from collections.abc import Mapping

_TEXT_KEYS = ("plain_text", "text", "insert", "content", "value")
_LINK_KEYS = ("href", "url", "link")
_PART_KEYS = ("content", "children", "elements", "rich_text")
_INLINE_TYPES = frozenset(
    """
    text plain bold italic link text_link texturl url underline strikethrough spoiler code pre
    hashtag mention mention_name cashtag email phone bot_command custom_emoji emoji user channel
    equation hard_break hardbreak linebreak line_break break
    """.split()  # noqa: SIM905  # a list of words is easier to read than one of strings
)
_RECORD_KEYS = frozenset({"title", "id", "arxiv_id", "date", "authors", "author", "name"})
_MAX_DEPTH = 8


def joined_text(value: list[object]) -> str | None:
    """Return the text of a list of pieces or blocks as Markdown; None for any other list."""
    return _text_of_pieces(value) or _text_of_blocks(value, 0)


def _text_of_pieces(value: list[object]) -> str | None:
    """Return the text of a list of strings and pieces; None if it is another list."""
    pieces = [item for item in value if isinstance(item, dict)]
    if not pieces or not all(map(_is_piece, value)):
        return None
    return "".join(_markdown_of(item) if isinstance(item, dict) else str(item) for item in value)


def _is_piece(item: object) -> bool:
    if isinstance(item, str):
        return True
    if not isinstance(item, dict) or not _RECORD_KEYS.isdisjoint(item):
        return False
    kind = item.get("type")
    if kind is None:
        return isinstance(item.get("insert"), str) or isinstance(item.get("plain_text"), str)
    return isinstance(kind, str) and kind.lower() in _INLINE_TYPES


def _markdown_of(piece: Mapping[str, object]) -> str:
    """Return the text of a piece with its link and with bold text marked."""
    text = _own_text(piece)
    kind = str(piece.get("type", "")).lower()
    styles = _styles_of(piece)
    url = _url_in(piece, styles)
    if "break" in kind:
        return "\n"
    if not text.strip():
        return text or url
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inner = text.strip()
    if url and url != inner and "\n" not in inner:
        inner = f"[{inner}]({url})"
    is_bold = kind == "bold" or "bold" in styles or "strong" in styles
    return f"{lead}**{inner}**{tail}" if is_bold and "\n" not in inner else f"{lead}{inner}{tail}"


def _own_text(piece: Mapping[str, object]) -> str:
    for key in _TEXT_KEYS:
        value = piece.get(key)
        if isinstance(value, dict):  # "text": {"content": …}
            value = value.get("content")
        if isinstance(value, str):
            return value
    return ""


def _styles_of(piece: Mapping[str, object]) -> dict[str, object]:
    """Return the styles of a piece that are set, whatever the editor calls them."""
    styles: dict[str, object] = {}
    for key in ("style", "styles", "attributes", "annotations", "marks"):
        value = piece.get(key)
        if isinstance(value, dict):
            styles |= {name: item for name, item in value.items() if item}
        elif isinstance(value, list):
            for mark in value:
                if isinstance(mark, dict):
                    styles |= {str(mark.get("type")): mark.get("attrs") or True}
    return styles


def _url_in(piece: Mapping[str, object], styles: Mapping[str, object]) -> str:
    inner = piece.get("text")
    for fields in (piece, styles, inner if isinstance(inner, dict) else {}):
        for key in _LINK_KEYS:
            url = fields.get(key)
            if isinstance(url, dict):
                url = url.get("href") or url.get("url")
            if isinstance(url, str) and "://" in url:
                return url
    return ""


def _text_of_blocks(value: list[object], depth: int) -> str | None:
    """Return the text of a list of blocks, a blank line apart; None if it is another list."""
    if depth > _MAX_DEPTH or not value or not all(map(_may_be_block, value)):
        return None
    texts = [_text_of_block(block, depth) for block in value if isinstance(block, dict)]
    found = [text for text in texts if text is not None]
    return "\n\n".join(found) if found else None


def _may_be_block(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("type"), str) and "title" not in item


def _text_of_block(block: Mapping[str, object], depth: int) -> str | None:
    kind = str(block["type"]).lower()
    # In Notion, the content of a block is in a field with the name of its type.
    inner = block.get(str(block["type"]))
    fields = inner if isinstance(inner, dict) else block
    parts = next(
        (fields[key] for key in _PART_KEYS if isinstance(fields.get(key), list)),
        None,
    )
    if not isinstance(parts, list):
        return None
    text = _text_of_pieces(parts)
    if text is None:
        return _text_of_blocks(parts, depth + 1)
    if "heading" in kind or "header" in kind:
        return f"{'#' * _level_of(kind, block)} {text}"
    return f"- {text}" if "list" in kind and "item" in kind else text


def _level_of(kind: str, block: Mapping[str, object]) -> int:
    attributes = block.get("attrs")
    level = attributes.get("level") if isinstance(attributes, dict) else kind[-1:]
    return int(str(level)) if str(level) in {"1", "2", "3", "4", "5", "6"} else 2
