from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.home import Home
from tests.support.sample_digests import SamplePaper, ko_digest, write_digest


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return a home in which Broadsheet has never run."""
    return Home(tmp_path)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with the sample data in the cache, for tests that change nothing."""
    home = Home(tmp_path_factory.mktemp("samples"))
    assert home.run("sync").code == 0
    return home


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    """Return a folder with two small digests of three papers; one is in both, one has no votes."""
    folder = tmp_path / "내 digests"
    write_digest(
        folder / "01.md",
        ko_digest(
            "2025-05-01",
            [
                SamplePaper(
                    "2505.00001", "First: a survey", votes=3, authors=("Ann Lee", "Bo Kim")
                ),
                SamplePaper("2505.00002", "두 번째 논문", authors=("이 선",)),
            ],
        ),
    )
    write_digest(
        folder / "02.md",
        ko_digest(
            "2025-05-02",
            [
                SamplePaper(
                    "2505.00001", "First: a survey", votes=9, authors=("Ann Lee", "Bo Kim")
                ),
                SamplePaper("2505.00003", "=Third", votes=9, authors=("Cy Oh",)),
            ],
        ),
    )
    return folder
