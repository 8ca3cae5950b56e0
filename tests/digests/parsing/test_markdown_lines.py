from __future__ import annotations

import pytest

from tui.digests.parsing.markdown_lines import (
    Fences,
    LineKind,
    is_thematic_break,
    link_label,
    link_targets,
    plain_text,
    scan_lines,
    truncate,
    url_of_link_line,
)


def test_structural_lines_are_found_with_their_line_numbers() -> None:
    text = "# One\n\ntext\n```py\n---\n  ## Two ##\n***"
    scanned = [(line.kind, line.level, line.text, line.line) for line in scan_lines(text)]
    assert scanned == [
        (LineKind.HEADING, 1, "One", 1),
        (LineKind.FENCE, 3, "py", 4),
        (LineKind.BREAK, 0, "", 5),
        (LineKind.HEADING, 2, "Two", 6),
        (LineKind.BREAK, 0, "", 7),
    ]
    lines = [text[line.start : line.end] for line in scan_lines(text)]
    assert lines == ["# One", "```py", "---", "  ## Two ##", "***"]


@pytest.mark.parametrize(
    ("line", "text"),
    [("##Words", "Words"), ("### Words ###", "Words"), ("# C#", "C#"), ("##", ""), ("# #", "")],
)
def test_heading_text_excludes_the_markup(line: str, text: str) -> None:
    assert [heading.text for heading in scan_lines(line)] == [text]


@pytest.mark.parametrize(
    "line", ["####### seven", "    # code", "text # no", "|---|---|", "``` a`b", "--"]
)
def test_other_lines_are_not_structural(line: str) -> None:
    assert list(scan_lines(f"{line}\n{line}")) == []


@pytest.mark.parametrize("line", ["---", "***", "___", "- - -", " * * *", "-----  "])
def test_thematic_break_is_recognized(line: str) -> None:
    assert is_thematic_break(line)
    assert [scanned.kind for scanned in scan_lines(line)] == [LineKind.BREAK]


@pytest.mark.parametrize("line", ["", "--", "-- x", "***bold***", "-*-", "- - item"])
def test_similar_line_is_not_a_thematic_break(line: str) -> None:
    assert not is_thematic_break(line)


def _is_open_after(text: str) -> bool:
    fences = Fences()
    for line in scan_lines(text):
        fences.feed(line)
    return fences.is_open


@pytest.mark.parametrize(
    "text",
    [
        "```\ncode\n```",
        "~~~\n```\n~~~",
        "````\n```\n````",
        "```\ncode\n`````",
        "```python\n```python\n```",
        "```markdown\n```python\ncode\n```\n```",
        "````md\n```\ncode\n```\n````",
        "  ```\ncode\n  ```",
    ],
)
def test_fence_is_closed(text: str) -> None:
    assert not _is_open_after(text)


@pytest.mark.parametrize(
    "text", ["```", "```\n~~~", "````\n```", "```md\n```python\n```", "```\n```js"]
)
def test_fence_stays_open(text: str) -> None:
    assert _is_open_after(text)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (r"A \[B\] \_c\_ \*d\*", "A [B] _c_ *d*"),
        ("R&amp;D &#39;x&#39; &lt;y&gt;", "R&D 'x' <y>"),
        ("AT&T &nosuch;", "AT&T &nosuch;"),
        ("two  spaces\tand a tab", "two spaces and a tab"),
        (r"$\alpha\_1$ and \$5", r"$\alpha\_1$ and $5"),
        ("**Bold**", "Bold"),
        ("***Bold***", "Bold"),
        ("**A** and **B**", "**A** and **B**"),
        ("`code`", "`code`"),
        ("&#27;[31m &#x202e;x&#8203;", "[31m x"),
        ("", ""),
        ("**", "**"),
    ],
)
def test_markup_is_removed(markdown: str, expected: str) -> None:
    assert plain_text(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "label"),
    [
        ("[Wind](x)", "Wind"),
        ("[[Wind] Rain](x)", "[Wind] Rain"),
        ("[Wind [Rain]](x)", "Wind [Rain]"),
        ("[Wind (and Rain)](x)", "Wind (and Rain)"),
        ("[Oral] [Wind](x)", "Wind"),
        ("[Wind on [0, 1)](x)", "Wind on [0, 1)"),
        ("[Wind] on ]0, 1](x)", "Wind] on ]0, 1"),
        (r"[Wind \[Rain](x)", r"Wind \[Rain"),
    ],
)
def test_label_may_contain_brackets(markdown: str, label: str) -> None:
    ((end, url),) = link_targets(markdown)
    assert (link_label(markdown, end), url) == (label, "x")


@pytest.mark.parametrize(
    "line",
    [
        "🔗 https://arxiv.org/abs/1",
        "https://arxiv.org/abs/1",
        "<https://arxiv.org/abs/1>",
        "[paper](https://arxiv.org/abs/1)",
        "- **Link**: https://arxiv.org/abs/1",
        "Link: [paper](https://arxiv.org/abs/1)",
    ],
)
def test_link_line_is_recognized(line: str) -> None:
    assert url_of_link_line(line) == "https://arxiv.org/abs/1"


def test_link_line_may_omit_the_scheme() -> None:
    assert url_of_link_line("🔗 arxiv.org/abs/1") == "arxiv.org/abs/1"


@pytest.mark.parametrize(
    "line", ["see https://a.example for more words than a label", "바람.다", "Wind"]
)
def test_line_with_more_than_a_link_is_not_a_link_line(line: str) -> None:
    assert url_of_link_line(line) is None


def test_text_is_truncated_with_an_ellipsis() -> None:
    assert truncate("abc", 3) == "abc"
    assert truncate("abcd", 3) == "ab…"
