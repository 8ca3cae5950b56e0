"""Terminal input: keys, pastes and replies, malformed and split at arbitrary offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.ui.drivers.terminal_input import (
    BULK_CHARACTERS,
    INCOMPLETE_SECONDS,
    MAX_PASTED_CHARACTERS,
    GraphicsReply,
    TerminalInput,
)

BEGIN, END = "\x1b[200~", "\x1b[201~"
ESCAPE_SECONDS = 0.2


class Keyboard:
    """A terminal whose clock moves only as a test says."""

    def __init__(self) -> None:
        self.input = TerminalInput()
        self.now = 100.0

    def send(self, sent: str | bytes, *cuts: int) -> list[str]:
        """Send characters, in pieces if cut at offsets; return what they are taken for."""
        data = sent.encode() if isinstance(sent, str) else sent
        offsets = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
        found = []
        for start, end in pairwise(offsets):
            found += self.input.feed(data[start:end], self.now)
            found += self.input.tick(self.now)
        return list(filter(None, map(_name, found)))

    def wait(self, seconds: float) -> list[str]:
        self.now += seconds
        return list(filter(None, map(_name, self.input.tick(self.now))))

    def send_and_wait(self, sent: str | bytes, *cuts: int) -> list[str]:
        return self.send(sent, *cuts) + self.wait(1)


def _name(message: object) -> str:
    match message:
        case events.Key(key=key):
            return key
        case events.Paste(text=text):
            return f"paste:{text}"
    return ""


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("j", ["j"]),
        ("가é", ["가", "é"]),
        ("\r\t\x7f\x03", ["enter", "tab", "backspace", "ctrl+c"]),
        ("\x1b[A\x1bOP\x1b[[B\x1b[15~\x1b[3$j", ["up", "f1", "f2", "f5", "shift+delete", "j"]),
        ("\x1bj\x1bJ\x1b\x7f", ["alt+j", "alt+shift+j", "ctrl+w"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1b\x1b", ["escape", "escape"]),
        ("\x1b[97u\x1b[97;5u\x1b[97;;97u", ["a", "ctrl+a", "a"]),
        ("\x1b[97;5:1u\x1b[97;5:2u", ["ctrl+a", "ctrl+a"]),
        ("\x1b[97:65;5u", ["ctrl+a"]),
        ("\x1b[0;;44032:45208:45796:46972:47560:48148u", list("가나다라마바")),
        (f"{BEGIN}words{END}q", ["paste:words", "q"]),
        (f"{BEGIN}\x1b[qqq{END}", ["paste:[qqq"]),
        (f"{BEGIN}\x1b\x1b[201q{END}k", ["paste:[201q", "k"]),
        (f"{BEGIN}a{BEGIN}b{END}c\x1b", ["paste:a[200~b", "c", "escape"]),
        (f"{BEGIN}a{END}{BEGIN}\x1bb\x00{END}", ["paste:a", "paste:b"]),
        (f"{BEGIN}\x9b201~q{END}", ["paste:\x9b201~q"]),
    ],
)
def test_keys_and_pastes(sent: str, expected: list[str]) -> None:
    keyboard = Keyboard()
    assert keyboard.send_and_wait(sent) == expected
    assert Keyboard().send_and_wait(sent, *range(len(sent.encode()))) == expected


REPLIES = {
    "DA1": "\x1b[?62;1;2;4;6;9;15;16;17;18;21;22;28;29c",
    "DA2": "\x1b[>41;380;0c",
    "DA3": "\x1bP!|00000000\x1b\\",
    "OSC 4": "\x1b]4;1;rgb:cdcd/0000/0000\x07",
    "OSC 10": "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "OSC 11": "\x1b]11;rgb:0000/0000/0000\x07",
    "OSC 11 with C1": "\x9d11;rgb:0000/0000/0000\x9c",
    "OSC 52": "\x1b]52;c;" + "cXEgcQ==" * 9000 + "\x1b\\",
    "title": "\x1b]lqqq jjj\x1b\\",
    "XTVERSION": "\x1bP>|XTerm(380)\x1b\\",
    "XTGETTCAP": "\x1bP1+r544e=787465726d\x1b\\",
    "APC": "\x1b_Gi=1;OK\x1b\\",
    "PM, SOS": "\x1b^qqq\x1b\\\x1bXqqq\x1b\\",
    "CPR": "\x1b[24;80R",
    "DECXCPR": "\x1b[?24;80;1R",
    "status": "\x1b[0n",
    "mode": "\x1b[?2026;2$y\x1b[4;2$y\x1b[?69;0$y",
    "window": "\x1b[8;24;80t\x1b[4;480;640t",
    "kitty": "\x1b[?1u",
    "unknown CSI": "\x1b[1;2;3q\x1b[=5v\x1b[>q\x1b[9'~\x1b[1 q\x1b[j",
    "CSI with C1": "\x9b?62;22c",
    "checksum": "\x1b[?1;2x\x1b[2;1;1;128;128;1;0x",
    "stray end": "\x1b\\",
    "mouse": "\x1b[M !!\x1b[<0;1;1M\x1b[32;10;10M",
    "key release": "\x1b[97;5:3u\x1b[97;1:3u\x1b[1;1:3A\x1b[57441;2:3u",
    "too large": "\x1b[1114112u\x1b[97;;1114112u\x1b[99999999999;1u",
    "surrogate": "\x1b[55296u\x1b[97;;55296u",
    "not numbers": "\x1b[:u\x1b[;;;u\x1b[97;;:u\x1b[-5u",
    "in-band size": "\x1b[48;0;0;0;0t\x1b[48;99999999;99999999;9;9t\x1b[48;1;2;3t",
    "mode of sizes": "\x1b[?2048;0$y",
    "very long": "\x1b[" + "1;" * 9000 + "u",
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_replies_are_never_keys(reply: str) -> None:
    assert Keyboard().send_and_wait(f"j{reply}k") == ["j", "k"]
    assert Keyboard().send_and_wait(f"{reply}{reply}") == []
    if len(reply) < 100:
        sent = f"{reply}k"
        assert Keyboard().send_and_wait(sent, *range(len(sent.encode()))) == ["k"]


@pytest.mark.parametrize("name", ["DA1", "DA2", "OSC 11", "XTVERSION", "DECXCPR"])
@pytest.mark.parametrize("seconds", [ESCAPE_SECONDS, INCOMPLETE_SECONDS + 0.1])
def test_reply_that_arrives_in_two_pieces_is_not_a_key(name: str, seconds: float) -> None:
    reply = REPLIES[name]
    for cut in range(1, len(reply) - 2):
        keyboard = Keyboard()
        found = keyboard.send(reply[:cut]) + keyboard.wait(seconds) + keyboard.send(reply[cut:])
        assert found in ([], ["escape"]), reply[cut:]
        assert found == [] or cut == 1


@pytest.mark.parametrize(
    "name", ["DA1", "DA2", "OSC 4", "OSC 10", "OSC 11", "DECXCPR", "mode", "kitty"]
)
def test_reply_of_a_slow_line_is_not_a_key(name: str) -> None:
    keyboard = Keyboard()
    found: list[str] = []
    for character in REPLIES[name]:
        found += keyboard.send(character) + keyboard.wait(0.08)
    assert found == []
    assert keyboard.send("7") == ["7"]


@pytest.mark.parametrize("seconds", [ESCAPE_SECONDS, INCOMPLETE_SECONDS + 0.1])
@pytest.mark.parametrize(
    "pieces",
    [
        ("\x1b[?62;1;", "2;4;6;", "9;15c"),
        ("\x1b[>41", ";380;", "0c"),
        ("\x1b]11;rgb:", "0000/", "0000/0000\x07"),
        ("\x1b]4;255;r", "gb:eeee/", "eeee/eeee\x1b\\"),
    ],
)
def test_reply_that_arrives_in_three_pieces_is_not_a_key(
    pieces: tuple[str, ...], seconds: float
) -> None:
    keyboard = Keyboard()
    assert [name for each in pieces for name in keyboard.send(each) + keyboard.wait(seconds)] == []
    assert keyboard.send("75") == ["7", "5"]


@pytest.mark.parametrize(
    "start", ["\x1b[", "\x1b[12;", "\x1b[?6", "\x1b]", "\x1b]1", "\x1b]11;rgb:"]
)
def test_digits_are_keys_a_second_after_the_beginning_of_a_reply(start: str) -> None:
    keyboard = Keyboard()
    assert keyboard.send_and_wait(start) == []
    assert keyboard.send("7") + keyboard.send("25") == ["7", "2", "5"]


@pytest.mark.parametrize(
    ("flood", "expected"),
    [
        ("\x1b[I\x1b[O" * 600, ["AppBlur"]),
        ("".join(f"\x1b[<35;{n % 90 + 1};{n % 20 + 1}M" for n in range(300)), ["MouseMove"]),
        ("\x1b[<35;1;1M\x1b[<32;2;1M\x1b[<32;3;1M", ["MouseMove", "MouseMove"]),
        ("\0" * 4000, ["Key"]),
    ],
)
def test_flood_of_events_that_cancel_each_other_delays_no_key(
    flood: str, expected: list[str]
) -> None:
    found = TerminalInput().feed(f"{flood}jj".encode(), 0)
    assert [type(event).__name__ for event in found] == [*expected, "Key", "Key"]


UNFINISHED: dict[str, str | bytes] = {
    "paste": f"{BEGIN}text",
    "end of a paste": f"{BEGIN}text\x1b[20",
    "OSC": "\x1b]0;title",
    "OSC without text": "\x1b]",
    "DCS": "\x1bPq",
    "CSI": "\x1b[12;",
    "CSI without numbers": "\x1b[",
    "SS3": "\x1bO",
    "mouse": "\x1b[M ",
    "surrogate pair": "\x1b[55296;",
    "UTF-8": b"\xf0\x9f",
}


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED)
def test_unfinished_input_is_dropped_within_a_second(sent: str | bytes) -> None:
    keyboard = Keyboard()
    keyboard.send(sent)
    assert keyboard.wait(1) == []
    assert keyboard.send("j")[-1] == "j"
    assert keyboard.send("\x1b[A") == ["up"]
    assert keyboard.send(f"{BEGIN}new{END}") == ["paste:new"]


@pytest.mark.parametrize("key", ["j", "?", "7"])
@pytest.mark.parametrize("name", ["paste", "OSC", "DCS", "CSI"])
def test_held_key_ends_an_unfinished_text(name: str, key: str) -> None:
    keyboard = Keyboard()
    keyboard.send(UNFINISHED[name])
    found: list[str] = []
    for _ in range(40):
        keyboard.now += 1 / 40
        found += keyboard.send(key)
    assert len(found) > 5
    assert set(found) == set(Keyboard().send(key))


@pytest.mark.parametrize("name", ["paste", "OSC", "DCS"])
def test_escape_and_kitty_keys_work_after_an_unfinished_text(name: str) -> None:
    keyboard = Keyboard()
    keyboard.send(UNFINISHED[name])
    keyboard.wait(1)
    assert keyboard.send("\x1b") + keyboard.wait(ESCAPE_SECONDS) == ["escape"]
    assert keyboard.send("\x1b[106;1u") == ["j"]


def test_slow_and_stalled_pastes_stay_whole() -> None:
    text = "".join(f"words {number}, " for number in range(BULK_CHARACTERS))
    keyboard = Keyboard()
    found = keyboard.send(BEGIN)
    for character in text:
        keyboard.now += INCOMPLETE_SECONDS / (2 * BULK_CHARACTERS)
        found += keyboard.send(character)
    assert found + keyboard.send(END) == [f"paste:{text}"]
    found = keyboard.send(f"{BEGIN}{text[:50]}") + keyboard.wait(3)
    found += keyboard.send(text[50:100]) + keyboard.wait(3)
    assert found + keyboard.send(f"{text[100:104]}{END}j") == [f"paste:{text[:104]}", "j"]


def test_paste_without_end_takes_bounded_memory() -> None:
    keyboard = Keyboard()
    part = "x" * 4096
    assert not keyboard.send(BEGIN)
    for _ in range(MAX_PASTED_CHARACTERS // len(part) + 9):
        assert not keyboard.send(part)
    [paste] = keyboard.send(END)
    assert len(paste) == len("paste:") + MAX_PASTED_CHARACTERS


@given(
    st.lists(
        st.sampled_from(
            [BEGIN, END, "\x1b", "[20", "0~", "1~", "가", "q", "\x1b[A", "\x1b]", "\x07"]
        )
    ),
    st.data(),
)
def test_chunk_boundaries_do_not_matter(parts: list[str], data: st.DataObject) -> None:
    sent = "".join(parts).encode()
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=5))
    whole, cut = Keyboard().send_and_wait(sent), Keyboard().send_and_wait(sent, *cuts)
    assert cut == whole
    assert not any("\x1b" in name for name in whole)


@pytest.mark.parametrize("data", [b"\xe9", b"j\xffk", b"\xed\xa0\x80", b"\xf0\x9f\x98"])
def test_invalid_utf8_does_not_end_input(data: bytes) -> None:
    keyboard = Keyboard()
    keyboard.send(data)
    assert keyboard.send("j")[-1] == "j"


def test_sizes_that_a_terminal_reports_are_bounded() -> None:
    found = TerminalInput().feed(b"\x1b[48;40;120;800;1200t" + REPLIES["in-band size"].encode(), 0)
    assert [event.size for event in found if isinstance(event, events.Resize)] == [(120, 40)]


def graphics_replies(*pieces: str) -> list[str]:
    received = TerminalInput()
    found = [message for piece in pieces for message in received.feed(piece.encode(), 0)]
    return [message.text for message in found if isinstance(message, GraphicsReply)]


@given(st.integers(0, 15))
def test_reply_about_graphics_is_recognized_in_pieces(cut: int) -> None:
    sent = "a\x1b_Gi=31;OK\x1b\\b"
    assert graphics_replies(sent[:cut], sent[cut:]) == ["Gi=31;OK"]


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b_Xi=31;OK\x1b\\",
        "\x1bPGi=31;OK\x1b\\",
        "\x1b_G" + "x" * 100_000 + "\x1b\\",
        "\x1b_G" + "x" * 60 + "\x1b[31m",
        "\x1b_\x1b\\",
        "\x1b_Gi=31;O",
    ],
)
def test_other_strings_are_no_replies_about_graphics(sent: str) -> None:
    assert graphics_replies(sent) == []
    assert Keyboard().send_and_wait(sent) == []
