"""Invalid UTF-8 and lone surrogates, in the whole program."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

SUMMARY = "바람을 세는 모델입니다. 바람개비 세 개를 씁니다."
PAGE = ko_digest(
    "2025-05-01",
    [SamplePaper("2505.00001", "바람 Counting Wind", 4, ("Ada Bell",), f"{SUMMARY} 여름.")],
)
LONE_SURROGATE = "\ud83d".encode("utf-8", "surrogatepass")

FILES = {
    "UTF-8 with a byte order mark": codecs.BOM_UTF8 + PAGE.encode(),
    "UTF-16": PAGE.encode("utf-16"),
    "UTF-16, big-endian": codecs.BOM_UTF16_BE + PAGE.encode("utf-16-be"),
    "UTF-16 with half a code unit": PAGE.encode("utf-16") + b"\x00",
    "UTF-16 with a lone surrogate": (PAGE + "\ud83d").encode("utf-16", "surrogatepass"),
    "lone surrogate": PAGE.encode().replace(b"Wind", b"Wind " + LONE_SURROGATE),
    "invalid bytes": PAGE.encode().replace(b"Wind", b"Wind \xff\xfe\x80\xc3"),
    "truncated within a character": PAGE.encode()[:-4],
    "NUL": PAGE.encode().replace(b"Wind", b"Wi\x00nd\x00"),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_paper_in_an_invalid_encoding_is_read(tmp_path: Path, data: bytes) -> None:
    home = Home(tmp_path)
    digests = write_digest(tmp_path / "digests" / "2025-05-01.md", data).parent
    result = home.run("list", "-p", digests, "--format", "json")
    assert result.code == 0
    [paper] = result.json
    assert paper["title"].startswith("바람 Counting Wind")
    assert paper["authors"] == ["Ada Bell"]
    assert "\x00" not in result.out
    result = home.run("show", "-p", digests, "2505.00001")
    assert result.code == 0
    result.out.encode()  # fails for lone surrogates
    assert SUMMARY in result.out


SURROGATES = (
    r'{"schema": {"1": {"version": 1}},'
    r' "session": {"": {"period": "\ud83d", "places": {"\udc00": "\ud83d"}}}}'
)


def test_lone_surrogates_in_stored_files_are_accepted(tmp_path: Path) -> None:
    home = Home(tmp_path)
    json.loads(SURROGATES)  # valid JSON for the standard library
    for name in ("session.json", "marks/2505.json"):
        write_digest(home.state / name, SURROGATES)
    digests = write_digest(tmp_path / "digests" / "2025-05-01.md", PAGE).parent
    assert home.run("add", digests).code == 0
    assert home.run("sync").code == 0
    for file in home.cache.rglob("*.json"):
        file.write_text(SURROGATES)
    result = home.run("list")
    assert (result.code, "Counting Wind" in result.out) == (0, True)
    assert "Traceback" not in result.err
    assert "Traceback" not in home.run("doctor").err
