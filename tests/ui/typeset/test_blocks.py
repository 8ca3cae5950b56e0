"""The layout of each Markdown block."""

from __future__ import annotations

import pytest

from tests.ui.typeset.pages import page, sections, styled
from tui.ui.typeset.blocks import parse_blocks
from tui.ui.typeset.layout import lay_out

MATRIX = {
    "headings and the text right after them": (
        "# One\ntext\n## Two\ntext\n###### Six",
        "One\n\ntext\n\nTwo\n\ntext\n\nSix",
    ),
    "empty blocks": ("#\n\n>\n\n&nbsp;\n\n<!-- no -->\n\n```\n```\n\na", "a"),
    "a tight list": ("- a\n- b\n  - c\n    - d\n      - e", "∙ a\n∙ b\n  ⁃ c\n    ‣ d\n      ‣ e"),
    "bullets of chats": ("Text:\n• a\n  ◦ b\n•c\n● d", "Text:\n\n∙ a\n  ⁃ b\n∙ c\n∙ d"),
    "bullets in code": ("• a\n\n```\n• b\n```", "∙ a\n\n  • b"),
    "a bullet within a line": ("a • b", "a • b"),
    "a loose list": ("- a\n\n- b", "∙ a\n\n∙ b"),
    "an item of two paragraphs": ("- a\n\n  b\n- c", "∙ a\n\n  b\n\n∙ c"),
    "an empty item": ("- a\n-\n- b", "∙ a\n∙ \n∙ b"),
    "numbers with another start": ("9. a\n9. b", " 9. a\n10. b"),
    "numbers from zero": ("0. a\n1. b", "0. a\n1. b"),
    "numbers with a parenthesis": ("3) a", "3) a"),
    "tasks": ("- [ ] a\n- [x] **b**\n- [X] c", "[ ] a\n[x] b\n[x] c"),
    "hanging indent": (
        "- 가나다 라마바사 아자차카타",
        "∙ 가나다 라마바사\n  아자차카타",
    ),
    "a quote": ("> a\n>\n> > b", "| a\n| \n| | b"),
    "a rule": ("a\n\n---\n\nb", f"a\n\n{'-' * 20}\n\nb"),
    "hard breaks": ("a  \nb\\\nc<br>d", "a\nb\nc\nd"),
    "soft breaks": ("a\nb", "a b"),
    "code keeps its spaces": ("```py\nif a:\n\n\tb  c\n```", "  if a:\n  \n      b  c"),
    "code by indentation": ("a\n\n    b\n     c", "a\n\n  b\n   c"),
    "code without empty lines at its ends": ("```\n\n\na\n\n```", "  a"),
    "code too wide": ("```\naaaa bbbb cccc dddd\n```", "  aaaa bbbb cccc \n    dddd"),
    "code without spaces": ("```\nabcdefghijklmnopqrst\n```", "  abcdefghijklmnopqr\n    st"),
    "display math": ("a\n\n$$\n\\alpha\n\\beta\n$$", "a\n\n  αβ"),
    "inline math": ("$O(n)$은 $$x^2$$", "O(n)은 x²"),
    "math before a digit at the end": ("$N$ is 5", "N is 5"),
    "prices": ("$5 and $10", "$5 and $10"),
    "prices with a currency code": ("US$5, US$6", "US$5, US$6"),
    "escaped": ("\\$a$ \\*b\\*", "$a$ *b*"),
    "struck": ("~~a~~", "a"),
    "setext": ("a\n===\nb\n---\nc", "a\n\nb\n\nc"),
}


@pytest.mark.parametrize(("markdown", "text"), MATRIX.values(), ids=MATRIX)
def test_block_is_laid_out(markdown: str, text: str) -> None:
    assert page(markdown, 20) == text


def test_narrow_items_are_not_indented() -> None:
    assert page("- a\n  - b\n\n    1. c\n\n       d\n    2. ```\n       e\n       ```", 12) == (
        "∙ a\n⁃ b\n\n1. c\n\nd\n\n2. \ne"
    )
    assert page("> a", 13) == "a"


def test_long_labelled_items_are_separated() -> None:
    item = f"- **Label**: {'words ' * 25}"
    assert page(f"{item}\n{item}", 92).count("\n\n") == 1
    assert "\n\n" not in page("- **Label**: words\n- **Label**: words", 92)


def test_code_fills_its_lines() -> None:
    lines = lay_out(parse_blocks("a\n\n```\nb\n\nc\n```"), 20)
    assert [line.fill_style for line in lines] == ["", "", "code", "code", "code"]


@pytest.mark.parametrize(
    ("markdown", "style", "expected"),
    [
        ("a **b** c", "strong", ["b"]),
        ("a *b* c", "emphasis", ["b"]),
        ("a ***b*** c", "strong", ["b"]),
        ("a ~~b~~", "struck", ["b"]),
        ("a `b  c`", "code", ["b c"]),
        ("a $b$", "math", ["b"]),
        ("$$\nb\n$$", "math", ["b"]),
        ("# a `b`", "title", ["a ", "b"]),
        ("## a `b`", "heading", ["a ", "b"]),
        ("###### a", "heading", ["a"]),
        ("- a", "muted", ["∙ "]),
        ("> a", "muted", ["| "]),
        ("[a](http://b.c)", "link", ["a"]),
        ("[a](ftp://b.c)", "link", []),
        ("**a [b](http://c.d)** e", "strong", ["a ", "b"]),
        ("|a|\n|-|\n|b|", "table-head", ["a"]),
    ],
)
def test_block_has_its_styles(markdown: str, style: str, expected: list[str]) -> None:
    assert styled(markdown, style) == expected


# Labels and sections


@pytest.mark.parametrize(
    ("markdown", "label"),
    [
        ("- ***What's New***: text", "What's New"),
        ("- **Label:** text", "Label"),
        ("**라벨**：글", "라벨"),
        ("**라벨** : 글", "라벨"),
        ("**A `b` c**: text", "A b c"),
        ("**Alone**", "Alone"),
        ("**[Linked](http://a.b)**: text", "Linked"),
        ("1. **One**: text", "One"),
    ],
)
def test_labels_start_sections(markdown: str, label: str) -> None:
    assert [section for section, _ in sections(markdown)] == [label]
    assert "".join(styled(markdown, "label")).rstrip(":") == label


@pytest.mark.parametrize(
    "markdown", ["**bold** text", "*emphasis*: text", "text **a**: b", f"**{'long ' * 13}**: text"]
)
def test_other_bold_text_is_not_a_label(markdown: str) -> None:
    assert sections(markdown) == []
    assert styled(markdown, "label") == []


def test_headings_below_the_first_level_start_sections() -> None:
    markdown = "# Title\n## 1. 핵심 `동기`와 매우 긴 제목이 두 줄에 걸쳐 있을 때\n### b"
    assert sections(markdown) == [
        (
            "1. 핵심 동기와 매우 긴 제목이 두 줄에 걸쳐 있을 때",
            "1. 핵심 동기와 매우 긴 제목이 두 줄에",
        ),
        ("b", "b"),
    ]
