"""Texts that attack the terminal, the program or the person in front of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.support.sample_digests import (
    SamplePaper,
    cards_digest,
    hub_digest,
    jsonl_digest,
    note_digest,
    page_digest,
    table_digest,
    write_digest,
)

DATE, EARLIER = "2025-05-01", "2025-04-30"

CONTROLS = {
    "CSI": "\x1b[31;1mred\x1b[0m \x1b[2J \x1b[6n \x1b[?1049l \x1b[>1u \x1b[18t \x1b[5n",
    "CSI as C1": "\x9b31mred\x9b2J",
    "unterminated CSI": "open \x1b[",
    "window title": "\x1b]0;PWNED\x07 \x1b]2;PWNED\x1b\\ \x9d0;PWNED\x9c",
    "hyperlink": "\x1b]8;;https://evil.example/\x1b\\words\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;UFdORUQ=\x07 \x1b]52;c;?\x1b\\",
    "other OSC": "\x1b]4;1;rgb:00/00/00\x07 \x1b]11;?\x07 \x1b]1337;File=:AA\x07 \x1b]9;x\x07",
    "unterminated OSC": "open \x1b]0;PWNED",
    "DCS": '\x1bP$q"p\x1b\\ \x1bPq#0;2;0;0;0#0~~\x1b\\ \x90PWNED\x9c',
    "APC, PM, SOS": "\x1b_Ga=T;AA\x1b\\ \x1b^x\x1b\\ \x1bXx\x1b\\ \x9fG\x9c \x9ePM\x9c \x98S\x9c",
    "tmux": "\x1bPtmux;\x1b\x1b]52;c;UFdORUQ=\x07\x1b\\",
    "reset": "\x1bc \x1b(0 \x1b7 \x1b8 \x1b#8 \x1b= \x0e \x0f \x07 \x08\x08\x08 \x7f",
    "C1": "".join(map(chr, range(0x80, 0xA0))),
    "C0": "".join(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r"),
    "NUL": "a\x00b\x00",
    "carriage return": "seen\rhidden",
    "bidi": "a \u202egnp.exe\u202c \u202d\u202a\u202b \u2066x\u2067\u2068\u2069 \u200e\u200f\u061c",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034fh\u180ei\U000e0041\U000e0101",
    "line separators": "one\u2028two\u2029three\x85four\vfive\fsix",
    "surrogates": "\ud83d \udcff \udc9b31m",
}
"""Texts that a terminal executes, or displays differently from their order in the file."""

MARKUP = {
    "Rich": "[bold red]x[/] [link=https://evil.example]y[/link] [/] [/nothing] [[ \\[x]",
    "actions": "[@click=app.quit]x[/] [@click='app.bell']y[/] [@click=screen.sync()]z[/]",
    "variables": "$accent [$error]x[/] {0} {name} %s %(x)s",
    "entities": "&#27;[31mx &#x9b;31m &#x202e;evil &#8203; &#0; &zwj;&shy;&lrm;&rlm;",
    "escaped letters": "\\x1b[31m \\u202e \\033[2J ^[[31m",
}
"""Texts that have an effect if a program treats them as markup."""

LINKS = {
    "script": "[words](javascript:alert(1)) [words](JaVaScRiPt:alert(1)) <javascript:alert(1)>",
    "script by entity": "[words](java&#115;cript:alert(1)) [words](&#1;javascript:alert(1))",
    "file": "[words](file:///etc/passwd) <file:///etc/passwd> ![words](file:///etc/passwd)",
    "data": "[words](data:text/html,x) [words](vbscript:x) [words](ssh://evil) [words](//evil)",
    "HTML": '<a href="javascript:x">words</a> <img src="file:///etc/passwd"> <script>x</script>',
    "reference": "[words][evil]\n\n[evil]: javascript:alert(1)\n",
    "reversed text": "<https://evil.example/%E2%80%AEgnp.exe> [x](https://evil.example/\u202ex\x1b[31m)",
    "with controls": "[x](https://evil.example/%1b]0;PWNED%07) https://evil.example/\x1b]0;PWNED\x07",
    "title": '[words](https://evil.example/ "\x1b]0;PWNED\x07")',
}
"""Links that must never be opened."""

ALL_TEXTS = {**CONTROLS, **MARKUP, **LINKS}

_LINE_BREAKS = "\n\r\v\f\x85\u2028\u2029"


def _pasted() -> str:
    """Return the texts in the form in which a terminal pastes them, without ESC.

    Texts with line breaks come last, because an input field accepts only the first line.
    """
    texts = [text.replace("\x1b", "") for text in {**CONTROLS, **MARKUP}.values()]
    texts.remove(CONTROLS["surrogates"])
    return " ".join(sorted(texts, key=lambda text: bool({*text} & {*_LINE_BREAKS})))


PASTED = _pasted()


@dataclass(frozen=True)
class TextSet:
    """Texts for every part of a digest.

    Attributes:
        texts: for headings, authors, labels, links and summaries.
        name: for the folder and the file.
        raw: bytes that are not UTF-8, for the contents of a file.
    """

    texts: tuple[str, ...]
    name: str
    raw: bytes


HARMLESS = TextSet(tuple(f"words {key}" for key in ALL_TEXTS), "plain words", b"caf\xe9")
HOSTILE = TextSet(
    tuple(ALL_TEXTS.values()),
    "[@click=app.quit]x \x1b]0;PWNED\x07\x1b[31m\x9b31m\u202e\u200b %s {x}",
    b"\x9b31m \x9d0;PWNED\x9c \x90PWNED\x9c \xed\xa0\xbd \xff\xfe \x1b]0;PWNED\x07",
)

OTHER_DIALECTS = {
    "hub.json": hub_digest,
    "cards.json": cards_digest,
    "lines.jsonl": jsonl_digest,
    "table.md": table_digest,
    "page.md": page_digest,
    "note.md": note_digest,
}
"""The functions that write the other dialects, by file name."""

FIRST_TITLE, SECOND_TITLE, NOTE = "firstpaper", "secondpaper", "noteofmine"
END = "endofsummary"


def write_digests(text_set: TextSet, root: Path) -> Path:
    """Write digests that contain the texts everywhere; return their folder."""
    folder = root / text_set.name
    lines = [f"## Daily Papers ({DATE})\n"]
    for number, text in enumerate(text_set.texts):
        heading = text.replace("\n", " ")
        marker = {0: f"{FIRST_TITLE} ", 1: f"{SECOND_TITLE} "}.get(number, "")
        lines += [
            f"### [{marker}{heading}](https://arxiv.org/abs/2505.{number + 1:05})\n",
            f"![](https://example.org/{number}.png?{heading})\n",
            f"Vote: {900 - number}\n",
            f"Authors: {heading}, Ada {heading}\n",
            f"- ***Label {heading}***: {heading}\n",
            *(f"- ***{text}***: {text}\n" for text in text_set.texts),
            "see [a page](https://example.org/page)\n",
            f"{END}\n",
        ]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    write_digest(folder / f"{text_set.name} {DATE}.md", data)
    # Missing votes, title and authors are problems, which contain the file name.
    second = (
        f"## Daily Papers ({DATE})\n\n### [](https://arxiv.org/abs/2505.00001)\n\n- ***x***: y "
    )
    write_digest(folder / text_set.name / f"{DATE}.md", second.encode() + text_set.raw + b"\n")
    for name, format_digest in OTHER_DIALECTS.items():
        papers = [
            SamplePaper(f"2504.{number + 1:05}", text, None, (text.replace("\n", " "),), text)
            for number, text in enumerate(text_set.texts)
        ]
        data = format_digest(EARLIER, papers).encode("utf-8", "surrogatepass")
        write_digest(folder / f"{text_set.name} {EARLIER} {name}", data)
    return folder
