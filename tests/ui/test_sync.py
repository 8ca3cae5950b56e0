from __future__ import annotations

import gc
import threading
from pathlib import Path
from typing import Any
from weakref import ref

import pytest

from tests.ui.blocking_reader import BlockingReader
from tests.ui.driver import open_app, sidebar_marks, wait_until
from tests.ui.sources import DigestPaper, DigestSource, open_marks, sample_papers
from tui.cache import sync as syncing
from tui.config.session import Session
from tui.config.settings_file import load_settings
from tui.digests import reader as digest_reader
from tui.marks.edits import set_read
from tui.models import Digest
from tui.runtime.tuning import PLAIN
from tui.ui.task_messages import SyncFinished, SyncProgressed
from tui.ui.widgets.paper_table import PaperTable
from tui.ui.workers import sidebar_counter
from tui.ui.workers.jobs import Job
from tui.ui.workers.library_jobs import LibraryUpdater

pytestmark = pytest.mark.slow

OLDEST_GENERATION = 2


async def test_first_start_shows_at_once_that_digests_are_read(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    async with open_app(source.options(), wait=False) as driver:
        await driver.pilot.pause()
        assert "There are no papers yet." not in driver.text
        assert "Papers appear here as they are read." in driver.text
        await driver.wait_until_idle()
        assert len(driver.titles) == 2


async def test_first_start_never_claims_that_nothing_is_there(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.add("2025-05-01", *sample_papers(2))
    shown: list[str] = []
    show = PaperTable.show

    def record(table: PaperTable, papers: Any, **arguments: Any) -> None:
        if not papers:
            shown.append(arguments["placeholder"][0])
        show(table, papers, **arguments)

    monkeypatch.setattr(PaperTable, "show", record)
    async with open_app(source.options()) as driver:
        assert len(driver.titles) == 2
    assert set(shown) == {"Reading digests."}


async def test_digest_without_papers_leaves_the_advice(source: DigestSource) -> None:
    source.digests.mkdir(exist_ok=True)
    (source.digests / "2025-05-01.md").write_text("# 2025-05-01\n", encoding="utf-8")
    async with open_app(source.options()) as driver:
        assert "There are no papers yet." in driver.text


async def test_first_start_shows_progress_and_then_papers(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 7):
        source.add(f"2025-05-{day:02}", *sample_papers(2, first=10 * day))
    gate = BlockingReader(4, monkeypatch)
    async with open_app(source.options(), wait=False) as driver:
        await wait_until(gate.is_blocked.is_set)
        await wait_until(lambda: "4 of 6" in driver.status)
        await driver.pilot.pause()
        # What the list shows stays beside the progress.
        assert driver.status.startswith("All days   0 papers")
        assert "Reading digests" in driver.status
        assert "Ctrl+X stops" in driver.status
        assert "Papers appear here as they are read." in driver.text
        gate.is_released.set()
        await wait_until(lambda: not driver.screen.panes.status.is_busy)
        await driver.wait_until_idle()
        assert driver.period == "2025-05-06"
        assert driver.titles == ["Paper 060", "Paper 061"]
        assert "This is about paper 060." in driver.text
        assert driver.status.startswith("Tue 6 May 2025")


async def test_papers_appear_during_a_sync(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "BATCH_ENTRIES", 2)
    for day in range(1, 7):
        source.add(f"2025-05-{day:02}", *sample_papers(2, first=10 * day))
    gate = BlockingReader(3, monkeypatch)
    async with open_app(source.options(), wait=False) as driver:
        await wait_until(lambda: driver.titles == ["Paper 060", "Paper 061"])
        assert driver.screen.panes.status.is_busy
        await driver.pilot.press("j")
        await wait_until(lambda: "This is about paper 061." in driver.text)
        gate.is_released.set()
        await wait_until(lambda: driver.screen.library.get().period_counts.total == 12)
        await driver.wait_until_idle()
        assert driver.paper == "Paper 061"
        assert "1 Thu" in driver.text


async def test_lines_drawn_during_a_sync_are_collected_meanwhile(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PLAIN, raising=False)
    monkeypatch.setattr(syncing, "BATCH_ENTRIES", 2)
    for day in range(1, 7):
        source.add(f"2025-05-{day:02}", *sample_papers(2, first=10 * day))
    full: list[threading.Thread] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == OLDEST_GENERATION:
            full.append(threading.current_thread())

    gc.callbacks.append(note)
    try:
        async with open_app(source.options()):
            pass
    finally:
        gc.callbacks.remove(note)
    assert sum(thread is not threading.main_thread() for thread in full) >= 5


async def test_ctrl_r_shows_a_new_digest(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(5))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("j", "j")
        source.add("2025-05-02", *sample_papers(3, first=50))
        await driver.press("ctrl+r")
        assert "2 Fri" in driver.text
        assert driver.status == "1 new day: Fri 2 May 2025"
        assert driver.period == "2025-05-01"
        assert driver.paper == "Paper 003"
        await driver.press("right_square_bracket")
        assert driver.titles == ["Paper 050", "Paper 051", "Paper 052"]


async def test_cursor_stays_on_its_paper_when_a_sync_brings_others(
    source: DigestSource,
) -> None:
    source.add("2025-05-01", *sample_papers(5, first=10))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("j", "j")
        assert driver.paper == "Paper 012"
        source.add("2025-05-01", *sample_papers(20))
        await driver.press("ctrl+r")
        assert len(driver.titles) == 20
        assert driver.status == "15 new papers."
        assert driver.paper == "Paper 012"
        assert driver.screen.panes.table.cursor == 11
        assert "  Paper 012" in "\n".join(driver.pane("table"))


async def test_untouched_app_goes_to_the_newest_day(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.sync()
    source.add("2025-05-02", *sample_papers(2, first=50))
    async with open_app(source.options()) as driver:
        assert driver.period == "2025-05-02"
        assert driver.paper == "Paper 050"


async def test_changed_summary_is_updated(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.sync()
    async with open_app(source.options()) as driver:
        source.add(
            "2025-05-01", DigestPaper("2501.00001", "Paper 001", 99, summary="- Read again.")
        )
        await driver.press("ctrl+r")
        assert "Read again." in driver.text
        assert driver.status == "Read the changed digests."
        assert driver.titles == ["Paper 001"]


async def test_removed_day_leads_to_the_nearest(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    removed_file = source.add("2025-05-02", *sample_papers(2, first=50))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("j")
        removed_file.unlink()
        await driver.press("ctrl+r")
        assert driver.period == "2025-05-01"
        assert driver.screen.panes.sidebar.scope.period == "2025-05-01"
        assert driver.titles == ["Paper 001", "Paper 002"]


async def test_removing_the_last_digest_leaves_an_empty_library(source: DigestSource) -> None:
    removed_file = source.add("2025-05-02", *sample_papers(2))
    source.sync()
    async with open_app(source.options()) as driver:
        await driver.press("j")
        removed_file.unlink()
        await driver.press("ctrl+r")
        assert driver.titles == []
        assert "There are no papers yet." in driver.text
        assert not any(driver.pane("viewer"))


async def test_sync_can_be_stopped(source: DigestSource, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 7):
        source.add(f"2025-05-{day:02}", *sample_papers(2, first=10 * day))
    gate = BlockingReader(2, monkeypatch)
    async with open_app(source.options(), wait=False) as driver:
        await wait_until(gate.is_blocked.is_set)
        await driver.pilot.press("ctrl+x")
        await wait_until(lambda: driver.status == "Stopped. Ctrl+R reads the rest.")
        await driver.wait_until_idle()
        gate.is_released.set()
        # Two digests have been read, and the current one is completed.
        assert driver.screen.library.get().period_counts.total == 6
        await driver.press("ctrl+r")
        assert driver.screen.library.get().period_counts.total == 12


async def test_unwritable_cache_is_reported_in_one_sentence(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.cache.write_text("This is a file and no folder.")
    async with open_app(source.options()) as driver:
        assert driver.status.startswith("The cache cannot be written: ")
        await driver.press("j")
        assert driver.status.endswith("! 1 problem")
        # From a cache that lasts as long as the program.
        assert len(driver.titles) == 2


async def test_unwritable_cache_is_still_shown(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.sync()
    source.add("2025-05-02", *sample_papers(2, first=50))

    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tui.storage.database.write_tables", refuse)
    async with open_app(source.options()) as driver:
        assert driver.status.startswith("The cache cannot be written: ")
        assert driver.titles == ["Paper 001", "Paper 002"]
        assert "This is about paper 001." in driver.text


async def test_damaged_cache_is_rebuilt_and_reported(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.sync()
    for file in source.library().caches[0].folder.path.glob("*.json"):
        file.write_bytes(file.read_bytes()[:20])
    async with open_app(source.options()) as driver:
        assert driver.status.startswith("The cache was rebuilt: ")
        assert driver.titles == ["Paper 001", "Paper 002"]


async def test_unreachable_source_is_a_problem(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.sync()
    options = source.options()
    source.digests.rename(source.digests.with_name("elsewhere"))
    async with open_app(options) as driver:
        assert driver.titles == ["Paper 001", "Paper 002"]
        assert driver.status.endswith("1 problem")
        await driver.press("exclamation_mark")
        assert "cannot be reached" in " ".join(driver.text.split())


async def test_problems_are_counted_and_listed(source: DigestSource) -> None:
    lost = "### No link\n\nVote: 3\n"
    source.add("2025-05-01", DigestPaper("2505.00001"), lost)
    source.add("2025-05-02", DigestPaper("2505.00002"), lost, name="some/[red]2025-05-02.md")
    async with open_app(source.options()) as driver:
        assert driver.status.endswith("2 problems")
        await driver.press("exclamation_mark")
        assert "Problems\n" in "\n".join(line.strip() for line in driver.text.splitlines())
        assert "2025-05-01.md" in driver.text
        assert "the paper has no link to arXiv; skipped" in driver.text
        assert "some/[red]2025-05-02.md" in driver.text
        await driver.press("escape")
        assert "? help" in driver.text
        assert driver.focus == "table"


async def test_problems_of_one_kind_in_one_folder_are_one(source: DigestSource) -> None:
    for day in range(1, 5):
        lost = "### No link\n\nVote: 3\n"
        source.add(f"2025-05-0{day}", DigestPaper("2505.00001"), lost, name=f"may/0{day}.md")
    async with open_app(source.options()) as driver:
        assert driver.status.endswith("1 problem")
        await driver.press("exclamation_mark")
        lines = [line.strip() for line in driver.text.splitlines()]
        start = lines.index("may/")
        assert lines[start + 1 : start + 3] == [
            "the paper has no link to arXiv; skipped: 4 places in 4 files",
            "01.md, 02.md, 03.md, 04.md",
        ]


async def test_notes_are_no_problems_and_listed_by_kind(source: DigestSource) -> None:
    without_votes = [DigestPaper(f"2505.0000{number}", votes=None) for number in range(3)]
    source.add("2025-05-01", *without_votes)
    source.add("2025-05-02", DigestPaper("2505.00005", votes=None), DigestPaper("2505.00006"))
    source.add("2025-05-03", DigestPaper("2505.00007", authors=""))
    async with open_app(source.options()) as driver:
        assert "problem" not in driver.status
        await driver.press("exclamation_mark")
        lines = [line.strip() for line in driver.text.splitlines()]
        assert "Nothing was lost or skipped." in lines
        start = lines.index("Notes")
        assert lines[start + 1 : start + 5] == [
            "votes missing: 4 papers in 2 files",
            "2025-05-01.md, 2025-05-02.md",
            "authors missing: 1 paper in 1 file",
            "2025-05-03.md",
        ]


async def test_problems_of_the_settings_are_listed_too(
    source: DigestSource, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "inc"\nmin_vote = 3\n')
    settings, problems = load_settings(file)
    source.add("2025-05-01", *sample_papers(2))
    options = source.options(settings=settings, problems=tuple(problems))
    async with open_app(options) as driver:
        assert driver.status.endswith("2 problems")
        await driver.press("exclamation_mark")
        assert "did you mean 'ink'?" in " ".join(driver.text.split())
        assert "unknown setting 'min_vote'" in " ".join(driver.text.split())


async def test_page_without_problems(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    async with open_app(source.options()) as driver:
        assert "problem" not in driver.status
        await driver.press("exclamation_mark")
        assert "No problems found." in driver.text


async def test_new_papers_of_a_sync_are_announced(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.sync()
    session = Session(newest="2025-05-01", period="2025-05-01")
    source.add("2025-05-02", *sample_papers(3, first=50))
    async with open_app(source.options(session=session)) as driver:
        assert driver.status.startswith("3 new papers since Thu 1 May 2025; W lists them.")


async def test_unread_papers_grow_with_all_days_while_a_sync_postpones_counting(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidebar_counter, "MAX_SHARE", 1e-9)
    monkeypatch.setattr(syncing, "BATCH_ENTRIES", 2)
    source.add("2025-05-01", *sample_papers(2))
    source.sync()
    open_marks(source).apply(set_read(["2501.00001"], read=True))
    async with open_app(source.options()) as driver:
        assert sidebar_marks(driver)[:2] == ["All days 1/2", "Unread 1"]
        for day in range(2, 5):
            source.add(f"2025-05-{day:02}", *sample_papers(2, first=10 * day))
        gate = BlockingReader(2, monkeypatch)
        await driver.pilot.press("ctrl+r")
        await wait_until(
            lambda: gate.is_blocked.is_set() and driver.screen.library.get().period_counts.total > 2
        )
        total = driver.screen.library.get().period_counts.total
        await wait_until(
            lambda: (
                sidebar_marks(driver)[:2]
                == [f"All days {total - 1}/{total}", f"Unread {total - 1}"]
            )
        )
        gate.is_released.set()
        await wait_until(lambda: sidebar_marks(driver)[:2] == ["All days 7/8", "Unread 7"])


async def test_progress_is_not_shown_after_the_end_of_a_sync(
    source: DigestSource,
) -> None:
    source.add("2025-05-01", *sample_papers(2))
    source.sync()
    async with open_app(source.options()) as driver:
        status, job = driver.screen.panes.status, Job(driver.screen, lambda: False, lambda: True)
        for done in range(1, 4):
            job.report(SyncProgressed(done, 9, written=False))
        await wait_until(lambda: "3 of 9" in driver.status)
        job.report(SyncProgressed(4, 9, written=False))
        await wait_until(lambda: "4 of 9" in driver.status)
        job.report(SyncProgressed(5, 9, written=False))
        job.post(SyncFinished([], changed=False, cancelled=False, notice=None))
        await wait_until(lambda: not status.is_busy)
        await wait_until(lambda: not job._is_timer_running)
        await driver.pilot.pause()
        assert not status.is_busy
        # A failed sync reports no more progress either.
        job.report(SyncProgressed(6, 9, written=False))
        await wait_until(lambda: "6 of 9" in driver.status)
        job.report(SyncProgressed(7, 9, written=False))
        job.post(None)
        await wait_until(lambda: not job._is_timer_running)
        await driver.pilot.pause()
        assert "6 of 9" in driver.status


def test_no_saved_progress_is_lost_in_a_burst() -> None:
    new, more = SyncProgressed(1, 9, written=True), SyncProgressed(2, 9, written=False)
    # Textual asks the older message whether the newer one can replace it.
    assert not new.can_replace(more)
    assert more.can_replace(new)
    assert more.can_replace(more)


async def test_digests_are_scanned_once_at_the_start(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.add("2025-05-01", *sample_papers(2))
    requests = []
    sync_now = LibraryUpdater.sync

    def sync(updater: LibraryUpdater, *, rebuild: bool = False) -> None:
        requests.append(rebuild)
        sync_now(updater, rebuild=rebuild)

    # Count the requests: the first of two simultaneous workers may never run.
    monkeypatch.setattr(LibraryUpdater, "sync", sync)
    async with open_app(source.options()) as driver:
        assert driver.titles == ["Paper 001", "Paper 002"]
        assert requests == [False]


async def test_sync_that_was_stopped_does_not_end_the_next_one(
    source: DigestSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 4):
        source.add(f"2025-05-{day:02}", *sample_papers(2, first=10 * day))
    began, go_on = threading.Event(), threading.Event()
    read_now = digest_reader.read_text

    def read(text: digest_reader.DigestText, path: str) -> Digest:
        # Reading continues for a while after the stop, as with a large file.
        began.set()
        go_on.wait(20)
        return read_now(text, path)

    monkeypatch.setattr(digest_reader, "read_text", read)
    async with open_app(source.options(), wait=False) as driver:
        await wait_until(began.is_set)
        await driver.pilot.press("ctrl+x")
        await wait_until(
            lambda: all(w.is_finished for w in driver.app.workers if w.group == "sync")
        )
        await driver.pilot.press("ctrl+r")
        await driver.pilot.pause()
        go_on.set()
        await wait_until(lambda: driver.screen.library.get().period_counts.total == 6)
        await driver.wait_until_idle()
        assert "Stopped" not in driver.status


async def test_sync_without_changes_is_reported(
    source: DigestSource,
) -> None:
    source.add("2025-05-01", *sample_papers(2))
    async with open_app(source.options()) as driver:
        assert "No digest has changed." not in driver.status
        await driver.press("ctrl+r")
        assert driver.status == "No digest has changed."


async def test_replaced_library_is_released(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(3))
    source.sync()
    async with open_app(source.options()) as driver:
        # The options hold the first one as well.
        libraries = [driver.screen.library.get()]
        for day in range(2, 7):
            source.add(f"2025-05-{day:02}", *sample_papers(2, first=10 * day))
            await driver.press("ctrl+r")
            libraries.append(driver.screen.library.get())
        assert len(set(map(id, libraries))) == len(libraries)
        before = [ref(library) for library in libraries[1:-1]]
        del libraries
        gc.collect()
        assert [library() for library in before] == [None] * len(before)


async def test_first_library_is_released(source: DigestSource) -> None:
    source.add("2025-05-01", *sample_papers(3))
    source.sync()
    options = source.options(period="")
    async with open_app(options) as driver:
        assert options.library.papers_without_waiting("") == driver.screen.panes.table.papers
        await driver.answer_prompt("slash", "paper")
        haystacks = options.library.text_index
        source.add("2025-05-02", *sample_papers(2, first=10))
        await driver.press("ctrl+r")
        assert driver.screen.library.get() is not options.library
        assert options.library.papers_without_waiting("") is None
        assert options.library.text_index is not haystacks
