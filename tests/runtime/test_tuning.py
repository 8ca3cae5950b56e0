from __future__ import annotations

import gc
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_type_hints

import pytest

from tests.support.home import Home
from tui.config.settings import Settings
from tui.runtime import tuning
from tui.runtime.tuning import (
    LOCAL_FPS,
    PLAIN,
    THREAD_SWITCH_SECONDS,
    InputPriority,
    configure_textual,
    no_collection,
    no_full_collection,
    pause_collection,
    resume_collection,
    shorten_thread_switches,
    uncompiled_annotations,
)
from tui.terminal.capabilities import COLORS_256, Terminal

ITERM = {"TERM_PROGRAM": "iTerm.app"}
ITERM_OVER_SSH = {"LC_TERMINAL": "iTerm2"}


@pytest.fixture(autouse=True)
def default_switch_interval(monkeypatch: pytest.MonkeyPatch) -> Iterator[float]:
    monkeypatch.delenv(PLAIN, raising=False)
    before = sys.getswitchinterval()
    yield before
    sys.setswitchinterval(before)


def variables(
    settings: Settings = Settings(),  # noqa: B008
    terminal: Terminal = Terminal(),  # noqa: B008
    environment: dict[str, str] | None = None,
) -> dict[str, str]:
    """Return Textual's variables, without their common prefix."""
    result = dict(environment or {})
    configure_textual(settings, terminal, result)
    prefix = "TEXTUAL_"
    return {
        name.removeprefix(prefix): value
        for name, value in result.items()
        if name.startswith(prefix)
    }


def test_local_terminal_gets_default_variables() -> None:
    assert variables() == {"COLOR_SYSTEM": "truecolor", "FPS": LOCAL_FPS}


def test_remote_terminal_disables_animations() -> None:
    terminal = Terminal(colors=COLORS_256, is_remote=True)
    assert variables(terminal=terminal) == {"COLOR_SYSTEM": "256", "ANIMATIONS": "none"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(animations="on"), {"ANIMATIONS": "full"}),
        (Settings(animations="off"), {"ANIMATIONS": "none"}),
        (Settings(kitty_keys="on"), {"DISABLE_KITTY_KEY": "0"}),
        (Settings(kitty_keys="off"), {"DISABLE_KITTY_KEY": "1"}),
    ],
)
def test_settings_take_precedence(settings: Settings, expected: dict[str, str]) -> None:
    terminal = Terminal(is_remote=True)
    environment = {f"TEXTUAL_{name}": "other" for name in expected}
    actual = variables(settings, terminal, environment)
    assert {name: actual[name] for name in expected} == expected


def test_existing_variables_are_kept() -> None:
    environment = {"TEXTUAL_FPS": "30", "TEXTUAL_COLOR_SYSTEM": "standard"}
    assert variables(environment=environment) == {"FPS": "30", "COLOR_SYSTEM": "standard"}


@pytest.mark.parametrize("environment", [ITERM, ITERM_OVER_SSH])
def test_kitty_protocol_is_disabled_in_iterm(environment: dict[str, str]) -> None:
    assert variables(environment=environment)["DISABLE_KITTY_KEY"] == "1"
    explicit = variables(Settings(kitty_keys="on"), environment=environment)
    assert explicit["DISABLE_KITTY_KEY"] == "0"


def test_plain_switch_leaves_only_explicit_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLAIN, "1")
    assert variables(environment=ITERM) == {}
    assert variables(Settings(animations="off")) == {"ANIMATIONS": "none"}


def test_threads_switch_faster(default_switch_interval: float) -> None:
    assert default_switch_interval > THREAD_SWITCH_SECONDS
    shorten_thread_switches()
    assert sys.getswitchinterval() == pytest.approx(THREAD_SWITCH_SECONDS)


# The garbage collector

FULL_COLLECTION = 2
"""The generation of a full collection."""


@pytest.fixture
def collections() -> Iterator[list[int]]:
    """The generations of all collections during the test."""
    generations: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            generations.append(info["generation"])

    gc.callbacks.append(note)
    yield generations
    gc.callbacks.remove(note)


def create_many_objects() -> list[list[int]]:
    """Create enough objects to cause collections of every generation by default."""
    existing = len(gc.get_objects())
    return [[number] for number in range(500_000 + existing)]


def test_full_collection_is_postponed(collections: list[int]) -> None:
    before = gc.get_threshold()
    with no_full_collection():
        create_many_objects()
    assert collections
    assert FULL_COLLECTION not in collections
    assert gc.get_threshold() == before
    create_many_objects()
    assert FULL_COLLECTION in collections


def test_nested_use_restores_the_thresholds(collections: list[int]) -> None:
    before = gc.get_threshold()
    with no_full_collection(), no_full_collection():
        create_many_objects()
    assert FULL_COLLECTION not in collections
    assert gc.get_threshold() == before


def test_plain_switch_leaves_the_garbage_collector_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLAIN, "1")
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    pause_collection()
    assert gc.isenabled()
    resume_collection()
    with no_collection(), no_full_collection():
        assert gc.isenabled()
        assert gc.get_threshold() == before
    assert gc.get_freeze_count() == frozen


# Background threads


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that background work would sleep if handling a key never ended."""
    seconds: list[float] = []
    monkeypatch.setattr(tuning, "KEY_SECONDS", 3600)
    monkeypatch.setattr(tuning, "SHORT_WORK_SECONDS", 0)
    monkeypatch.setattr(tuning, "sleep", seconds.append)
    return seconds


def test_long_work_sleeps_once_per_key(monkeypatch: pytest.MonkeyPatch) -> None:
    clock: list[float] = [0.0]
    sleeps: list[float] = []

    def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(tuning, "monotonic", lambda: clock[0])
    monkeypatch.setattr(tuning, "sleep", sleep)
    priority = InputPriority()
    priority.begin_work()
    priority.note_input()
    clock[0] += tuning.KEY_SECONDS / 4
    priority.yield_to_input()
    assert sleeps == [], "short work may have been started by the key"
    clock[0] += tuning.SHORT_WORK_SECONDS
    priority.yield_to_input()
    priority.note_input()
    clock[0] += tuning.KEY_SECONDS / 4
    for _ in range(3):
        priority.yield_to_input()
    assert sleeps == pytest.approx([tuning.KEY_SECONDS * 3 / 4])


def test_thread_without_work_never_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "SHORT_WORK_SECONDS", 0)
    monkeypatch.setattr(tuning, "sleep", pytest.fail)
    priority = InputPriority()
    worker = threading.Thread(target=priority.begin_work)
    worker.start()
    worker.join()
    priority.note_input()
    priority.yield_to_input()


def test_plain_switch_disables_sleeping(
    sleeps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    priority = InputPriority()
    for value in ("1", ""):
        monkeypatch.setenv(PLAIN, value)
        priority.begin_work()
        priority.note_input()
        priority.yield_to_input()
        assert bool(sleeps) == (value == "")


# All of it

START_SCRIPT = """
import gc, json, os, sys
import tui.cli.commands.browse as browse
from tui.ui.app import BroadsheetApp

def run(app, **_):
    values = [gc.isenabled(), sys.getswitchinterval(), "TEXTUAL_FPS" in os.environ]
    print(json.dumps(values))

BroadsheetApp.run = run
browse._require_terminal = lambda: None
from tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("plain", ["1", ""])
def test_plain_switch_disables_all_tuning_at_startup(
    tmp_path: Path, plain: str, default_switch_interval: float
) -> None:
    home = Home(tmp_path, {PLAIN: plain}, (sys.executable, "-c", START_SCRIPT))
    result = home.run()
    assert result.code == 0, result.err
    is_enabled, interval, has_fps = json.loads(result.out)
    assert is_enabled == has_fps ^ True == bool(plain)
    expected = default_switch_interval if plain else THREAD_SWITCH_SECONDS
    assert interval == pytest.approx(expected)


@pytest.mark.parametrize("plain", ["0", "1"])
def test_named_tuple_is_the_same_with_uncompiled_annotations(
    monkeypatch: pytest.MonkeyPatch, plain: str
) -> None:
    monkeypatch.setenv(PLAIN, plain)
    with uncompiled_annotations(), uncompiled_annotations():

        class Pair(NamedTuple):
            first: int
            second: str = "b"

    assert Pair(1) == (1, "b")
    assert Pair._fields == ("first", "second")
    assert list(Pair.__annotations__) == ["first", "second"]


def test_annotations_are_compiled_again_afterwards() -> None:
    with uncompiled_annotations():
        pass

    class Pair(NamedTuple):
        first: int
        second: str

    assert get_type_hints(Pair) == {"first": int, "second": str}


def test_freed_memory_is_returned() -> None:
    program = """if True:
        from tui.runtime.tuning import release_memory
        def resident_pages():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1])
        # Too small for mappings of their own, and the last ones keep the end of the heap in use.
        blocks = [bytes([1]) * 50_000 for number in range(1000)]
        del blocks[:-9]
        before = resident_pages()
        release_memory()
        print(before - resident_pages())
    """
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(result.stdout) > 9000
