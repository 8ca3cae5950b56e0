"""Confinement: what restricted mode forbids is impossible, even if no other code checks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.home import TIMEOUT_SECONDS

CONFINED = """
import json, os, pty, signal, socket, subprocess, sys
from tui.runtime.confinement import confine
confine()
try:
    {code}
except PermissionError as error:
    print(json.dumps(error.strerror))
"""


def confined(code: str, **variables: str) -> object:
    """Run code in a confined process; return what it prints as JSON."""
    environment = {"PATH": os.environ["PATH"], **variables}
    finished = subprocess.run(
        [sys.executable, "-c", CONFINED.format(code=code)], env=environment, capture_output=True,
        text=True, timeout=TIMEOUT_SECONDS, check=True,
    )  # fmt: skip
    return json.loads(finished.stdout)


@pytest.mark.parametrize(
    "code",
    [
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.popen('true')",
        "os.execvp('true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], os.environ)",
        "os.fork() or os._exit(0)",
        "pty.fork()",
        "socket.socket().connect(('127.0.0.1', 9))",
    ],
)
def test_no_process_and_no_connection(code: str) -> None:
    assert confined(code) == "not available in restricted mode"


def test_only_harmless_variables_are_kept() -> None:
    kept = {"HOME": "/nowhere", "LC_ALL": "C.UTF-8", "SSH_TTY": "x", "XDG_STATE_HOME": "/nowhere"}
    dropped = {
        "BROADSHEET_PLAIN": "1", "BROWSER": "x", "EDITOR": "x", "GIT_SSH": "x", "HF_ENDPOINT": "x",
        "LESS": "x", "PAGER": "x", "PYTHONSTARTUP": "x", "SSH_ORIGINAL_COMMAND": "x",
        "TEXTUAL_LOG": "x", "VISUAL": "x",
    }  # fmt: skip
    assert confined("print(json.dumps(dict(os.environ)))", **kept, **dropped) == kept


def test_folders_of_the_reader_are_no_source_of_modules(tmp_path: Path) -> None:
    path = confined("print(json.dumps(sys.path))", PYTHONPATH=str(tmp_path))
    assert isinstance(path, list)
    assert not {str(tmp_path), ""} & set(path)
    # Python's own modules can still be imported.
    assert confined("import csv; print(json.dumps(csv.__name__))") == "csv"


def test_stop_signal_is_ignored() -> None:
    code = "os.kill(os.getpid(), signal.SIGTSTP); print(json.dumps('running'))"
    assert confined(code) == "running"
