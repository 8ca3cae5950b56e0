"""What a terminal sends, in whatever pieces it arrives."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.drivers.input_decoder import InputDecoder

BEGIN, END = "\x1b[200~", "\x1b[201~"


def read(data: bytes, *cuts: int) -> str:
    """Read bytes that arrive in pieces, cut at these places."""
    typed = InputDecoder()
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return "".join(typed.text(data[start:end]) for start, end in pairwise(places))


@pytest.mark.parametrize(
    ("sent", "taken"),
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
def test_an_escape_in_a_paste_begins_nothing(sent: str, taken: str) -> None:
    data = sent.encode()
    assert read(data) == taken
    assert read(data, *range(len(data))) == taken


@given(
    st.lists(st.sampled_from([BEGIN, END, "\x1b", "[20", "0~", "1~", "가", "q", "\x1b[A"])),
    st.data(),
)
def test_pieces_make_no_difference(parts: list[str], data: st.DataObject) -> None:
    sent = "".join(parts).encode()
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=5))
    whole, cut = read(sent), read(sent, *cuts)
    # What is held back at the end is an escape within a paste, which would go.
    assert cut == whole
    inside = whole.split(BEGIN)[1:]
    assert not any("\x1b" in paste.split(END)[0] for paste in inside)


@pytest.mark.parametrize("data", [b"\xe9", b"j\xffk", b"\xed\xa0\x80", b"\xf0\x9f\x98"])
def test_bytes_that_are_no_text_are_no_end(data: bytes) -> None:
    typed = InputDecoder()
    typed.text(data)
    assert typed.text(b"j")[-1] == "j"
