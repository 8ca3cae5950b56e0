"""What nobody foresaw ends a command with one line and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fault_injection import INTERNAL_ERROR, SECRET, log_path, read_log, with_fault
from tests.support.home import TIMEOUT_SECONDS, Home


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("tui.library.library:Library.papers", ["list"]),
        ("tui.library.library:Library.papers", ["export"]),
        ("tui.library.library:Library.summaries", ["show", "2505.22954"]),
        ("tui.cache.sync:_read_stale_files", ["sync"]),
        ("tui.digests.reader:read", ["list", "diffusion"]),
        ("tui.cli.open_library:sync_sources", ["add", "."]),
        ("tui.config.loading:load_settings", ["sources"]),
        ("tui.config.writing:initial_file", ["config", "--init"]),
        ("tui.marks:MarkStore.marked", ["doctor"]),
        ("tui.cli.main:_parse", ["list"]),
    ],
)
@pytest.mark.parametrize("kind", ["KeyError", "MemoryError", "RecursionError"])
def test_one_line(home: Home, place: str, words: list[str], kind: str) -> None:
    ran = with_fault(home, place, kind).run(*words)
    assert ran.code == INTERNAL_ERROR
    # The samples have a problem, of which some commands warn.
    line = ran.err.splitlines()[-1]
    assert len(ran.err.splitlines()) <= 2
    assert line.startswith(f"broadsheet: internal error in {words[0]} ({kind} in ")
    assert line.endswith(f"; details are in {log_path(home)}")
    assert SECRET not in ran.out + ran.err
    text = read_log(home)
    assert f" {words[0]} (broadsheet " in text
    assert f"\nbuiltins.{kind}\n" in text


def test_what_the_system_says_is_told_and_not_logged(home: Home) -> None:
    ran = with_fault(home, "tui.library.library:Library.papers", "OSError").run("list")
    assert ran.code == 2
    assert ran.err.endswith(f"\nbroadsheet: {SECRET}: no space left on this disk; free some\n")
    assert "Traceback" not in ran.err
    assert not log_path(home).exists()


def test_a_log_that_cannot_be_written(home: Home) -> None:
    home.state.mkdir(parents=True)
    (home.state / "log").write_text("a file stands in the way", encoding="utf-8")
    ran = with_fault(home, "tui.library.library:Library.papers").run("list")
    assert ran.code == INTERNAL_ERROR
    line = ran.err.splitlines()[-1]
    assert line.endswith(f"; the log {log_path(home)} cannot be written: Not a directory")


def test_what_can_be_caught_nowhere_is_only_logged(home: Home) -> None:
    # The interpreter itself would print it, with a traceback.
    script = f"""
import sys
from tui.cli.main import main
from tui.library.library import Library
class Gone:
    def __del__(self):
        raise ValueError("{SECRET}")
def papers(library):
    Gone()
    return []
Library.papers = papers
sys.exit(main(sys.argv[1:]))
"""
    program = (sys.executable, "-c", script)
    ran = Home(home.root, home.extra_environment, program).run("list", "--format", "ids")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "ValueError" in read_log(home)


def test_nothing_is_made_where_all_is_well(home: Home) -> None:
    assert home.run("list", "--limit", "1").code == 0
    assert not home.state.exists()


@pytest.mark.parametrize("words", [["sync"], ["list"], ["doctor"]])
def test_an_interrupt_is_quiet(home: Home, tmp_path: Path, words: list[str]) -> None:
    # A command that waits for something: its settings, from a pipe that nobody writes to.
    home.config.parent.mkdir(parents=True)
    os.mkfifo(home.config)
    process = subprocess.Popen(
        [*home.program, *words],
        env=home.environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # Whoever opens the other end is let in when the command is there.
    with home.config.open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    assert (process.returncode, out, err) == (130, b"", b"")
