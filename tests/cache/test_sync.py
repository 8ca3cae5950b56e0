from __future__ import annotations

import os
import threading
import time
from itertools import cycle
from pathlib import Path

import pytest

from tests.cache.cached_source import CachedSource, contents
from tests.corpus import write_corpus
from tests.support.sample_digests import SamplePaper, block_digest, ko_digest
from tests.support.unprivileged import as_nobody, folder_of_nobody
from tui.cache import sync as sync_module
from tui.cache.manifest import shard_of
from tui.cache.source_cache import SCHEMA, SourceCache
from tui.cache.sync import SyncReport
from tui.digests.dialects import general
from tui.digests.general.found_paper import FoundPaper
from tui.models import Problem
from tui.runtime.task import Progress
from tui.sources import scan as scan_module
from tui.storage.tables import StorageError, read_tables, write_tables

MAY_1 = ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", 10, ("A",))])
MAY_2 = ko_digest(
    "2025-05-02", [SamplePaper("2505.00002", "Two", 20), SamplePaper("2505.00003", "Three", 3)]
)
JUNE_1 = block_digest("2025-06-01", [SamplePaper("2506.00001", "June")])


@pytest.fixture
def source(tmp_path: Path) -> CachedSource:
    return CachedSource(tmp_path)


@pytest.fixture
def synced(source: CachedSource) -> CachedSource:
    """A source with three digests, synced."""
    for name, text in {"may/1.md": MAY_1, "may/2.md": MAY_2, "june/1.md": JUNE_1}.items():
        source.write(name, text)
    source.sync()
    return source


def counts(report: SyncReport) -> tuple[int, int, int, int, int]:
    return report.read, report.unchanged, report.removed, report.skipped, report.entries


def messages(report: SyncReport) -> list[str]:
    return [str(problem) for problem in report.problems if "authors missing" not in problem.message]


def remove_added_fields(source: CachedSource) -> None:
    """Write the records of files as versions did that did not store inode and ctime."""
    manifest = read_tables(source.file("catalogue"), SCHEMA)
    for file in source.cache.folder.path.glob("files-*.json"):
        tables = read_tables(file, SCHEMA)
        for record in tables["digests"].values():
            del record["inode"], record["ctime"]
        write_tables(file, tables, SCHEMA)
        manifest["files"][file.stem]["size"] = file.stat().st_size
    write_tables(source.file("catalogue"), manifest, SCHEMA)


class TestReading:
    def test_first_sync_reads_all_files(self, source: CachedSource) -> None:
        source.write("may/1.md", MAY_1)
        source.write("may/2.md", MAY_2)
        source.write("LICENSE", "MIT")
        assert not source.cache.exists()
        report = source.sync()
        assert counts(report) == (2, 0, 0, 1, 3)
        assert report.changed
        assert not report.cancelled
        assert report.rebuilt is None
        assert source.cache.exists()
        assert source.papers() == {"2505.00002": "Two", "2505.00003": "Three", "2505.00001": "One"}

    def test_sync_without_changes_reads_and_writes_nothing(self, synced: CachedSource) -> None:
        before = synced.stamps()
        progress: list[Progress] = []
        report = synced.sync(progress=progress.append)
        assert counts(report) == (0, 3, 0, 0, 4)
        assert not report.changed
        assert synced.stamps() == before
        assert progress == [Progress(0, 0)]

    @pytest.mark.parametrize("is_replaced", [False, True])
    def test_change_that_affects_neither_size_nor_mtime_is_detected(
        self, synced: CachedSource, is_replaced: bool
    ) -> None:
        file = synced.digests / "may/1.md"
        status = file.stat()
        written = synced.digests.with_name("new.md") if is_replaced else file
        written.write_text(MAY_1.replace("One", "Eno"))
        os.utime(written, ns=(status.st_mtime_ns, status.st_mtime_ns))
        written.replace(file)
        assert synced.sync().read == 1
        assert synced.papers()["2505.00001"] == "Eno"
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_cache_without_inodes_and_ctimes_is_upgraded(self, synced: CachedSource) -> None:
        remove_added_fields(synced)
        expected = synced.papers()
        # It was replaced before the upgrade.
        synced.write("may/1.md", MAY_1.replace("One", "Eno"))
        before = synced.stamps()
        assert synced.papers() == expected
        report = synced.sync()
        assert (report.read, report.unchanged, report.rebuilt) == (1, 2, None)
        assert contents(synced.library()) == synced.rebuilt_contents()
        after = synced.stamps()
        # The months of unchanged digests are not written.
        assert {name for name in after if after[name] == before[name]} >= {
            "2025-06.rows",
            "2025-06.texts",
        }
        synced.sync()
        assert synced.stamps() == after

    def test_changed_file_is_read(self, synced: CachedSource) -> None:
        synced.write("may/1.md", ko_digest("2025-05-01", [SamplePaper("2505.00009", "Nine")]))
        report = synced.sync()
        assert counts(report) == (1, 2, 0, 0, 4)
        assert report.changed
        assert "2505.00001" not in synced.papers()
        assert synced.papers("2025-05-01") == {"2505.00009": "Nine"}
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_touched_file_only_updates_its_record(self, synced: CachedSource) -> None:
        synced.write("may/1.md", MAY_1)
        before = synced.stamps()
        report = synced.sync()
        assert counts(report) == (0, 3, 0, 0, 4)
        assert not report.changed
        after = synced.stamps()
        assert {name for name in after if after[name] != before[name]} == {
            "catalogue",
            shard_of("may/1.md"),
        }
        synced.sync()
        assert synced.stamps() == after

    def test_change_right_after_reading_is_detected(self, synced: CachedSource) -> None:
        file = synced.digests / "may/1.md"
        # A time in the future is recent however long the sync takes to start.
        mtime = time.time() + 3600
        os.utime(file, (mtime, mtime))
        synced.sync()
        file.write_text(MAY_1.replace("One", "Eno"))
        os.utime(file, (mtime, mtime))
        assert synced.sync().read == 1
        assert synced.papers()["2505.00001"] == "Eno"

    def test_change_of_the_size_only_is_detected(self, synced: CachedSource) -> None:
        file = synced.digests / "may/1.md"
        status = file.stat()
        file.write_text(MAY_1.replace("One", "One and more"))
        os.utime(file, ns=(status.st_mtime_ns, status.st_mtime_ns))
        assert synced.sync().read == 1
        assert synced.papers()["2505.00001"] == "One and more"

    def test_added_file_is_read(self, synced: CachedSource) -> None:
        synced.write("may/3.md", ko_digest("2025-05-03", [SamplePaper("2505.00004", "Four")]))
        assert counts(synced.sync()) == (1, 3, 0, 0, 5)
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_removed_file_is_dropped(self, synced: CachedSource) -> None:
        (synced.digests / "may/2.md").unlink()
        report = synced.sync()
        assert counts(report) == (0, 2, 1, 0, 2)
        assert report.changed
        assert synced.papers() == {"2506.00001": "June", "2505.00001": "One"}
        assert synced.library().period_counts.days() == ["2025-06-01", "2025-05-01"]
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_removing_all_files_leaves_no_papers(self, synced: CachedSource) -> None:
        for file in synced.digests.glob("*/*"):
            file.unlink()
        assert counts(synced.sync()) == (0, 0, 3, 0, 0)
        assert synced.papers() == {}
        assert synced.library().period_counts.counts == {"": 0}
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_renamed_file_keeps_its_papers(self, synced: CachedSource) -> None:
        (synced.digests / "may").rename(synced.digests / "May 2025")
        assert counts(synced.sync()) == (2, 1, 2, 0, 4)
        [paper] = synced.library().papers("2025-05-01")
        assert [entry.digest for entry in paper.entries] == ["May 2025/1.md"]
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_swapped_files_are_read(self, synced: CachedSource) -> None:
        synced.write("may/1.md", MAY_2)
        synced.write("may/2.md", MAY_1)
        assert counts(synced.sync()) == (2, 1, 0, 0, 4)
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_source_may_be_a_file(self, source: CachedSource) -> None:
        file = source.write("may/1.md", MAY_1)
        cache = SourceCache(source.caches, file)
        assert counts(sync_module.sync(cache)) == (1, 0, 0, 0, 1)
        assert counts(sync_module.sync(cache)) == (0, 1, 0, 0, 1)
        assert cache.manifest().files.keys() == {"1.md"}

    def test_sources_do_not_share_a_cache(self, source: CachedSource, tmp_path: Path) -> None:
        source.write("may/1.md", MAY_1)
        source.sync()
        same_name = tmp_path / "else" / "digests"
        same_name.mkdir(parents=True)
        assert not SourceCache(source.caches, same_name).exists()
        # Different paths of the same source share a cache.
        (tmp_path / "link").symlink_to("digests")
        assert SourceCache(source.caches, tmp_path / "link").exists()
        assert SourceCache(source.caches, tmp_path / "else" / ".." / "digests").exists()

    @pytest.mark.parametrize("name", ["/", "논문", "a b", "x" * 200, "new\nline", "bad\udcff"])
    def test_unusual_source_name_is_supported(self, tmp_path: Path, name: str) -> None:
        folder = SourceCache(tmp_path / "cache", tmp_path / name).folder.path
        assert folder.parent == tmp_path / "cache"
        assert folder.name.isascii()
        assert folder.name.isprintable()
        if name != "/":
            (tmp_path / name).mkdir()
            (tmp_path / name / "1.md").write_text(MAY_1)
            assert sync_module.sync(SourceCache(tmp_path / "cache", tmp_path / name)).read == 1

    def test_rebuild_reads_everything(self, synced: CachedSource) -> None:
        synced.file("2020-01.rows").write_text("left over")
        report = synced.sync(rebuild=True)
        assert counts(report) == (3, 0, 0, 0, 4)
        assert report.rebuilt is None
        assert not synced.file("2020-01.rows").exists()
        assert contents(synced.library()) == synced.rebuilt_contents()


class TestOtherFiles:
    def test_other_files_are_skipped_and_counted(self, synced: CachedSource) -> None:
        synced.write("LICENSE", "MIT")
        synced.write("data.json", "{}")
        synced.write("a.png", b"\x89PNG\xff\0")
        report = synced.sync()
        assert counts(report) == (0, 3, 0, 3, 4)
        assert not report.changed
        assert messages(report) == []
        before = synced.stamps()
        assert synced.sync().skipped == 3
        assert synced.stamps() == before

    def test_other_file_that_becomes_a_digest_is_read(self, synced: CachedSource) -> None:
        synced.write("notes.md", "notes")
        synced.sync()
        synced.write("notes.md", ko_digest("2025-05-03", [SamplePaper("2505.00004", "Four")]))
        assert counts(synced.sync()) == (1, 3, 0, 0, 5)

    def test_digest_that_becomes_another_file_is_dropped(self, synced: CachedSource) -> None:
        synced.write("may/1.md", "no more")
        report = synced.sync()
        assert counts(report) == (0, 2, 1, 1, 3)
        assert report.changed
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_deleted_other_file_is_dropped(self, synced: CachedSource) -> None:
        file = synced.write("notes.md", "notes")
        synced.sync()
        file.unlink()
        report = synced.sync()
        assert counts(report) == (0, 3, 0, 0, 4)
        assert not report.changed
        assert "notes.md" not in synced.cache.manifest().files

    def test_too_large_file_is_skipped(
        self, synced: CachedSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scan_module, "MAX_FILE_BYTES", 1 << 20)
        synced.write("may/1.md", MAY_1 + " " * (1 << 20))
        report = synced.sync()
        assert counts(report) == (0, 2, 1, 1, 3)
        assert messages(report) == ["may/1.md: is larger than 1 MB; skipped"]
        assert messages(synced.sync()) == messages(report)


class TestProblems:
    def test_problems_are_cached(self, source: CachedSource) -> None:
        source.write(
            "incomplete.md",
            ko_digest("2025-05-01", [SamplePaper("2505.00001", "One", None, ("A",))]),
        )
        expected = [Problem("incomplete.md", 3, "votes missing", is_note=True)]
        assert source.sync().problems == expected
        assert source.sync().problems == expected
        assert source.library().problems() == expected
        source.write("incomplete.md", MAY_1)
        assert source.sync().problems == []
        assert source.library().problems() == []

    def test_a_defect_of_a_reader_is_a_problem_of_one_file(
        self, source: CachedSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def papers_in(*_arguments: str) -> list[FoundPaper]:
            raise KeyError("x")

        monkeypatch.setattr(general, "papers_in", papers_in)
        source.write("a.md", "- [A Title](https://arxiv.org/abs/2505.00009)\n")
        source.write("b.md", MAY_1)
        report = source.sync()
        assert source.papers() == {"2505.00001": "One"}
        [message] = messages(report)
        defect = "KeyError in digests/dialects/general.py"
        assert message.startswith(f"a.md: skipped because of a defect of Broadsheet ({defect}")
        monkeypatch.undo()
        assert messages(source.sync(rebuild=True)) == []
        assert set(source.papers()) == {"2505.00001", "2505.00009"}

    def test_unprintable_names_are_escaped(self, source: CachedSource) -> None:
        source.write("a\n\udcff\x1b[1m.md", ko_digest("2025-05-01", [SamplePaper("2505.00001")]))
        assert {problem.file for problem in source.sync().problems} == {"a\\n\\udcff\\x1b[1m.md"}
        assert counts(source.sync()) == (0, 1, 0, 0, 1)
        assert len(source.papers()) == 1


class TestUnreachable:
    def test_missing_source_keeps_everything(self, synced: CachedSource) -> None:
        before = contents(synced.library())
        stamps = synced.stamps()
        synced.digests.rename(synced.digests.with_name("away"))
        report = synced.sync()
        assert counts(report) == (0, 3, 0, 0, 4)
        assert not report.changed
        expected = f"{synced.digests}: cannot be reached (No such file or directory)"
        assert expected in messages(report)
        assert contents(synced.library()) == before
        assert synced.stamps() == stamps
        synced.digests.with_name("away").rename(synced.digests)
        assert messages(synced.sync()) == []

    def test_rebuild_of_a_missing_source_keeps_everything(self, synced: CachedSource) -> None:
        before = contents(synced.library())
        synced.digests.rename(synced.digests.with_name("away"))
        assert counts(synced.sync(rebuild=True)) == (0, 3, 0, 0, 4)
        assert contents(synced.library()) == before

    def test_damaged_cache_of_a_missing_source_is_kept(self, synced: CachedSource) -> None:
        before = synced.papers()
        synced.digests.rename(synced.digests.with_name("away"))
        synced.file("catalogue").write_text("{")
        with pytest.raises(StorageError, match="damaged"):
            synced.sync()
        assert synced.papers() == before

    def test_source_that_never_existed_creates_no_cache(self, source: CachedSource) -> None:
        source.digests.rmdir()
        report = source.sync()
        assert counts(report) == (0, 0, 0, 0, 0)
        assert [problem.file for problem in report.problems] == [str(source.digests)]
        assert not source.caches.exists()
        assert not source.cache.exists()

    def test_source_that_is_a_pipe_is_unreachable(self, source: CachedSource) -> None:
        os.mkfifo(source.digests / "pipe")
        cache = SourceCache(source.caches, source.digests / "pipe")
        [problem] = sync_module.sync(cache).problems
        assert problem.message == "cannot be reached (neither a file nor a folder)"

    def test_source_that_is_a_link_to_itself_is_unreachable(self, source: CachedSource) -> None:
        (source.digests / "loop").symlink_to("loop")
        cache = SourceCache(source.caches, source.digests / "loop")
        [problem] = sync_module.sync(cache).problems
        assert problem.message.startswith("cannot be reached")

    def test_folder_that_cannot_be_listed_keeps_its_entries(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            synced = CachedSource(folder)
            synced.write("open/1.md", MAY_1)
            synced.write("shut/2.md", MAY_2)
            synced.sync()
            (synced.digests / "open/1.md").unlink()
            synced.write("open/3.md", JUNE_1)
            (synced.digests / "shut").chmod(0)
            report = synced.sync()
            assert counts(report) == (1, 1, 1, 0, 3)
            expected = f"{synced.digests}/shut: cannot be reached (Permission denied)"
            assert expected in messages(report)
            assert set(synced.papers()) == {"2506.00001", "2505.00002", "2505.00003"}
            assert counts(synced.sync(rebuild=True)) == (1, 1, 0, 0, 3)
            assert "2505.00002" in synced.papers()

    def test_source_that_cannot_be_listed_keeps_everything(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            source = CachedSource(folder)
            source.digests.chmod(0)
            assert source.sync().problems[0].message == "cannot be reached (Permission denied)"
            assert not source.cache.exists()
            source.digests.chmod(0o700)
            source.write("1.md", MAY_1)
            assert source.sync().read == 1
            source.digests.chmod(0)
            assert counts(source.sync()) == (0, 1, 0, 0, 1)

    def test_unreadable_file_keeps_its_entries(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            source = CachedSource(folder)
            file = source.write("1.md", MAY_1)
            source.sync()
            source.write("1.md", MAY_1.replace("One", "More than one")).chmod(0)
            for _ in range(2):
                report = source.sync()
                assert counts(report) == (0, 1, 0, 0, 1)
                assert messages(report) == [
                    "1.md: cannot be read (Permission denied); the next sync tries again"
                ]
            assert source.papers() == {"2505.00001": "One"}
            file.chmod(0o600)
            report = source.sync()
            assert counts(report) == (1, 0, 0, 0, 1)
            assert messages(report) == []
            assert source.papers() == {"2505.00001": "More than one"}

    def test_file_that_was_never_readable_is_tried_again(self) -> None:
        with folder_of_nobody() as folder, as_nobody():
            source = CachedSource(folder)
            file = source.write("1.md", MAY_1)
            file.chmod(0)
            for _ in range(2):
                report = source.sync()
                assert counts(report) == (0, 0, 0, 1, 0)
                assert messages(report) == [
                    "1.md: cannot be read (Permission denied); the next sync tries again"
                ]
            file.chmod(0o600)
            assert counts(source.sync()) == (1, 0, 0, 0, 1)


class TestCost:
    def test_one_new_digest_rewrites_its_month_only(self, source: CachedSource) -> None:
        facts = write_corpus(source.digests, 1500)
        for file in source.digests.rglob("*.md"):
            # Recent files would be checked again, which updates their records.
            os.utime(file, (1_700_000_000, 1_700_000_000))
        source.sync()
        before = source.stamps()
        assert len(before) > 6, "several months are needed"
        month = f"{facts.newest:%Y-%m}"
        day = ko_digest(f"{month}-31", [SamplePaper("2505.99999", "New")])
        source.write("new.md", day)
        source.sync()
        after = source.stamps()
        rewritten = {name for name in after if after[name] != before.get(name)}
        assert rewritten == {
            "catalogue",
            "calendar",
            "counts",
            "index-25q2",
            shard_of("new.md"),
            f"{month}.rows",
            f"{month}.texts",
            f"{month}.words",
        }
        assert contents(source.library()) == source.rebuilt_contents()

    def test_one_new_digest_does_not_rewrite_other_quarters(self, source: CachedSource) -> None:
        source.write(
            "1.md", ko_digest("2025-01-01", [SamplePaper("2412.00001"), SamplePaper("2501.00001")])
        )
        source.write(
            "2.md",
            ko_digest("2025-01-02", [SamplePaper("math/0112017"), SamplePaper("2412.00001")]),
        )
        source.sync()
        before = source.stamps()
        source.write(
            "3.md", ko_digest("2025-01-03", [SamplePaper("2501.00001"), SamplePaper("2502.00001")])
        )
        source.sync()
        after = source.stamps()
        rewritten = {name for name in after if after[name] != before.get(name)}
        assert {name for name in rewritten if name.startswith("index")} == {"index-25q1"}
        assert after.keys() >= {"index-01q4", "index-24q4", "index-25q1"}
        assert source.library().period_counts.counts["2025"] == 4
        assert contents(source.library()) == source.rebuilt_contents()

    def test_large_source_is_read_completely(self, source: CachedSource) -> None:
        facts = write_corpus(source.digests, 300)
        report = source.sync()
        library = source.library()
        assert counts(report) == (facts.digests, 0, 0, 0, facts.entries)
        assert library.period_counts.total == facts.papers == len(library.papers())
        assert len(library.period_counts.days()) == facts.days
        assert library.period_counts.days()[0] == str(facts.newest)
        assert library.period_counts.days()[-1] == str(facts.oldest)
        assert sum(len(paper.dates) > 1 for paper in library.papers()) == facts.repeated


class TestMonths:
    def test_digest_may_have_two_months(self, source: CachedSource) -> None:
        source.write(
            "page.md", MAY_1 + "\n" + ko_digest("2025-06-01", [SamplePaper("2506.00001", "J")])
        )
        source.write("may.md", MAY_2)
        assert source.sync().entries == 4
        assert source.papers("2025-06") == {"2506.00001": "J"}
        assert len(source.papers("2025-05")) == 3
        source.write("page.md", MAY_1)
        source.sync()
        assert source.library().period_counts.months() == ["2025-05"]
        assert contents(source.library()) == source.rebuilt_contents()
        (source.digests / "page.md").unlink()
        source.sync()
        assert contents(source.library()) == source.rebuilt_contents()

    def test_digest_can_move_to_another_month(self, synced: CachedSource) -> None:
        synced.write("may/1.md", MAY_1.replace("2025-05-01", "2024-12-31"))
        assert counts(synced.sync()) == (1, 2, 0, 0, 4)
        assert synced.papers("2024-12") == {"2505.00001": "One"}
        assert "2025-05-01" not in synced.library().period_counts.counts
        assert contents(synced.library()) == synced.rebuilt_contents()

    def test_month_without_digests_is_removed(self, synced: CachedSource) -> None:
        (synced.digests / "june/1.md").unlink()
        synced.sync()
        assert synced.library().period_counts.months() == ["2025-05"]
        synced.write("june/1.md", JUNE_1)
        synced.sync()
        assert contents(synced.library()) == synced.rebuilt_contents()


class TestProgress:
    def test_progress_increases_up_to_the_total(
        self, source: CachedSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sync_module, "BATCH_ENTRIES", 50)
        facts = write_corpus(source.digests, 200)
        reports: list[Progress] = []
        totals: list[int] = []

        def progress(step: Progress) -> None:
            reports.append(step)
            if step.is_saved:
                totals.append(source.library().period_counts.total)

        source.sync(progress=progress)
        done = [step.done for step in reports]
        assert done == sorted(done)
        assert done[0] == 0
        assert {step.total for step in reports} == {facts.digests}
        assert done[-1] == facts.digests
        # All entries reported as saved can be read immediately.
        assert totals == sorted(set(totals))
        assert len(totals) > 2
        assert totals[-1] == facts.papers

    @pytest.mark.parametrize("folders", [("",), ("ko/", "en/")], ids=" ".join)
    def test_newest_digests_come_first(
        self, source: CachedSource, monkeypatch: pytest.MonkeyPatch, folders: tuple[str, ...]
    ) -> None:
        monkeypatch.setattr(sync_module, "BATCH_ENTRIES", 1)
        for day, folder in zip(range(1, 6), cycle(folders), strict=False):
            content = ko_digest(f"2025-05-0{day}", [SamplePaper(f"2505.0000{day}")])
            source.write(f"{folder}{day}.md", content)
        days: list[list[str]] = []
        source.sync(progress=lambda _: days.append(source.library().period_counts.days()))
        assert days[-1] == [f"2025-05-0{day}" for day in (5, 4, 3, 2, 1)]
        assert all(ids == days[-1][: len(ids)] for ids in days)

    def test_progress_without_changes_is_zero(self, synced: CachedSource) -> None:
        reports: list[Progress] = []
        synced.sync(progress=reports.append)
        assert reports == [Progress(0, 0, is_saved=False)]

    def test_progress_of_a_removal_is_saved(self, synced: CachedSource) -> None:
        (synced.digests / "may/1.md").unlink()
        reports: list[Progress] = []
        synced.sync(progress=reports.append)
        assert reports == [Progress(0, 0, is_saved=True)]


class TestCancelling:
    @pytest.mark.parametrize("after", [0, 1, 6, 9])
    def test_cancelled_sync_keeps_the_files_it_read(self, source: CachedSource, after: int) -> None:
        facts = write_corpus(source.digests, 250)
        checks = iter(range(1000))
        report = source.sync(cancelled=lambda: next(checks) == after)
        assert report.cancelled
        assert report.read == after
        assert len(source.cache.manifest().files) == after
        assert bool(source.papers()) == bool(after)
        report = source.sync()
        assert not report.cancelled
        assert counts(report) == (facts.digests - after, after, 0, 0, facts.entries)
        assert contents(source.library()) == source.rebuilt_contents()

    def test_repeatedly_cancelled_sync_completes(
        self, source: CachedSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sync_module, "BATCH_ENTRIES", 40)
        write_corpus(source.digests, 150)
        rounds = 0
        cancelled = True
        while cancelled:
            checks = iter(range(1000))
            cancelled = source.sync(cancelled=lambda: next(checks) == 2).cancelled  # noqa: B023
            rounds += 1
        assert rounds > 3
        assert contents(source.library()) == source.rebuilt_contents()


class TestConcurrentSyncs:
    def test_second_sync_waits_and_reads_only_new_files(self, source: CachedSource) -> None:
        write_corpus(source.digests, 120)
        is_locked, may_continue = threading.Event(), threading.Event()
        reports: list[SyncReport] = []

        def first_progress(_: Progress) -> None:
            is_locked.set()
            may_continue.wait(10)

        def run_first() -> None:
            reports.append(source.sync(progress=first_progress))

        first = threading.Thread(target=run_first)
        first.start()
        assert is_locked.wait(10)
        second = threading.Thread(target=lambda: reports.append(source.sync()))
        second.start()
        # The second sync finds a digest that appears while it waits.
        source.write("late.md", MAY_1)
        may_continue.set()
        first.join()
        second.join()
        assert sorted(report.read for report in reports) == [
            1,
            len(source.cache.manifest().files) - 1,
        ]
        assert contents(source.library()) == source.rebuilt_contents()


def test_reports_add_up() -> None:
    problem = Problem("a.md", 1, "no votes")
    total = SyncReport(1, 2, 3, 4, 5, [problem])
    total += SyncReport(10, 20, 30, 40, 50, [problem], cancelled=True, rebuilt="why")
    total += SyncReport(rebuilt="another")
    assert total == SyncReport(
        11, 22, 33, 44, 55, [problem, problem], cancelled=True, rebuilt="why"
    )


def test_report_is_changed_if_files_were_read_or_removed() -> None:
    assert not SyncReport(unchanged=9, skipped=9, entries=9, cancelled=True).changed
    assert SyncReport(read=1).changed
    assert SyncReport(removed=1).changed
    assert SyncReport(rebuilt="why").changed
