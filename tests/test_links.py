"""Whether a browser would open before the reader's eyes, and what may be opened in it."""

from __future__ import annotations

import sys
import webbrowser

import pytest

from tui.links import has_browser, open_url


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


@pytest.mark.parametrize("went_well", [True, False])
def test_web_addresses_are_opened(went_well: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def fake(url: str) -> bool:
        opened.append(url)
        return went_well

    monkeypatch.setattr(webbrowser, "open", fake)
    assert open_url("https://arxiv.org/abs/2505.04921") is went_well
    assert open_url("HTTP://a.b") is went_well
    assert opened == ["https://arxiv.org/abs/2505.04921", "HTTP://a.b"]


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "javascript:x", "-e", "ftp://a.b", " http://a.b", "data:,a"]
)
def test_nothing_else_is_opened(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _: pytest.fail("opened"))
    assert not open_url(url)
