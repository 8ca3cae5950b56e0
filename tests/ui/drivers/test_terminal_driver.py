"""Terminal input, split at arbitrary offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.drivers.terminal_driver import InputDecoder

BEGIN, END = "\x1b[200~", "\x1b[201~"


def read(data: bytes, *cuts: int) -> str:
    """Decode bytes that arrive in chunks, split at the given offsets."""
    decoder = InputDecoder()
    offsets = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return "".join(decoder.decode(data[start:end]) for start, end in pairwise(offsets))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("j", "j"),
        ("\x1b", "\x1b"),
        ("\x1b[A\x1bOP\x1b[<0;1;1M", "\x1b[A\x1bOP\x1b[<0;1;1M"),
        (f"{BEGIN}words{END}q", f"{BEGIN}words{END}q"),
        (f"{BEGIN}\x1b[qqq{END}", f"{BEGIN}[qqq{END}"),
        (f"{BEGIN}\x1b\x1b[201q{END}k", f"{BEGIN}[201q{END}k"),
        (f"{BEGIN}a{BEGIN}b{END}c\x1b", f"{BEGIN}a[200~b{END}c\x1b"),
        (f"{BEGIN}a{END}{BEGIN}\x1bb{END}", f"{BEGIN}a{END}{BEGIN}b{END}"),
    ],
)
def test_escapes_in_a_paste_are_removed(sent: str, expected: str) -> None:
    data = sent.encode()
    assert read(data) == expected
    assert read(data, *range(len(data))) == expected


@given(
    st.lists(st.sampled_from([BEGIN, END, "\x1b", "[20", "0~", "1~", "가", "q", "\x1b[A"])),
    st.data(),
)
def test_chunk_boundaries_do_not_matter(parts: list[str], data: st.DataObject) -> None:
    sent = "".join(parts).encode()
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=5))
    whole, cut = read(sent), read(sent, *cuts)
    assert cut == whole
    inside = whole.split(BEGIN)[1:]
    assert not any("\x1b" in paste.split(END)[0] for paste in inside)


@pytest.mark.parametrize("data", [b"\xe9", b"j\xffk", b"\xed\xa0\x80", b"\xf0\x9f\x98"])
def test_invalid_utf8_does_not_end_input(data: bytes) -> None:
    decoder = InputDecoder()
    decoder.decode(data)
    assert decoder.decode(b"j")[-1] == "j"
