"""Where the first frame is stored. The frame itself is tested in ``tests/pty``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tui.config.paths import cache_folder
from tui.runtime.first_frame import FILE_NAME, frame_file


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"XDG_CACHE_HOME": ""},
        {"XDG_CACHE_HOME": "/var/tmp/cache"},
        {"XDG_CACHE_HOME": "/var/tmp/캐시 folder"},
        {"HOME": "/home/other"},
        {"HOME": "/home/other", "XDG_CACHE_HOME": "/var/tmp/cache"},
        {"XDG_CONFIG_HOME": "/var/tmp/config", "XDG_STATE_HOME": "/var/tmp/state"},
    ],
)
def test_frame_is_in_the_cache_folder(
    monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str]
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert Path(frame_file(dict(os.environ))) == cache_folder() / FILE_NAME
