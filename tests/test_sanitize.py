from __future__ import annotations

import unicodedata

import pytest

from tui import sanitize
from tui.sanitize import EditorLineNumbers, clean, escape_unprintable, is_web_url


@pytest.mark.parametrize(
    ("unsafe", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mred", "red"),
        ("\x9b1mbold", "bold"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://evil.example\x1b\\text", "text"),
        ("\x1b]52;c;ZXZpbA==\x9ctext", "text"),
        ("\x1bPq#0;1\x1b\\text", "text"),
        ("\x1b_application\x1b\\text", "text"),
        ("\x90device\x9ctext", "text"),
        ("\x1bcreset", "reset"),
        ("\x1b(Btext", "text"),
        ("ends in \x1b", "ends in "),
        ("ends in \x1b[12", "ends in "),
        ("\x1b]0;open\nnext line", "0;open\nnext line"),
        ("a\x00b\x08c\x7fd\x84e", "abcde"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("bell\x07", "bell"),
    ],
)
def test_control_sequences_are_removed(unsafe: str, cleaned: str) -> None:
    assert clean(unsafe) == cleaned


@pytest.mark.parametrize("final", [chr(code) for code in range(0x30, 0x7F) if chr(code) != "["])
def test_two_character_escapes_are_removed_whole(final: str) -> None:
    # ESC 7 and ESC 8 save and restore the cursor, ESC c resets the terminal.
    assert clean(f"one\x1b{final}two") == "onetwo"


@pytest.mark.parametrize(
    "char",
    [
        *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        *"\u200b\u200c\u200d\u2060\u2064\ufeff\u00ad\ufe00\ufe0f\U000e0100\U000e01ef",
        *"\U000e0001\U000e0041\ufff9\ufffa\ufffb\ud800\udfff\u180e\u034f",
    ],
)
def test_invisible_characters_are_removed(char: str) -> None:
    assert clean(f"a{char}b") == "ab"


@pytest.mark.parametrize(
    "visible", ["\ufffd", "😀", "é", "–", "·", "\u00a0", "가", "$\\alpha$", "\ue000"]
)
def test_visible_characters_are_kept(visible: str) -> None:
    assert clean(visible) == visible


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert clean(f"one{end}two") == "one\ntwo"


@pytest.mark.parametrize("text", [unicodedata.normalize("NFD", "바람 é"), "바람 e\u200b\u0301"])
def test_text_is_composed(text: str) -> None:
    assert clean(text) == "바람 é"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_match_an_editor(end: str) -> None:
    editor_line = EditorLineNumbers(end.join(["one", "two", "three"]))
    assert [editor_line(line) for line in (1, 2, 3)] == [1, 2, 3]


def test_soft_breaks_do_not_count_as_editor_lines() -> None:
    editor_line = EditorLineNumbers("one\u2028still one\ntwo\x0c\nthree\r\nfour")
    assert [editor_line(line) for line in (1, 2, 3, 4, 5, 6)] == [1, 1, 2, 2, 3, 4]


def test_unprintable_characters_are_escaped() -> None:
    assert escape_unprintable("바람 \x1b[1m\u202e\n") == "바람 \\x1b[1m\\u202e\\n"


def test_long_texts_are_cleaned_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [
        "a\x00b ",
        "e\u0301\n",
        "\x1b[31mred\x1b[0m\r\n",
        "\u1100\u1161 ",
        "\r",
        "word\v",
    ]
    text = "".join(parts[number * 7 % 6] for number in range(300))
    expected = clean(text)
    for size in (40, 101, 1000):
        monkeypatch.setattr(sanitize, "_PIECE_CHARS", size)
        assert clean(text) == expected
        assert clean(expected) is expected


def test_long_line_is_cleaned_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sanitize, "_PIECE_CHARS", 50)
    cleaned = clean("\x1b]0;title\x07\x9b31m\u202e" * 100)
    assert set(cleaned) <= set("0;title31m")


def test_line_numbers_below_many_breaks_take_bounded_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sanitize, "_MAX_SOFT_BREAKS", 3)
    editor_line = EditorLineNumbers("\v" * 10 + "\n")
    assert (editor_line(2), editor_line(11)) == (1, 8)


@pytest.mark.parametrize(
    "character",
    ["\u034f", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180f", "\u3164", "\ufe00", "\ufe0f",
     "\uffa0", "\U000e0100", "\U000e01ef", "\u200b", "\u00ad", "\ufeff"],
)  # fmt: skip
def test_invisible_characters_are_escaped(character: str) -> None:
    escape = character.encode("unicode_escape").decode()
    assert escape_unprintable(f"바람{character}.md") == f"바람{escape}.md"
    assert escape_unprintable(f"a{character}") == f"a{escape}"


@pytest.mark.parametrize("url", ["http://a", "https://a.b/c", "HTTPS://A.B"])
def test_web_urls(url: str) -> None:
    assert is_web_url(url)


@pytest.mark.parametrize(
    "url",
    ["", "http://", "https:// a", "http:// a", "http://\na", "https:/a", "ftp://a", " http://a"],
)
def test_other_urls_are_no_web_urls(url: str) -> None:
    assert not is_web_url(url)
