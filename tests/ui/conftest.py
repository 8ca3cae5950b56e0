from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.support.home import UNREACHABLE_URL
from tests.ui.driver import TIMEOUT_SECONDS
from tests.ui.sources import DigestSource
from tui.config.paths import sample_data
from tui.sources import watcher
from tui.terminal import desktop
from tui.ui import key_queue, pending_keys


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests off the user's folders, browser and terminal settings."""
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    # Tests never contact the real server.
    monkeypatch.setenv("HF_ENDPOINT", UNREACHABLE_URL)
    monkeypatch.setenv("ARXIV_ENDPOINT", UNREACHABLE_URL)
    for name in (
        "NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "TMUX", "DISPLAY", "WAYLAND_DISPLAY",
        "HF_TOKEN", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(desktop, "has_browser", lambda: False)
    monkeypatch.setattr("tui.ui.screens.main.share_controller.has_browser", lambda: False)
    monkeypatch.setattr(Input, "cursor_blink", False)


@pytest.fixture(autouse=True)
def _no_timing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the order of events independent of the machine's speed.

    Keys wait for the effect of the previous one as long as it takes, and other processes' changes
    are noticed only by tests that use ``frequent_checks``.
    """
    monkeypatch.setattr(key_queue, "READY_TIMEOUT_SECONDS", TIMEOUT_SECONDS)
    monkeypatch.setattr(key_queue, "HANDLED_TIMEOUT_SECONDS", TIMEOUT_SECONDS)
    monkeypatch.setattr(watcher, "CHECK_SECONDS", 3600.0)
    # The key of a pane does not wait for another one.
    monkeypatch.setattr(pending_keys, "PANE_KEY_SECONDS", 0.0)


@pytest.fixture
def impatient_keys(_no_timing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys hardly wait for what the previous one requested."""
    monkeypatch.setattr(key_queue, "READY_TIMEOUT_SECONDS", 0.01)


@pytest.fixture
def frequent_checks(_no_timing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check for changes by other processes many times a second."""
    monkeypatch.setattr(watcher, "CHECK_SECONDS", 0.05)


@pytest.fixture
def opened_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Provide a web browser; return a function that returns the URLs it was given."""
    noted = tmp_path / "opened"
    program = tmp_path / "a-browser"
    program.write_text(f'#!/bin/sh\necho "$1" >>"{noted}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    monkeypatch.setattr("tui.ui.screens.main.share_controller.has_browser", lambda: True)
    return lambda: noted.read_text().splitlines() if noted.exists() else []


@pytest.fixture
def source(tmp_path: Path) -> DigestSource:
    """Return a source without digests."""
    digests = tmp_path / "digests"
    digests.mkdir()
    return DigestSource(digests, tmp_path / "cache")


@pytest.fixture(scope="session")
def _sample_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sync the sample digests once."""
    samples = DigestSource(sample_data(), tmp_path_factory.mktemp("samples"))
    samples.sync()
    return samples.cache


@pytest.fixture
def samples(_sample_cache: Path, tmp_path: Path) -> DigestSource:
    """Return the sample digests with an up-to-date cache."""
    shutil.copytree(_sample_cache, tmp_path / "cache")
    return DigestSource(sample_data(), tmp_path / "cache")
