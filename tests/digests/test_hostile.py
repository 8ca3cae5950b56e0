"""Malformed and malicious texts: reading never fails, and takes linear time."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.digests.invariants import check_digest
from tests.digests.pages import SUMMARY, daily_page, daily_paper, ko_page, ko_paper
from tests.support.sample_digests import (
    SamplePaper,
    cards_digest,
    hub_digest,
    jsonl_digest,
    note_digest,
    page_digest,
    table_digest,
)
from tui.digests.encodings import decode
from tui.digests.reader import read
from tui.sanitize import clean

pytestmark = [pytest.mark.hostile, pytest.mark.slow]

KO = ko_page(ko_paper(), "---", ko_paper("2504.00002"), "## License")
DAILY = daily_page(daily_paper(), daily_paper("2505.00002", SUMMARY))
PAPERS = [SamplePaper("2504.00001", "Counting Wind", 3, ("Ada Bell",)), SamplePaper("2504.00002")]
HUB, CARDS, LINES, TABLE, NOTE, PAGE = OTHER_PAGES = [
    write("2025-05-01", PAPERS)
    for write in (hub_digest, cards_digest, jsonl_digest, table_digest, note_digest, page_digest)
]
PATHS = ("2025/05/01.md", "README.md", "2025-05-22.md")

# Lines of digests to combine in any order.
DIGEST_LINES = [
    *(KO + DAILY).split("\n"),
    *("".join(OTHER_PAGES)).split("\n"),
    *("```", "~~~", "````md", "---", "# ", "## 1. Why", "### [", "](", "https://arxiv.org/abs/"),
    *("\r", "\u2028", "\x1b[31m", "\x1b]0;", "\u200b", "&#27;", "<video", "</video>", "$", "\\"),
    *("## Daily Papers (2025-02-30)", "# Daily Papers", "@misc{", "```bibtex", "**Summary**: x"),
]


@given(st.binary(), st.sampled_from(PATHS))
def test_any_bytes_can_be_read(data: bytes, path: str) -> None:
    check_digest(read(data, path))


@given(st.binary(max_size=200))
def test_any_bytes_after_a_digest_can_be_read(data: bytes) -> None:
    check_digest(read(KO.encode() + data, "x"))
    check_digest(read(DAILY.encode() + data, "x"))
    for page in OTHER_PAGES:
        check_digest(read(page.encode() + data, "x"))


@given(st.text(), st.sampled_from(PATHS))
def test_any_text_can_be_read(text: str, path: str) -> None:
    for page in (KO, DAILY, *OTHER_PAGES):
        first_line, _, rest = page.partition("\n")
        check_digest(read(f"{first_line}\n{text}\n{rest}".encode("utf-8", "surrogatepass"), path))


@given(st.lists(st.sampled_from(DIGEST_LINES)), st.sampled_from(PATHS), st.sampled_from(["\n", ""]))
def test_lines_of_digests_can_be_read_in_any_order(lines: list[str], path: str, end: str) -> None:
    for heading in (KO.split("\n", 1)[0], DAILY.split("\n", 1)[0], *STARTS[6:]):
        check_digest(read(f"{heading}\n{end.join(lines)}".encode(), path))


@given(st.data(), st.sampled_from([KO, DAILY, *OTHER_PAGES]))
def test_mutated_digest_can_be_read(data: st.DataObject, page: str) -> None:
    raw = bytearray(page.encode())
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(raw)))
        end = start + data.draw(st.integers(0, 40))
        raw[start:end] = data.draw(st.binary(max_size=4))
    check_digest(read(bytes(raw), "2025-05-01.md"))


CONTROLS = st.sampled_from("\x1b\x9b[]\x07\\m\r\n\u2028\u0301\u200b")


@given(st.text(alphabet=st.characters() | CONTROLS))
def test_clean_is_idempotent(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    controls = [char for char in cleaned if unicodedata.category(char) in {"Cc", "Cs"}]
    assert set(controls) <= {"\n", "\t"}


@given(st.binary())
def test_decode_accepts_any_bytes(data: bytes) -> None:
    text, *_ = decode(data)
    assert isinstance(text, str)


def test_ten_thousand_papers_are_read() -> None:
    papers = [ko_paper(f"25{n // 5000 + 1:02}.{n % 5000:05}") for n in range(10_000)]
    assert len(read(ko_page(*papers).encode(), "x").entries) == 10_000


# Text to repeat until it fills a file, after each text in STARTS.
REPEATED = [
    "From: a\nDate: Tue, 03 Jun 2025 23:30:11 +0000\n\n",
    "Link: https://lab.example.org/reports/7\n",
    '```json\n{"title": "x", "url": "https://arxiv.org/abs/2504.00002"}\n```\n',
    "- [Slow Stairs in Houses](https://lab.example.org/a)\n  Ada Bell\n  Stairs.\n",
    "-----\nx y\n-----\n",
    "\n",
    " ",
    "\t\n",
    "#",
    "# x\n",
    "# \n\n",
    "## 1. x\n",
    "### [x](https://a.example)\n",
    "### [x](https://arxiv.org/abs/2504.00001)\n",
    "### x\n",
    "### [x\n",
    "[",
    "](",
    "[x](",
    "### [[](",
    "\\[",
    "```\n",
    "```md\n",
    "````md\n```\n",
    "```",
    "~~~\n\n",
    "---\n",
    "---\nx\n",
    "---\n- **x**\n",
    "- - ",
    "* * *x\n",
    "- **x**: y\n",
    "**x",
    "*",
    "_",
    "Vote: 1\n",
    "Vote: \n",
    "Authors: a,\n",
    "a,",
    ",",
    "Authors: a, b\nx\n",
    "![](https://a.example)\n",
    "![](",
    "![",
    "<video\n",
    "<video src='\n",
    '<img src="',
    "<",
    "[Watch Video]",
    "## 2504.00001\n",
    "## 2504.00001\n🔗 https://arxiv.org/abs/2504.00001\n",
    "2504.00001",
    "🔗 ",
    "\n**Summary**:\n",
    "# Title: ",
    "Title: ",
    "@misc{\n",
    "```bibtex\n",
    "```\n\n\n",
    "Daily Papers ",
    "Daily ",
    "## Daily Papers (2025-05-01)\n",
    "# Daily Papers\n",
    "2025-05-01",
    "2025 - ",
    "&",
    "&amp;",
    "$",
    "\\",
    "\x1b",
    "\x1b[",
    "\x1b]",
    "\x1b]0;x\x07",
    "\x1bP",
    "\x9b",
    "\x9d",
    "\r",
    "\r\n",
    "\u2028",
    "\u200b",
    "e\u0301",
    "\u0301",
    "\x00",
    "{",
    '{"',
    '{"a":',
    '"a": ',
    '"',
    "[[",
    "{}\n",
    "null,",
    "|",
    "| x ",
    "| x |\n",
    "| https://arxiv.org/abs/2504.00001 |\n",
    "| Title | Authors | Summary |\n|--|--|--|\n",
    "|--",
    "a: b\n",
    "a: &a [*a]\n",
    "- ",
    "? ",
    "## [x](https://arxiv.org/abs/2504.00001)\n",
    "## https://arxiv.org/abs/2504.00001 ",
    "## [x](",
    "*a,",
    "%",
    "%%-",
    "  x,\n",
    "\\\\ ( https://arxiv.org/abs/2504.00001",
    "arXiv:2504.00001 (replaced) [pdf",
    "Title: x,\n  y,\n",
    "+++\n",
    "* [[https://a.example][x]]\n",
    "<table><tr><td>x",
    "</td></tr></table>",
    "### Link\n",
    "# x\nat 2025-05-01 10:00\n",
    "van der ",
    "바",
    "\u1112\u1161",
]
STARTS = [
    "[//]: # (broadsheet digest)\n## x\n- Id: 2504.00002\n- Authors: ",
    "[//]: # (broadsheet digest)\n## ",
    "## Daily Papers (2025-05-01)\n",
    "## Daily Papers (2025-05-01)\n### [x](https://arxiv.org/abs/2504.00002)\n",
    "## Daily Papers (2025-05-01)\n### [x](https://arxiv.org/abs/2504.00002)\nAuthors: ",
    "## Daily Papers (2025-05-01)\n### [x",
    "# Hugging Face Daily Papers – 2025-05-22\n",
    "# Hugging Face Daily Papers – 2025-05-22\n## 2505.00001\n"
    "🔗 https://arxiv.org/abs/2505.00001\n**Summary**:\n```md\n# ",
    HUB[:-1] + ",\n",
    CARDS.replace("2504.00002", "2504.00003")[: len(CARDS) // 2],
    LINES,
    TABLE,
    TABLE + "| ",
    NOTE.removesuffix("\n"),
    NOTE.partition("date:")[0],
    PAGE,
    PAGE + "## [",
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>http://arxiv.org/abs/2504.00002v1</id>",
    "<rss><channel><item><link>https://arxiv.org/abs/2504.00002</link><title>",
    "#+TITLE: x\n* [[https://arxiv.org/abs/2504.00002][y]]\n",
    "\\\\\narXiv:2504.00002\n\nTitle: x\n\\\\\n",
    "arXiv:2504.00002\nTitle: x,\n",
    "From: a\nDate: Tue, 03 Jun 2025 23:30:11 +0000\n\n",
    "- [Quiet Stairs](https://arxiv.org/abs/2504.00002)\n- [y](https://arxiv.org/abs/2504.00003)\n",
    "<html><table><tr><td>x</td></tr><tr><td>https://arxiv.org/abs/2504.00002",
]


@pytest.mark.parametrize("repeated", REPEATED, ids=ascii)
def test_reading_takes_linear_time(repeated: str) -> None:
    size = 60_000
    for start in STARTS:
        data = (start + repeated * (size // len(repeated))).encode()
        started = time.process_time()
        digest = read(data, "2025-05-01.md")
        # Forty times the slowest case. Quadratic time would take minutes.
        assert time.process_time() - started < 5
        assert digest.path == "2025-05-01.md"


def test_digest_of_five_megabytes_is_read_fast() -> None:
    page = ko_page(ko_paper(), ko_paper("2504.00002", summary="- words\n" + "바람 " * 800_000))
    started = time.process_time()
    digest = read(page.encode(), "2025-05-01.md")
    assert time.process_time() - started < 5
    assert len(digest.entries[1].summary) > 2_000_000
    assert digest.problems == ()
