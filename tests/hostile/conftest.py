from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home folder in which Broadsheet has never run."""
    return Home(tmp_path)
