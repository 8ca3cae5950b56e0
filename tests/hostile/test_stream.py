"""The strict parser of terminal output, on which the other tests depend."""

from __future__ import annotations

import pytest

from tests.hostile.attacks import CONTROLS
from tests.hostile.stream import hyperlinks, invisible_characters, sequence_kinds


def test_text_has_no_sequences() -> None:
    raw = "Plain 한국어 \x1b[1;31mred\x1b[0m ∙\r\n".encode()
    assert sequence_kinds(raw) == {"CSI m", "'\\r'", "'\\n'"}
    assert invisible_characters(raw) == set()


@pytest.mark.parametrize("name", sorted(CONTROLS.keys() - {"surrogates"}))
def test_every_attack_is_detected(name: str) -> None:
    raw = CONTROLS[name].encode()
    assert (
        sequence_kinds(raw) - {"CSI m", "'\\r'", "'\\n'"}
        or invisible_characters(raw)
        or "\r" in CONTROLS[name]
    )


def test_hyperlinks_are_distinguished_by_their_scheme() -> None:
    raw = b"\x1b]8;id=1;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\"
    assert sequence_kinds(raw) == {"hyperlink file", "hyperlink "}
    assert hyperlinks(raw) == {"file:///etc/passwd"}
