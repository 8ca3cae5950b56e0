"""Sources added while the app is running."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pty.harness import PseudoTerminal
from tests.support.home import Home
from tests.support.irregular_files import put_pipe
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


def test_added_source_appears_in_the_running_app(tmp_path: Path) -> None:
    home = Home(tmp_path)
    one, two = tmp_path / "one", tmp_path / "two"
    write_digest(
        one / "1.md", ko_digest("2025-05-01", [SamplePaper("2505.00001", "Counting wind")])
    )
    write_digest(
        two / "2.md", ko_digest("2025-05-02", [SamplePaper("2505.00002", "Counting waves")])
    )
    with PseudoTerminal(home.program, environment=home.environment, at=tmp_path) as terminal:
        terminal.wait_for("Sample data.")
        terminal.wait_for("What's New")
        for folder, title in ((one, "Counting wind"), (two, "Counting waves")):
            assert home.run("add", folder).code == 0
            terminal.wait_for("All days ")
            terminal.press("0")
            terminal.wait_for(title)
            assert "Sample data." not in terminal.text
        assert "Counting wind" in terminal.text
        terminal.press("ZZ")
        assert terminal.wait() == 0


@pytest.mark.parametrize("name", ["p.zip", "p.md"])
def test_browser_of_a_pipe_can_be_left(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path)
    put_pipe(tmp_path / name)
    program = [*home.program, name]
    with PseudoTerminal(program, environment=home.environment, at=tmp_path) as terminal:
        terminal.wait_for("1 problem")
        terminal.press("!")
        terminal.wait_for("neither a file nor a folder")
        terminal.press("escape")
        terminal.wait_until(lambda: "neither a file" not in terminal.text)
        terminal.press("q")
        assert terminal.wait() == 0
