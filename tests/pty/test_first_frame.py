"""The opening screen that is shown before the program is imported."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pty.harness import (
    ALTERNATE_SCREEN,
    DEFAULT_MODES,
    READY,
    SYNCHRONIZED_OUTPUT,
    TIMEOUT_SECONDS,
    PseudoTerminal,
)
from tests.pty.terminal_state import assert_restored
from tests.support.home import Home
from tui.runtime.first_frame import MAX_BYTES, OPEN_SCREEN

COLUMNS, LINES = 100, 30

END_OF_FRAME = f"\x1b[?{SYNCHRONIZED_OUTPUT}l".encode()

MOUSE = b"\x1b[?1000h"
"""The first thing that the app itself writes."""

ONLY_FRAME = """
import sys
from tui.runtime import first_frame
first_frame.show(sys.argv[1:])
{then}
first_frame.restore()
print("restored")
"""
"""A program that shows the frame and nothing else."""


def start(
    home: Home, *arguments: str, columns: int = COLUMNS, lines: int = LINES
) -> PseudoTerminal:
    return PseudoTerminal(
        [*home.program, *arguments],
        environment=home.environment,
        columns=columns,
        lines=lines,
        at=home.root,
    )


def frame_only(home: Home, *arguments: str, then: str = "", **size: int) -> PseudoTerminal:
    program = (sys.executable, "-c", ONLY_FRAME.format(then=then))
    return start(Home(home.root, home.extra_environment, program), *arguments, **size)


def frame_file(home: Home) -> Path:
    return home.cache / "first-frame"


def store_frame(home: Home, *arguments: str, columns: int = COLUMNS, lines: int = LINES) -> bytes:
    """Open the browser, and quit; return its output."""
    with start(home, *arguments, columns=columns, lines=lines) as terminal:
        terminal.wait_for(lambda _: is_complete(terminal))
        terminal.press("q")
        assert terminal.wait() == 0
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not frame_file(home).exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return terminal.raw


def is_complete(terminal: PseudoTerminal) -> bool:
    """Return whether there is a summary below its title, and counts if there is a sidebar."""
    counts = [row for row in terminal.rows if row.startswith(" Starred")]
    return terminal.text.count("Darwin") > 1 and (not counts or "0" in counts[0][:24])


def shows_frame(terminal: PseudoTerminal) -> bool:
    """Return whether a program that only shows the frame has done so."""
    terminal.wait()
    assert b"restored" in terminal.raw
    assert terminal.modes == DEFAULT_MODES
    assert terminal.attributes == terminal.attributes_before
    return OPEN_SCREEN.encode() in terminal.raw


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a stored frame, in which nothing may be changed."""
    home = Home(tmp_path_factory.mktemp("stored"), {"TERM_PROGRAM": "iTerm.app"})
    store_frame(home)
    return home


@pytest.mark.parametrize("size", [(100, 30), (60, 16), (160, 50)])
def test_the_frame_is_a_screen_that_the_app_draws(tmp_path: Path, size: tuple[int, int]) -> None:
    columns, lines = size
    home = Home(tmp_path)
    assert home.run("sync").code == 0
    without_frame = store_frame(home, columns=columns, lines=lines)
    with start(home, columns=columns, lines=lines) as terminal:
        terminal.wait_for(lambda _: is_complete(terminal))
        frame, _, rest = terminal.raw.partition(MOUSE)
        terminal.press("q")
        assert terminal.wait() == 0
        assert_restored(terminal)
    shown = screens_of(frame, columns, lines)[-1]
    assert READY in "".join(str(cell[0]) for row in shown for cell in row)
    assert shown in screens_of(without_frame, columns, lines)
    # Only differences follow.
    assert READY.encode() not in rest


def screens_of(output: bytes, columns: int, lines: int) -> list[list[list[tuple[object, ...]]]]:
    """Return the screens after each frame of a program's output."""
    with PseudoTerminal(["true"], environment={}, columns=columns, lines=lines) as terminal:
        screens = []
        for frame in output.split(END_OF_FRAME):
            terminal._feed(frame.decode())
            screens.append(terminal.styled_cells)
    return screens


def test_keys_typed_on_the_frame_reach_the_app(
    browser: Callable[..., PseudoTerminal], home: Home
) -> None:
    store_frame(home)
    terminal = browser()
    terminal.wait_for(READY)
    terminal.press("j", "enter")
    terminal.wait_for(lambda text: "2 of 9" in text)
    terminal.press("q", "q")
    assert terminal.wait() == 0
    assert_restored(terminal)


def test_resized_while_the_frame_is_shown(
    browser: Callable[..., PseudoTerminal], home: Home
) -> None:
    store_frame(home)
    terminal = browser()
    terminal.wait_for(READY)
    terminal.resize(80, 20)
    terminal.wait_for(lambda _: "q quit" in terminal.rows[-1] and READY in terminal.rows[2])
    assert terminal.broken_wide_characters() == []
    terminal.press("q")
    assert terminal.wait() == 0
    assert_restored(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_by_a_signal_while_the_frame_is_shown(stored: Home, number: signal.Signals) -> None:
    with frame_only(stored, then="import signal; signal.pause()") as terminal:
        terminal.wait_for(READY)
        assert terminal.attributes != terminal.attributes_before
        assert ALTERNATE_SCREEN in terminal.modes
        terminal.signal(number)
        assert terminal.wait() == -number
        assert terminal.modes == DEFAULT_MODES
        assert terminal.attributes == terminal.attributes_before


def test_a_failing_import_restores_the_terminal_first(stored: Home) -> None:
    program = (
        "import sys; sys.modules['textual'] = None; from tui.cli.main import main; sys.exit(main())"
    )
    home = Home(stored.root, stored.extra_environment, (sys.executable, "-c", program))
    with start(home) as terminal:
        assert terminal.wait() == 3
        assert OPEN_SCREEN.encode() in terminal.raw
        assert terminal.modes == DEFAULT_MODES
        assert terminal.attributes == terminal.attributes_before
        last = terminal.raw.rpartition(b"\x1b[?1049l")[2]
        assert b"ModuleNotFoundError" in last


def test_nothing_has_changed(stored: Home) -> None:
    assert shows_frame(frame_only(stored))


@pytest.mark.parametrize(
    "variables",
    [
        {"TERM": "xterm"},
        {"COLORTERM": "truecolor"},
        {"NO_COLOR": "1"},
        {"LANG": "ko_KR.UTF-8"},
        {"LC_MESSAGES": "ko_KR.UTF-8"},
        {"TERM_PROGRAM": "Apple_Terminal"},
        {"SSH_CONNECTION": "a 1 b 2"},
        {"TMUX": "/tmp/tmux"},
        {"TZ": "Asia/Seoul"},
        {"XDG_CONFIG_HOME": "/nonexistent"},
        {"XDG_STATE_HOME": "/nonexistent"},
        {"XDG_CONFIG_DIRS": "/nonexistent"},
        {"BROADSHEET_PLAIN": "1"},
        {"TEXTUAL_FILTERS": "dim"},
        {"PYTHONOPTIMIZE": "1"},
        {"SUDO_UID": "0"},
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_another_environment_shows_nothing(stored: Home, variables: dict[str, str]) -> None:
    assert not shows_frame(frame_only(stored.with_environment(**variables)))


def test_another_size_or_command_line_shows_nothing(stored: Home) -> None:
    assert not shows_frame(frame_only(stored, columns=COLUMNS + 1))
    assert not shows_frame(frame_only(stored, lines=LINES - 1))
    assert not shows_frame(frame_only(stored, "--restricted"))
    assert not shows_frame(frame_only(stored, "list"))


@pytest.mark.parametrize("stream", ["<", ">", "2>"])
def test_a_redirected_stream_shows_nothing(stored: Home, stream: str) -> None:
    script = f"exec '{sys.executable}' -c '{ONLY_FRAME.format(then='')}' {stream}/dev/null"
    home = Home(stored.root, stored.extra_environment, ("/bin/sh", "-c", script))
    with start(home) as terminal:
        terminal.wait()
        assert OPEN_SCREEN.encode() not in terminal.raw


def test_a_screen_that_depends_on_the_day_is_shown_on_that_day_only(stored: Home) -> None:
    file = frame_file(stored)
    before = file.read_bytes()
    head, _, frame = before.partition(b"\n\n")
    try:
        for day, is_shown in ((time.strftime("%Y-%m-%d"), True), ("2025-05-30", False)):
            file.write_bytes(head + f"\nday\t\t{day}\n\n".encode() + frame)
            assert shows_frame(frame_only(stored)) is is_shown
    finally:
        file.write_bytes(before)


def _rewrite(file: Path) -> None:
    """Replace a file by itself, as the program replaces its files."""
    new = file.with_suffix(".new")
    new.write_bytes(file.read_bytes())
    new.replace(file)


def _star(home: Home) -> None:
    assert home.run("marks", "set", "2505.22954", "--star").code == 0


def _configure_site(home: Home) -> None:
    home.site_config.parent.mkdir(parents=True)
    home.site_config.write_text('theme = "paper"\n')


CHANGES: dict[str, Callable[[Home], object]] = {
    "settings": lambda home: home.configure('lang = "en"\n'),
    "restricted": lambda home: home.configure("restricted = true\n"),
    "machine": _configure_site,
    "marks": _star,
    "session": lambda home: _rewrite(home.state / "session.json"),
    "cache": lambda home: _rewrite(next(home.cache.glob("*/calendar.json"))),
    "rows": lambda home: _rewrite(next(home.cache.glob("*/2025-05.rows.json"))),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_a_changed_file_shows_nothing(tmp_path: Path, change: str) -> None:
    home = Home(tmp_path)
    store_frame(home)
    CHANGES[change](home)
    assert not shows_frame(frame_only(home))


@pytest.fixture
def replaced(stored: Home) -> Iterator[Path]:
    """The file of the frame, which is restored afterwards."""
    file = frame_file(stored)
    kept = file.with_suffix(".kept")
    kept.unlink(missing_ok=True)
    os.link(file, kept)
    yield file
    file.unlink()
    kept.chmod(0o600)
    kept.replace(file)


def test_a_file_that_is_not_ours_is_not_shown(stored: Home, replaced: Path) -> None:
    frame = replaced.read_bytes()
    replaced.chmod(0o620)
    assert not shows_frame(frame_only(stored))
    replaced.unlink()
    replaced.symlink_to(replaced.with_suffix(".kept"))
    assert not shows_frame(frame_only(stored))
    replaced.unlink()
    os.mkfifo(replaced)
    assert not shows_frame(frame_only(stored))
    for damaged in (b"", frame[:100], frame[:-1] + b"\xff", frame + bytes(MAX_BYTES)):
        replaced.unlink()
        replaced.touch(0o600)
        replaced.write_bytes(damaged)
        assert not shows_frame(frame_only(stored))


def test_the_file_is_private(stored: Home) -> None:
    assert frame_file(stored).stat().st_mode & 0o777 == 0o600


def test_settings_edited_just_now_store_no_stale_frame(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.configure("read_after = 0\n")
    old = time.time() - 10
    os.utime(home.config, (old, old))
    with start(home) as terminal:
        terminal.wait_for(READY)
        home.configure('lang = "ko"\n')
        terminal.press("q")
        assert terminal.wait() == 0
    with frame_only(home) as terminal:
        assert not shows_frame(terminal)
