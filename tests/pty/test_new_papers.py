"""What is new survives restarts and lost connections, until a visit is completed."""

from __future__ import annotations

import re
from pathlib import Path

from tests.pty.conftest import Open
from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


def write_day(folder: Path, day: int) -> None:
    papers = [SamplePaper(f"2505.{day:02}{number:03}", votes=number) for number in range(3)]
    write_digest(folder / f"{day:02}.md", ko_digest(f"2025-05-{day:02}", papers))


def test_new_papers_are_new_until_they_were_seen_and_the_reader_quits(
    browser: Open, home: Home, tmp_path: Path
) -> None:
    digests = tmp_path / "digests"
    write_day(digests, 1)
    home.configure(f'sources = ["{digests}"]\nread_after = 0\n')
    assert home.run("sync").code == 0

    first = browser()
    first.wait_for(lambda text: re.search(r"Unread +3\b", text))
    first.press("q")
    assert first.wait() == 0
    assert home.run("count", "is:new").out == "0\n"

    write_day(digests, 2)
    write_day(digests, 3)
    assert home.run("count", "is:new").out == "6\n"
    unseen = browser()
    unseen.wait_for(lambda text: "6 new papers since" in text)
    unseen.press("q")
    assert unseen.wait() == 0
    assert home.run("count", "is:new").out == "6\n"

    dropped = browser()
    dropped.wait_for(lambda text: "6 new papers since" in text)
    dropped.press("W")
    dropped.wait_for(lambda text: "New today   6 papers" in text)
    dropped.press("j")
    dropped.hang_up()
    dropped.process.wait(60)
    assert home.run("count", "is:new").out == "6\n"

    seen = browser()
    seen.wait_for(lambda text: "6 new papers since" in text)
    seen.press("j", "[")
    seen.wait_for(lambda text: "Fri 2 May 2025   3 papers" in text)
    seen.press("q")
    assert seen.wait() == 0
    assert home.run("count", "is:new").out == "0\n"
