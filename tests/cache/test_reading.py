"""Many digests, which other processes help to read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.arxiv_corpus import DAY_PAPERS, write_arxiv_corpus
from tests.cache.cached_source import CachedSource
from tests.cli.dialect_packages import install
from tests.corpus import write_corpus
from tests.support.processes import children_of, wait_until_ended
from tests.support.requirements import require_helper_processes
from tui.cache.changes import CheckedFile, NewContent, parse
from tui.cache.reading import MAX_SHARED_BYTES, MIN_POOL_BYTES
from tui.cache.sync import SyncReport
from tui.runtime.tuning import PLAIN
from tui.sources.scan import FoundFile

pytestmark = pytest.mark.slow

PAPERS = 1600

SYNC = """
import sys
from pathlib import Path
from tui.cache.source_cache import SourceCache
from tui.cache.sync import sync
{prepare}
report = sync(SourceCache(Path(sys.argv[1]), Path(sys.argv[2])))
print(report.read, *report.problems, sep="\\n")
"""

FAILING_DIALECT = """
from tui.digests.plugin_api import Dialect, Digest, Entry, RecordDigestBuilder, Problem

def claims(text):
    if "broken" in text:
        raise ValueError(text.strip())
    return "mine" in text

def read(text, path):
    print("nobody reads this")
    return Digest(path, "mine", problems=(Problem(path, 1, "it is mine"),))

DIALECT = Dialect("mine", claims, read)
"""


@pytest.fixture(autouse=True)
def _helper_processes() -> None:
    require_helper_processes()


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return enough digests for other processes, and files that are treated in other ways."""
    folder = tmp_path_factory.mktemp("many")
    facts = write_corpus(folder, PAPERS)
    assert facts.bytes > MIN_POOL_BYTES
    newest = max((folder / "daily_papers_ko").rglob("*.md"))
    (folder / "LICENSE").write_text("Free as air.")
    (folder / "broken.json").write_text('[{"paper_url": "https://arxiv.org/abs/2504.00001", ')
    (folder / "copy of 2025.md").write_bytes(newest.read_bytes())
    (folder / "latin.md").write_bytes(newest.read_bytes()[:5000] + b"\xe9\xff")
    (folder / "daily_papers_ko" / "large.md").write_bytes(newest.read_bytes() * 30)
    assert (folder / "daily_papers_ko" / "large.md").stat().st_size > MAX_SHARED_BYTES
    for file in filter(Path.is_file, folder.rglob("*")):
        # A file that may still be changing has another record.
        os.utime(file, (1.7e9, 1.7e9))
    return folder


@pytest.fixture
def source(tmp_path: Path, digests: Path) -> CachedSource:
    (tmp_path / "digests").symlink_to(digests)
    return CachedSource(tmp_path)


@pytest.fixture(scope="module")
def expected(digests: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Return what a sync in one process reports and writes."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "digests").symlink_to(digests)
    source = CachedSource(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLAIN, "1")
        return outcome(source, source.sync())


def outcome(source: CachedSource, report: SyncReport) -> dict[str, object]:
    files = {file.name: file.read_bytes() for file in source.cache.folder.path.glob("*.json")}
    return {"report": report, **files}


def sync_in_process(source: CachedSource, prepare: str = "") -> list[str]:
    """Sync in a process of its own; return what it prints, except for plug-ins."""
    command = [sys.executable, "-c", SYNC.format(prepare=prepare)]
    folders = [str(source.caches), str(source.digests)]
    done = subprocess.run([*command, *folders], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line != "nobody reads this"]


def children() -> list[int]:
    """Return the processes that this one has started, also those that have ended."""
    return children_of(os.getpid())


class Observer:
    """Looks at the processes of a sync whenever it reports progress."""

    def __init__(self, act: Callable[[int], object] = lambda _process: None) -> None:
        self.before = set(children())
        self.seen: set[int] = set()
        self._act = act

    def __call__(self, _progress: object) -> None:
        for process in {*children()} - self.before - self.seen:
            self.seen.add(process)
            self._act(process)

    def assert_helped(self) -> None:
        """Check that processes helped, and that none is left."""
        assert self.seen
        assert not self.seen & {*children()}


def test_processes_read_the_same_as_one(source: CachedSource, expected: dict[str, object]) -> None:
    observer = Observer()
    assert outcome(source, source.sync(progress=observer)) == expected
    observer.assert_helped()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_killed_and_stopped_processes_are_replaced_by_this_one(
    source: CachedSource, expected: dict[str, object], number: signal.Signals
) -> None:
    observer = Observer(lambda process: os.kill(process, number))
    assert outcome(source, source.sync(progress=observer)) == expected
    observer.assert_helped()


def test_no_process_takes_memory_while_a_large_file_is_parsed(
    source: CachedSource, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    observer = Observer()
    beside_large: list[set[int]] = []

    def parse_large(file: FoundFile, new: NewContent) -> CheckedFile:
        if file.name.endswith("/large.md"):
            beside_large.append({*children()} - observer.before)
        return parse(file, new)

    monkeypatch.setattr("tui.cache.reading.MAX_BYTES_BESIDE_POOL", MAX_SHARED_BYTES)
    monkeypatch.setattr("tui.cache.reading.parse", parse_large)
    assert outcome(source, source.sync(progress=observer)) == expected
    assert beside_large == [set()]
    observer.assert_helped()


def test_processes_get_long_files_of_json_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = CachedSource(tmp_path)
    write_arxiv_corpus(source.digests, 4 * DAY_PAPERS)
    [first, *_others] = files = sorted(source.digests.rglob("*.jsonl"))
    assert len(files) == 4
    lines = first.read_text().splitlines()
    # The values of an array, or of a long line, take much memory at once.
    (source.digests / "array.json").write_text(f"[{','.join(lines)}]")
    (source.digests / "long.jsonl").write_text("\n".join([lines[0], f"[{','.join(lines)}]"]))
    parsed_here: list[str] = []

    def parse_here(file: FoundFile, new: NewContent) -> CheckedFile:
        parsed_here.append(file.name)
        return parse(file, new)

    monkeypatch.setattr("tui.cache.reading.parse", parse_here)
    observer = Observer()
    assert source.sync(progress=observer).entries >= 4 * DAY_PAPERS
    assert sorted(parsed_here) == ["array.json", "long.jsonl"]
    observer.assert_helped()


def test_cancelled_sync_ends_its_processes(source: CachedSource) -> None:
    observer = Observer()
    report = source.sync(progress=observer, cancelled=lambda: bool(observer.seen))
    assert report.cancelled
    assert 0 < report.read < 100
    observer.assert_helped()
    assert source.sync().read + report.read > 60


def test_failed_sync_ends_its_processes(source: CachedSource) -> None:
    observer = Observer()

    def fail(progress: object) -> None:
        observer(progress)
        if observer.seen:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        source.sync(progress=fail)
    observer.assert_helped()


def test_processes_end_with_a_killed_sync(source: CachedSource) -> None:
    command = [sys.executable, "-c", SYNC.format(prepare="")]
    folders = [str(source.caches), str(source.digests)]
    with subprocess.Popen([*command, *folders], stdout=subprocess.DEVNULL) as process:
        while not (helpers := children_of(process.pid)):
            assert process.poll() is None
        process.kill()
    for helper in helpers:
        wait_until_ended(helper)


@pytest.mark.parametrize(
    "obstacle",
    [
        "sys.executable = '/nowhere/python'",
        "from tui.runtime.confinement import confine; confine()",
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))",
    ],
)
def test_digests_are_read_where_no_process_can_be_started(
    source: CachedSource, expected: dict[str, object], obstacle: str
) -> None:
    report = expected["report"]
    assert isinstance(report, SyncReport)
    printed = [str(report.read), *map(str, report.problems)]
    assert sync_in_process(source, obstacle) == printed


def test_processes_have_the_same_plugins(
    tmp_path: Path, digests: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(digests, tmp_path / "digests")
    source = CachedSource(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(install(tmp_path / "site", "mine", FAILING_DIALECT)))
    for number in range(1, 30):
        source.write(f"mine {number}.txt", "a list of arXiv papers, mine")
        source.write(f"broken {number}.txt", f"a broken list of arXiv papers {number}")
    helped = sync_in_process(source)
    shutil.rmtree(source.caches)
    monkeypatch.setenv(PLAIN, "1")
    assert helped == sync_in_process(source)
    assert "mine 7.txt:1: it is mine" in helped
    assert any("ValueError: a broken list of arXiv papers 1)" in line for line in helped)
