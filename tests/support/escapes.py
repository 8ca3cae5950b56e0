"""An environment in which a program that leaves restricted mode leaves a trace."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.home import Home

_AUDITED = """
import os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
started = (
    "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn", "socket.connect",
    "subprocess.Popen", "webbrowser.open",
)
def note(event, arguments):
    if event.startswith(started):
        os.write(log, (event + " " + repr(arguments) + chr(10)).encode(errors="replace"))
sys.addaudithook(note)
from tui.cli.main import main
sys.exit(main())
"""

_TOOLS = (
    "clip.exe", "editor", "git", "less", "more", "nano", "pbcopy", "ssh", "tmux", "vi", "wl-copy",
    "xclip", "xdg-open", "xsel",
)  # fmt: skip


@dataclass(frozen=True)
class Escapes:
    """Programs that take note when they are run, and an interpreter that notes every attempt.

    Attributes:
        folder: holds everything.
    """

    folder: Path

    @property
    def _trace(self) -> Path:
        return self.folder / "trace"

    @property
    def _attempts(self) -> Path:
        return self.folder / "attempts"

    @property
    def tool(self) -> Path:
        """A program that takes note."""
        return self.folder / "bin" / "editor"

    @property
    def program(self) -> tuple[str, ...]:
        """The command that starts Broadsheet under observation."""
        script = self.folder / "observed.py"
        script.write_text(_AUDITED.format(log=str(self._attempts)), "utf-8")
        return (sys.executable, str(script))

    def variables(self) -> dict[str, str]:
        """Create the programs; return variables that make Broadsheet use them."""
        tools = self.folder / "bin"
        tools.mkdir(parents=True, exist_ok=True)
        for name in _TOOLS:
            (tools / name).write_text(f'#!/bin/sh\necho "$0 $*" >>"{self._trace}"\n', "utf-8")
            (tools / name).chmod(0o755)
        used = ("EDITOR", "VISUAL", "PAGER", "BROWSER", "GIT_SSH", "GIT_EXTERNAL_DIFF", "SHELL")
        return {
            **dict.fromkeys(used, str(self.tool)),
            "LESSOPEN": f"|{self.tool} %s",
            "DISPLAY": ":9",
            "WAYLAND_DISPLAY": "wayland-9",
            "TMUX": f"{self.folder}/tmux,1,0",
            "SSH_ORIGINAL_COMMAND": str(self.tool),
        }

    def early_variables(self) -> dict[str, str]:
        """Return variables that run something before the program's first line."""
        modules = self.folder / "modules"
        modules.mkdir(parents=True, exist_ok=True)
        trace = f"print('sitecustomize', file=open({str(self._trace)!r}, 'a'))"
        (modules / "sitecustomize.py").write_text(trace, "utf-8")
        profile = self.folder / "profile"
        profile.write_text(f"echo profile >>'{self._trace}'\n", "utf-8")
        return {
            "BASH_ENV": str(profile),
            "ENV": str(profile),
            "PYTHONPATH": str(modules),
            "PYTHONINSPECT": "1",
            "TEXTUAL_LOG": str(self._trace),
        }

    def watch(self, home: Home) -> Home:
        """Return a home with this environment, in which every start of a process is noted."""
        variables = self.variables()
        path = f"{self.folder / 'bin'}:{home.environment['PATH']}"
        extended = home.with_environment(**variables, PATH=path)
        return Home(extended.root, extended.extra_environment, self.program)

    @property
    def found(self) -> list[str]:
        """The programs that were run, and the attempts to start one."""
        files = [file for file in (self._trace, self._attempts) if file.exists()]
        return [line for file in files for line in file.read_text("utf-8").splitlines()]
