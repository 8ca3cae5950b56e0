"""The browser as ``pip install`` without extras leaves it."""

from __future__ import annotations

import sys

from tests.pty.harness import READY, PseudoTerminal
from tests.support.home import Home

EXTRAS = ("PIL", "httpx", "pypdfium2", "selectolax", "socksio")

PROGRAM = (
    f"import sys; sys.modules.update(dict.fromkeys({EXTRAS})); "
    "from tui.cli.main import main; sys.exit(main())"
)


def test_keys_that_need_an_extra_say_so(home: Home) -> None:
    without_extras = Home(home.root, home.extra_environment, (sys.executable, "-c", PROGRAM))
    with PseudoTerminal(
        without_extras.program, environment=home.environment, columns=100, lines=30, at=home.root
    ) as terminal:
        terminal.wait_for(READY)
        terminal.press("P")
        terminal.wait_for("Pictures need Pillow: pip install")
        terminal.press("F")
        terminal.wait_for("Fetching needs httpx: pip install")
        terminal.press("T")
        terminal.wait_for("Triage")
        terminal.press("P")
        terminal.wait_for("Pictures need Pillow: pip install")
        terminal.press("q")
        terminal.wait_until(lambda: "Triage" not in terminal.text)
        terminal.press("q")
        assert terminal.wait() == 0
