from __future__ import annotations

import pytest

from tui.digests.encodings import decode

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


LEGACY_TEXTS = {
    "gb18030": ("灯笼与深水的研究", "摘要：我们提出一种新的方法，在三个数据集上验证它。"),
    "big5": ("燈籠與深水的研究", "摘要：我們提出一種新的方法，在三個資料集上驗證它。"),
    "cp949": ("등불과 깊은 물", "요약: 새로운 방법을 제안하고 세 데이터셋에서 검증합니다. 뷁"),
    "euc_kr": ("오늘의 논문", "제목: 깊은 물에서 등불의 빛을 쟀습니다."),
    "shift_jis": ("静かな扇風機", "要約: 新しい手法を提案し、三つのデータで検証した。"),
    "euc_jp": ("静かな扇風機", "要約: 新しい手法を提案し、三つのデータで検証した。"),
    "cp1251": ("ОБЗОР моделей", "Авторы: Иванов И., Петрова О. Модели учатся быстрее."),
    "cp1252": ("Café Müller’s naïve façade", "Les modèles améliorés — «été», für die Größe"),
    "utf-16-le": ("등불 lamps", "Café"),
    "utf-16-be": ("등불 lamps", "灯笼"),
    "utf-16": ("등불 lamps", "灯笼"),
    "utf-32": ("등불 lamps", "灯笼"),
}
DIGEST = """# Papers 2025-04-14

## {}

- arXiv: https://arxiv.org/abs/2504.08101
- Authors: Hana Seo

Everything else in this digest is ASCII, as the abstracts of most papers are.
"""


@pytest.mark.parametrize("encoding", LEGACY_TEXTS)
@pytest.mark.parametrize("form", ["{}", DIGEST], ids=["text", "digest"])
def test_encodings_before_utf8_are_recognized(encoding: str, form: str) -> None:
    for text in (*LEGACY_TEXTS[encoding], " ".join(LEGACY_TEXTS[encoding])):
        written = form.replace("{}", text)
        decoded, problem = decode(written.encode(encoding))
        if form == DIGEST or not encoding.startswith("utf"):
            assert decoded == written
            assert "save it as UTF-8" in (problem or "")
