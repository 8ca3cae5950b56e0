"""The words of a volume: a search finds the same with and without them."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cache.cached_source import CachedSource, contents
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.cache import word_index_writer
from tui.cache.source_cache import SCHEMA, SourceCache
from tui.cache.word_index import END, read_word_index
from tui.cache.word_index_writer import WordIndexWriter
from tui.library.library import Library
from tui.library.search.search import search
from tui.library.search.text_index import SearchPhrase, TextIndex
from tui.query.matching import phrase_test
from tui.query.normalization import fold
from tui.query.parser import parse
from tui.storage import tables
from tui.storage.tables import read_tables, write_tables

FIRST, SECOND, APRIL = "2505.00001", "2505.00002", "2504.00003"
EXPECTED = {
    "diffusion": [FIRST, APRIL],
    "odels": [FIRST],
    "gpt-4.5": [SECOND],
    "gpt-4": [SECOND],
    "강화학습": [SECOND],
    '"two agents"': [SECOND],
    '"two models"': [],
    "-diffusion votes:1": [SECOND],
    "nowhere": [],
}
"""Queries and what they find."""

MONTH = "2025-05"


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    source = CachedSource(tmp_path)
    papers = [
        SamplePaper(FIRST, "One", 2, (), "Diffusion models."),
        SamplePaper(SECOND, "Two", 1, (), "GPT-4.5 has two\nagents: 강화 학습."),
    ]
    source.write("may.md", ko_digest("2025-05-02", papers))
    source.write(
        "april.md", ko_digest("2025-04-02", [SamplePaper(APRIL, "Three", 1, (), "Diffusion.")])
    )
    source.sync()
    return source


def find(library: Library, query: str) -> list[str]:
    return [paper.paper_id for paper in search(library, library.papers(), parse(query))]


def check(source: CachedSource) -> None:
    """Check that queries find what they should, each in a library that has read nothing yet."""
    for query, expected in EXPECTED.items():
        library = source.library()
        assert find(library, query) == expected, query
        assert library.read_errors == [], query


def change_last_letter(file: Path) -> None:
    """Replace the last letter of a file, which makes its checksum wrong."""
    data = file.read_bytes()
    position = max(match.start() for match in re.finditer(rb"[a-z]", data))
    file.write_bytes(data[:position] + b"z" + data[position + 1 :])


@pytest.mark.parametrize("query", ["diffusion", "gpt-4", "nowhere", '"two models"', "강화모델"])
def test_words_are_found_without_reading_summaries(source: CachedSource, query: str) -> None:
    for month in ("2025-04", MONTH):
        change_last_letter(source.file(f"{month}.texts"))
    library = source.library()
    assert find(library, query) == EXPECTED.get(query, [])
    assert library.read_errors == []
    # A phrase is looked up in the summaries.
    assert find(library, '"two agents"') == []
    assert len(library.read_errors) == 1


def replace_with_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def edited(edit: Callable[[dict[str, Any]], object]) -> Callable[[CachedSource, Path], None]:
    """Return a function that edits the tables of a file, which gets a valid checksum."""

    def edit_file(_source: CachedSource, file: Path) -> None:
        content = read_tables(file, SCHEMA)
        edit(content)
        write_tables(file, content, SCHEMA)

    return edit_file


def edited_block(**values: object) -> Callable[[CachedSource, Path], None]:
    """Return a function that replaces values of the first block of a file."""
    return edited(lambda tables: tables["blocks"]["0"].update(values))


DAMAGE: dict[str, Callable[[CachedSource, Path], object]] = {
    "missing": lambda _, file: file.unlink(),
    "empty": lambda _, file: file.write_bytes(b""),
    "truncated": lambda _, file: file.write_bytes(file.read_bytes()[:-30]),
    "changed": lambda _, file: change_last_letter(file),
    "scrambled": lambda _, file: file.write_bytes(b"x" * file.stat().st_size),
    "a folder": lambda _, file: replace_with_folder(file),
    "of another month": lambda source, file: file.write_bytes(
        source.file("2025-04.words").read_bytes()
    ),
    "other tables": lambda _, file: write_tables(file, {"papers": {}}, SCHEMA),
    "older": lambda _, file: write_tables(file, read_tables(file, SCHEMA), SCHEMA - 1),
    "newer": lambda _, file: write_tables(file, read_tables(file, SCHEMA), SCHEMA + 1),
    "folded by other rules": edited(lambda tables: tables["source"][""].update(folding="0")),
    "of other texts": edited(lambda tables: tables["source"][""].update(texts="0-0")),
    "of other rows": edited(lambda tables: tables["source"][""].update(rows="0-0")),
    "without source": edited(lambda tables: tables.pop("source")),
    "without blocks": edited(lambda tables: tables.pop("blocks")),
    "without words": edited(lambda tables: tables["blocks"]["0"].pop("words")),
    "incomplete words": edited_block(bytes=13, words="diffusion Āā"),
    "more words than it says": edited_block(bytes=3),
    "fewer words than it says": edited_block(bytes=10**9),
    "no number of bytes": edited_block(bytes="x"),
    "words of missing summaries": edited(
        lambda tables: tables["blocks"]["0"].update(
            words=tables["blocks"]["0"]["words"].replace("\u0100", "\u0200")
        )
    ),
    "words that are no text": edited_block(words=["diffusion"]),
    "ids that are no texts": edited_block(ids=[1, 2]),
    "labels that are no texts": edited_block(labels=[[None]]),
    "a length that is no number": edited(
        # The file has the same size.
        lambda tables: tables["blocks"]["0"].update(
            chars="x" * (len(str(tables["blocks"]["0"]["chars"])) - 2)
        )
    ),
}
"""Ways to damage a file of words."""


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_words_are_not_used(source: CachedSource, name: str) -> None:
    DAMAGE[name](source, source.file(f"{MONTH}.words"))
    check(source)


REPLACED = [
    name for name in DAMAGE if name not in {"newer", "a folder", "words of missing summaries"}
]


@pytest.mark.parametrize("name", REPLACED)
def test_damaged_words_are_replaced_with_their_month(source: CachedSource, name: str) -> None:
    file = source.file(f"{MONTH}.words")
    size = file.stat().st_size
    DAMAGE[name](source, file)
    is_same_size = file.exists() and file.stat().st_size == size
    new = SamplePaper("2505.00004", "New", 2, (), "Summary.")
    source.write("more.md", ko_digest("2025-05-03", [new]))
    # A wrong size is damage of the whole cache.
    assert (source.sync().rebuilt is None) == is_same_size
    assert contents(source.library()) == source.rebuilt_contents()
    check(source)


def test_next_library_reads_changed_words_again(source: CachedSource) -> None:
    first = source.library()
    assert find(first, "diffusion") == EXPECTED["diffusion"]
    source.write(
        "april.md", ko_digest("2025-04-02", [SamplePaper(APRIL, "Three", 1, (), "Nothing.")])
    )
    source.sync()
    # What has not changed is not read again.
    stat = source.file(f"{MONTH}.words").stat()
    second = Library(first.caches, before=first)
    assert find(second, "diffusion") == [FIRST]
    assert find(second, "nothing") == [APRIL]
    assert source.file(f"{MONTH}.words").stat() == stat


def test_sections_of_searched_summaries_are_known(source: CachedSource) -> None:
    by_words, by_texts = source.library(), source.library()
    find(by_words, "diffusion")
    find(by_texts, "section:nothing")
    assert set(filter(None, by_texts.text_index.labels)) == set(by_words.text_index.labels)


class TestBlocks:
    """Many summaries are in several blocks."""

    @pytest.fixture(autouse=True)
    def _small_blocks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(word_index_writer, "BLOCK_ENTRIES", 3)

    @staticmethod
    def write(source: CachedSource, day: int, numbers: range) -> None:
        papers = [
            SamplePaper(f"2505.{number:05}", f"P{number}", 1, (), f"shared w{number:03} 🙂{number}")
            for number in numbers
        ]
        source.write(f"{day}.md", ko_digest(f"2025-05-{day:02}", papers))

    @staticmethod
    def check(source: CachedSource) -> None:
        library = source.library()
        for paper in library.papers():
            number = int(paper.paper_id[-5:])
            if number >= 100:
                assert find(library, f"w{number:03}") == [paper.paper_id]
                assert find(library, f"🙂{number}") == [paper.paper_id]
        assert len(find(library, "shared")) == len(library.papers()) - 3
        assert library.read_errors == []
        assert contents(library) == source.rebuilt_contents()

    def test_new_digests_extend_the_last_block(self, source: CachedSource) -> None:
        for day in range(10, 15):
            self.write(source, day, range(10 * day, 10 * day + 2))
            source.sync()
            self.check(source)
        assert read_word_index(source.cache.folder, MONTH) is not None
        blocks = source.cache.folder.read(f"{MONTH}.words")["blocks"].values()
        assert [len(block["entries"]) for block in blocks] == [3, 3, 3, 3]

    def test_changed_and_deleted_digests_leave_their_blocks(self, source: CachedSource) -> None:
        for day in range(10, 15):
            self.write(source, day, range(10 * day, 10 * day + 4))
        source.sync()
        self.write(source, 11, range(111, 112))
        source.sync()
        self.check(source)
        (source.digests / "10.md").unlink()
        (source.digests / "14.md").unlink()
        self.write(source, 13, range(130, 139))
        source.sync()
        self.check(source)

    def test_block_that_ends_early_is_not_used(self, source: CachedSource) -> None:
        self.write(source, 10, range(100, 110))
        source.sync()
        folder = source.cache.folder
        content = folder.read(f"{MONTH}.words")
        first = content["blocks"]["0"]
        # At the end of a word, so that the words seem to be complete.
        first["bytes"] = first["words"].encode().index(END.encode(), 9) + 1
        folder.replace(f"{MONTH}.words", content)
        assert read_word_index(folder, MONTH) is None
        assert find(source.library(), "w101") == ["2505.00101"]

    def test_too_long_summaries_are_read(
        self, source: CachedSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(word_index_writer, "MAX_BLOCK_CHARS", 200)
        self.write(source, 10, range(100, 110))
        source.sync()
        self.check(source)
        papers = [SamplePaper("2505.00200", "Long", 1, (), f"shared w200 🙂200 {'long ' * 50}")]
        source.write("20.md", ko_digest("2025-05-20", papers))
        source.sync()
        assert read_word_index(source.cache.folder, MONTH) is None
        self.check(source)
        (source.digests / "20.md").unlink()
        source.sync()
        assert read_word_index(source.cache.folder, MONTH) is not None
        self.check(source)


PIECES = [
    *"aBéøßΣς7Āʟ.(*'_-\u2019\u2014\U0001f642\U0001d400",
    *("ab", "x-1", "E\u0301", "강화", "학습", "강", "ㄱ", "ㄱㅎ", "가나다라", "\u1100\u1161"),
    *" \n\t\x7f\x85\u00a0\u3000",
]
pieces = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(texts=st.lists(pieces, min_size=1, max_size=8), query=pieces)
def test_index_finds_what_the_texts_contain(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str
) -> None:
    phrase = fold(query).strip()
    if not phrase:
        return
    cache = SourceCache(tmp_path_factory.mktemp("cache"), Path("/digests"))
    cache.folder.path.mkdir(parents=True)
    documents: dict[str, dict[str, Any]] = {
        str(number): {"id": f"p{number}", "markdown": text, "sections": [], "thumbnail": None}
        for number, text in enumerate(texts)
    }
    rows: dict[str, dict[str, Any]] = {
        number: {"id": document["id"], "title": text or None, "names": f"Kim\n{text}"}
        for (number, document), text in zip(documents.items(), reversed(texts), strict=True)
    }
    cache.folder.replace(f"{MONTH}.rows", {"entries": rows})
    cache.folder.replace(f"{MONTH}.texts", {"entries": documents})
    WordIndexWriter(cache.folder).update(MONTH, rows, documents, before=None, new=documents)
    contains = phrase_test(phrase)
    expected = {f"p{number}" for number, text in enumerate(texts) if contains(fold(text))}
    index = TextIndex([cache], [])
    searched = SearchPhrase.from_text(phrase)
    hits = index.word_hits((0, MONTH), searched)
    assert index.ids_in_summaries((0, MONTH), searched, hits) == expected
    if hits is not None:
        named = {
            f"p{number}" for number, text in enumerate(reversed(texts)) if contains(fold(text))
        }
        assert hits.names >= named
        assert hits.names <= named or not searched.is_word or phrase in "kim p0123456789"
    assert read_word_index(cache.folder, MONTH) is not None


def test_entry_without_a_text_is_found_by_its_title(source: CachedSource) -> None:
    folder = source.cache.folder
    rows, texts = (folder.read(f"{MONTH}.{kind}")["entries"] for kind in ("rows", "texts"))
    [number] = [number for number, row in rows.items() if row["id"] == SECOND]
    del texts[number]
    folder.replace(f"{MONTH}.texts", {"entries": texts})
    WordIndexWriter(folder).update(MONTH, rows, texts, before=None, new=())
    assert read_word_index(source.cache.folder, MONTH) is None
    assert find(source.library(), "title:two") == find(source.library(), "two") == [SECOND]


def test_words_are_written_again_after_a_read_error(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = SamplePaper("2505.00004", "New", 2, (), "Summary.")
    source.write("more.md", ko_digest("2025-05-03", [new]))

    def fail(_path: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(tables, "open_regular_file", fail)
        with pytest.raises(OSError, match="Input/output error"):
            source.sync()
    source.sync()
    assert contents(source.library()) == source.rebuilt_contents()
    check(source)
