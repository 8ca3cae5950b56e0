"""Whether a browser would open before the reader's eyes, and what may be opened in it."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.terminal import browser as links
from tui.terminal.browser import has_browser, hyperlink, open_url

NOT_OF_THE_WEB = (
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
def test_there_is_a_browser(
    platform: str, environment: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert has_browser(environment) is expected


def test_the_real_environment_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_browser()
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    assert not has_browser()


@dataclass(frozen=True)
class Desk:
    """A place with a browser that notes what it opens."""

    root: Path

    def put(self, script: str) -> None:
        program = self.root / "browser"
        program.write_text(f'#!/bin/sh\necho "$1" >>"{self.root}/opened"\n{script}\n')
        program.chmod(0o755)

    @property
    def opened(self) -> list[str]:
        noted = self.root / "opened"
        return noted.read_text().splitlines() if noted.exists() else []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("BROWSER", str(tmp_path / "browser"))
    # No other browser is to be found.
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    desk = Desk(tmp_path)
    desk.put("exit 0")
    return desk


def test_web_addresses_are_opened(desk: Desk) -> None:
    assert open_url("https://arxiv.org/abs/2505.04921")
    assert open_url("HTTP://a.b/$(x);y&z")
    assert desk.opened == ["https://arxiv.org/abs/2505.04921", "HTTP://a.b/$(x);y&z"]


def test_a_browser_that_fails_or_is_not_there_is_told(desk: Desk) -> None:
    desk.put("exit 3")
    assert not open_url("https://a.b")
    assert desk.opened == ["https://a.b"]
    (desk.root / "browser").unlink()
    assert not open_url("https://a.b")


def test_a_browser_that_stays_open_is_left_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "OPEN_SECONDS", 0.3)
    gate = desk.root / "gate"
    os.mkfifo(gate)
    desk.put(f'read -r line <"{gate}"; echo "$line" >>"{desk.root}/opened"')
    assert open_url("https://a.b")
    # It is there still, and reads.
    gate.write_text("closed by hand\n")
    until = time.monotonic() + 60
    while "closed by hand" not in desk.opened and time.monotonic() < until:
        time.sleep(0.005)
    assert desk.opened == ["https://a.b", "closed by hand"]


@pytest.mark.parametrize("url", NOT_OF_THE_WEB)
def test_nothing_else_is_opened(url: str, desk: Desk) -> None:
    assert not open_url(url)
    assert desk.opened == []


@pytest.mark.parametrize("url", NOT_OF_THE_WEB)
def test_nothing_else_is_a_hyperlink(url: str) -> None:
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
def test_a_hyperlink_is_printable_ascii(url: str, expected: str) -> None:
    assert hyperlink(url) == expected
