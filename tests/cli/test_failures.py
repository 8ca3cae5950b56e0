"""Unexpected errors end a command with one line and no traceback."""

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
    ("function", "args"),
    [
        ("tui.library.library:Library.papers", ["list"]),
        ("tui.library.library:Library.papers", ["export"]),
        ("tui.library.library:Library.summaries", ["show", "2505.22954"]),
        ("tui.cache.sync:read_stale_files", ["sync"]),
        ("tui.cli.open_library:sync_sources", ["add", "."]),
        ("tui.config.settings_file:load_settings", ["sources"]),
        ("tui.config.settings_file:initial_file", ["config", "--init"]),
        ("tui.marks.store:MarkStore.all_marks", ["doctor"]),
        ("tui.cli.main:_parse", ["list"]),
    ],
)
@pytest.mark.parametrize("error_type", ["KeyError", "MemoryError", "RecursionError"])
def test_unexpected_error_is_one_line(
    home: Home, function: str, args: list[str], error_type: str
) -> None:
    result = with_fault(home, function, error_type).run(*args)
    assert result.code == INTERNAL_ERROR
    # Some commands also warn of a problem in the sample data.
    line = result.err.splitlines()[-1]
    assert len(result.err.splitlines()) <= 2
    assert line.startswith(f"broadsheet: internal error in {args[0]} ({error_type} in ")
    assert line.endswith(f"; details are in {log_path(home)}")
    assert SECRET not in result.out + result.err
    text = read_log(home)
    assert f" {args[0]} (broadsheet " in text
    assert f"\nbuiltins.{error_type}\n" in text


@pytest.mark.parametrize("error_type", ["KeyError", "MemoryError", "RecursionError"])
def test_unexpected_error_in_a_reader_skips_its_file(home: Home, error_type: str) -> None:
    result = with_fault(home, "tui.digests.reader:read_text", error_type).run("sync")
    assert f": skipped because of a defect of Broadsheet ({error_type} in " in result.err
    assert "internal error" not in result.err
    assert SECRET not in result.out + result.err


def test_system_error_is_reported_and_not_logged(home: Home) -> None:
    result = with_fault(home, "tui.library.library:Library.papers", "OSError").run("list")
    assert result.code == 2
    assert result.err.endswith(f"broadsheet: {SECRET}: no space left on this disk; free some up\n")
    assert "Traceback" not in result.err
    assert not log_path(home).exists()


def test_log_that_cannot_be_written_is_mentioned(home: Home) -> None:
    home.state.mkdir(parents=True)
    (home.state / "log").write_text("a file stands in the way", encoding="utf-8")
    result = with_fault(home, "tui.library.library:Library.papers").run("list")
    assert result.code == INTERNAL_ERROR
    line = result.err.splitlines()[-1]
    assert line.endswith(f"; the log {log_path(home)} cannot be written: Not a directory")


def test_unraisable_error_is_only_logged(home: Home) -> None:
    # By default, the interpreter prints its traceback.
    script = f"""
import sys
from tui.cli.main import main
from tui.library.library import Library
class RaisesWhenDeleted:
    def __del__(self):
        raise ValueError("{SECRET}")
def papers(library):
    RaisesWhenDeleted()
    return []
Library.papers = papers
sys.exit(main(sys.argv[1:]))
"""
    program = (sys.executable, "-c", script)
    result = Home(home.root, home.extra_environment, program).run("list", "--format", "ids")
    assert result.code == 1
    assert "Traceback" not in result.err
    assert "ValueError" in read_log(home)


def test_successful_command_creates_no_log(home: Home) -> None:
    assert home.run("list", "--limit", "1").code == 0
    assert not home.state.exists()


WAITS_FOR_SETTINGS = """
import sys
from pathlib import Path
settings, gate = sys.argv[1:3]
del sys.argv[1:3]

def wait(event, arguments):
    if event == "open" and str(arguments[0]) == settings:
        Path(gate).read_bytes()

sys.addaudithook(wait)
from tui.cli.main import main
sys.exit(main())
"""
"""The program, which waits at its settings until a pipe is closed."""


@pytest.mark.parametrize("args", [["sync"], ["list"], ["doctor"]])
def test_interrupt_prints_nothing(home: Home, tmp_path: Path, args: list[str]) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS_FOR_SETTINGS, home.config, gate, *args],
        env=home.environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # Opening the pipe blocks until the command has opened its end.
    with gate.open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=TIMEOUT_SECONDS)
    assert (process.returncode, out, err) == (130, b"", b"")
