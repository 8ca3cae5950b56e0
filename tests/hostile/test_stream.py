"""The strict reading of a terminal's input, which all the rest depends on."""

from __future__ import annotations

import pytest

from tests.hostile.attacks import CONTROLS
from tests.hostile.stream import hyperlinks, kinds, unseen


def test_text_is_no_sequence() -> None:
    raw = "Plain 한국어 \x1b[1;31mred\x1b[0m ∙\r\n".encode()
    assert kinds(raw) == {"CSI m", "'\\r'", "'\\n'"}
    assert unseen(raw) == set()


@pytest.mark.parametrize("name", sorted(CONTROLS.keys() - {"surrogates"}))
def test_every_attack_is_noticed(name: str) -> None:
    raw = CONTROLS[name].encode()
    assert kinds(raw) - {"CSI m", "'\\r'", "'\\n'"} or unseen(raw) or "\r" in CONTROLS[name]


def test_hyperlinks_are_told_by_their_scheme() -> None:
    raw = b"\x1b]8;id=1;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\"
    assert kinds(raw) == {"hyperlink file", "hyperlink "}
    assert hyperlinks(raw) == {"file:///etc/passwd"}
