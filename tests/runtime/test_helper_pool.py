"""Tasks that other processes do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.home import TIMEOUT_SECONDS
from tui.runtime.helper_pool import HelperPool, helper_pool
from tui.runtime.helper_process import MAX_ANSWER_BYTES

pytestmark = pytest.mark.slow


class LibraryCall:
    """Calls a function of Python's library."""

    def __init__(self, function: str, argument: object) -> None:
        self.function, self.argument = function, argument

    def run_here(self) -> str:
        """Return where the task was done."""
        return "done here"

    def unpack(self, answer: object) -> str:
        """Return what the other process has answered."""
        return f"answer: {answer}"


@pytest.fixture
def pool() -> Iterator[HelperPool]:
    with helper_pool(1) as pool:
        yield pool


@pytest.mark.parametrize(
    ("function", "argument", "expected"),
    [
        ("operator:neg", 5, "answer: -5"),
        ("operator:neg", "5", "done here"),
        ("operator:missing", 5, "done here"),
        ("missing:neg", 5, "done here"),
        # Its result is a value of a class.
        ("fractions:Fraction", 5, "done here"),
        ("builtins:bytes", MAX_ANSWER_BYTES, "done here"),
    ],
)
def test_task_is_done_by_another_process_or_else_here(
    pool: HelperPool, function: str, argument: object, expected: str
) -> None:
    request = pool.submit(LibraryCall(function, argument))
    assert request.is_answered(TIMEOUT_SECONDS)
    assert pool.wait_for(request) == expected
    # The process goes on.
    request = pool.submit(LibraryCall("operator:neg", 7))
    assert request.is_answered(TIMEOUT_SECONDS)
    assert pool.wait_for(request) == "answer: -7"


def test_tasks_are_done_here_without_a_process() -> None:
    with helper_pool(0) as pool:
        requests = [pool.submit(LibraryCall("operator:neg", number)) for number in range(3)]
        assert [pool.wait_for(request) for request in requests] == ["done here"] * 3


def test_tasks_are_done_here_after_the_processes_have_ended(pool: HelperPool) -> None:
    pool.submit(LibraryCall("operator:neg", 1))
    pool.close()
    assert pool.wait_for(pool.submit(LibraryCall("operator:neg", 2))) == "done here"


def test_stopped_pool_starts_again(pool: HelperPool) -> None:
    for number in range(3):
        request = pool.submit(LibraryCall("operator:neg", number))
        assert request.is_answered(TIMEOUT_SECONDS)
        assert pool.wait_for(request) == f"answer: {-number}"
        pool.stop()
