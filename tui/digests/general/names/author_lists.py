"""The authors of a paper in a value or text that may have more than their names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.digests.general.names.wrapped_values import unwrapped
from tui.digests.general.vocabulary.categories import without_last_categories
from tui.digests.general.vocabulary.institutions import without_institution
from tui.digests.general.vocabulary.venue_names import is_venue, without_venue_behind
from tui.digests.parsing.markdown_lines import plain_text
from tui.digests.parsing.record_values import as_line, as_list
from tui.digests.parsing.tex_accents import without_tex_accents
from tui.digests.parsing.votes_and_authors import parse_authors, tidy_authors
from tui.models import ET_AL

_MAX_CHARS = 100_000
_MAX_OTHERS_CHARS = 60
_SPACES = re.compile(r"[^\S\n]{2,}")
_ITALIC = re.compile(r"(?<![*\w])([*_])(?=[^\s*_])([^*\n]{1,20000}?)(?<=\S)\1(?![*\w])")
_NAME = re.compile(
    r"[^\W\d_][\w.'’`´-]*\.?(?:\s+(?:[^\W\d_][\w.'’`´-]*\.?|\([A-Za-z .]{1,20}\))){0,5}"
)
_PERSON_SIGN = re.compile("\\s*[👤👥👨👩🧑✍🖊🖋]")
_SIGNS = re.compile(r"^[^\w\s*\[(<\"']+\s*")
_BY = re.compile(r"(?:(?:by|von|par|por|di|bởi)[:：]?|authors?\s?[:：])\s+", re.IGNORECASE)
_LABEL_WITHOUT_COLON = re.compile(
    r"[*_]{0,3}(?:authors?|저자|지은이|著者|筆者|作者|tác giả)[*_]{0,3}\s+(?=\S)", re.IGNORECASE
)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{1,200})\]\]")
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,200})\]\([^()\s]{0,2000}\)")
_MARKS = re.compile(
    r"\$?\^\{?[\d,;*\s†‡§¶a-z]{1,12}\}?\$?"  # $^{1,2}$
    r"|[⁰¹²³⁴-⁹˒*∗⁎†‡§¶✉]+|(?<=[^\W\d_])\d{1,2}(?:,\s?\d{1,2})*(?=\s*(?:[,;、，；*†‡]|$|\sand\s))"
    r"|<[^<>\s]{1,80}@[^<>\s]{1,80}>|\(?\b[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{1,20}\)?"
)
"""Superscripts and addresses."""

_IN_BRACKETS = re.compile(r"\s*(?:\([^()]{0,200}\)|（[^（）]{0,200}）|\[[^\[\]]{0,200}\](?!\())")
_BEHALF = re.compile(
    r"\s*,?\s*\(?\b(?:on behalf of|for)\s+(?=the\s[^,;]{1,80}\b(?:collab|team))", re.I
)
_AND = re.compile(
    r"\s*[,;，；、]?\s+(?:and|And|AND|&|und|et(?!\s+(?:al|autres))|y(?!\s+otros)|e(?!\s+outros)"
    r"|và(?!\s+(?:cộng|cs|nnk|\d|những|các))|och|и(?!\s+др)|及|和|与|與|및|그리고)\s+"
    r"|(?<=[a-zà-ÿ])&(?=[A-Z])|(?:(?<=[A-Za-z])|(?<=[가-힣]{2}))[와과]\s+(?=[가-힣A-Z])"
    r"|(?<![\u30a0-\u30ff])・(?![\u30a0-\u30ff])"
)
_BETWEEN_NOUNS = re.compile("[가-힣][와과]\\s|・")
"""What may separate names after a label, but separates any nouns elsewhere."""

_SEPARATORS = re.compile(
    r"\s+[·•/]\s+|\s*[|｜]\s*|\s*[\n·•]\s*(?=[가-힣])|\s*<br\s*/?>\s*|\s*\n\s*"
)
_OTHERS = re.compile(
    r"[\s,;、，和]*(?:(?:và|cùng)\s+(?:các\s)?(?:cộng sự|đồng nghiệp|cs\b\.?|nnk\b\.?"
    r"|(?:những|các)\s.{0,20}|\d+\s.{0,20}(?:khác|nữa))"
    r"|(?:and|&)\s+(?:(?:his|her|their)\s)?(?:colleagues|co-?workers|co-?authors|collaborators|team|co\.)"
    r"|y\s+(?:colaboradores|cols?\b\.?)|et\s+coll?\b\.?|(?:등\s?여러\s?[명인]|[및과와]\s?동료들?|그\s?외\s?다수|기타)"
    r"|plus\s+\d+\s+(?:more|others?)|v\.\s?v\b\.?|(?<=\w)…"
    r"|等等|等?\s?共\s?\d+\s?[人位]|等?\s?\d*\s?位作者|等?其他.{0,8}|ほか多数"
    r"|等(?:作者|[\d一二三四五六七八九十]*\s?人)|(?<=[A-Za-zÀ-ÿ.])(?:等|ほか|他)(?:\s?\d+\s?[人名])?"
    r"|(?:(?<=[\u30a0-\u9fff])|(?<=[\sA-Za-zÀ-ÿ.]))(?:ら(?:\s?\d+\s?[名人])?|たち|達)"
    r"|(?:外|그\s?외)\s*\d*\s*[名명인]?)[\s.)）]*$"
)
"""Words for further authors that `parse_authors` does not know."""

_MAX_PLACEHOLDER_CHARS = 40
_PLACEHOLDER = re.compile(
    r"\W*(?:not (?:listed|given|available|specified|provided|found|stated|disclosed|mentioned)"
    r"|n/?a|none|null|unknown(?: authors?)?|unlisted|tba|tbd|暂无|未知|未提供|未列出|无|不详|不明"
    r"|なし|記載なし|非公開|미상|없음|정보 없음|알 수 없음|미공개|không (?:rõ|có)|chưa (?:rõ|có)"
    r"|unbekannt|keine angabe|inconnus?|desconocidos?|sconosciuti?|неизвестно)\W*",
    re.IGNORECASE,
)
"""What stands for authors that the writer does not know."""

_OTHERS_IN_BRACKETS = re.compile(
    r"\s*[(（]\s*(?:\+\s?\d+|(?:他|外|외|ほか|等|共|등|and|&|plus|và)\s?\d+[^()（）]{0,20}"
    r"|et al\.?)\s*[)）]\s*$"
)
_COMMA = re.compile("[,;，；、]")
_LAST_FIRST = re.compile(r"(?:[^\W\d_A-Z][^\s,]*\s+)*[^\s,]+,\s+[^\s,][^,]*")
_WITH_PARTICLE = re.compile(
    r"(?:(?:van|von|vom|zu|der|den|ter|ten|de|del|della|di|da|do|dos|das|du|la|le|el|al|bin|ibn|af|av)"
    r"\s+){1,3}[^\s,]+(?:\s[^\s,]+)?,"
)
"""The start of a name like ``van der Berg, Jan``."""

_PARTICLES = frozenset(
    """
    van von vom zu zur der den ter ten de del della delle di da do dos das du des la las los le el
    al bin ibn ben bint af av und y e i d l t s st ul
    """.split()  # noqa: SIM905  # a list of words is easier to read than one of strings
)
_TITLE_WORDS = frozenset(
    """
    ai agent agents analysis attention benchmark benchmarks control data deep detection diffusion
    dynamics efficient estimation evaluation feedback generation generative graph image inference
    information intelligence knowledge language large learning machine memory method methods model
    models multimodal network networks neural optimization performance planning policy quantum
    reasoning reinforcement representation retrieval robot robots scaling search survey system
    systems text theory training transformer transformers video vision world abstract introduction
    academy college department faculty hospital inc institute institution lab laboratory labs
    research school university universität universidad université corporation
    """.split()  # noqa: SIM905  # a list of words is easier to read than one of strings
)
"""Words of titles and institutions that are no part of a name."""

_WORDS_BESIDE_NAMES = frozenset(
    """
    by and et al alii others other more authors author colleagues collaborators many several on
    behalf for the und và cộng sự các những khác cùng otros outros autres colaboradores
    """.split()  # noqa: SIM905  # a list of words is easier to read than one of strings
)
_MAX_PROSE_CHARS = 400

_WORD = re.compile(r"[A-Za-zà-ÿ]{2,}")
_LOWER_CASE_WORD = re.compile(r"(?<![\w.-])[a-zà-ÿ]+(?![\w.])")

_BRACKETED = re.compile(r"[(（]([^()（）]{4,2000})[)）]")
_VENUE_AFTER_OTHERS = re.compile(
    r"(\bet al)(?:\.,?|,) (?:(?:ar|bio|med|chem)[xX]iv|[A-Z][\w-]{1,14}(?: [\w'’-]{1,14}){0,3})\.?$"
)
"""``Ada Bell(Example University) et al. ICLR 2025.``"""

_WHOLE_NAME = re.compile(rf"(?=.*(?:\s|[^\x00-\x7f])){_NAME.pattern}")
"""A name of two words, as an institution rarely has; in Chinese there is no space."""

_PLAIN_NAME = re.compile(
    r"[A-ZÀ-ÞŠŽŁ][a-zà-ÿ'’-]+"
    r"(?: (?!(?:and|et|al|u|others|more|y|e|und|och|autres|otros|outros|colaboradores)\b)"
    r"[A-Za-zÀ-ÿ][a-zà-ÿ'’.-]*){1,3}"
)
"""A name that needs no change, as nearly all do."""

_ONE_LAST_FIRST = re.compile(r"[A-ZÀ-ÞŠŽŁ][a-zà-ÿ'’-]+, [A-ZÀ-ÞŠŽŁ][a-zà-ÿ'’-]+(?: [A-Z]\.)?")
_ET_AL = re.compile(r"[\s,]+et al\.?\s*$")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÞŠŽŁ]\.[\s-]?){1,4}")
_ACCOUNT_KEYS = frozenset({"handle", "login", "screen_name", "acct", "did", "avatar", "isBot"})
"""A single object with one of these is the account of somebody who posted something."""

_INITIALS_LAST = re.compile(r"(?:[^,.]{2,60} [A-Z]{1,3}, ){1,500}[^,.]{2,60} [A-Z]{1,3}\.")
"""``Roe J, Doe JK.``, as PubMed writes a list."""

_NAME_KEYS = (
    *("name", "full_name", "fullname", "fullName", "display_name", "displayName"),
    *("author_name", "authorName", "text"),
)
_INNER_KEYS = ("author", "user", "node", "person", "name")
_OTHER_NAME = re.compile(
    r"(?!.*(?:first|last|middle|user|nick|screen|file|given|family|institution|affiliation))"
    r".{0,40}name",
    re.IGNORECASE,
)
"""Other keys of a whole name, such as ``creatorName``."""

_PART_KEYS = (
    ("first", "last"), ("given", "family"), ("firstName", "lastName"), ("first_name", "last_name"),
    ("given_name", "family_name"), ("forenames", "keyname"), ("forename", "surname"),
    ("given_name", "surname"), ("givenName", "familyName"), ("firstname", "lastname"),
)  # fmt: skip


def names_in(value: str) -> tuple[str, ...]:
    """Return the authors in a labelled value."""
    if value.endswith(".") and _INITIALS_LAST.fullmatch(value):
        value = value[:-1]
    names = value.split(", ")
    if len(names) > 1 and all(map(_PLAIN_NAME.fullmatch, names)) and not _BY.match(value):
        return tuple(names)
    if len(value) <= _MAX_PLACEHOLDER_CHARS and _PLACEHOLDER.fullmatch(value):
        return ()
    value = without_last_categories(without_tex_accents(value[:_MAX_CHARS]))
    text = _WIKI_LINK.sub(r"\1", _SPACES.sub(" ", value).strip())
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if text.startswith(("['", '["')):
        return parse_authors(plain_text(text))
    text = _without_by(plain_text(_SEPARATORS.sub(", ", text))) if text else ""
    text = _BEHALF.sub(", ", _MARKS.sub("", without_institution(text)))
    if text.endswith((")", "）")):
        text = _OTHERS_IN_BRACKETS.sub(f", {ET_AL}", text)
    text = _replace_others(_without_brackets(text), ", ")
    parts = _AND.split(text)
    are_names = all(map(_LAST_FIRST.fullmatch, parts)) or not _COMMA.search(text)
    if len(parts) > 1 and are_names:
        return tidy_authors(parts)  # Roe, Jane and Doe, John; or Roe & Doe
    text = ", ".join(parts)
    if _ONE_LAST_FIRST.fullmatch(text):
        return tidy_authors([text])
    return (
        _with_initials(text)
        or _last_names_first(text)
        or _before_affiliations(text)
        or parse_authors(text)
    )


def _without_by(text: str) -> str:
    by = _BY.match(text)
    return text[by.end() :] if by else text


def _without_brackets(text: str) -> str:
    """Return a list of names without affiliations in brackets; nicknames stay."""
    pieces = []
    start = 0
    for bracket in _IN_BRACKETS.finditer(text):
        after = text[bracket.end() : bracket.end() + 2].lstrip(" ")
        is_inner = after[:1].isalpha() and not _ET_AL.match(text, bracket.end())
        if bracket.start() and not is_inner:
            pieces.append(text[start : bracket.start()])
            start = bracket.end()
    return "".join([*pieces, text[start:]])


def _with_initials(text: str) -> tuple[str, ...]:
    """Return the names of a list like ``Roe, J., Doe, J. K.``; empty if it is another list."""
    names = _ET_AL.sub("", text).rstrip(" ,.")
    parts = [part.strip() for part in names.split(",")]
    parts[-1] += "." if len(parts) > 1 and len(parts[-1]) < 8 else ""
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) % 2 or not all(_INITIALS.fullmatch(initials) for _, initials in pairs):
        return ()
    ordered = tidy_authors(f"{initials} {last}" for last, initials in pairs)
    return (*ordered, ET_AL) if _ET_AL.search(text) else ordered


def _last_names_first(text: str) -> tuple[str, ...]:
    """Return the names of a list like ``Roe, Jane; García Ruiz, Pilar``; empty if it is another.

    A family name of one word, or with a particle, shows that the words before the other commas are
    family names, too, and not names before affiliations.
    """
    names = text.removesuffix(ET_AL).strip(" ,;；")
    parts = [part.strip() for part in re.split("[;；]", names) if part.strip()]
    pairs = [part.split(",") for part in parts]
    if any(len(pair) != 2 for pair in pairs):
        return ()
    is_sure = any(map(_WITH_PARTICLE.match, parts))
    if not is_sure and (len(parts) < 2 or not any(map(_LAST_FIRST.fullmatch, parts))):
        return ()
    ordered = tidy_authors(f"{first.strip()} {last.strip()}" for last, first in pairs)
    return (*ordered, ET_AL) if text.endswith(ET_AL) else ordered


def _before_affiliations(text: str) -> tuple[str, ...]:
    """Return the names of a list like ``Jane Roe, MIT; John Doe, Google``; or empty."""
    parts = [part.strip() for part in re.split("[;；]", text) if part.strip()]
    if len(parts) < 2 or not all(part.count(",") == 1 for part in parts):
        return ()
    if any(map(_LAST_FIRST.fullmatch, parts)):
        return ()
    return tidy_authors(part.partition(",")[0] for part in parts)


def authors_of(value: object) -> tuple[str, ...]:
    """Return the authors in a field of data: a string, or a list of strings, lists or objects."""
    if isinstance(value, str):
        return names_in(as_line(value.replace("\n", ", ") if "," not in value else value))
    if isinstance(value, dict):
        if not _ACCOUNT_KEYS.isdisjoint(value):
            return ()
        lists = [item for item in value.values() if isinstance(item, list)]
        if value and all(map(str.isdecimal, value)):
            value = list(value.values())  # a list in JavaScript or pandas
        else:
            value = lists[0] if len(lists) == 1 and not _name_of(value) else [value]
    items = as_list(value)
    if items and all(isinstance(item, str) and _PLAIN_NAME.fullmatch(item) for item in items):
        return tuple(map(str, items))
    names = [_name_of(item) for item in items]
    if names and all(map(_PLAIN_NAME.fullmatch, names)):
        return tuple(names)
    if len(names) == 1:
        return names_in(names[0])
    cleaned = (_without_brackets(_MARKS.sub("", without_tex_accents(name))) for name in names)
    return tidy_authors(_replace_others(name, " ") for name in cleaned if name)


def _replace_others(text: str, separator: str) -> str:
    """Return a text that ends with ET_AL if it ends with words that mean this."""
    start = max(len(text) - _MAX_OTHERS_CHARS, 0)
    return text[:start] + _OTHERS.sub(f"{separator}{ET_AL}", text[start:])


def _name_of(item: object, depth: int = 3) -> str:
    """Return the name of an author, who may be an object or a list of the parts of a name."""
    item = unwrapped(item)
    if isinstance(item, str):
        name = as_line(item)
        return _WIKI_LINK.sub(r"\1", name) if "[[" in name else name
    if isinstance(item, list):
        last, *first = [*map(as_line, item), ""]  # as arXiv has them: last, first, suffix
        return " ".join(filter(None, (*first, last)))
    return _name_in(item, depth) if isinstance(item, Mapping) else ""


def _name_in(item: Mapping[str, object], depth: int) -> str:
    """Return the name of an author in an object, or in one within it."""
    for key in _NAME_KEYS:
        if name := as_line(unwrapped(item.get(key))):
            return name
    for first_key, last_key in _PART_KEYS:
        if (last := as_line(unwrapped(item.get(last_key)))) and first_key in item:
            return f"{as_line(unwrapped(item[first_key]))} {last}".strip()
    last_names = (as_line(unwrapped(item.get(last_key))) for _, last_key in _PART_KEYS)
    if last := next(filter(None, last_names), ""):
        return last
    inner = next(filter(None, map(item.get, _INNER_KEYS)), None)
    if inner and depth and not isinstance(inner, list):
        return _name_of(inner, depth - 1)
    others = (as_line(unwrapped(item[key])) for key in item if _OTHER_NAME.fullmatch(key))
    return next(filter(None, others), "")


def marks_names(text: str) -> bool:
    """Return whether a line is in italics, or starts with a sign or word for authors."""
    marked = _PERSON_SIGN.match(text) or _BY.match(text) or _ITALIC.fullmatch(text)
    return marked is not None


def _is_prose(text: str) -> bool:
    """Return whether a text has too many words that are no names to be worth a closer look."""
    words = _LOWER_CASE_WORD.findall(text[:_MAX_PROSE_CHARS].partition("(")[0])
    return sum(word not in _PARTICLES and word not in _WORDS_BESIDE_NAMES for word in words) > 3


def unlabelled_names(text: str) -> tuple[str, ...]:
    """Return the authors if a line is nothing but names, two at least or in italics."""
    if _is_prose(text):
        return ()
    is_marked = marks_names(text)
    text = _SIGNS.sub("", text.strip())
    if label := _LABEL_WITHOUT_COLON.match(text):
        text = text[label.end() :]
    is_marked = is_marked or _BY.match(text) is not None
    bracketed = _BRACKETED.fullmatch(text)
    text = without_venue_behind(bracketed[1] if bracketed else text)
    text = _VENUE_AFTER_OTHERS.sub(r"\1", text)
    if not is_marked and _BETWEEN_NOUNS.search(text):
        return ()
    if italic := _ITALIC.fullmatch(text):
        is_marked, text = True, italic[2]
    is_marked = is_marked or without_institution(text) != text
    authors = names_in(text)
    names = [name for name in authors if name != ET_AL]
    is_sure = len(names) > 1 or is_marked or ET_AL in authors
    if not (names and is_sure) or (len(names) == 1 and is_venue(names[0])):
        return ()
    pattern = _WHOLE_NAME if bracketed else _NAME
    if any(len(name) > 60 or not pattern.fullmatch(name) for name in names):
        return ()
    plain = " ".join(names)
    if not all(word in _PARTICLES for word in _LOWER_CASE_WORD.findall(plain)):
        return ()
    words = (word.lower() for word in _WORD.findall(plain))
    return authors if _TITLE_WORDS.isdisjoint(words) else ()
