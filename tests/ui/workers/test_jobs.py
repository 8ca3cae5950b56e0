"""Jobs in worker threads."""

from __future__ import annotations

import threading

from textual.app import App
from textual.message import Message
from textual.screen import Screen

from tests.ui.driver import wait_until
from tui.runtime.task import TaskCancelledError
from tui.ui.workers.jobs import Job, JobGroup, JobRunner


class Result(Message):
    """What a job posts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class ResultScreen(Screen[None]):
    """Collects results."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[str] = []

    def on_result(self, message: Result) -> None:
        """Collect a result."""
        self.results.append(message.text)


class ResultApp(App[None]):
    """Shows the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.result_screen = ResultScreen()

    def get_default_screen(self) -> Screen[None]:
        """Return the screen."""
        return self.result_screen


async def test_job_posts_messages_and_its_result() -> None:
    app = ResultApp()
    async with app.run_test():
        jobs = JobRunner(app.result_screen)

        def work(job: Job) -> Message:
            job.post(Result("first"))
            return Result("last")

        jobs.start(JobGroup.PAPERS, work)
        await wait_until(lambda: app.result_screen.results == ["first", "last"])
        await wait_until(lambda: not jobs.is_running(JobGroup.PAPERS))


async def test_newer_job_cancels_and_silences_the_older_one() -> None:
    app = ResultApp()
    async with app.run_test():
        jobs = JobRunner(app.result_screen)
        is_started, may_end, has_ended = threading.Event(), threading.Event(), threading.Event()

        def older(job: Job) -> Message:
            is_started.set()
            may_end.wait(20)
            assert job.is_cancelled()
            job.post(Result("older"))
            has_ended.set()
            return Result("older")

        jobs.start(JobGroup.PAPERS, older)
        await wait_until(is_started.is_set)
        jobs.start(JobGroup.PAPERS, lambda _job: Result("newer"))
        may_end.set()
        await wait_until(has_ended.is_set)
        await wait_until(lambda: app.result_screen.results == ["newer"])


async def test_cancelled_job_may_post_its_result_or_end_without_one() -> None:
    app = ResultApp()
    async with app.run_test():
        jobs = JobRunner(app.result_screen)
        is_started = threading.Event()

        def stop_with_result(job: Job) -> Message:
            is_started.set()
            while not job.is_cancelled():
                pass
            return Result("stopped")

        def stop_without_result(_job: Job) -> Message:
            raise TaskCancelledError

        jobs.start(JobGroup.SYNC, stop_with_result)
        await wait_until(is_started.is_set)
        jobs.cancel(JobGroup.SYNC)
        await wait_until(lambda: app.result_screen.results == ["stopped"])
        jobs.start(JobGroup.SYNC, stop_without_result)
        await wait_until(lambda: not jobs.is_running(JobGroup.SYNC))
        assert app.result_screen.results == ["stopped"]


async def test_groups_run_side_by_side() -> None:
    app = ResultApp()
    async with app.run_test():
        jobs = JobRunner(app.result_screen)
        may_end = threading.Event()

        def wait(_job: Job) -> None:
            may_end.wait(20)

        jobs.start(JobGroup.SYNC, wait)
        jobs.start(JobGroup.PAPERS, lambda _job: Result("papers"))
        await wait_until(lambda: app.result_screen.results == ["papers"])
        assert jobs.is_running(JobGroup.SYNC, JobGroup.FETCH)
        assert not jobs.is_running(JobGroup.FETCH)
        may_end.set()
