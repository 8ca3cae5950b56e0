from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.cli.on_terminal import terminal
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


@pytest.mark.parametrize("columns", [46, 80])
def test_korean_titles_are_aligned(home: Home, digests: Path, columns: int) -> None:
    with terminal(home, "list", "-p", digests, columns=columns) as screen:
        assert screen.wait() == 0
        assert screen.broken_wide_characters() == []
        heading = screen.find("Title")[0]
        assert screen.find("First: a survey")[0] == heading
        assert screen.find("두 번째 논문")[0] == heading
        date, _ = screen.find("Date")
        assert screen.find("2025-05-01")[0] == date
        votes, _ = screen.find("Votes")
        line = screen.find("두 번째")[1]
        assert screen.cells(line)[votes + 4] == "-"
        assert "\t" not in screen.raw.decode()


def test_long_title_wraps_within_its_column(home: Home) -> None:
    with terminal(home, "list", "id:2505.15404", columns=54) as screen:
        assert screen.wait() == 0
        assert screen.broken_wide_characters() == []
        column, line = screen.find("대형 추론 모델을")
        folded = screen.rows[line + 1]
        assert folded.strip()
        assert "".join(screen.cells(line + 1)[:column]).strip() == ""


def test_latex_in_titles_is_typeset_on_a_terminal_only(home: Home) -> None:
    paper = SamplePaper("2505.00001", r"M$^{2}$UGen: Music")
    write_digest(home.root / "digests" / "a.md", ko_digest("2025-05-01", [paper]))
    with terminal(home, "list", "-p", "digests", columns=80) as screen:
        assert screen.wait() == 0
        assert screen.find("M²UGen: Music")
    assert r"M$^{2}$UGen: Music" in home.run("list", "-p", "digests").out


def test_no_match_prints_a_message(home: Home) -> None:
    with terminal(home, "list", "nobody-wrote-this") as screen:
        assert screen.wait() == 1
        assert "no paper matches the query" in screen.text
        assert "Date" not in screen.text


def test_progress_is_shown_and_cleared(home: Home, digests: Path) -> None:
    with terminal(home, "sync", "-p", digests) as screen:
        assert screen.wait() == 0
        assert b"Reading digests: 1 of 2" in screen.raw
        assert "Reading" not in screen.text
        assert screen.rows[0].startswith("read 2, unchanged 0")


def test_interrupt_prints_nothing(home: Home) -> None:
    # The progress exceeds three times the terminal's buffer (64 KB), so the program cannot finish
    # before the test has read it.
    (home.root / "many").mkdir()
    for number in range(9000):
        (home.root / "many" / f"{number}.md").write_text("No digest.", encoding="utf-8")
    with terminal(home, "sync", "-p", "many") as screen:
        screen.wait_for("Reading digests")
        screen.press("ctrl+c")
        # With -m, Python may be terminated by the signal, which a shell also reports as 130.
        assert screen.wait() in {130, -signal.SIGINT}
        assert screen.text.replace("^C", "").strip() == ""


def test_doctor_checks_the_terminal(samples: Home) -> None:
    with terminal(samples, "doctor", columns=120) as screen:
        assert screen.wait() == 0
        assert "xterm-256color, 120 × 24, utf-8" in screen.text
    dumb = samples.with_environment(TERM="dumb")
    with terminal(dumb, "doctor") as screen:
        assert screen.wait() == 1
        assert "BAD  terminal" in screen.text


def test_browser_refuses_an_unsupported_terminal(home: Home) -> None:
    with terminal(home.with_environment(TERM="dumb")) as screen:
        assert screen.wait() == 2
        [line] = [row.rstrip() for row in screen.rows if row.strip()]
        assert line.startswith("broadsheet: TERM=dumb is not supported; to print papers")
        assert screen.modes_ever == set()
    assert list(home.root.iterdir()) == []
