"""Everything that Broadsheet writes, each as a program that does nothing else."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.crash.watched_process import COMMAND, Steps
from tests.support.home import TIMEOUT_SECONDS, Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest
from tui.cache.source_cache import SourceCache
from tui.config.session import load_session
from tui.library.library import Library
from tui.library.saved_views import load_views
from tui.marks import MarkStore
from tui.storage.folder import TinyDbFolder

_MARK = """
import sys
from pathlib import Path
from tui.marks import MarkStore, set_read
MarkStore(Path(sys.argv[1])).apply(set_read(["2504.00001", f"2505.{sys.argv[2]}"], True))
"""

_LEAVE = """
import sys
from pathlib import Path
from tui.config.session import load_session, save_session
session = load_session(Path(sys.argv[1]))
session.remember_place(sys.argv[2], "2505.00001")
save_session(Path(sys.argv[1]), session)
"""

_KEEP_VIEW = """
import sys
from pathlib import Path
from tui.query import parse
from tui.library.saved_views import save_view
save_view(Path(sys.argv[1]), sys.argv[2], parse("is:starred"))
"""

MANY = 60
"""How many sources there are at first, of which each run removes one."""


class Writing(NamedTuple):
    """Something that is written.

    Attributes:
        code: of the program.
        words: for its ``number``-th run in a home.
        found: what of it is there afterwards; raises if it cannot be opened.
        folder: whose lock the program has; None if there is none.
    """

    code: str
    words: Callable[[Home, int], list[str]]
    found: Callable[[Home], object]
    folder: Callable[[Home], Path] | None


def _digests(home: Home) -> Path:
    return home.root / "digests"


def _cache(home: Home) -> SourceCache:
    return SourceCache(home.cache, _digests(home))


def _sync(home: Home, number: int) -> list[str]:
    told = [SamplePaper(f"2505.{number:05}", "Title", number, ("Ann Lee",))]
    write_digest(_digests(home) / "1.md", ko_digest("2025-05-01", told))
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
        names = ", ".join(f'"{home.root}/{n}"' for n in range(MANY))
        home.configure(f"sources = [{names}]\n")
    return ["remove", str(home.root / str(number))]


def _sources(home: Home) -> object:
    return tomllib.loads(home.config.read_text())["sources"]


def _exported(home: Home) -> Path:
    return home.root / "papers.json"


def _export(home: Home, number: int) -> list[str]:
    _sync(home, number)
    assert home.run("sync", "-p", _digests(home)).code == 0
    return ["export", "-p", str(_digests(home)), "--format", "json", "-o", str(_exported(home))]


def _export_found(home: Home) -> object:
    file = _exported(home)
    return file.exists() and [paper["arxiv_id"] for paper in json.loads(file.read_text())]


WRITINGS = {
    "cache": Writing(COMMAND, _sync, _papers, lambda home: _cache(home).folder.path),
    "marks": Writing(
        _MARK,
        lambda home, number: [str(home.state / "marks"), f"{number:05}"],
        _marks,
        lambda home: home.state / "marks",
    ),
    "session": Writing(
        _LEAVE,
        lambda home, number: [str(home.state), f"2025-05-{number:02}"],
        lambda home: load_session(home.state).places,
        lambda home: home.state,
    ),
    "views": Writing(
        _KEEP_VIEW,
        lambda home, number: [str(_views_file(home)), f"View {number}"],
        _views,
        lambda home: home.config.parent,
    ),
    "settings": Writing(COMMAND, _remove, _sources, lambda home: home.config.parent),
    "export": Writing(COMMAND, _export, _export_found, None),
}


def run(home: Home, steps: Steps, writing: Writing, number: int, last: int = 0) -> int:
    """Run a program for the ``number``-th time, which is killed at a step of it; 0 for none."""
    command = [*steps.program(writing.code, last=last), *writing.words(home, number)]
    done = subprocess.run(
        command, cwd=home.root, env=home.environment, timeout=TIMEOUT_SECONDS, check=False,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode


def left_in(home: Home) -> list[Path]:
    """Return the files that were to be put in the place of others."""
    return [*home.root.rglob("*.tmp"), *home.root.rglob(".broadsheet-*")]


def lock_of(home: Home, writing: Writing) -> TinyDbFolder | None:
    """Return the folder whose lock a writing has."""
    return None if writing.folder is None else TinyDbFolder(writing.folder(home), 0)
