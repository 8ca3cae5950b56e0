"""Reading files: encodings, line numbers, and the choice of the dialect."""

from __future__ import annotations

import unicodedata

import pytest

from tests.digests.dialect_cases import all_dialects
from tests.digests.pages import KO_PATH, daily_page, ko_page, ko_paper, messages
from tui.digests.reader import read
from tui.models import Digest

PAGES = {"daily_papers_ko": ko_page(ko_paper(title="바람 세기")), "daily_papers": daily_page()}


def test_empty_file_is_not_a_digest() -> None:
    assert read(b"", "2025-05-01.md") == Digest("2025-05-01.md", None)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_claimed_by_one_dialect(name: str) -> None:
    claims = [dialect.name for dialect in all_dialects() if dialect.claims(PAGES[name])]
    # These two are tried only if no other dialect finds papers.
    assert [claim for claim in claims if claim not in {"page", "general"}] == [name]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("path", ["x", "2025/05/01.md", "../2025-05-22.txt", "날짜 없음\n.md"])
def test_path_does_not_affect_the_dialect(name: str, path: str) -> None:
    digest = read(PAGES[name].encode(), path)
    assert digest.dialect == name
    assert digest.path == path
    assert {problem.file for problem in digest.problems} <= {path}


@pytest.mark.parametrize(
    ("encoding", "name_in_problem"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "UTF-16"),
        ("utf-16-le", None),
        ("cp949", "cp949"),
    ],
)
def test_file_is_read_in_its_encoding(encoding: str, name_in_problem: str | None) -> None:
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + PAGES["daily_papers_ko"].encode(encoding)
        name_in_problem = "UTF-16"
    else:
        data = PAGES["daily_papers_ko"].encode(encoding)
    digest = read(data, KO_PATH)
    assert [entry.title for entry in digest.entries] == ["바람 세기"]
    assert [problem.line for problem in digest.problems] == ([0] if name_in_problem else [])
    assert all((name_in_problem or "") in problem.message for problem in digest.problems)


def test_damaged_byte_is_reported_once() -> None:
    data = PAGES["daily_papers_ko"].encode().replace("바람을".encode(), b"\xff", 1)
    digest = read(data, KO_PATH)
    assert [entry.title for entry in digest.entries] == ["바람 세기"]
    assert [problem.line for problem in digest.problems] == [0]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_affect_the_result(name: str, end: str) -> None:
    path = KO_PATH
    assert read(PAGES[name].replace("\n", end).encode(), path) == read(PAGES[name].encode(), path)


def test_decomposed_korean_is_read_the_same() -> None:
    decomposed = unicodedata.normalize("NFD", PAGES["daily_papers_ko"])
    assert read(decomposed.encode(), KO_PATH) == read(PAGES["daily_papers_ko"].encode(), KO_PATH)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_match_an_editor(end: str) -> None:
    page = ko_page(
        ko_paper(header="words\u2028words\x0cwords\n"), ko_paper("2504.00002", header="")
    )
    lines = page.split("\n")
    digest = read(page.replace("\n", end).encode(), KO_PATH)
    for entry in digest.entries:
        assert entry.paper_id in lines[entry.line - 1]
    assert {problem.line for problem in digest.problems} == {e.line for e in digest.entries}


def test_problems_are_sorted_by_line() -> None:
    page = ko_page(ko_paper(header="Vote: many\n"), ko_paper("2504.00002", header=""), ko_paper())
    lines = [problem.line for problem in read(page.encode("utf-16"), "2025-05-02.md").problems]
    assert lines == sorted(lines)
    assert lines[:2] == [0, 1]


def test_control_characters_are_removed() -> None:
    page = ko_page(
        ko_paper(
            title="\x1b]0;evil\x07Wind&#27;[2J\u202e",
            header="Vote: \x1b[8m44\n\nAuthors: A\u200bda &#x9b;31m Bell\n\n![](https://a.example/\x1b[1m)\n",
            summary="- **What\x1b[31m's New**: \u2066words\u2069\x07",
        )
    )
    (entry,) = read(page.encode(), KO_PATH).entries
    assert entry.title == "Wind[2J"
    assert (entry.votes, entry.authors) == (44, ("Ada ›31m Bell",))
    assert entry.thumbnail == "https://a.example/"
    assert (entry.summary, entry.sections) == ("- **What's New**: words", ("What's New",))


def test_messages_truncate_values() -> None:
    page = ko_page(ko_paper(header=f"![](x:{'y' * 9000})\n\nVote: {'x' * 9000}\n"))
    assert all(len(message) < 200 for message in messages(read(page.encode(), KO_PATH)))


def test_unclaimed_file_has_no_problems() -> None:
    data = "# Notizen über Wind\n".encode("latin-1")
    assert read(data, "notes.md") == Digest("notes.md", None)


LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12345\n" % 0


@pytest.mark.parametrize("name", ["2025-05-01.md", "a/DAY.JSON", "2025-05-01.jsonl", "day.txt"])
def test_digest_that_git_lfs_did_not_download_is_a_problem(name: str) -> None:
    digest = read(LFS_POINTER, name)
    assert (digest.dialect, digest.entries) == (None, ())
    [message] = messages(digest)
    assert "is a Git LFS pointer" in message
    assert "git lfs pull" in message


@pytest.mark.parametrize("name", ["picture.png", "model.bin", "papers"])
def test_other_files_in_git_lfs_are_no_problem(name: str) -> None:
    assert read(LFS_POINTER, name) == Digest(name, None)


@pytest.mark.parametrize(
    ("data", "is_pointer"),
    [
        (LFS_POINTER.replace(b"\n", b"\r\n"), True),
        (LFS_POINTER.replace(b"git-lfs", b"hawser"), True),
        (LFS_POINTER.replace(b"oid", b"ext-0-x sha256:0\noid"), True),
        (LFS_POINTER + b" " * 1024, False),
        (b"A " + LFS_POINTER, False),
        (LFS_POINTER.splitlines()[0], False),
    ],
)
def test_pointers_are_recognized_by_their_content(data: bytes, is_pointer: bool) -> None:
    assert bool(read(data, "2025-05-01.md").problems) == is_pointer
