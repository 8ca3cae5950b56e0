from __future__ import annotations

import pytest

from tui.digests.reader import decode

KOREAN = "바람을 세는 모델: Daily Papers"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_not_reported(encoding: str) -> None:
    assert decode(KOREAN.encode(encoding)) == (KOREAN, None)


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-16", "UTF-16"), ("cp949", "cp949"), ("euc-kr", "cp949")]
)
def test_other_encodings_are_decoded_and_reported(encoding: str, name: str) -> None:
    text, problem = decode(KOREAN.encode(encoding))
    assert text == KOREAN
    assert name in (problem or "")


def test_big_endian_utf16_is_decoded() -> None:
    text, _ = decode(b"\xfe\xff" + KOREAN.encode("utf-16-be"))
    assert text == KOREAN


def test_truncated_utf16_is_decoded() -> None:
    assert decode(b"\xff\xfea\0b")[0].startswith("a")


def test_latin_text_is_decoded() -> None:
    text, problem = decode("Café Müller’s naïve façade".encode("cp1252"))
    assert text == "Café Müller’s naïve façade"
    assert "Windows-1252" in (problem or "")


def test_damaged_byte_in_korean_text_is_replaced() -> None:
    data = KOREAN.encode()
    text, problem = decode(data[:4] + b"\xff" + data[4:] + KOREAN.encode())
    assert text.endswith(KOREAN)
    assert "\ufffd" in text
    assert "not valid UTF-8" in (problem or "")


def test_empty_file_is_empty_text() -> None:
    assert decode(b"") == ("", None)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "灯笼与深水：灯笼在深水里发光，李明和王芳测量它们的光。"),
        ("big5", "燈籠與深水：燈籠在深水中發光，王明和李芳測量它們的光。"),
        ("shift_jis", "静かな扇風機。佐藤と森は、とても静かな扇風機を作りました。"),
        ("cp949", "등불과 깊은 물. 김과 이가 깊은 물에서 등불의 빛을 쟀습니다."),
    ],
)
def test_legacy_encodings_of_east_asia_are_recognized(encoding: str, text: str) -> None:
    decoded, problem = decode(f"# 2025-04-14\n\n{text}\n".encode(encoding))
    assert text in decoded
    assert "save it as UTF-8" in (problem or "")
