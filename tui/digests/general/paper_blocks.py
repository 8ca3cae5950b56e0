"""Find papers in a page: headings, list items and rows of tables with an id on or below them.

A section whose heading has an id is a paper, and so is one whose fields have it. Of a section that
holds several papers, the parts are asked in turn; a section that is a paper is not searched for
others, because what it mentions are references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui.arxiv import parse_id, split_leading_id
from tui.digests.general.document_tree import BOLD_LEVEL, Block, Kind, inline_markdown, split_row
from tui.digests.general.found_paper import FoundPaper, mentioned_ids, value_id
from tui.digests.general.labels import Field, field_of
from tui.digests.general.names import names_in, unlabelled_names
from tui.digests.general.paper_records import heading_of, read_row
from tui.digests.parsing import record_values as values
from tui.digests.parsing.dates import contains_date, day_in
from tui.digests.parsing.markdown_lines import is_storable_url, link_label, link_targets, plain_text
from tui.digests.parsing.votes_and_authors import parse_votes

_MAX_DAY_LINE_CHARS = 80
_MAX_TITLE_CHARS = 300
"""Characters of a line that are searched for votes and a picture."""

_MAX_HEADER_LINES = 12
"""Lines below a title that may have its id without a label."""

_LABELLED = re.compile(
    r"[^\w\[<(`]{0,12}(?P<label>\w[^:：\n|*\[\]`]{0,38}?)[*_`\s]{0,4}[:：][*_`]{0,3}(?!//)\s*(?P<value>.*)",
    re.DOTALL,
)
_SEPARATORS = re.compile("[|｜·•]")
_PARTS = re.compile(r"\s+[|｜·•]\s+|\s*｜\s*")
_IMAGE = re.compile(
    r"\[?!\[[^\]]{0,300}\]\(\s*<?(?P<url>[^\s)>]{1,2000})[^)]{0,300}\)(?:\]\([^)]*\))?"
)
_BOLD = re.compile(r"(?:\*\*|__)(?=\S)(.{1,600}?)(?<=\S)(?:\*\*|__)")
_NUMBER = re.compile(
    r"\s*(?:#\s?\d{1,4}\b[.:)]?|\[\d{1,4}\](?!\()|\(\d{1,4}\)|\d{1,4}(?:[.)、:]|(?=️⃣))️?⃣?)\s*"
)
_SYMBOLS = re.compile(
    r"^(?:[^\w\s\[\](){}<>\"'“‘«「『《$\\`*_#.,:;!?+\-–—/|~=&%@]|[\ufe0f\u20e3])+\s*"
)
_VOTE_SIGN = re.compile(r"(?:👍|⬆️?|🔼|▲|△|🔥|❤️?)\s*:?\s*\+?(\d[\d,]{0,8})\b")
_VOTE_WORD = re.compile(
    r"\b(\d[\d,]{0,8})\s*(?:up-?votes?|votes?|likes?|点赞|赞|票|추천|좋아요|いいね)", re.IGNORECASE
)
_GENERIC_WORDS = frozenset(
    [
        "arxiv",
        "pdf",
        "paper",
        "papers",
        "link",
        "links",
        "abs",
        "abstract",
        "html",
        "here",
        "read",
        "more",
        "full",
        "text",
        "the",
        "to",
        "on",
        "view",
        "go",
        "download",
        "code",
        "github",
        "project",
        "page",
        "website",
        "homepage",
        "web",
        "site",
        "tweet",
        "twitter",
        "x",
        "huggingface",
        "hugging",
        "face",
        "hf",
        "alphaxiv",
        "doi",
        "url",
        "source",
        "original",
        "article",
        "click",
        "blog",
        "video",
        "demo",
        "model",
        "dataset",
        "data",
        "slides",
        "poster",
        "openreview",
        "semantic",
        "scholar",
        "version",
        "v1",
        "v2",
        "v3",
        "v4",
        "论文",
        "链接",
        "原文",
        "代码",
        "项目",
        "主页",
        "地址",
        "下载",
        "查看",
        "论文链接",
        "原文链接",
        "阅读",
        "点击",
        "全文",
        "論文",
        "リンク",
        "コード",
        "原論文",
        "詳細",
        "논문",
        "링크",
        "원문",
        "보기",
        "바로가기",
        "코드",
        "프로젝트",
        "읽기",
        "전문",
        "주소",
        "자세히",
        "bài",
        "báo",
        "liên",
        "kết",
        "mã",
        "nguồn",
        "xem",
        "đọc",
        "thêm",
    ]
)
_UPDATED = re.compile(
    r"updat|generated|last modified|更新|生成|갱신|업데이트|更新日|cập nhật", re.IGNORECASE
)
_REFERENCES = re.compile(
    r"\W*(?:references?|related (?:work|papers?|reading)|bibliography|see also|参考文献|"
    r"相关工作|相关论文|参考|"
    r"関連研究|参考資料|참고\s?문헌|관련\s?연구|관련\s?논문|tài liệu tham khảo)\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Candidate:
    """A part of a page that is a paper.

    Attributes:
        block: the part.
        arxiv_id: the canonical id.
        rule: which rule found it.
        day: the day in a heading above, or None.
    """

    block: Block
    arxiv_id: str
    rule: str
    day: str | None = None


@dataclass(slots=True)
class _Fields:
    """The labelled values of a paper, and the numbers of the lines they are on."""

    by_field: dict[Field, list[tuple[str, str]]] = field(default_factory=dict)
    """Label and value."""
    used_lines: set[int] = field(default_factory=set)

    def add(self, kind: Field, label: str, value: str) -> None:
        self.by_field.setdefault(kind, []).append((label, value))

    def values(self, kind: Field) -> Iterator[str]:
        return (value for _, value in self.by_field.get(kind, ()))


def find_blocks(root: Block, text: str) -> Iterator[FoundPaper]:
    """Yield the papers of a page.

    Args:
        root: the page as a tree.
        text: the page.
    """
    lines = text.split("\n")
    candidates = _find(root, None)
    if len(candidates) == 1 and _is_project_page(candidates[0]):
        return
    for candidate in candidates:
        if paper := _Reader(candidate, lines).read():
            yield paper


def _is_project_page(candidate: _Candidate) -> bool:
    """Return whether a page describes a project, and its first heading links to the paper."""
    sections = [child for child in candidate.block.children if child.kind is Kind.SECTION]
    is_title = candidate.rule == "heading" and candidate.block.level == 1
    return is_title and bool(sections) and not any(_is_label(section.text) for section in sections)


def page_title(root: Block) -> str:
    """Return the first heading of a page, or an empty text."""
    heading = next((child for child in root.children if child.kind is Kind.SECTION), None)
    return _title_in(heading.text, "") if heading else ""


# --- Finding --------------------------------------------------------------------------------------


def _find(block: Block, day: str | None) -> list[_Candidate]:
    if block.kind is Kind.ROW:
        return _find_in_row(block, day)
    if block.kind is Kind.ITEM:
        return _find_in_item(block, day)
    if block.kind is Kind.TEXT:
        return []
    return _find_in_section(block, day)


def _find_in_section(section: Block, day: str | None) -> list[_Candidate]:
    if _is_label(section.text) or _REFERENCES.fullmatch(section.text):
        return []
    if arxiv_id := _heading_id(section.text):
        return [_Candidate(section, arxiv_id, "heading", day)]
    day = _day_of_section(section) or day
    found = [candidate for child in section.children for candidate in _find(child, day)]
    if section.level == 0:
        return found
    own = _field_id(section)
    if own is None:
        return found
    others = {
        candidate.arxiv_id for candidate in found if candidate.rule in {"heading", "field"}
    } - {own}
    if len(others) < 2 and not _names_digest(section.text):
        return [_Candidate(section, own, "field", day)]
    return found


def _day_of_section(section: Block) -> str | None:
    """Return the day in a section's heading, or in a short line above everything in it."""
    texts = [section.text]
    for child in section.children[:3]:
        if child.kind is not Kind.TEXT or len(child.text) > _MAX_DAY_LINE_CHARS:
            break
        texts.append(child.text)
    days = (day_in(text) for text in texts if text and not _UPDATED.search(text))
    return next(filter(None, days), None)


def _names_digest(heading: str) -> bool:
    return contains_date(heading) or not plain_text(heading)


def _heading_id(heading: str) -> str | None:
    if found := next(mentioned_ids(heading), None):
        return found
    leading = split_leading_id(_without_number(heading))
    return leading[0] if leading else None


def _field_id(block: Block) -> str | None:
    """Return the id in a paper's fields: a labelled one, else a line that is little but a link."""
    links: list[str] = []
    for number, child in enumerate(_header_blocks(block)):
        for label, value in _labelled_parts(child):
            kind = field_of(label)
            if kind is Field.ID and (found := value_id(_bare(value))):
                return found
            if kind is Field.LINK and (found := value_id(_bare(value))):
                links.append(found)
        if number < _MAX_HEADER_LINES and (found := _linked_id(child.text)):
            links.append(found)
    return links[0] if links else None


def _header_blocks(block: Block) -> Iterator[Block]:
    """Yield the lines that may be fields of a paper: its own text, and items with labels."""
    for child in block.children:
        if child.kind is Kind.TEXT:
            yield child
        elif child.kind is Kind.ITEM and (_label_kind(child.text) or block.kind is Kind.ITEM):
            yield child
            yield from (below for below in child.children if below.kind is not Kind.SECTION)
        elif child.kind is Kind.ROW and len(split_row(child.text)) == 2:
            label, value = split_row(child.text)
            yield Block(Kind.TEXT, f"{label.strip('*_ ')}: {value}", child.line, 0, child.end)


def _labelled_parts(block: Block) -> Iterator[tuple[str, str]]:
    """Yield each ``label: value`` on a line whose label is known."""
    text = block.text
    parts = _PARTS.split(text) if _SEPARATORS.search(text) else [text]
    if len(parts) > 1 and not all(_is_field_part(part) for part in parts):
        parts = [text]
    for part in parts:
        match = _LABELLED.match(part)
        if match and field_of(match["label"]):
            yield match["label"], match["value"].strip()


def _is_field_part(part: str) -> bool:
    match = _LABELLED.match(part)
    return bool(match and field_of(match["label"])) or next(mentioned_ids(part), None) is not None


def _bare(value: str) -> str:
    """Return a value without the markup of code and emphasis, and of a link that is all of it."""
    return value.strip().strip("`*_<> ")


def _linked_id(text: str) -> str | None:
    """Return the id if a line is little but links: to a paper, its code and the like."""
    if "://" not in text and "rxiv" not in text:
        return None
    found = next(mentioned_ids(text), None)
    if found is None:
        return None
    rest = re.sub(
        r"\[[^\]]{0,60}\]\([^)]*\)|https?://\S+|`[^`]*`|\d{4}[-/.]\d\d?[-/.]\d\d?", "", text
    )
    words = re.findall(r"\w+", rest)
    labels = re.findall(r"\[([^\]]{0,60})\]\(", text)
    return found if len(words) <= 4 and all(map(_is_generic, labels)) else None


def _find_in_item(item: Block, day: str | None) -> list[_Candidate]:
    kind = _label_kind(item.text)
    if kind is not None and not _labels_a_title(item.text, kind):
        return []
    if arxiv_id := next(mentioned_ids(item.text), None) or _leading_item_id(item.text):
        return [_Candidate(item, arxiv_id, "item", day)]
    found = [candidate for child in item.children for candidate in _find(child, day)]
    own = _field_id(item)
    if own and len({candidate.arxiv_id for candidate in found} - {own}) < 2:
        return [_Candidate(item, own, "item", day)]
    return found


def _leading_item_id(text: str) -> str | None:
    leading = split_leading_id(text)
    return leading[0] if leading else None


def _labels_a_title(text: str, kind: Field) -> bool:
    """Return whether an item like ``Paper: [A Title](…)`` has the title of a paper."""
    if kind is Field.TITLE:
        return True
    if kind is not Field.LINK:
        return False
    labels = [link_label(text, end) for end, _ in link_targets(text)]
    return any(not _is_generic(label) for label in labels)


def _find_in_row(row: Block, day: str | None) -> list[_Candidate]:
    cells = split_row(row.text)
    if len(cells) == 2 and field_of(cells[0].strip("*_ ")):
        return []  # a field of the section
    arxiv_id = next(mentioned_ids(row.text), None)
    arxiv_id = arxiv_id or next(filter(None, (parse_id(_bare(cell)) for cell in cells)), None)
    return [_Candidate(row, arxiv_id, "row", day)] if arxiv_id else []


def _is_label(text: str) -> bool:
    return field_of(_label_text(text)) is not None


def _label_text(text: str) -> str:
    text = _SYMBOLS.sub("", _without_number(text.strip()))
    return text.strip("*_ \t:：#")


def _without_number(text: str) -> str:
    number = _NUMBER.match(text)
    return text[number.end() :] if number else text


def _label_kind(text: str) -> Field | None:
    match = _LABELLED.match(text)
    return field_of(match["label"]) if match else field_of(_label_text(text))


def _is_generic(label: str) -> bool:
    """Return whether the label of a link names no paper: ``PDF``, ``2505.04921``, ``论文链接``."""
    label = label.strip()
    if not label or parse_id(label) or "://" in label or "arxiv.org" in label:
        return True
    if (leading := split_leading_id(label)) and not re.search(r"\w", leading[1]):
        return True
    words = re.findall(r"\w+", label.casefold())
    return all(word in _GENERIC_WORDS or word.isdigit() for word in words)


# --- Reading --------------------------------------------------------------------------------------


class _Reader:
    """Fills the fields of a paper from its part of the page."""

    def __init__(self, candidate: _Candidate, lines: list[str]) -> None:
        self._candidate = candidate
        self._block = candidate.block
        self._lines = lines
        self._fields = _Fields()
        self._title = ""
        self._authors: tuple[str, ...] = ()
        self._rest = ""
        """What the first line has besides the title."""

    def read(self) -> FoundPaper | None:
        """Return the paper; None if it has no title."""
        if self._block.kind is Kind.ROW:
            return self._read_row()
        self._collect(self._block)
        self._title, self._rest = split_title(self._block.text)
        if not self._title:
            titles = (plain_text(value) for value in self._fields.values(Field.TITLE))
            self._title = next(filter(None, titles), "") or self._first_line()
        if not self._title:
            return None
        self._find_authors()
        return FoundPaper(
            line=self._block.line,
            arxiv_id=self._candidate.arxiv_id,
            title=self._title,
            authors=self._authors,
            votes=self._votes(),
            issue_day=self._candidate.day or self._day(Field.ISSUE_DAY),
            published=self._day(Field.PUBLISHED),
            summary=self._summary(),
            picture=self._picture(),
            rule=self._candidate.rule,
        )

    def _collect(self, block: Block) -> None:
        """Note the labelled values of the paper."""
        for child in block.children:
            if child.kind is Kind.SECTION:
                # A section named "Authors" has them as its text; others may have fields as well.
                kind = field_of(_label_text(child.text))
                if kind in {Field.AUTHORS, Field.VOTES, Field.TITLE} and child.children:
                    self._fields.add(kind, child.text, child.children[0].text)
                    self._fields.used_lines |= {child.line, child.children[0].line}
                self._collect(child)
                continue
            if child.kind is Kind.ROW:
                cells = split_row(child.text)
                kind = field_of(cells[0].strip("*_ ")) if len(cells) == 2 else None
                if kind:
                    self._fields.add(kind, cells[0], inline_markdown(cells[1]))
                continue
            parts = list(_labelled_parts(child))
            kinds = set()
            for label, value in parts:
                kind = field_of(label)
                if kind and (value or not child.children):
                    self._fields.add(kind, label, value)
                    kinds.add(kind)
            if kinds and kinds <= {
                Field.ID, Field.LINK, Field.TITLE, Field.AUTHORS, Field.VOTES, Field.ISSUE_DAY,
                Field.PUBLISHED,
            }:  # fmt: skip
                self._fields.used_lines.add(child.line)
            if child.kind is Kind.ITEM:
                self._collect(child)

    def _first_line(self) -> str:
        for child in self._block.children:
            is_line = child.kind is not Kind.SECTION or child.level == BOLD_LEVEL
            if is_line and not _label_kind(child.text):
                title, rest = split_title(child.text)
                if title:
                    self._fields.used_lines.add(child.line)
                    self._rest = rest
                    return title
        return ""

    def _find_authors(self) -> None:
        for value in self._fields.values(Field.AUTHORS):
            if authors := names_in(value):
                self._authors = authors
                return
        rest = self._rest.strip(" -–—·|()[]*_\t")
        if rest and (authors := unlabelled_names(rest)):
            self._authors, self._rest = authors, ""
            return
        texts = [child for child in self._block.children if child.kind is Kind.TEXT]
        for child in texts[:2]:
            if child.line in self._fields.used_lines or _label_kind(child.text):
                continue
            if authors := unlabelled_names(child.text):
                self._authors = authors
                self._fields.used_lines.add(child.line)
            return

    def _votes(self) -> int | None:
        for value in self._fields.values(Field.VOTES):
            count = parse_votes(value.strip(" `*_")) or values.as_count(value.strip(" `*_"))
            if count is not None:
                return count
        for text in (self._block.text, *(child.text for child in self._block.children[:4])):
            start = text[:_MAX_TITLE_CHARS]
            if match := _VOTE_SIGN.search(start) or _VOTE_WORD.search(start):
                return parse_votes(match[1])
        return None

    def _day(self, kind: Field) -> str | None:
        days = (day_in(value[:60]) for value in self._fields.values(kind))
        return next(filter(None, days), None)

    def _picture(self) -> str | None:
        urls = [values.as_url(value) for value in self._fields.values(Field.PICTURE)]
        images = (
            _IMAGE.search(child.text) for child in self._block.children[:6] if "![" in child.text
        )
        urls += [image["url"] for image in images if image and "shields.io" not in image["url"]]
        return next((url for url in urls if url and is_storable_url(url)), None)

    def _summary(self) -> str:
        """Return the lines of the paper that are not fields of their own, as Markdown."""
        block, lines = self._block, []
        if rest := self._rest.strip(" -–—·|:：\t"):
            lines.append(rest)
        indent = None
        for number in range(block.line + 1, block.end + 1):
            line = self._lines[number - 1]
            if number in self._fields.used_lines:
                continue
            if block.kind is Kind.ITEM and line.strip():
                if indent is None:
                    indent = len(line) - len(line.lstrip())
                line = line[min(indent, len(line) - len(line.lstrip())) :]
            lines.append(_without_details(line))
        text = "\n".join(lines).strip("\n")
        while (shorter := re.sub(r"\n\s*(?:-{3,}|\*{3,}|_{3,})\s*\Z", "", text).rstrip()) != text:
            text = shorter
        return "" if re.fullmatch(r"[\s\-*_]*", text) else text

    def _read_row(self) -> FoundPaper | None:
        block = self._block
        cells = [inline_markdown(cell) for cell in split_row(block.text)]
        kinds = [field_of(name.strip("*_ ")) for name in block.columns]
        paper: FoundPaper | None = None
        if Field.TITLE in kinds or Field.LINK in kinds:
            paper = self._read_named_row(cells, kinds)
        if paper is None:
            paper = read_row(block.text, self._candidate.arxiv_id, self._candidate.day)
        if paper:
            paper.line, paper.rule = block.line, "row"
            paper.issue_day = paper.issue_day or self._candidate.day
        return paper

    def _read_named_row(self, cells: list[str], kinds: list[Field | None]) -> FoundPaper | None:
        pairs = list(zip(kinds, self._block.columns, cells, strict=False))

        def texts(kind: Field) -> list[str]:
            return [cell for found, _, cell in pairs if found is kind and cell]

        named = (
            texts(Field.TITLE)
            or [cell for cell in texts(Field.LINK) if split_title(cell)[0]]
            or [cell for found, _, cell in pairs if found is None and split_title(cell)[0]]
        )
        title, rest = split_title(named[0]) if named else ("", "")
        if not title:
            return None
        authors = next(filter(None, map(names_in, texts(Field.AUTHORS))), ())
        votes = next(
            filter(None, (values.as_count(_bare(cell)) for cell in texts(Field.VOTES))), None
        )
        sections = [(heading_of(plain_text(n)), c) for k, n, c in pairs if k is Field.SUMMARY]
        facts = [
            (heading_of(plain_text(n)), c) for k, n, c in pairs if k is Field.FACT and c != "null"
        ]
        summary = values.join_sections(
            ("", _cell_text(rest)),
            *((label, _cell_text(cell)) for label, cell in sections),
            ("", values.bullet_list(*facts)),
        )
        days = [
            next(filter(None, map(day_in, texts(k))), None)
            for k in (Field.ISSUE_DAY, Field.PUBLISHED)
        ]
        return FoundPaper(
            line=self._block.line,
            arxiv_id=self._candidate.arxiv_id,
            title=title,
            authors=authors,
            votes=votes,
            issue_day=self._candidate.day or days[0],
            published=days[1],
            summary=summary,
        )


def _cell_text(text: str) -> str:
    return values.escape_blocks(
        text.strip(" -–—·:：\t").replace("\n●", "\n- ").replace("\n•", "\n- ")
    )


def _without_details(line: str) -> str:
    """Return a line without the tags of ``<details>``; its summary becomes bold."""
    if "<" not in line:
        return line
    line = re.sub(r"(?i)</?details\b[^<>]*>", "", line)
    line = re.sub(r"(?i)<summary\b[^<>]*>\s*(.{0,2000}?)\s*</summary\s*>", r"**\1**", line)
    return re.sub(r"(?i)<br\s*/?>", "  ", line)


def split_title(text: str) -> tuple[str, str]:
    """Split a first line into the title of a paper and the rest.

    The title is what is bold, else the label of a link that names a paper, else what stands before
    the first link or wide gap. It is empty if the line is only an id and links.
    """
    text = _SYMBOLS.sub("", text.strip())
    text = _without_number(text)
    text = _SYMBOLS.sub("", text)
    match = _LABELLED.match(text)
    if match and field_of(match["label"]) in {Field.TITLE, Field.LINK, Field.ID}:
        text = match["value"]
    for bold in _BOLD.finditer(text):
        inner = bold[1]
        links = [link_label(inner, end) for end, _ in link_targets(inner)]
        title = links[0] if links else inner
        title = _clean_title(title)
        if not _is_generic(title) and not field_of(title.rstrip(":：")):
            before, after = text[: bold.start()], text[bold.end() :]
            return title, _without_own_links(f"{before} {after}")
    for end, url in link_targets(text):
        label = link_label(text, end)
        if not _is_generic(label) and value_id(url):
            before = text[: end - len(label) - 1]
            after = text[text.index(url, end) + len(url) :].lstrip(")")
            return _clean_title(label), _without_own_links(f"{before} {after}")
    return _split_plain_title(text)


def _split_plain_title(text: str) -> tuple[str, str]:
    leading = split_leading_id(text)
    if leading:
        text = leading[1].lstrip("])` ")
        text = re.sub(r"^\([^)\s]*\)", "", text).lstrip(" :：-–—|")
    cut = re.search(
        r"\[[^\]]*\]\(|<?https?://|`|\s{2,}|\n|\(arxiv|\[arxiv|\barxiv:", text, re.IGNORECASE
    )
    title, rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    title = _clean_title(title)
    return ("", text) if _is_generic(title) else (title, _without_own_links(rest))


def _clean_title(title: str) -> str:
    title = _without_number(title)
    return plain_text(_SYMBOLS.sub("", title)).rstrip(" :：-–—([|,").strip("*_ ")


def _title_in(text: str, default: str) -> str:
    return split_title(text)[0] or default


def _without_own_links(text: str) -> str:
    """Return a text without links that name nothing, ids and the brackets around them."""
    text = text.replace("[[", "[").replace("]]", "]")
    text = re.sub(r"\[?\[([^\[\]]{0,60})\]\(([^)]*)\)\]?", _keep_named_link, text)
    text = re.sub(r"<?https?://\S+>?|`?\b(?i:arxiv):\s?[\w./-]+`?", "", text)
    return re.sub(r"[(\[{]\s*[)\]}]", "", text).strip(" \t-–—·|,:：")


def _keep_named_link(link: re.Match[str]) -> str:
    return "" if _is_generic(link[1]) else link[0]
