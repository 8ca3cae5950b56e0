"""The browser and the clipboard, with real processes: small scripts, and tmux."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.requirements import require_programs
from tui.terminal.desktop import (
    TOOL_SECONDS,
    copy_text,
    has_browser,
    hyperlink,
    open_url,
    open_with,
)

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
        ("linux", {"BROWSER": "/opt/open-there"}, True),
        ("linux", {"BROWSER": "open-there %s", "SSH_TTY": "/dev/pts/1"}, True),
        ("linux", {"BROWSER": "/usr/bin/w3m", "SSH_TTY": "/dev/pts/1"}, False),
        ("linux", {"BROWSER": "lynx -x", "DISPLAY": ":0"}, False),
        ("linux", {"BROWSER": " "}, False),
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
    monkeypatch.delenv("BROWSER", raising=False)
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
    monkeypatch.setattr("tui.terminal.desktop.OPEN_SECONDS", 0.3)
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


# Clipboard

TEXT = "https://arxiv.org/abs/2505.04921 강화 학습\n$x^2$\n"


class FakeDesktop:
    """A folder of programs that record their input, and a terminal."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.terminal: list[str] = []
        (root / "bin").mkdir()
        for program in ("cat", "sleep"):
            (root / "bin" / program).symlink_to(shutil.which(program) or program)

    def add_program(self, name: str, script: str = 'cat > "$0.got"') -> None:
        program = self.root / "bin" / name
        program.write_text(f'#!/bin/sh\necho "$@" > "$0.arguments"\n{script}\n', encoding="utf-8")
        program.chmod(0o755)

    def copy(self, text: str = TEXT, **environment: str) -> bool:
        path = str(self.root / "bin")
        return copy_text(text, self.terminal.append, {"PATH": path, **environment})

    def received(self, name: str, encoding: str = "utf-8") -> str:
        return (self.root / "bin" / f"{name}.got").read_bytes().decode(encoding)

    def arguments(self, name: str) -> str:
        return (self.root / "bin" / f"{name}.arguments").read_text(encoding="utf-8").strip()

    def called(self) -> set[str]:
        return {file.stem for file in (self.root / "bin").glob("*.arguments")}


@pytest.fixture
def desktop(tmp_path: Path) -> FakeDesktop:
    return FakeDesktop(tmp_path)


@pytest.mark.parametrize(
    ("program", "environment", "arguments"),
    [
        ("wl-copy", {"WAYLAND_DISPLAY": "wayland-0"}, ""),
        ("xclip", {"DISPLAY": ":0"}, "-selection clipboard"),
        ("xsel", {"DISPLAY": ":0"}, "--clipboard --input"),
        ("pbcopy", {}, ""),
        ("tmux", {"TMUX": "/tmp/x,1,0"}, "load-buffer -w -"),
        ("tmux", {"TMUX": "/tmp/x,1,0", "SSH_CONNECTION": "a 1 b 2"}, "load-buffer -w -"),
    ],
)
def test_program_gets_the_text(
    desktop: FakeDesktop, program: str, environment: dict[str, str], arguments: str
) -> None:
    desktop.add_program(program)
    assert desktop.copy(**environment)
    assert (desktop.received(program), desktop.arguments(program)) == (TEXT, arguments)
    assert desktop.terminal == []


def test_windows_gets_utf16(desktop: FakeDesktop) -> None:
    desktop.add_program("clip.exe")
    assert desktop.copy()
    assert desktop.received("clip.exe", "utf-16-le") == TEXT


def test_first_suitable_program_is_used(desktop: FakeDesktop) -> None:
    def used(**environment: str) -> set[str]:
        for file in (desktop.root / "bin").glob("*.arguments"):
            file.unlink()
        assert desktop.copy(**environment)
        return desktop.called()

    for program in ("pbcopy", "xsel", "xclip", "wl-copy"):
        desktop.add_program(program)
        assert used(DISPLAY=":0", WAYLAND_DISPLAY="w") == {program}
    assert used(DISPLAY=":0") == {"xclip"}
    assert used() == {"pbcopy"}


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"])
def test_over_ssh_only_the_terminal_is_used(desktop: FakeDesktop, variable: str) -> None:
    for program in ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe"):
        desktop.add_program(program)
    assert not desktop.copy(DISPLAY="localhost:10.0", WAYLAND_DISPLAY="w", **{variable: "x"})
    assert desktop.terminal == [TEXT]
    assert desktop.called() == set()


def test_without_programs_the_terminal_is_used(desktop: FakeDesktop) -> None:
    assert not desktop.copy(DISPLAY=":9", WAYLAND_DISPLAY="w", TMUX="x", PATH="")
    assert not desktop.copy(DISPLAY=":9", PATH=str(desktop.root / "nowhere"))
    assert desktop.terminal == [TEXT, TEXT]


def test_tmux_and_a_program_both_get_the_text(desktop: FakeDesktop) -> None:
    # The terminal around tmux may ignore the sequences of tmux.
    desktop.add_program("tmux")
    desktop.add_program("xclip")
    assert desktop.copy(TMUX="x", DISPLAY=":0")
    assert desktop.received("tmux") == desktop.received("xclip") == TEXT
    assert desktop.terminal == []


@pytest.mark.parametrize("script", ["exit 1", "kill -9 $$", "exec sleep 60"])
def test_failing_programs_are_skipped(
    desktop: FakeDesktop, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.terminal.desktop.TOOL_SECONDS", 0.3)
    for program in ("tmux", "wl-copy", "xclip"):
        desktop.add_program(program, script)
    assert not desktop.copy(TMUX="x", WAYLAND_DISPLAY="w", DISPLAY=":0")
    assert desktop.terminal == [TEXT]
    desktop.add_program("xsel")
    assert desktop.copy(TMUX="x", WAYLAND_DISPLAY="w", DISPLAY=":0")
    assert desktop.called() == {"tmux", "wl-copy", "xclip", "xsel"}


def test_invalid_program_is_skipped(desktop: FakeDesktop) -> None:
    (desktop.root / "bin" / "xclip").write_bytes(b"\x7fELF nonsense")
    (desktop.root / "bin" / "xclip").chmod(0o755)
    assert not desktop.copy(DISPLAY=":0")
    assert desktop.terminal == [TEXT]


def test_program_that_does_not_read_its_input_is_accepted(desktop: FakeDesktop) -> None:
    desktop.add_program("xclip", "exit 0")
    assert desktop.copy("x" * 1_000_000, DISPLAY=":0")


def test_program_that_keeps_running_is_not_waited_for(desktop: FakeDesktop) -> None:
    # xclip and wl-copy keep running to serve the text.
    desktop.add_program("xclip", 'cat > "$0.got"; (sleep 60) & echo $! > "$0.child"')
    before = time.monotonic()
    assert desktop.copy(DISPLAY=":0")
    assert time.monotonic() - before < TOOL_SECONDS
    child = int((desktop.root / "bin" / "xclip.child").read_text(encoding="utf-8"))
    try:
        # In its own session, it outlives our terminal.
        assert os.getsid(child) != os.getsid(0)
    finally:
        os.kill(child, 15)


@pytest.mark.parametrize("text", ["", "\x00\x1b[1m", "half \ud800 pair", "가" * 100_000])
def test_any_text_can_be_copied(desktop: FakeDesktop, text: str) -> None:
    desktop.add_program("xclip")
    assert desktop.copy(text, DISPLAY=":0")
    assert desktop.received("xclip") == text.replace("\ud800", "?")


# Real tmux


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a program that runs in a separate tmux server."""
    require_programs("tmux")
    command = ["tmux", "-S", str(tmp_path / "s"), "-f", "/dev/null"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    # The variable $TMUX of a pane names its server.
    output = tmp_path / "output"
    subprocess.run(
        [*command, "new-session", "-d", f"echo $TMUX > {output}; mv {output} {output}.done; cat"],
        env=environment, check=True, timeout=60,
    )  # fmt: skip
    try:
        file = Path(f"{output}.done")
        deadline = time.monotonic() + 60
        while not file.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield {**environment, "TMUX": file.read_text(encoding="utf-8").strip()}
    finally:
        subprocess.run([*command, "kill-server"], env=environment, check=False, timeout=60)


@pytest.mark.parametrize("text", [TEXT, "-w", "가" * 50_000])
def test_text_is_in_the_tmux_buffer(tmux: dict[str, str], text: str) -> None:
    terminal: list[str] = []
    over_ssh = {**tmux, "SSH_CONNECTION": "a 1 b 2"}
    assert copy_text(text, terminal.append, over_ssh)
    buffer = subprocess.run(
        ["tmux", "show-buffer"], env=tmux, capture_output=True, check=True, timeout=60
    )
    assert buffer.stdout.decode() == text
    assert terminal == []


def test_dead_tmux_server_is_skipped(tmux: dict[str, str]) -> None:
    environment = {**tmux, "TMUX": "/nowhere/at/all,1,0", "SSH_TTY": "/dev/pts/1"}
    terminal: list[str] = []
    assert not copy_text(TEXT, terminal.append, environment)
    assert terminal == [TEXT]


# Commands of the reader


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("{browser} --new {url}", ["--new", "https://a.b/$(x);y z"]),
        ("{browser} 'two words' --url={url}", ["two words", "--url=https://a.b/$(x);y z"]),
        ("{browser}", ["https://a.b/$(x);y z"]),
    ],
)
def test_command_gets_the_url_without_a_shell(
    browser: FakeBrowser, command: str, arguments: list[str]
) -> None:
    program = browser.root / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{browser.root}/opened"\n')
    command = command.replace("{browser}", str(program))
    assert open_with(command, "https://a.b/$(x);y z")
    assert browser.opened == arguments


def test_command_opens_only_web_urls(browser: FakeBrowser) -> None:
    for url in ("file:///etc/passwd", "-version", "javascript:x", ""):
        assert not open_with(str(browser.root / "browser"), url)
    assert browser.opened == []


def test_failing_or_missing_command_is_reported(browser: FakeBrowser) -> None:
    browser.install("exit 3")
    assert not open_with(str(browser.root / "browser"), "https://a.b")
    with pytest.raises(FileNotFoundError):
        open_with(str(browser.root / "missing"), "https://a.b")
