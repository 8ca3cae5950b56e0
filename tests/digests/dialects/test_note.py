from __future__ import annotations

import time

import pytest

from tests.digests.pages import messages
from tests.digests.records import only_entry
from tui.digests.reader import read
from tui.models import Digest

FIELDS = {
    "title": '"Counting Wind: Mills"',
    "title_zh": "数风",
    "authors": '"Ada Bell, Cy Dorn"',
    "date": "2025-05-01",
    "pdf": '"https://arxiv.org/pdf/2504.00001v2"',
    "tags": '["query:wind", "mills"]',
    "score": "8.5",
    "tldr": "Mills count.",
}
BODY = "## Abstract\nWind is counted.\n\n---\n\n## 1. Why\nBecause.\n\n---\n"


def note(body: str = BODY, path: str = "notes/wind.md", **fields: str | None) -> Digest:
    values = {name: value for name, value in {**FIELDS, **fields}.items() if value is not None}
    front_matter = "".join(f"{name}: {value}\n" for name, value in values.items())
    return read(f"---\n{front_matter}---\n\n{body}".encode(), path)


def test_all_fields_of_a_note_are_read() -> None:
    digest = note()
    assert digest.dialect == "note"
    entry = only_entry(digest)
    assert (entry.arxiv_id, entry.date, entry.line) == ("2504.00001", "2025-05-01", 1)
    assert (entry.title, entry.is_arxiv_title) == ("Counting Wind: Mills", True)
    assert (entry.votes, entry.authors) == (None, ("Ada Bell", "Cy Dorn"))
    assert entry.sections == ("TL;DR", "Abstract", "1. Why")
    assert entry.summary == (
        "- **Title**: 数风\n- **Tags**: query:wind, mills\n- **Score**: 8.5\n\n"
        "## TL;DR\n\nMills count.\n\n## Abstract\nWind is counted.\n\n---\n\n## 1. Why\nBecause."
    )


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Ada Bell", ("Ada Bell",)),
        ("[Ada Bell, Cy Dorn]", ("Ada Bell", "Cy Dorn")),
        ("\n- Ada Bell\n- name: Cy Dorn\n- null", ("Ada Bell",)),
        ("null", ()),
        ("", ()),
        ("{a: b}", ()),
        (">-\n  Ada Bell,\n  Cy Dorn", ("Ada Bell", "Cy Dorn")),
    ],
)
def test_authors_in_other_formats_are_read(value: str, authors: tuple[str, ...]) -> None:
    assert only_entry(note(authors=value)).authors == authors


@pytest.mark.parametrize(
    "value",
    ["2025-05-01", "'2025-05-01'", "2025-05-01 08:00:00", "2025-05-01T08:00:00Z", "20250501"],
)
def test_dates_in_other_formats_are_read(value: str) -> None:
    assert only_entry(note(date=value, path="x.md")).date == "2025-05-01"


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        ("yesterday", ["1: cannot read the date 'yesterday'; using the path's date"]),
        ("2025-02-30", ["1: the date '2025-02-30' does not exist; using the path's date"]),
        ("[]", []),
        ("null", []),
        (None, []),
    ],
)
def test_unreadable_date_falls_back_to_the_path(value: str | None, problems: list[str]) -> None:
    digest = note(date=value, path="notes/2025-05-03/wind.md")
    assert [entry.date for entry in digest.entries] == ["2025-05-03"]
    assert messages(digest) == problems


def test_date_field_takes_precedence_over_the_folder() -> None:
    assert only_entry(note(path="20250401-20250430/wind.md")).date == "2025-05-01"


@pytest.mark.parametrize(
    "fields",
    [
        {"pdf": "https://openreview.net/pdf?id=1", "arxiv_id": "'2504.00009'"},
        {"pdf": "x.pdf", "arxiv_id": "2504.00009"},
        {"pdf": None, "arxiv": "arXiv:2504.00009v3"},
        {"pdf": None, "url": "https://arxiv.org/abs/2504.00009"},
        {"pdf": None, "path": "notes/2504.00009v1-counting-wind.md"},
        {"pdf": "", "body": "Read [it](https://arxiv.org/abs/2504.00009)."},
    ],
)
def test_any_field_the_file_name_or_the_text_gives_the_id(fields: dict[str, str]) -> None:
    assert only_entry(note(**fields)).arxiv_id == "2504.00009"


def test_note_without_an_arxiv_id_is_skipped() -> None:
    digest = note(pdf="https://github.com/ada/wind")
    assert (digest.dialect, digest.entries) == ("note", ())
    assert messages(digest) == ["1: no id of a paper in the fields, file name or text; skipped"]


def test_invalid_yaml_is_read_line_by_line() -> None:
    digest = note(title="Counting Wind: a Study", tldr="[unclosed")
    (entry,) = digest.entries
    assert (entry.title, entry.date) == ("Counting Wind: a Study", "2025-05-01")
    assert entry.arxiv_id == "2504.00001"
    assert messages(digest) == [
        "2: the front matter is not valid YAML from here on; read line by line"
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        "&a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]",
        "&a {x: y}\nb: {<<: [*a, *a]}",
        "[" * 5000 + "]" * 5000,
        "{a: " * 2000 + "}" * 2000,
        "*nowhere",
        "!!python/object/apply:os.system ['true']",
        "? [a, b]\n: c",
    ],
)
def test_malicious_yaml_is_harmless(bomb: str) -> None:
    digest = note(evil=bomb)
    assert digest.dialect == "note"
    assert [entry.arxiv_id for entry in digest.entries] in ([], ["2504.00001"])


@pytest.mark.parametrize("opening", ["[", "{", "- "])
def test_deeply_nested_yaml_is_rejected_fast(opening: str) -> None:
    started = time.process_time()
    digest = note(evil="\n  " + opening * (200_000 // len(opening)))
    # The YAML parser alone would take a minute.
    assert time.process_time() - started < 5
    assert [entry.arxiv_id for entry in digest.entries] == ["2504.00001"]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: My day\ndate: 2025-05-01\ntags: [life]\n---\n\nWords.\n",
        "---\ntitle: My day\nauthor: Ada\n---\n\nSee https://arxiv.org/abs/2504.00001.\n",
        "---\npdf: https://arxiv.org/pdf/2504.00001\n---\n",
        "---\ntitle: x\npdf: https://arxiv.org/pdf/2504.00001\n",
        "---\n\n# A page\n\n---\n",
    ],
)
def test_other_front_matter_is_not_claimed(text: str) -> None:
    assert read(text.encode(), "2025-05-01.md").dialect is None


def test_crlf_and_a_byte_order_mark_are_accepted() -> None:
    text = "---\ntitle: Wind\nurl: https://arxiv.org/abs/2504.00001\ndate: 2025-05-01\n---\nx"
    data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert only_entry(read(data, "x")).title == "Wind"
