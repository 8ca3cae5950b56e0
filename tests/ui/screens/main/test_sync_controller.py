"""What a sync announces, depending on why it runs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from textual.worker import WorkerState

from tui.config.policy import Policy
from tui.models import Problem
from tui.ui.messages import LibraryOutdated, LibraryReloaded
from tui.ui.screens.main.problem_list import ProblemList
from tui.ui.screens.main.sync_controller import News, SyncController, SyncReason
from tui.ui.task_messages import SyncFinished, SyncProgressed
from tui.ui.widgets.status_line import JobProgress
from tui.ui.workers.jobs import JobGroup


class FakeStatusLine:
    """A status line that keeps what it shows."""

    def __init__(self) -> None:
        self.message = ""
        self.jobs: list[str] = []

    @property
    def is_busy(self) -> bool:
        """Whether progress is shown."""
        return bool(self.jobs)

    def show_message(self, text: str) -> None:
        """Show a message; an empty one removes it."""
        self.message = text

    def show_progress(self, job: str, _progress: JobProgress) -> None:
        """Show the progress of a job."""
        self.jobs.append(job)

    def hide_progress(self, job: str) -> None:
        """Hide the progress of a job."""
        self.jobs = [other for other in self.jobs if other != job]


class FakeUpdater:
    """Records the jobs that it is asked for."""

    def __init__(self) -> None:
        self.is_syncing = False
        self.calls: list[tuple[str, dict[str, bool]]] = []

    def sync(self, **options: bool) -> None:
        """Record a sync."""
        self.calls.append(("sync", options))

    def reload(self, **options: bool) -> None:
        """Record a reload."""
        self.calls.append(("reload", options))

    def stop_sync(self) -> None:
        """Record that the sync was stopped."""
        self.calls.append(("stop", {}))


class Fixture:
    """A controller and its fakes."""

    def __init__(self) -> None:
        self.status, self.updater = FakeStatusLine(), FakeUpdater()
        self.library: Any = SimpleNamespace(caches=[], read_errors=[])
        self.timers: list[float] = []
        self.is_busy = False
        self.problems = ProblemList([])
        screen: Any = SimpleNamespace(set_timer=self._set_timer)
        options: Any = SimpleNamespace(
            key_label=lambda key: f"<{key}>", marks=None, policy=Policy()
        )
        library: Any = SimpleNamespace(get=lambda: self.library, is_awaiting_sync=False)
        jobs: Any = SimpleNamespace(is_running=lambda *_groups: self.is_busy)
        panes: Any = SimpleNamespace(status=self.status)
        model: Any = SimpleNamespace(is_complete=True)
        counter: Any = SimpleNamespace(is_incomplete=False)
        context: Any = SimpleNamespace(
            screen=screen, options=options, session=None, library=library, jobs=jobs, panes=panes,
            model=model, problems=self.problems, loader=None, updater=self.updater, counter=counter,
            omission_rules=None, selection=None,
        )  # fmt: skip
        self.reloaded: list[bool] = []
        papers: Any = SimpleNamespace(refresh=lambda: None)
        navigator: Any = SimpleNamespace(
            show_library=lambda _library, *, is_automatic: self.reloaded.append(is_automatic)
        )
        self.controller = SyncController(context, papers, navigator)

    def _set_timer(self, seconds: float, _callback: object) -> object:
        self.timers.append(seconds)
        return object()

    def worker_changed(self, group: JobGroup, state: WorkerState) -> None:
        """Let a worker change its state."""
        is_finished = state is not WorkerState.RUNNING
        worker = SimpleNamespace(group=group, is_finished=is_finished, error=None)
        event: Any = SimpleNamespace(worker=worker, state=state)
        self.controller.worker_changed(event)

    def finish(self, *, changed: bool = False, notice: str | None = None, **kwargs: Any) -> str:
        """End the sync, and return the message that is shown."""
        self.status.message = ""
        finished = SyncFinished([], changed=changed, cancelled=False, notice=notice, **kwargs)
        self.controller.on_sync_finished(finished)
        return self.status.message


@pytest.fixture
def sync() -> Fixture:
    return Fixture()


def test_requested_sync_is_always_answered(sync: Fixture) -> None:
    sync.controller.sync_now()
    assert sync.updater.calls == [("sync", {"pull": True})]
    assert sync.finish() == "No digest has changed."
    sync.controller.sync_now()
    assert sync.finish(owner="root").startswith("root syncs these digests")


def test_routine_sync_is_not_answered(sync: Fixture) -> None:
    assert sync.finish() == ""


def test_requested_sync_without_new_papers_is_answered_after_the_reload(sync: Fixture) -> None:
    sync.controller.sync_now()
    assert sync.finish(changed=True) == ""
    assert sync.updater.calls[-1] == ("reload", {"is_automatic": False, "announce": True})
    sync.controller.on_library_reloaded(LibraryReloaded(sync.library, is_automatic=False))
    assert sync.status.message == "Read the changed digests."


def test_new_days_are_announced_instead(sync: Fixture) -> None:
    sync.controller.sync_now()
    sync.finish(changed=True)
    days = ["2025-05-02"]
    reloaded = LibraryReloaded(sync.library, is_automatic=False, new_papers=3, new_days=days)
    sync.controller.on_library_reloaded(reloaded)
    assert sync.status.message == "1 new day: Fri 2 May 2025"


def test_news_wait_until_no_message_is_visible(sync: Fixture) -> None:
    sync.status.message = "Starred."
    sync.controller.on_library_reloaded(
        LibraryReloaded(sync.library, is_automatic=True, new_papers=3)
    )
    assert (sync.reloaded, sync.status.message) == ([True], "Starred.")
    sync.status.message = ""
    sync.controller.on_library_reloaded(
        LibraryReloaded(sync.library, is_automatic=True, new_papers=1)
    )
    assert sync.status.message == "4 new papers."


@pytest.mark.parametrize(
    ("reason", "is_automatic", "announce"),
    [(SyncReason.AUTOMATIC, True, True), (SyncReason.FETCHED, False, False)],
)
def test_reason_decides_what_is_announced(
    sync: Fixture, reason: SyncReason, is_automatic: bool, announce: bool
) -> None:
    sync.controller.sync_soon(reason)
    sync.finish(changed=True)
    expected = ("reload", {"is_automatic": is_automatic, "announce": announce})
    assert sync.updater.calls[-1] == expected


def test_check_for_changes_does_not_anticipate_a_sync(sync: Fixture) -> None:
    shown = sync.library
    newer: Any = SimpleNamespace(caches=[], read_errors=[])
    outdated = LibraryOutdated(newer, shown, new_papers=3)
    sync.worker_changed(JobGroup.SYNC, WorkerState.RUNNING)
    sync.controller.on_library_outdated(outdated)
    # The worker has ended, but what it has read is not shown yet.
    sync.finish(changed=True)
    sync.controller.on_library_outdated(outdated)
    sync.worker_changed(JobGroup.SYNC, WorkerState.SUCCESS)
    sync.controller.on_library_outdated(outdated)
    sync.library = newer
    sync.worker_changed(JobGroup.RELOAD, WorkerState.SUCCESS)
    sync.controller.on_library_outdated(outdated)
    assert (sync.reloaded, sync.status.message) == ([], "")
    sync.controller.on_library_outdated(LibraryOutdated(newer, newer, new_papers=3))
    assert (sync.reloaded, sync.status.message) == ([True], "3 new papers.")


def test_failure_of_automatic_syncs_is_shown_once(sync: Fixture) -> None:
    sync.controller.sync_soon(SyncReason.AUTOMATIC)
    assert sync.finish(notice="The disk is full.") == "The disk is full."
    sync.controller.sync_soon(SyncReason.AUTOMATIC)
    assert sync.finish(notice="The disk is full.") == ""
    sync.controller.sync_now()
    assert sync.finish(notice="The disk is full.") == "The disk is full."


def test_automatic_sync_waits_for_the_running_job(sync: Fixture) -> None:
    sync.is_busy = True
    sync.controller.sync_soon(SyncReason.FETCHED)
    sync.controller.sync_soon(SyncReason.AUTOMATIC)
    assert (sync.controller.pending is not None, sync.updater.calls) == (True, [])
    sync.is_busy = False
    sync.controller.sync_soon(SyncReason.AUTOMATIC)
    assert sync.updater.calls == [("sync", {})]
    sync.finish(changed=True)
    expected = ("reload", {"is_automatic": False, "announce": False})
    assert sync.updater.calls[-1] == expected, "the download was announced already"


def test_stopping_a_sync_drops_the_pending_one(sync: Fixture) -> None:
    sync.is_busy = sync.updater.is_syncing = True
    sync.controller.sync_soon(SyncReason.AUTOMATIC)
    sync.controller.stop()
    assert (sync.controller.pending is not None, sync.updater.calls) == (False, [("stop", {})])


def test_long_sync_reloads_the_library_from_time_to_time(sync: Fixture) -> None:
    for done in range(1, 4):
        sync.controller.on_sync_progressed(SyncProgressed(done, 9, written=True))
    assert sync.status.is_busy
    assert len(sync.timers) == 1
    assert sync.controller.reload_timer is not None


def test_damaged_cache_is_rebuilt_once(sync: Fixture) -> None:
    own = SimpleNamespace(other_owner=lambda: None)
    sync.library = SimpleNamespace(caches=[own], read_errors=["2025-05.json: checksum"])
    for _ in range(2):
        sync.controller.rebuild_if_damaged()
    assert sync.status.message == "Rebuilding the cache: 2025-05.json: checksum"
    assert sync.updater.calls == [("sync", {"rebuild": True})]


def test_cache_of_another_user_is_not_rebuilt(sync: Fixture) -> None:
    foreign = SimpleNamespace(other_owner=lambda: "root")
    sync.library = SimpleNamespace(caches=[foreign], read_errors=["2025-05.json: checksum"])
    sync.controller.rebuild_if_damaged()
    assert sync.status.message.startswith("The cache cannot be read: ")
    assert sync.updater.calls == []


def test_problems_of_digests_are_listed(sync: Fixture) -> None:
    problem = Problem("a.md", 3, "no title")
    finished = SyncFinished([problem], changed=False, cancelled=True, notice=None)
    sync.controller.on_sync_finished(finished)
    assert sync.problems.all() == [problem]
    assert sync.status.message == "Stopped. <digests.sync> reads the rest."


def test_new_days_are_announced_before_papers() -> None:
    news = News()
    news.add(3, ["2025-05-02", "2025-05-01"])
    news.add(1, ["2025-05-02"])
    assert news.take() == "2 new days, the newest: Fri 2 May 2025"
    assert news.take() == "", "it is announced once"


def test_one_new_day() -> None:
    news = News()
    news.add(3, ["2025-05-02"])
    assert news.take() == "1 new day: Fri 2 May 2025"


def test_new_papers_of_known_days_are_counted() -> None:
    news = News()
    news.add(1, [])
    assert news.take() == "1 new paper."
    news.add(1, [])
    news.add(1, [])
    assert news.take() == "2 new papers."
