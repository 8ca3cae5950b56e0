"""Whatever a terminal sends, the program can read the next key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.ui.drivers.terminal_input import TerminalInput

numbers = st.sampled_from(
    ["", "0", "1", "3", "27", "97", "200", "201", "57441", "1114112", "9" * 40]
)
parameters = st.lists(st.tuples(numbers, st.sampled_from([";", ":", ""])), max_size=6).map(
    lambda parts: "".join(map("".join, parts))
)
sequences = st.builds(
    lambda start, private, values, between, final: f"{start}{private}{values}{between}{final}",
    st.sampled_from(["\x1b[", "\x9b", "\x1b[[", "\x1bO", "\x1b\x1b["]),
    st.sampled_from(["", "<", "=", ">", "?"]),
    parameters,
    st.sampled_from(["", " ", "$", "'"]),
    st.characters(min_codepoint=0x20, max_codepoint=0x7F),
)
strings = st.builds(
    lambda start, text, end: f"{start}{text}{end}",
    st.sampled_from(["\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x9d", "\x1b[200~"]),
    st.text(max_size=20),
    st.sampled_from(["", "\x07", "\x1b\\", "\x9c", "\x1b[201~", "\x1b"]),
)
pieces = st.one_of(
    st.binary(max_size=20),
    st.one_of(sequences, strings, st.text(max_size=10)).map(
        lambda text: text.encode(errors="replace")
    ),
)
pauses = st.sampled_from([0.0, 0.01, 0.3, 1.0])


@given(st.lists(st.tuples(pieces, pauses), max_size=12), st.integers(1, 9))
def test_key_after_any_input(sent: list[tuple[bytes, float]], size: int) -> None:
    received, now = TerminalInput(), 0.0
    for data, pause in sent:
        for start in range(0, len(data), size):
            for event in received.feed(data[start : start + size], now):
                _check(event)
        now += pause
        for event in received.tick(now):
            _check(event)
    # A second later nothing of it is left, except the first bytes of a character.
    now += 1
    received.tick(now)
    last = [event.key for event in received.feed(b"j", now) if isinstance(event, events.Key)][-1:]
    assert last == ["j"]


def _check(event: object) -> None:
    """Check what the rest of the program relies on."""
    if isinstance(event, events.Key):
        (event.character or "").encode()
        event.key.encode()
    if isinstance(event, events.Paste):
        assert "\x1b" not in event.text
