"""``--pager``, with real pagers on a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.on_terminal import terminal
from tests.support.home import Home
from tests.support.requirements import require_programs
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


@pytest.fixture
def many_papers(home: Home) -> Path:
    """Return a folder of papers that exceed both the terminal's height and a pipe's buffer."""
    papers = [
        SamplePaper(f"2505.{n:05}", f"두 번째 논문 {n:04} " + "긴 제목 " * 6) for n in range(3000)
    ]
    write_digest(home.root / "d" / "1.md", ko_digest("2025-05-01", papers))
    assert home.run("sync", "-p", "d").code == 0
    return home.root / "d"


def test_less_pages_through_the_list(home: Home, many_papers: Path) -> None:
    require_programs("less")
    with terminal(
        home.with_environment(LANG="C.UTF-8"), "list", "--pager", "-p", many_papers
    ) as screen:
        screen.wait_for("두 번째 논문 0003")
        assert "논문 2999" not in screen.text
        screen.press("G")
        screen.wait_for("논문 2999")
        screen.press("q")
        assert screen.wait() == 0
        assert "Traceback" not in screen.text


def test_quitting_the_pager_early_is_not_an_error(home: Home, many_papers: Path) -> None:
    require_programs("less")
    with terminal(home, "list", "--pager", "-p", many_papers) as screen:
        screen.wait_for("논문 0003")
        screen.press("q")
        assert screen.wait() == 0
        assert "broadsheet:" not in screen.text


def test_ctrl_c_goes_to_the_pager(home: Home, many_papers: Path) -> None:
    require_programs("less")
    with terminal(home, "list", "--pager", "--limit", "100", "-p", many_papers) as screen:
        screen.wait_for("논문 0003")
        # At the end of the list, the command has printed everything.
        screen.press("G")
        screen.wait_for("논문 0099")
        screen.press("g")
        screen.wait_for("논문 0003")
        screen.press("ctrl+c")

        def is_at_its_end(text: str) -> bool:
            # An interrupted pager may drop the next key.
            screen.press("G")
            return "논문 0099" in text

        screen.wait_for(is_at_its_end)
        screen.press("q")
        assert screen.wait() == 0


@pytest.mark.parametrize("args", [["show", "2505.00001"], ["list"], ["stats", "First"]])
def test_short_output_stays_on_the_screen(home: Home, digests: Path, args: list[str]) -> None:
    require_programs("less")
    with terminal(home, *args, "--pager", "-p", digests, columns=100) as screen:
        assert screen.wait() == 0
        assert "2025-05-01" in screen.text


def test_pager_of_the_environment_is_used(home: Home, digests: Path) -> None:
    with_pager = home.with_environment(PAGER="sed 's/^/| /'")
    with terminal(with_pager, "list", "--pager", "-p", digests) as screen:
        assert screen.wait() == 0
        assert "| 2025-05-02" in screen.text
    for no_pager in ("", "cat", " "):
        with terminal(
            home.with_environment(PAGER=no_pager), "list", "--pager", "-p", digests
        ) as screen:
            assert screen.wait() == 0
            assert "2025-05-02" in screen.text


@pytest.mark.parametrize("pager", ["no-such-pager", "/no/such/pager -R", "~/pager"])
def test_output_is_printed_if_the_pager_is_missing(home: Home, digests: Path, pager: str) -> None:
    with_pager = home.with_environment(PAGER=pager)
    with terminal(with_pager, "list", "--pager", "-p", digests, columns=120) as screen:
        assert screen.wait() == 0
        assert f"the pager '{pager}' is not installed" in screen.text
        assert "2025-05-02" in screen.text
        assert "Traceback" not in screen.text


@pytest.mark.parametrize("pager", ["LC_ALL=C sed 's/^/| /'", "{ sed 's/^/| /'; }", "eval cat"])
def test_pager_may_be_any_command_of_the_shell(home: Home, digests: Path, pager: str) -> None:
    with terminal(
        home.with_environment(PAGER=pager), "list", "--pager", "-p", digests, columns=120
    ) as screen:
        assert screen.wait() == 0
        assert "not installed" not in screen.text
        assert "2025-05-02" in screen.text


def test_pager_is_not_used_for_a_pipe(home: Home, digests: Path) -> None:
    with_pager = home.with_environment(PAGER="false")
    result = with_pager.run("list", "--pager", "-p", digests)
    assert result.code == 0
    assert len(result.lines) == 3


def test_error_is_printed_after_the_pager(home: Home, digests: Path) -> None:
    require_programs("less")
    with terminal(home, "list", "vots:>3", "--pager", "-p", digests) as screen:
        assert screen.wait() == 2
        assert "broadsheet: " in screen.text
