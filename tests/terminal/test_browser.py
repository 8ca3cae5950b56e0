"""Detecting a web browser, and which URLs are opened in it."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.terminal import browser as links
from tui.terminal.browser import has_browser, hyperlink, open_url

NOT_WEB_URLS = (
    "", "file:///etc/passwd", "javascript:x", "-e", "ftp://a.b", " http://a.b", "data:,a",
)  # fmt: skip


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, True),
        ("linux", {"DISPLAY": ":0", "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}, False),
        ("linux", {"DISPLAY": "localhost:10.0", "SSH_TTY": "/dev/pts/1"}, False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "SSH_CLIENT": "1.2.3.4 5 22"}, False),
        ("linux", {"DISPLAY": ":0", "SSH_CONNECTION": ""}, True),
        ("darwin", {}, True),
        ("darwin", {"SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}, False),
    ],
)
def test_browser_is_detected(
    platform: str, environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert has_browser(environment) is expected


def test_environment_defaults_to_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_browser()
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    assert not has_browser()


@dataclass(frozen=True)
class FakeBrowser:
    """A folder with a browser that records the URLs it opens."""

    root: Path

    def install(self, script: str) -> None:
        program = self.root / "browser"
        program.write_text(f'#!/bin/sh\necho "$1" >>"{self.root}/opened"\n{script}\n')
        program.chmod(0o755)

    @property
    def opened(self) -> list[str]:
        log = self.root / "opened"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeBrowser:
    monkeypatch.setenv("BROWSER", str(tmp_path / "browser"))
    # Hide other browsers.
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    browser = FakeBrowser(tmp_path)
    browser.install("exit 0")
    return browser


def test_web_urls_are_opened(browser: FakeBrowser) -> None:
    assert open_url("https://arxiv.org/abs/2505.04921")
    assert open_url("HTTP://a.b/$(x);y&z")
    assert browser.opened == ["https://arxiv.org/abs/2505.04921", "HTTP://a.b/$(x);y&z"]


def test_failing_or_missing_browser_is_reported(browser: FakeBrowser) -> None:
    browser.install("exit 3")
    assert not open_url("https://a.b")
    assert browser.opened == ["https://a.b"]
    (browser.root / "browser").unlink()
    assert not open_url("https://a.b")


def test_browser_that_keeps_running_is_not_stopped(
    browser: FakeBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "OPEN_SECONDS", 0.3)
    gate = browser.root / "gate"
    os.mkfifo(gate)
    browser.install(f'read -r line <"{gate}"; echo "$line" >>"{browser.root}/opened"')
    assert open_url("https://a.b")
    # It is still running.
    gate.write_text("closed by hand\n")
    deadline = time.monotonic() + 60
    while "closed by hand" not in browser.opened and time.monotonic() < deadline:
        time.sleep(0.005)
    assert browser.opened == ["https://a.b", "closed by hand"]


@pytest.mark.parametrize("url", NOT_WEB_URLS)
def test_other_urls_are_not_opened(url: str, browser: FakeBrowser) -> None:
    assert not open_url(url)
    assert browser.opened == []


@pytest.mark.parametrize("url", NOT_WEB_URLS)
def test_other_urls_are_not_hyperlinks(url: str) -> None:
    assert hyperlink(url) == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.b/c?d=e;f#g%20h", "https://a.b/c?d=e;f#g%20h"),
        ("HTTPS://a.b/~x/(y)", "HTTPS://a.b/~x/(y)"),
        ("https://a.b/길 x", "https://a.b/%EA%B8%B8%20x"),
        ("https://a.b/\x1b\\\x07", "https://a.b/%1B\\%07"),
    ],
)
def test_hyperlink_is_printable_ascii(url: str, expected: str) -> None:
    assert hyperlink(url) == expected
