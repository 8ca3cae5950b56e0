"""The cache of pictures."""

from __future__ import annotations

import os
from pathlib import Path

from tui.sources.pictures.cache import PictureCache


def test_least_recently_used_pictures_make_way(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "new" / "pictures", max_bytes=10)
    cache.put("a", b"1111")
    cache.put("b", b"2222")
    for age, file in enumerate(
        sorted(tmp_path.rglob("*.picture"), key=lambda each: each.read_bytes())
    ):
        os.utime(file, (age, age))
    assert cache.get("a") == b"1111"
    cache.put("c", b"3333")
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (b"1111", None, b"3333")
    cache.put("d", bytes(11))
    assert cache.get("d") is None
    assert cache.get("a") == b"1111"


def test_unusable_folder_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = PictureCache(tmp_path / "file" / "pictures")
    cache.put("a", b"1")
    assert cache.get("a") is None
