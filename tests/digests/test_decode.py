from __future__ import annotations

import unicodedata

import pytest

from tui.digests.decode import decode
from tui.sanitize import EditorLineNumbers, clean

KOREAN = "바람을 세는 모델: Daily Papers"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_no_problem(encoding: str) -> None:
    assert decode(KOREAN.encode(encoding)) == (KOREAN, None)


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-16", "UTF-16"), ("cp949", "cp949"), ("euc-kr", "cp949")]
)
def test_other_encodings_are_read_and_named(encoding: str, named: str) -> None:
    text, problem = decode(KOREAN.encode(encoding))
    assert text == KOREAN
    assert named in (problem or "")


def test_big_endian_utf16_is_read() -> None:
    text, _ = decode(b"\xfe\xff" + KOREAN.encode("utf-16-be"))
    assert text == KOREAN


def test_half_a_utf16_character_does_not_fail() -> None:
    assert decode(b"\xff\xfea\0b")[0].startswith("a")


def test_latin_text_is_read() -> None:
    text, problem = decode("Café Müller’s naïve façade".encode("cp1252"))
    assert text == "Café Müller’s naïve façade"
    assert "Latin" in (problem or "")


def test_a_damaged_byte_does_not_cost_the_korean_around_it() -> None:
    data = KOREAN.encode()
    text, problem = decode(data[:4] + b"\xff" + data[4:] + KOREAN.encode())
    assert text.endswith(KOREAN)
    assert "\ufffd" in text
    assert "not valid UTF-8" in (problem or "")


def test_an_empty_file_is_empty_text() -> None:
    assert decode(b"") == ("", None)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
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
def test_nothing_a_terminal_obeys_is_left(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


@pytest.mark.parametrize(
    "char",
    [
        *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        *"\u200b\u200c\u200d\u2060\u2064\ufeff\u00ad\ufe00\ufe0f\U000e0100\U000e01ef",
        *"\U000e0001\U000e0041\ufff9\ufffa\ufffb\ud800\udfff\u180e\u034f",
    ],
)
def test_invisible_characters_go(char: str) -> None:
    assert clean(f"a{char}b") == "ab"


@pytest.mark.parametrize(
    "kept", ["\ufffd", "😀", "é", "–", "·", "\u00a0", "가", "$\\alpha$", "\ue000"]
)
def test_visible_characters_stay(kept: str) -> None:
    assert clean(kept) == kept


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert clean(f"one{end}two") == "one\ntwo"


def test_text_is_composed() -> None:
    assert clean(unicodedata.normalize("NFD", "바람 café")) == "바람 café"


def test_text_is_composed_after_what_stood_between_is_gone() -> None:
    assert clean("e\u200b\u0301") == "é"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_an_editor(end: str) -> None:
    editor = EditorLineNumbers(end.join(["one", "two", "three"]))
    assert [editor(line) for line in (1, 2, 3)] == [1, 2, 3]


def test_a_soft_break_is_no_line_to_an_editor() -> None:
    editor = EditorLineNumbers("one\u2028still one\ntwo\x0c\nthree\r\nfour")
    assert [editor(line) for line in (1, 2, 3, 4, 5, 6)] == [1, 1, 2, 2, 3, 4]
