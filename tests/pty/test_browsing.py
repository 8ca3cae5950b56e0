from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.corpus import write_corpus
from tests.pty.conftest import Open
from tests.pty.harness import SYNCHRONIZED_OUTPUT, PseudoTerminal
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest

NEWEST = "Darwin Godel Machine: Open-Ended"
NEWEST_SUMMARY = "Darwin Gödel Machine(DGM)은"
END_OF_FRAME = f"\x1b[?{SYNCHRONIZED_OUTPUT}l".encode()
SECOND_SUMMARY = "Fast-dLLM speeds up"


def wait_until_ready(terminal: PseudoTerminal) -> PseudoTerminal:
    """Wait until the newest day and its first summary are shown."""
    terminal.wait_for(lambda text: NEWEST in text and NEWEST_SUMMARY in text)
    return terminal


def status(terminal: PseudoTerminal) -> str:
    return terminal.rows[terminal.lines - 2]


def votes(terminal: PseudoTerminal) -> list[int]:
    """Return the votes of the papers in the table, from top to bottom."""
    column, heading = terminal.find("Votes")
    found = []
    for line in range(heading + 1, terminal.lines):
        cell = "".join(terminal.cells(line)[column : column + 5]).strip()
        if not re.fullmatch(r"\d+", cell):
            break
        found.append(int(cell))
    return found


def test_start_shows_newest_day_of_sample_data(browser: Open) -> None:
    terminal = wait_until_ready(browser())
    assert terminal.frames > 0
    assert "Sample data." in terminal.rows[0]
    assert "9 papers" in status(terminal)
    assert votes(terminal) == sorted(votes(terminal), reverse=True)
    terminal.wait_until(lambda: not terminal.broken_wide_characters())


DELAYED_SUMMARY = """
import sys
from tui.ui.screens.main import main_screen

main_screen.FIRST_SUMMARY_SECONDS = 3600
begin = main_screen.MainScreen.start_background_work


def report(screen):
    screen.app._driver.write("\\x1b]0;started\\x07")
    begin(screen)


main_screen.MainScreen.start_background_work = report
from tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
"""The app with its first summary delayed by an hour, which reports when it continues."""


def test_little_is_written_between_first_screen_and_summary(home: Home, tmp_path: Path) -> None:
    write_digest(
        tmp_path / "digests" / "a.md",
        ko_digest("2025-05-01", [SamplePaper("2505.00001", "Lenses")]),
    )
    assert home.run("sync", "-p", "digests").code == 0
    command = [sys.executable, "-c", DELAYED_SUMMARY, "digests"]
    with PseudoTerminal(command, environment=home.environment, at=home.root) as terminal:
        terminal.wait_until(lambda: b"started" in terminal.raw)
        before, summary, _ = terminal.raw.partition(b"A summary.")
    assert summary
    assert b"started" not in before
    # The first screen, and a second full frame that Textual always draws at start.
    assert before.count(END_OF_FRAME) <= 2


def test_moving_the_cursor_changes_the_summary(browser: Open) -> None:
    terminal = wait_until_ready(browser())
    terminal.press("j")
    terminal.wait_for(lambda text: SECOND_SUMMARY in text and NEWEST_SUMMARY not in text)
    terminal.press("up")
    terminal.wait_for(NEWEST_SUMMARY)
    terminal.wait_until(lambda: not terminal.broken_wide_characters())


def test_choosing_another_date(browser: Open) -> None:
    terminal = wait_until_ready(browser())
    terminal.press("[")
    terminal.wait_until(lambda: "29 May 2025" in status(terminal))
    terminal.wait_for(lambda text: NEWEST not in text)
    terminal.press("]")
    wait_until_ready(terminal)
    terminal.press("d")
    terminal.wait_for("Go to date:")
    terminal.press(*"2025-05-23", "enter")
    terminal.wait_until(lambda: "23 May 2025" in status(terminal))
    terminal.wait_for("Web-Shepherd")


def test_status_counts_papers_hidden_by_threshold(browser: Open) -> None:
    terminal = wait_until_ready(browser())
    terminal.press("+", "+")
    terminal.wait_until(lambda: "10+ votes" in status(terminal))
    shown = votes(terminal)
    assert min(shown) >= 10
    assert f"{9 - len(shown)} below" in status(terminal)
    terminal.press("-", "-")
    terminal.wait_until(lambda: "hidden" not in status(terminal))
    terminal.wait_until(lambda: len(votes(terminal)) == 9)


def test_threshold_hides_and_counts_papers_without_votes(browser: Open) -> None:
    terminal = browser("--date", "2025-05-23", "--min-votes", "5")
    terminal.wait_until(lambda: re.search(r"5\+ votes \(\d+ below, \d unknown\)", status(terminal)))


def test_click_on_heading_sorts(browser: Open) -> None:
    terminal = wait_until_ready(browser())
    terminal.click(*terminal.find("Title"))
    terminal.wait_until(lambda: "title" in status(terminal))
    column, heading = terminal.find("Title")
    titles = [
        "".join(terminal.cells(line)[column : column + 8])
        for line in range(heading + 1, heading + 10)
    ]
    assert titles == sorted(titles, key=str.casefold)
    terminal.click(*terminal.find("Votes"))
    terminal.wait_until(lambda: votes(terminal) == sorted(votes(terminal), reverse=True))
    before = votes(terminal)
    terminal.click(*terminal.find("Votes"))
    terminal.wait_until(lambda: votes(terminal) == before[::-1] != before)


def scroll(terminal: PseudoTerminal) -> None:
    """Scroll down by one line, and wait until it shows."""
    top = terminal.rows[2]
    terminal.press("j")
    terminal.wait_until(lambda: terminal.rows[2] != top)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_full_width_summary_splits_no_syllable(browser: Open, columns: int) -> None:
    terminal = browser(columns=columns, lines=14)
    terminal.wait_for(NEWEST)
    terminal.press("enter")
    terminal.wait_for(lambda text: "Votes" not in text and NEWEST_SUMMARY in text)
    terminal.wait_until(lambda: not terminal.broken_wide_characters())
    korean = 0
    for _ in range(6):
        scroll(terminal)
        terminal.wait_until(lambda: not terminal.broken_wide_characters())
        korean += sum("가" <= letter <= "힣" for letter in terminal.text)
    assert korean > 200
    terminal.press("J")
    terminal.wait_for(SECOND_SUMMARY)
    terminal.wait_until(lambda: not terminal.broken_wide_characters())
    terminal.press("escape")
    terminal.wait_for("Votes")
    terminal.wait_until(lambda: not terminal.broken_wide_characters())


def test_resizing_the_terminal(browser: Open) -> None:
    terminal = wait_until_ready(browser(columns=120, lines=30))
    for columns, lines in ((80, 24), (61, 20), (140, 40)):
        terminal.resize(columns, lines)
        terminal.wait_until(
            lambda: (
                terminal.rows[terminal.lines - 1].rstrip().endswith("quit")
                and "9 papers" in status(terminal)
                and NEWEST[:20] in terminal.text
            )
        )
        terminal.wait_until(lambda: not terminal.broken_wide_characters())
    terminal.resize(30, 10)
    terminal.wait_for("needs 40")
    terminal.resize(100, 30)
    wait_until_ready(terminal)


def test_first_start_reads_the_digests(browser: Open, home: Home, tmp_path: Path) -> None:
    facts = write_corpus(tmp_path / "digests", 600)
    terminal = browser(tmp_path / "digests")
    # The newest day opens as soon as it has been read, and the rest follows.
    terminal.wait_until(lambda: f"{facts.newest.day} " in status(terminal))
    terminal.wait_until(lambda: " papers" in status(terminal))
    terminal.wait_until(lambda: not terminal.broken_wide_characters())
    terminal.press("0")
    terminal.wait_until(lambda: "600 papers" in status(terminal))
    terminal.press("ZZ")
    assert terminal.wait() == 0
    assert home.run("sync", "-p", tmp_path / "digests", "--format", "json").json["read"] == 0


@pytest.mark.parametrize("is_read", [False, True])
def test_date_without_digest_opens_the_previous_one(
    browser: Open, home: Home, is_read: bool
) -> None:
    if is_read:
        assert home.run("sync").code == 0
    terminal = browser("--date", "2025-05-27")
    terminal.wait_for("No digest for Tue 27 May 2025; showing Fri 23 May 2025.")
    terminal.wait_for("Web-Shepherd")


def test_query_option_searches_all_days(browser: Open) -> None:
    terminal = browser("--query", "id:2504.16084")
    terminal.wait_for("TTRL: Test-Time Reinforcement Learning")
    terminal.wait_until(lambda: "1/71" in status(terminal))


def test_one_unreadable_source_is_a_problem(browser: Open, tmp_path: Path) -> None:
    write_corpus(tmp_path / "digests", 20)
    terminal = browser(tmp_path / "digests", "nowhere")
    terminal.wait_until(lambda: "20 papers" in status(terminal))
    terminal.press("!")
    terminal.wait_for("no such file or folder")


# Saved session


def test_threshold_and_sort_order_are_remembered(browser: Open) -> None:
    terminal = wait_until_ready(browser())
    terminal.press("+", "s")
    terminal.wait_until(lambda: "5+ votes" in status(terminal) and "title" in status(terminal))
    terminal.press("q")
    assert terminal.wait() == 0
    again = browser()
    again.wait_until(lambda: "5+ votes" in status(again) and "title" in status(again))


def test_named_sources_ignore_the_saved_session(browser: Open, home: Home, tmp_path: Path) -> None:
    write_corpus(tmp_path / "digests", 20)
    home.configure("min_votes = 10\nsort = 'title'\n")
    terminal = browser(tmp_path / "digests")
    terminal.wait_until(lambda: "20 papers ⋅ 20 unread   votes" in status(terminal))
    terminal.press("+")
    terminal.wait_until(lambda: "5+ votes" in status(terminal))
    terminal.press("q")
    assert terminal.wait() == 0
    again = browser()
    again.wait_until(lambda: "10+ votes" in status(again) and "title" in status(again))


def test_keys_typed_ahead_go_into_the_prompt(browser: Open) -> None:
    terminal = browser()
    terminal.wait_for("Darwin Godel Machine")
    terminal.send("0/MMaDA\r")
    terminal.wait_for("1/71")
    terminal.send("d4-2\r")
    terminal.wait_for("Wed 2 April 2025")


def test_key_typed_before_the_first_screen_works(browser: Open, home: Home) -> None:
    assert home.run("sync").code == 0
    terminal = browser()
    terminal.send("/")
    terminal.wait_for("Search in")
