"""Months with so much text that they are stored in several volumes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource, contents
from tests.cache.interrupted_sync import sync_until_crash
from tests.support.sample_digests import SamplePaper, ko_digest
from tui.cache import month_writer
from tui.cache import sync as sync_module
from tui.library.library import Library
from tui.library.search import text_index
from tui.library.search.search import search
from tui.query.parser import parse
from tui.storage import database, folder, tables

pytestmark = pytest.mark.slow

DIGESTS = 12
PAPERS = 5
LATER = SamplePaper("2505.88888", "Later", 1, ("Bo Lin",), "A zebra counts.")


@pytest.fixture(autouse=True)
def _small_volumes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a volume hold about ten of the papers below, and a batch about fifteen."""
    monkeypatch.setattr(month_writer, "VOLUME_BYTES", 40_000)
    monkeypatch.setattr(sync_module, "BATCH_BYTES", 60_000)


def digest(number: int, text: str = "") -> str:
    """Return the digest of a day in May, or in June for every second number."""
    papers = [
        SamplePaper(
            f"2505.{number * PAPERS + paper:05}",
            f"Paper {paper} of {number}{text}",
            paper,
            ("Ada Bell",),
            f"Mill{number}x{paper} counts. " * 150,
        )
        for paper in range(PAPERS)
    ]
    return ko_digest(f"2025-{5 + number % 2:02}-{number + 1:02}", papers)


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    source = CachedSource(tmp_path)
    for number in range(DIGESTS):
        source.write(f"{number}.md", digest(number))
    source.sync()
    return source


def volumes(source: CachedSource, month: str = "2025-05") -> dict[str, int]:
    """Return the number of entries in each volume of a month."""
    return {name: len(source.cache.texts(name)) for name in source.cache.volumes(month)}


def check(source: CachedSource) -> None:
    """Check that every paper can be listed, read and found."""
    library = source.library()
    assert contents(library) == source.rebuilt_contents()
    for paper in library.papers():
        [summary] = library.summaries(paper)
        word = summary.markdown.split()[-2]
        assert [each.arxiv_id for each in search(library, library.papers(), parse(word))] == [
            paper.arxiv_id
        ]


def test_large_month_has_several_volumes(source: CachedSource) -> None:
    assert len(volumes(source)) > 2
    assert sum(volumes(source).values()) == DIGESTS * PAPERS / 2
    assert all(
        source.file(f"{name}.texts").stat().st_size < 60_000
        for month in ("2025-05", "2025-06")
        for name in volumes(source, month)
    )
    check(source)


def test_ordinary_month_has_one_volume(source: CachedSource) -> None:
    source.write("small.md", ko_digest("2025-07-01", [SamplePaper("2507.00001")]))
    source.sync()
    assert volumes(source, "2025-07") == {"2025-07": 1}


def test_changed_digest_takes_the_room_it_leaves(source: CachedSource) -> None:
    before = volumes(source)
    for number in range(0, DIGESTS, 2):
        source.write(f"{number}.md", digest(number, " again"))
        source.sync()
        check(source)
    assert len(volumes(source)) <= len(before) + 1
    assert sum(volumes(source).values()) == sum(before.values())


def test_changed_digest_leaves_other_volumes_alone(source: CachedSource) -> None:
    before = source.stamps()
    source.write("0.md", digest(0, " again"))
    source.sync()
    after = source.stamps()
    texts = {name for name in before if name.startswith("2025-05") and name.endswith(".texts")}
    assert len(texts) > 2
    assert 0 < len([name for name in texts if after[name] != before[name]]) < len(texts)


def test_deleted_digests_leave_empty_volumes(source: CachedSource) -> None:
    for number in range(0, DIGESTS, 2):
        (source.digests / f"{number}.md").unlink()
    source.sync()
    assert set(volumes(source).values()) == {0}
    check(source)
    source.write("0.md", digest(0))
    source.sync()
    assert volumes(source)["2025-05"] == PAPERS
    check(source)


def test_interrupted_write_is_repaired(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced_files, crashed = 0, True
    while crashed:
        for number in (0, 2, 6):
            source.write(f"{number}.md", digest(number, f" {replaced_files}"))
        crashed = sync_until_crash(source, monkeypatch, replaced_files)
        source.library().papers()
        if replaced_files % 2:
            source.write("6.md", digest(6, " after the crash"))
        assert source.sync().rebuilt is None
        assert contents(source.library()) == source.rebuilt_contents()
        replaced_files += 1
    assert replaced_files > 10


def test_missing_volume_is_detected(source: CachedSource) -> None:
    source.file("2025-05.1.rows").unlink()
    assert source.sync().rebuilt
    check(source)


def test_search_finds_what_the_index_has_no_room_for(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_index, "MAX_INDEX_BYTES", 50_000)
    check(source)
    index = source.library().text_index
    for name in volumes(source):
        index.volume(0, name)
    assert sum(index.volume(0, name).byte_count for name in volumes(source)) > 50_000
    kept = [index.volume(0, name) is index.volume(0, name) for name in volumes(source)]
    assert all(kept)  # the last one read is kept in any case


def test_day_has_the_entries_of_its_papers_in_all_volumes(source: CachedSource) -> None:
    repeated = SamplePaper("2505.00000", "Newer", 70, ("Bo Lin",), "It was listed before.")
    quoting = SamplePaper("2505.77777", r'A "date":"2025-05-01" \ in a title', 1)
    source.write("again.md", ko_digest("2025-05-28", [repeated, quoting]))
    source.sync()
    assert len(volumes(source)) > 2
    library = source.library()
    for day in library.period_counts.days():
        ids = {paper.paper_id for paper in library.papers(day)}
        assert len(ids) == library.period_counts.counts[day]
        days = {paper.paper_id: paper.dates for paper in library.papers() if paper.paper_id in ids}
        assert {paper.paper_id: paper.dates for paper in library.papers(day)} == days
    assert days_of(library, "2505.00000") == ("2025-05-01", "2025-05-28")


def test_day_parses_its_own_volumes(source: CachedSource, monkeypatch: pytest.MonkeyPatch) -> None:
    library = source.library()
    days = [day for day in library.period_counts.days() if day.startswith("2025-05")]
    parsed: list[str] = []

    def read_tables(path: Path, schema: int, **options: int | None) -> tables.Tables:
        parsed.append(path.stem)
        return tables.read_tables(path, schema, **options)

    monkeypatch.setattr(folder, "read_tables", read_tables)
    assert all(map(library.papers, days))
    assert {f"{volume}.rows" for volume in volumes(source)} <= {*parsed}
    assert len(parsed) < len(days) * len(volumes(source))


def test_new_digest_parses_only_the_volume_that_it_changes(
    source: CachedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(volumes(source)) > 2
    parsed: list[str] = []

    def read_tables(path: Path, schema: int, **options: int | None) -> tables.Tables:
        parsed.append(path.stem)
        return tables.read_tables(path, schema, **options)

    with monkeypatch.context() as patched:
        patched.setattr(folder, "read_tables", read_tables)
        patched.setattr(database, "read_tables", read_tables)
        source.write("new.md", ko_digest("2025-05-30", [LATER]))
        source.sync()
    assert len({name for name in parsed if name.endswith(".rows")}) == 1
    check(source)


def test_new_digest_of_a_listed_day_completes_it(source: CachedSource) -> None:
    source.write("new.md", ko_digest("2025-05-01", [LATER]))
    source.sync()
    assert source.library().period_counts.counts["2025-05-01"] == PAPERS + 1
    source.write("new.md", ko_digest("2025-05-03", [LATER]))
    source.sync()
    assert source.library().period_counts.counts["2025-05-01"] == PAPERS
    check(source)


def test_damage_of_any_volume_is_found_with_a_day(source: CachedSource) -> None:
    library = source.library()
    [*_, last] = volumes(source)
    rows = source.file(f"{last}.rows")
    rows.write_bytes(rows.read_bytes().replace(b'"date":"2025-05', b'"date":"2025-07'))
    library.papers(library.period_counts.days()[-1])
    [error] = library.read_errors
    assert rows.name in error


def days_of(library: Library, paper_id: str) -> tuple[str, ...]:
    paper = library.paper(paper_id)
    assert paper is not None
    return paper.dates
