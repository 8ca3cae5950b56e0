from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.huggingface.fetcher import Fetcher
from tests.sources.huggingface.server import Hub


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A hub without papers."""
    with Hub() as hub:
        yield hub


@pytest.fixture
def fetcher(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetcher:
    """A client of the hub with short timeouts."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return Fetcher(hub, tmp_path)
