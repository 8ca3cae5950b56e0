"""Corrupted versions of a file."""

from __future__ import annotations

from collections.abc import Iterator


def truncations(data: bytes) -> Iterator[bytes]:
    """Yield the file truncated at every length."""
    for length in range(len(data)):
        yield data[:length]


def bit_flips(data: bytes) -> Iterator[bytes]:
    """Yield the file with each of its bits flipped."""
    for at in range(len(data)):
        for bit in range(8):
            yield data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


OTHER_CONTENTS = (
    b"", b"\0" * 64, b"{}", b"[]", b"null", b'{"papers": [1, 2]}', b"\xff\xfe{}", b"{" * 2000,
    b'{"schema": {"1": {"version": %d}}, "marks": {"2505.00001": {"read": "yes"}}}',
    b'{"schema": {"1": {"version": %d}}, "calendar": {"": {"days": 1}}, "digests": {"a": {}}}',
    b'{"schema": {"1": {"version": %d}}, "days": {"x": {}}, "files": {"calendar": {}}}',
    b'{"schema": {"1": {"version": %d}}, "entries": {"1": {"id": 5}, "x": {}}}',
    b'{"schema": {"1": {"version": %d}}, "session": {"": {"theme": 7, "places": {"a": 1}}}}',
)  # fmt: skip
"""Other JSON, and invalid JSON. ``%d`` stands for the current schema version."""


def with_other_content(schema: int) -> Iterator[bytes]:
    """Yield other contents, with the given schema version."""
    for content in OTHER_CONTENTS:
        yield content % schema if b"%d" in content else content
