"""The crash log has the location of an error, but nothing that the user typed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.support.concurrent_processes import WAIT_FOR_START, run_concurrently
from tests.support.fault_injection import INTERNAL_ERROR, log_path, read_log, with_fault
from tests.support.home import Home
from tui.marks.edits import set_note, set_tags
from tui.marks.store import MarkStore
from tui.runtime.crash_log import MAX_BYTES, OLD_FILES, write

pytestmark = pytest.mark.slow

PAPER = "2505.22954"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "log" / "broadsheet.log"


def raised(error: BaseException) -> BaseException:
    """Return an error with a traceback."""
    try:
        raise error
    except BaseException as caught:
        return caught


def logged_text(file: Path, error: BaseException) -> str:
    write(file, raised(error), "list")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_owner_can_read_the_log(file: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write(file, raised(ValueError()), "list")
    finally:
        os.umask(before)
    modes = [path.stat().st_mode & 0o777 for path in (file, file.parent, file.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_entry_has_time_versions_and_traceback(file: Path) -> None:
    text = logged_text(file, ValueError("secret"))
    header, *_ = text.splitlines()
    assert re.match(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} list "
        r"\(broadsheet [\d.]+, textual [\d.]+, Python 3[\d.]+, \w+\)$",
        header,
    )
    assert f'File "{__file__}", line ' in text
    assert "in raised" in text
    assert text.endswith("builtins.ValueError\n")


@pytest.mark.parametrize(
    "error",
    [
        KeyError("secret"),
        OSError(28, "secret", "secret", None, "secret"),
        OSError("secret"),
        UnicodeEncodeError("ascii", "secret", 0, 6, "secret"),
        ExceptionGroup("secret", [KeyError("secret"), ValueError("secret")]),
        AttributeError("secret", name="secret", obj="secret"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_error_messages_are_left_out(file: Path, error: Exception) -> None:
    error.add_note("secret")
    text = logged_text(file, error)
    assert "secret" not in text
    assert type(error).__name__ in text


def test_system_message_is_included(file: Path) -> None:
    assert "builtins.OSError: No space left on device\n" in logged_text(
        file, OSError(28, "", "secret")
    )


def test_causes_are_included_once(file: Path) -> None:
    first, last = raised(KeyError("secret")), LookupError("secret")
    last.__cause__ = first
    # A cycle, which some libraries create.
    first.__cause__ = last
    text = logged_text(file, last)
    assert text.index("builtins.LookupError\nCaused by:\n") < text.index("builtins.KeyError")
    assert text.count("builtins.") == 2
    assert "secret" not in text


def test_deep_traceback_is_shortened(file: Path) -> None:
    def recurse(depth: int) -> None:
        if depth:
            recurse_back(depth - 1)
        raise ValueError

    def recurse_back(depth: int) -> None:
        recurse(depth)

    try:
        recurse(300)
    except ValueError as error:
        text = logged_text(file, error)
    assert " outer frames\n" in text
    assert len(text) < 10_000


def test_old_entries_are_dropped(file: Path) -> None:
    for _ in range(3 * MAX_BYTES // 500):
        write(file, raised(ValueError()), "list")
    write(file, raised(KeyError()), "list")
    files = sorted(file.parent.iterdir())
    assert 1 < len(files) <= OLD_FILES + 1
    assert all(path.stat().st_size <= MAX_BYTES for path in files)
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert file.read_text().endswith("builtins.KeyError\n")


def test_concurrent_processes_lose_no_entry(file: Path) -> None:
    script = f"""
from pathlib import Path
import tui.runtime.crash_log
from tui.runtime.crash_log import write
# The files are so small that they rotate often, and so many that no entry is dropped.
tui.runtime.crash_log.MAX_BYTES, tui.runtime.crash_log.OLD_FILES = 2000, 300
{WAIT_FOR_START}
for number in range(200):
    try:
        raise type(f"Error{{sys.argv[2]}}x{{number}}x", (Exception,), {{}})
    except Exception as error:
        write(Path(sys.argv[1]), error, "list")
"""
    names = tuple("abcd")
    run_concurrently(script, str(file), names=names)
    text = "".join(path.read_text() for path in file.parent.iterdir())
    assert all(text.count(f".Error{name}x{n}x\n") == 1 for name in names for n in range(200))
    assert text.count("Error") == 800
    assert len(list(file.parent.iterdir())) > 50


def test_notes_tags_and_queries_are_not_logged(home: Home) -> None:
    secrets = ("my-note", "my-tag", "my-query")
    note, tag, query = secrets
    assert home.run("sync").code == 0
    marks = MarkStore(home.state / "marks")
    marks.apply(set_note([PAPER], note, replaces=""))
    marks.apply(set_tags([PAPER], (tag,), replaces=()))
    for function, arguments in (
        ("tui.library.export.data_export:paper_fields", ["list", "--format", "json", "tag:my-tag"]),
        ("tui.query.parser:parse", ["list", f"{query} tag:{tag}"]),
        ("tui.library.export:ExportRecord", ["show", PAPER]),
        ("tui.library.export.markdown:markdown_page", ["show", PAPER]),
    ):
        broken = with_fault(home, function, "KeyError")
        assert broken.run(*arguments).code == INTERNAL_ERROR
    trigger = home.root / "now"
    for function, keys in (
        ("tui.marks.edits:set_tags", ("t", *tag, "enter")),
        ("tui.ui.screens.note_editor:NoteEditor.compose", ("e",)),
        ("tui.ui.screens.main.list_controller:ListController.draw", ("/", *query)),
    ):
        broken = with_fault(home, function, "KeyError", trigger)
        with PseudoTerminal(broken.program, environment=home.environment, at=home.root) as terminal:
            terminal.wait_for("Darwin Gödel Machine(DGM)")
            trigger.touch()
            terminal.press(*keys)
            terminal.wait_until(lambda: trigger.stat().st_size)
            terminal.press("escape")
            trigger.unlink()
    text = read_log(home)
    assert text.count("KeyError\n") > 4
    assert not any(secret in text for secret in secrets)
    assert log_path(home).exists()
