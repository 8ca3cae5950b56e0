"""Every kind of file that Broadsheet writes, each with a program that writes only that."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.crash.file_operations import COMMAND, FileOperationCounter
from tests.support.home import TIMEOUT_SECONDS, Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.cache.source_cache import SourceCache
from tui.config.session import load_session
from tui.library.library import Library
from tui.library.saved_views import load_views
from tui.marks.store import MarkStore
from tui.storage.folder import TinyDbFolder

_MARK = """
import sys
from pathlib import Path
from tui.marks.store import MarkStore
from tui.marks.edits import set_read
MarkStore(Path(sys.argv[1])).apply(set_read(["2504.00001", f"2505.{sys.argv[2]}"], True))
"""

_LEAVE = """
import sys
from pathlib import Path
from tui.config.session import load_session, save_session
session = load_session(Path(sys.argv[1]))
session.remember_cursor(sys.argv[2], "2505.00001")
save_session(Path(sys.argv[1]), session)
"""

_KEEP_VIEW = """
import sys
from pathlib import Path
from tui.query.parser import parse
from tui.library.saved_views import save_view
save_view(Path(sys.argv[1]), sys.argv[2], parse("is:starred"))
"""

SOURCE_COUNT = 60
"""Number of sources at first; each run removes one."""


class WriteOperation(NamedTuple):
    """A write operation.

    Attributes:
        code: Python code of the program.
        arguments: returns the arguments of its ``number``-th run in a home.
        read_result: returns what was written; raises an exception if it cannot be read.
        folder: returns the folder that the program locks; None without a lock.
    """

    code: str
    arguments: Callable[[Home, int], list[str]]
    read_result: Callable[[Home], object]
    folder: Callable[[Home], Path] | None


def _digests(home: Home) -> Path:
    return home.root / "digests"


def _cache(home: Home) -> SourceCache:
    return SourceCache(home.cache, _digests(home))


def _sync(home: Home, number: int) -> list[str]:
    papers = [SamplePaper(f"2505.{number:05}", "Title", number, ("Ann Lee",))]
    write_digest(_digests(home) / "1.md", ko_digest("2025-05-01", papers))
    return ["sync", "-p", str(_digests(home))]


def _papers(home: Home) -> object:
    return sorted(Library([_cache(home)]).ids())


def _marks(home: Home) -> object:
    store = MarkStore(home.state / "marks")
    marked = store.all_marks()
    assert not store.read_errors
    return sorted(marked)


def _views_file(home: Home) -> Path:
    return home.config.with_name("views.toml")


def _views(home: Home) -> object:
    views, problems = load_views(_views_file(home))
    assert not problems
    return [view.name for view in views]


def _remove(home: Home, number: int) -> list[str]:
    if not home.config.exists():
        names = ", ".join(f'"{home.root}/{n}"' for n in range(SOURCE_COUNT))
        home.configure(f"sources = [{names}]\n")
    return ["remove", str(home.root / str(number))]


def _sources(home: Home) -> object:
    return tomllib.loads(home.config.read_text())["sources"]


def _export_file(home: Home) -> Path:
    return home.root / "papers.json"


def _export(home: Home, number: int) -> list[str]:
    _sync(home, number)
    assert home.run("sync", "-p", _digests(home)).code == 0
    return ["export", "-p", str(_digests(home)), "--format", "json", "-o", str(_export_file(home))]


def _exported_ids(home: Home) -> object:
    file = _export_file(home)
    return file.exists() and [paper["arxiv_id"] for paper in json.loads(file.read_text())]


WRITE_OPERATIONS = {
    "cache": WriteOperation(COMMAND, _sync, _papers, lambda home: _cache(home).folder.path),
    "marks": WriteOperation(
        _MARK,
        lambda home, number: [str(home.state / "marks"), f"{number:05}"],
        _marks,
        lambda home: home.state / "marks",
    ),
    "session": WriteOperation(
        _LEAVE,
        lambda home, number: [str(home.state), f"2025-05-{number:02}"],
        lambda home: load_session(home.state).cursors,
        lambda home: home.state,
    ),
    "views": WriteOperation(
        _KEEP_VIEW,
        lambda home, number: [str(_views_file(home)), f"View {number}"],
        _views,
        lambda home: home.config.parent,
    ),
    "settings": WriteOperation(COMMAND, _remove, _sources, lambda home: home.config.parent),
    "export": WriteOperation(COMMAND, _export, _exported_ids, None),
}


def run(
    home: Home, counter: FileOperationCounter, operation: WriteOperation, number: int, last: int = 0
) -> int:
    """Run a program for the ``number``-th time; kill it at file operation ``last``, 0 for never."""
    command = [*counter.program(operation.code, last=last), *operation.arguments(home, number)]
    result = subprocess.run(
        command, cwd=home.root, env=home.environment, timeout=TIMEOUT_SECONDS, check=False,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return result.returncode


def leftover_files(home: Home) -> list[Path]:
    """Return the temporary files that were not renamed."""
    return [*home.root.rglob("*.tmp"), *home.root.rglob(".broadsheet-*")]


def lock_of(home: Home, operation: WriteOperation) -> TinyDbFolder | None:
    """Return the folder that an operation locks."""
    return None if operation.folder is None else TinyDbFolder(operation.folder(home), 0)
