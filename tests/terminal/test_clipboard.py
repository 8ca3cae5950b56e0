"""Copying with programs that are really run: small ones of the tests' own, and tmux."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.terminal import clipboard
from tui.terminal.clipboard import CopyResult, copy_text

TEXT = "https://arxiv.org/abs/2505.04921 강화 학습\n$x^2$\n"
OSC52 = CopyResult("OSC 52", is_confirmed=False)


class Desk:
    """A folder of programs that note what they are given, and a terminal."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.terminal: list[str] = []
        (root / "bin").mkdir()
        for needed in ("cat", "sleep"):
            (root / "bin" / needed).symlink_to(shutil.which(needed) or needed)

    def has(self, name: str, script: str = 'cat > "$0.got"') -> None:
        program = self.root / "bin" / name
        program.write_text(f'#!/bin/sh\necho "$@" > "$0.words"\n{script}\n', encoding="utf-8")
        program.chmod(0o755)

    def copy(self, text: str = TEXT, **environment: str) -> CopyResult:
        path = str(self.root / "bin")
        return copy_text(text, self.terminal.append, {"PATH": path, **environment})

    def got(self, name: str, encoding: str = "utf-8") -> str:
        return (self.root / "bin" / f"{name}.got").read_bytes().decode(encoding)

    def words(self, name: str) -> str:
        return (self.root / "bin" / f"{name}.words").read_text(encoding="utf-8").strip()

    def called(self) -> set[str]:
        return {file.stem for file in (self.root / "bin").glob("*.words")}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("tool", "environment", "words"),
    [
        ("wl-copy", {"WAYLAND_DISPLAY": "wayland-0"}, ""),
        ("xclip", {"DISPLAY": ":0"}, "-selection clipboard"),
        ("xsel", {"DISPLAY": ":0"}, "--clipboard --input"),
        ("pbcopy", {}, ""),
        ("tmux", {"TMUX": "/tmp/x,1,0"}, "load-buffer -w -"),
        ("tmux", {"TMUX": "/tmp/x,1,0", "SSH_CONNECTION": "a 1 b 2"}, "load-buffer -w -"),
    ],
)
def test_a_tool_gets_the_text(
    desk: Desk, tool: str, environment: dict[str, str], words: str
) -> None:
    desk.has(tool)
    assert desk.copy(**environment) == CopyResult(tool, is_confirmed=True)
    assert (desk.got(tool), desk.words(tool)) == (TEXT, words)
    assert desk.terminal == []


def test_windows_gets_what_it_understands(desk: Desk) -> None:
    desk.has("clip.exe")
    assert desk.copy() == CopyResult("clip.exe", is_confirmed=True)
    assert desk.got("clip.exe", "utf-16") == TEXT


def test_tools_in_their_order(desk: Desk) -> None:
    for tool in ("pbcopy", "xsel", "xclip", "wl-copy"):
        desk.has(tool)
        assert desk.copy(DISPLAY=":0", WAYLAND_DISPLAY="w").method == tool
    assert desk.copy(DISPLAY=":0").method == "xclip"
    assert desk.copy().method == "pbcopy"


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"])
def test_over_ssh_only_the_terminal_is_asked(desk: Desk, variable: str) -> None:
    for tool in ("wl-copy", "xclip", "xsel", "pbcopy", "clip.exe"):
        desk.has(tool)
    assert desk.copy(DISPLAY="localhost:10.0", WAYLAND_DISPLAY="w", **{variable: "x"}) == OSC52
    assert desk.terminal == [TEXT]
    assert desk.called() == set()


def test_where_there_is_no_tool(desk: Desk) -> None:
    assert desk.copy(DISPLAY=":9", WAYLAND_DISPLAY="w", TMUX="x", PATH="") == OSC52
    assert desk.copy(DISPLAY=":9", PATH=str(desk.root / "nowhere")) == OSC52
    assert desk.terminal == [TEXT, TEXT]


def test_tmux_and_a_tool_both_get_it(desk: Desk) -> None:
    # The terminal around tmux may not take what tmux hands on.
    desk.has("tmux")
    desk.has("xclip")
    assert desk.copy(TMUX="x", DISPLAY=":0") == CopyResult("xclip", is_confirmed=True)
    assert desk.got("tmux") == desk.got("xclip") == TEXT
    assert desk.terminal == []


@pytest.mark.parametrize("script", ["exit 1", "kill -9 $$", "exec sleep 60"])
def test_what_fails_is_passed_over(
    desk: Desk, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "TOOL_SECONDS", 0.3)
    for tool in ("tmux", "wl-copy", "xclip"):
        desk.has(tool, script)
    assert desk.copy(TMUX="x", WAYLAND_DISPLAY="w", DISPLAY=":0") == OSC52
    assert desk.terminal == [TEXT]
    desk.has("xsel")
    assert desk.copy(TMUX="x", WAYLAND_DISPLAY="w", DISPLAY=":0") == CopyResult(
        "xsel", is_confirmed=True
    )
    assert desk.called() == {"tmux", "wl-copy", "xclip", "xsel"}


def test_what_is_no_program_is_passed_over(desk: Desk) -> None:
    (desk.root / "bin" / "xclip").write_bytes(b"\x7fELF nonsense")
    (desk.root / "bin" / "xclip").chmod(0o755)
    assert desk.copy(DISPLAY=":0") == OSC52


def test_one_that_reads_nothing_is_believed(desk: Desk) -> None:
    desk.has("xclip", "exit 0")
    assert desk.copy("x" * 1_000_000, DISPLAY=":0") == CopyResult("xclip", is_confirmed=True)


def test_one_that_stays_is_not_waited_for(desk: Desk) -> None:
    # xclip and wl-copy hand the text out until another program has some.
    desk.has("xclip", 'cat > "$0.got"; (sleep 60) & echo $! > "$0.child"')
    before = time.monotonic()
    assert desk.copy(DISPLAY=":0") == CopyResult("xclip", is_confirmed=True)
    assert time.monotonic() - before < clipboard.TOOL_SECONDS
    child = int((desk.root / "bin" / "xclip.child").read_text(encoding="utf-8"))
    try:
        # In a session of its own it does not go with our terminal.
        assert os.getsid(child) != os.getsid(0)
    finally:
        os.kill(child, 15)


@pytest.mark.parametrize("text", ["", "\x00\x1b[1m", "half \ud800 pair", "가" * 100_000])
def test_any_text(desk: Desk, text: str) -> None:
    desk.has("xclip")
    assert desk.copy(text, DISPLAY=":0") == CopyResult("xclip", is_confirmed=True)
    assert desk.got("xclip") == text.replace("\ud800", "?")


# tmux itself


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a program in a tmux of the test's own."""
    program = shutil.which("tmux")
    if program is None:
        pytest.skip("there is no tmux")
    command = [program, "-S", str(tmp_path / "s"), "-f", "/dev/null"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    # A pane is said which server it is in.
    told = tmp_path / "told"
    subprocess.run(
        [*command, "new-session", "-d", f"echo $TMUX > {told}; mv {told} {told}.whole; cat"],
        env=environment, check=True, timeout=60,
    )  # fmt: skip
    try:
        whole = Path(f"{told}.whole")
        deadline = time.monotonic() + 60
        while not whole.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield {**environment, "TMUX": whole.read_text(encoding="utf-8").strip()}
    finally:
        subprocess.run([*command, "kill-server"], env=environment, check=False, timeout=60)


@pytest.mark.parametrize("text", [TEXT, "-w", "가" * 50_000])
def test_tmux_has_it(tmux: dict[str, str], text: str) -> None:
    terminal: list[str] = []
    over_ssh = {**tmux, "SSH_CONNECTION": "a 1 b 2"}
    assert copy_text(text, terminal.append, over_ssh) == CopyResult("tmux", is_confirmed=True)
    shown = subprocess.run(
        ["tmux", "show-buffer"], env=tmux, capture_output=True, check=True, timeout=60
    )
    assert shown.stdout.decode() == text
    assert terminal == []


def test_a_tmux_that_is_gone(tmux: dict[str, str]) -> None:
    gone = {**tmux, "TMUX": "/nowhere/at/all,1,0", "SSH_TTY": "/dev/pts/1"}
    terminal: list[str] = []
    assert copy_text(TEXT, terminal.append, gone) == OSC52
    assert terminal == [TEXT]
