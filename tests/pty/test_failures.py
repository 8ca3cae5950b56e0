"""Unexpected errors end the app with one line, or not at all; never with a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.pty.harness import DEFAULT_MODES, PseudoTerminal
from tests.pty.terminal_state import assert_restored
from tests.support.fault_injection import INTERNAL_ERROR, SECRET, log_path, read_log, with_fault
from tests.support.home import Home

READY = "Darwin Gödel Machine(DGM)은"
COUNTED = f"Unread {71:12}"

Open = Callable[[Home], PseudoTerminal]


@pytest.fixture
def open_app() -> Iterator[Open]:
    with ExitStack() as stack:

        def start(home: Home) -> PseudoTerminal:
            terminal = PseudoTerminal(
                home.program, environment=home.environment, columns=120, at=home.root
            )
            return stack.enter_context(terminal)

        yield start


@pytest.fixture
def trigger(home: Home) -> Path:
    """Return the path of a file that makes a function fail.

    The digests have been read, so that nothing is reloaded while the function fails.
    """
    assert home.run("sync").code == 0
    return home.root / "now"


def assert_reports_one_line(terminal: PseudoTerminal, home: Home, summary: str) -> None:
    """Check that a crashed app prints one line and nothing else."""
    assert terminal.wait() == INTERNAL_ERROR
    last = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
    message = f"broadsheet: internal error in the browser ({summary}"
    assert last.count("broadsheet: ") == 1
    assert message in last
    assert last.endswith(f"; details are in {log_path(home)}\r\n")
    assert terminal.modes == DEFAULT_MODES
    assert terminal.attributes == terminal.attributes_before
    for never in (b"Traceback", SECRET.encode(), b"Error:"):
        assert never not in terminal.raw
    assert f"\nbuiltins.{summary.partition(' ')[0]}\n" in read_log(home)
    assert " the browser (broadsheet " in read_log(home)


@pytest.mark.parametrize(
    ("function", "keys"),
    [
        ("tui.ui.screens.main.marks_controller:MarksController.action_toggle_star", "*"),
        ("tui.ui.screens.main.marks_controller:MarksController.action_prompt_for_tags", "t"),
        ("tui.ui.app:BroadsheetApp.action_help", "?"),
        ("tui.ui.app:BroadsheetApp.split_key", "j"),
        ("tui.ui.screens.main.list_controller:ListController.draw", "["),
        ("tui.ui.widgets.paper_table:PaperTable.draw_row", "j"),
        ("tui.ui.widgets.status_line:StatusLine.render_line", "+"),
        ("tui.ui.screens.main.sync_controller:SyncController.check_library", ""),
        ("tui.ui.screens.note_editor:run_editor", "e\x05"),
        ("tui.ui.screens.main.navigator:Navigator.save_session", "q"),
    ],
)
@pytest.mark.parametrize("is_remote", [False, True], ids=["local", "over SSH"])
def test_unexpected_error_restores_the_terminal(
    home: Home, open_app: Open, trigger: Path, function: str, keys: str, is_remote: bool
) -> None:
    variables = {"SSH_CONNECTION": "1 2 3 4"} if is_remote else {}
    broken = with_fault(
        home.with_environment(**variables, EDITOR="true"), function, trigger=trigger
    )
    terminal = open_app(broken)
    terminal.wait_for(READY)
    trigger.touch()
    if keys:
        terminal.press(*keys)
    else:
        # Another process makes the program check what has changed.
        assert home.run("marks", "set", "2505.22954", "--star").code == 0
    assert_reports_one_line(terminal, home, "ValueError")
    assert_restored(terminal)


@pytest.mark.parametrize(
    ("name", "variables"), [("apply", {}), ("update_to", {"SSH_CONNECTION": "1 2 3 4"})]
)
def test_error_in_the_screen_buffer(
    home: Home, open_app: Open, trigger: Path, name: str, variables: dict[str, str]
) -> None:
    function = f"tui.ui.drivers.screen_buffer:ScreenBuffer.{name}"
    terminal = open_app(with_fault(home.with_environment(**variables), function, trigger=trigger))
    terminal.wait_for(READY)
    trigger.touch()
    terminal.press("j")
    assert_reports_one_line(terminal, home, "ValueError in ui/drivers/terminal_driver.py")


@pytest.mark.parametrize(
    "function",
    [
        "tui.config.session:load_session",
        "tui.library.library:Library.__init__",
        "tui.ui.app:BroadsheetApp.__init__",
        "tui.ui.app:BroadsheetApp.on_mount",
        "tui.ui.app:BroadsheetApp.get_default_screen",
        "tui.ui.screens.main.panes:PaneLayout.compose",
        "tui.ui.screens.main.navigator:Navigator.start",
        "tui.ui.widgets.paper_table:PaperTable.draw_row",
        "textual.css.stylesheet:Stylesheet.parse",
        "tui.ui.drivers.terminal_driver:TerminalDriver._read_keys",
        "textual.drivers.linux_driver:LinuxDriver.start_application_mode",
    ],
)
def test_error_at_startup(home: Home, open_app: Open, function: str) -> None:
    terminal = open_app(with_fault(home, function))
    assert_reports_one_line(terminal, home, "ValueError")


@pytest.mark.parametrize("kind", ["MemoryError", "RecursionError", "AssertionError"])
def test_kinds_of_exceptions(home: Home, open_app: Open, trigger: Path, kind: str) -> None:
    function = "tui.ui.screens.main.marks_controller:MarksController.action_toggle_star"
    terminal = open_app(with_fault(home, function, kind, trigger))
    terminal.wait_for(READY)
    trigger.touch()
    terminal.press("*")
    assert_reports_one_line(terminal, home, kind)
    assert len(read_log(home)) < 20_000


@pytest.mark.parametrize(
    ("function", "keys"),
    [
        ("tui.library.library:Library.summaries", "j"),
        ("tui.library.library:Library.papers", "0"),
        ("tui.ui.workers.source_jobs:sync_all", "\x12"),
        ("tui.library.library:Library.is_outdated", ""),
        ("tui.library.sidebar_counts:LibraryCounts.count", "\x12"),
        ("tui.marks.store:MarkStore.apply", "*"),
        ("tui.ui.screens.main.share_controller:copy_text", "yy"),
        ("tui.ui.screens.main.share_controller:has_browser", "o"),
        ("tui.library.statistics.counting:count_papers", "i"),
        ("tui.library.saved_views:save_view", "wx\r"),
        ("tui.ui.screens.main.export_controller:ExportController._prompt_for_file", "x\r"),
    ],
)
def test_background_failure_is_reported_and_the_app_continues(
    home: Home, open_app: Open, trigger: Path, function: str, keys: str
) -> None:
    terminal = open_app(with_fault(home, function, "RuntimeError", trigger))
    terminal.wait_for(READY)
    # The first count must not fail: a failure that is repeated is reported once.
    terminal.wait_for(COUNTED)
    trigger.touch()
    terminal.press(*keys)
    terminal.wait_for("Something went wrong; details are in /")
    trigger.unlink()
    # A page that cannot be shown displays the error in its place.
    terminal.press("escape")
    terminal.wait_for(lambda text: "Something went wrong" not in text)
    terminal.press("?")
    terminal.wait_for("repeats it")
    terminal.press("escape")
    terminal.wait_for(lambda text: "repeats it" not in text)
    terminal.press("q")
    assert terminal.wait() == 0
    assert_restored(terminal)
    assert b"Traceback" not in terminal.raw
    assert "\nbuiltins.RuntimeError\n" in read_log(home)


def test_repeated_background_failure_is_reported_once(
    home: Home, open_app: Open, trigger: Path
) -> None:
    terminal = open_app(
        with_fault(home, "tui.library.library:Library.is_outdated", trigger=trigger)
    )
    terminal.wait_for(READY)
    trigger.touch()
    terminal.wait_for("Something went wrong")
    size = log_path(home).stat().st_size
    terminal.press("*")
    terminal.wait_for("Starred.")
    so_far = trigger.stat().st_size
    terminal.wait_until(lambda: trigger.stat().st_size > so_far + 1)
    assert "Something went wrong" not in terminal.text
    assert log_path(home).stat().st_size == size


def test_unwritable_log(home: Home, open_app: Open, trigger: Path) -> None:
    home.state.mkdir(parents=True)
    (home.state / "log").touch()
    terminal = open_app(with_fault(home, "tui.library.library:Library.summaries", trigger=trigger))
    terminal.wait_for(READY)
    trigger.touch()
    terminal.press("j")
    terminal.wait_for("the log cannot be written (")
    terminal.press("q")
    assert terminal.wait() == 0


def test_position_is_not_saved_after_a_crash(home: Home, open_app: Open, trigger: Path) -> None:
    terminal = open_app(
        with_fault(home, "tui.ui.widgets.paper_table:PaperTable.draw_row", trigger=trigger)
    )
    terminal.wait_for(READY)
    terminal.press("[")
    terminal.wait_for("29 May")
    trigger.touch()
    terminal.press("j")
    assert terminal.wait() == INTERNAL_ERROR
    assert not (home.state / "session.json").exists()


def test_marks_survive_a_crash(home: Home, open_app: Open, trigger: Path) -> None:
    terminal = open_app(with_fault(home, "tui.ui.app:BroadsheetApp.action_help", trigger=trigger))
    terminal.wait_for(READY)
    trigger.touch()
    terminal.press("*", "?")
    assert terminal.wait() == INTERNAL_ERROR
    assert home.run("list", "is:starred", "--format", "ids").lines


def test_crash_message_in_korean(home: Home, open_app: Open, trigger: Path) -> None:
    home.configure('lang = "ko"\n')
    terminal = open_app(with_fault(home, "tui.library.library:Library.summaries", trigger=trigger))
    terminal.wait_for(READY)
    trigger.touch()
    terminal.press("j")
    terminal.wait_for("문제가 생겼습니다")
