"""Deleting clones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.sources.git.repositories import GitSources


def test_delete_refuses_a_folder_that_is_not_a_clone(tmp_path: Path) -> None:
    precious = tmp_path / "checkout"
    precious.mkdir()
    with pytest.raises(ValueError, match="not a clone"):
        GitSources(tmp_path / "clones").delete(precious)
    assert precious.is_dir()
