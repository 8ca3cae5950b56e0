"""Turn the bytes that a terminal sends into Textual's events. No input or output.

A terminal sends keys, pasted text, and replies to queries of this program or of an earlier one,
maybe late or in pieces. Only keys may act as keys. Whatever is malformed, incomplete or unknown is
dropped, at the latest a second after it began.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from itertools import pairwise

from textual import events
from textual.constants import ESCAPE_DELAY
from textual.message import Message

from tui.ui.textual_internals import EscapeParser

INCOMPLETE_SECONDS = 0.75
"""How long a sequence, a paste or a reply may remain incomplete while little or nothing arrives."""

BULK_CHARACTERS = 256
"""Characters within ``INCOMPLETE_SECONDS`` that nobody types: a long paste or reply is arriving."""

_REST_CHARACTERS = 32
"""Characters at once, after ``INCOMPLETE_SECONDS``, that nobody types: they were delayed on their
way."""

_LATE_SECONDS = 5.0
"""How long the rest of a dropped sequence is recognized, and how long a reply may take to arrive in
pieces."""

MAX_PASTED_CHARACTERS = 2_000_000
"""The rest of a longer paste is dropped."""

MAX_CELLS = 2000
"""Columns and lines that a terminal may claim to have."""

_MAX_SEQUENCE = 1024
"""Characters of an incomplete sequence that are kept."""

_ESCAPE = "\x1b"
_PASTE_BEGIN, _PASTE_END = "\x1b[200~", "\x1b[201~"
"""Begin and end markers of bracketed paste."""

# Patterns are compiled with the first input, after the first screen.
_SEQUENCE = (
    r"\x1b\[\[[\s\S]"  # function keys of the Linux console
    r"|\x1b\[M[^\x1b]{3}"  # a mouse report of an old terminal
    r"|\x1b\[\d\d?\$(?!y)"  # keys of rxvt with Shift
    r"|\x1b\[(?!M)[ -?]*[@-Z\\-~]"  # CSI, malformed or not: most keys and replies
    r"|\x1bO[\d;]*[@-~]"  # SS3: some keys
    r"|\x1b[^\x1b\[O]"  # the start of a string, or Alt and a key
)
_INCOMPLETE = r"\x1b(?:\[(?:\[|M[^\x1b]{0,2}|[ -?]*)|O[\d;]*)?"
_LATE_REPLY = r"\x1b\[[ -?]+[@-~]|\x1b[]PX^_][^\x1b]+(?:\x07|\x1b\\)"

_REPLY_BEGINNING = (
    r"\x1b\[[<=>?]?(?:\d{1,5}[;:])*\d{0,5}[ $\x27]?"
    r"|\x1b\](?:\d{0,2}|4;\d{0,3})(?:;(?:r|rg|rgb|rgba?:[\dA-Fa-f/]{0,24})?)?"
)
"""What may become a reply that arrives piece by piece, and is hardly typed: numbers or a color."""

_SEPARATORS = "[;/]"
"""At least one is in the middle part of a reply; a part that comes late is not typed then."""

_STRING_STARTS = "]PX^_"
"""What follows Escape in OSC, DCS, SOS, PM and APC: replies with a text of any length."""

_GRAPHICS_STRING = "_"
"""Starts strings of the type that kitty's graphics protocol uses, whose text begins with G."""

_MAX_GRAPHICS_REPLY = 64
"""Characters of a reply about graphics; a longer one is dropped."""

_MAX_REPLY_BEGINNING = 64
"""Characters of a string that are kept to recognize a reply; longer ones come at once."""

_STRING_END = "[\x07\x18\x1a\x1b\x9c]"

_C1 = "[\x80-\x9f]"
_SEVEN_BIT = {chr(code): f"\x1b{chr(code - 0x40)}" for code in b"\x8f\x90\x98\x9b\x9d\x9e\x9f"}
"""The control characters that a single character beyond ASCII abbreviates."""

_SURROGATE = "[\ud800-\udfff]"

_KITTY_KEY = r"\x1b\[(?P<fields>[\d:;]*)(?P<end>[u~A-HPQRS])"
_KITTY_RELEASE = "3"
_KITTY_CONTROLS = ("9", "13", "27")
"""Tab, Enter and Escape; other control characters are no keys there."""


class GraphicsReply(Message):
    """A reply of the terminal about graphics.

    Attributes:
        text: the reply without its introducer, such as ``Gi=31;OK``.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class TerminalInput:
    """Splits the input into keys, replies and pastes, whatever pieces it arrives in.

    Invalid UTF-8 becomes U+FFFD. Escape characters inside a bracketed paste are removed: they could
    fake the end of the paste, and the text after it would be taken for keys.

    All times are seconds of one monotonic clock.
    """

    def __init__(self) -> None:
        self._decode_utf8 = getincrementaldecoder("utf-8")("replace").decode
        self._parser = EscapeParser()
        self._pending = ""
        self._pending_since = self._changed_at = 0.0
        self._dropped = ""
        self._dropped_at = 0.0
        self._pasted: list[str] | None = None
        self._pasted_count = 0
        self._in_string = False
        self._string_beginning = ""
        """The beginning of a string, with its introducer."""
        self._string_since = self._string_at = 0.0
        self._string_text: str | None = None
        """The text of a string so far; None if it is of no use."""
        self._window_start = 0.0
        self._window_count = 0

    def feed(self, data: bytes, now: float) -> list[Message]:
        """Return the events of the next bytes."""
        text = self._decode_utf8(data)
        if self._is_open:
            self._continue_or_abandon(text, now)
        text = self._with_dropped_start(text, now)
        before = self._pending
        text, self._pending = before + text, ""
        found: list[Message] = []
        while text:
            if self._pasted is not None:
                text = self._take_pasted(text, found)
            elif self._in_string:
                text = self._take_string(text, found)
            else:
                text = self._take_typed(text, now, found)
        if not before or not self._pending.startswith(before):
            # Otherwise the same sequence has become longer, maybe by keys.
            self._pending_since = self._changed_at = now
        elif self._pending != before:
            is_reply = re.fullmatch(_REPLY_BEGINNING, self._pending)
            self._changed_at = now if is_reply else self._pending_since
        return _without_outdated([event for event in found if _is_plausible(event)])

    @property
    def is_incomplete(self) -> bool:
        """Whether ``tick`` has to be called: the input ends within a sequence, maybe an Escape."""
        return bool(self._pending) and self._pasted is None

    def tick(self, now: float) -> list[Message]:
        """Return the Escape key if it was pressed; drop a sequence that stays incomplete."""
        if not self.is_incomplete:
            return []
        is_escape = self._pending == _ESCAPE
        since = max(self._pending_since, min(self._changed_at, self._pending_since + _LATE_SECONDS))
        if now - since < (ESCAPE_DELAY if is_escape else INCOMPLETE_SECONDS):
            return []
        self._dropped, self._pending = self._pending, ""
        self._dropped_at = now
        self._in_string = False
        return self._parser.parse(_ESCAPE) if is_escape else []

    @property
    def _is_open(self) -> bool:
        """Whether the end of a paste or string is outstanding."""
        return self._in_string or self._pasted is not None

    def _open_window(self, now: float) -> None:
        self._window_start, self._window_count = now, 0

    def _continue_or_abandon(self, text: str, now: float) -> None:
        """Drop an open paste or string if its end is overdue and the text looks like keys."""
        if now - self._window_start >= INCOMPLETE_SECONDS:
            ends = (_PASTE_END,) if self._pasted is not None else ("\x07", "\x1b\\")
            has_end = any(end in text[1:] or self._pending + text == end for end in ends)
            is_rest = has_end or len(text) >= _REST_CHARACTERS or self._continues_reply(text, now)
            if not is_rest or text.startswith(_PASTE_BEGIN):
                self._pasted, self._in_string, self._pending = None, False, ""
                return
            self._open_window(now)
        self._string_at = now
        self._window_count += len(text)
        if self._window_count >= BULK_CHARACTERS:
            self._open_window(now)

    def _continues_reply(self, text: str, now: float) -> bool:
        """Return whether a text continues a string that is a reply so far."""
        if not self._in_string or now - self._string_since >= _LATE_SECONDS:
            return False
        if now - self._string_at >= INCOMPLETE_SECONDS and not re.search(_SEPARATORS, text):
            return False
        return re.fullmatch(_REPLY_BEGINNING, self._string_beginning + text) is not None

    def _with_dropped_start(self, text: str, now: float) -> str:
        """Put the start of a sequence back that was dropped because its rest came too late."""
        start, self._dropped = self._dropped, ""
        is_late = start and len(text) > 1 and now - self._dropped_at < _LATE_SECONDS
        if not is_late:
            return text
        whole = start + text
        is_beginning = re.search(_SEPARATORS, text) and re.fullmatch(_REPLY_BEGINNING, whole)
        return whole if is_beginning or re.match(_LATE_REPLY, whole) else text

    def _take_typed(self, text: str, now: float, found: list[Message]) -> str:
        """Add the events of the first keys or sequence of a text; return the rest."""
        if text[0] != _ESCAPE:
            return self._take_characters(text, found)
        if match := re.match(_SEQUENCE, text):
            self._take_sequence(match[0], now, found)
            return text[match.end() :]
        start = re.match(_INCOMPLETE, text)
        length = start.end() if start else 1
        if length == len(text):
            # Much too long, it stays a sequence, one that is unknown.
            self._pending = text if length <= _MAX_SEQUENCE else "\x1b[?"
            return ""
        if length == 1:
            found += self._parser.parse(_ESCAPE)
        return text[length:]

    def _take_characters(self, text: str, found: list[Message]) -> str:
        typed, escape, rest = text.partition(_ESCAPE)
        if control := re.search(_C1, typed):
            sequence = _SEVEN_BIT.get(control[0], "")
            typed, rest = typed[: control.start()], text[control.end() :]
            escape = sequence
        for character in typed:
            found += self._parser.parse(character)
        return escape + rest

    def _take_sequence(self, sequence: str, now: float, found: list[Message]) -> None:
        if sequence == _PASTE_BEGIN:
            self._pasted, self._pasted_count = [], 0
            self._open_window(now)
        elif sequence[1] in _STRING_STARTS:
            self._in_string = True
            self._string_text = "" if sequence[1] == _GRAPHICS_STRING else None
            self._string_beginning = sequence
            self._string_since = self._string_at = now
            self._open_window(now)
        elif sequence != "\x1b\\":  # the end of a string whose start was dropped
            for key in _key_presses(sequence):
                found += self._parser.parse(key)

    def _take_pasted(self, text: str, found: list[Message]) -> str:
        """Add the event of a paste if it ends in a text; return the rest of the text."""
        pasted, end, rest = text.partition(_PASTE_END)
        if not end:
            escape = pasted.rfind(_ESCAPE)
            if escape >= 0 and _PASTE_END.startswith(pasted[escape:]):
                pasted, self._pending = pasted[:escape], pasted[escape:]
        parts = self._pasted if self._pasted is not None else []
        part = pasted.replace(_ESCAPE, "").replace("\x00", "")
        parts.append(part[: MAX_PASTED_CHARACTERS - self._pasted_count])
        self._pasted_count += len(parts[-1])
        if end:
            found.append(events.Paste("".join(parts)))
            self._pasted = None
        return rest

    def _take_string(self, text: str, found: list[Message]) -> str:
        """Return what follows a string; it ends at its terminator, or where a sequence begins.

        Its text is dropped, unless it is about graphics.
        """
        end = re.search(_STRING_END, text)
        self._string_beginning += text[: _MAX_REPLY_BEGINNING - len(self._string_beginning)]
        if self._string_text is not None:
            self._string_text += text[: end.start() if end else _MAX_GRAPHICS_REPLY + 1]
            if len(self._string_text) > _MAX_GRAPHICS_REPLY or self._string_text[:1] not in "G":
                self._string_text = None
        if end is None:
            return ""
        rest = text[end.start() :]
        if rest == _ESCAPE:
            self._pending = rest
            return ""
        self._in_string = False
        if rest.startswith("\x1b\\"):
            if self._string_text:
                found.append(GraphicsReply(self._string_text))
            return rest[2:]
        return rest if rest[0] == _ESCAPE else rest[1:]


def _key_presses(sequence: str) -> list[str]:
    """Return the sequences or characters that Textual understands of one sequence.

    Kitty's protocol also has releases of keys, which are dropped, keys of other layouts, which are
    removed, and the text of an input method, which may be long.
    """
    match = re.fullmatch(_KITTY_KEY, sequence)
    if match is None:
        return [sequence]
    given = match["fields"].split(";")
    key, modifiers, text = [*given, "", ""][:3]
    modifiers, _, kind = modifiers.partition(":")
    if kind == _KITTY_RELEASE or (match["end"] == "u" and not _is_key(key, text)):
        return []
    if len(sequence) > EscapeParser.MAX_LENGTH:
        codes = [int(code) for code in text.split(":") if 0 < len(code) <= 7]
        return [chr(code) for code in codes if 0x20 <= code <= 0x10FFFF and not 0x7F <= code < 0xA0]
    fields = (key.partition(":")[0], modifiers, text)[: len(given)]
    return [f"\x1b[{';'.join(fields)}{match['end']}"]


def _is_key(key: str, text: str) -> bool:
    """Return whether the fields of a key in Kitty's protocol, which has one form, are its own."""
    code = key.partition(":")[0]
    if text:
        return code.isdecimal() and all(map(str.isdecimal, text.split(":")))
    return code.isdecimal() and (int(code) >= ord(" ") or code in _KITTY_CONTROLS)


def _without_outdated(found: list[Message]) -> list[Message]:
    """Return events that arrived together, without those that the next one makes pointless.

    A flood of them would keep the keys after it waiting.
    """
    pairs = pairwise(found)
    kept = [event for event, following in pairs if not _is_outdated(event, following)]
    return [*kept, *found[-1:]]


def _is_outdated(event: Message, following: Message) -> bool:
    focus = (events.AppFocus, events.AppBlur)
    if isinstance(event, focus):
        return isinstance(following, focus)
    if isinstance(event, events.MouseMove):
        return isinstance(following, events.MouseMove) and event.button == following.button
    # NUL is what a line that is cut sends.
    return _is_null(event) and _is_null(following)


def _is_null(event: Message) -> bool:
    return isinstance(event, events.Key) and event.character == "\0"


def _is_plausible(event: Message) -> bool:
    """Return whether the rest of the program can use an event."""
    if isinstance(event, events.Key):
        return not re.search(_SURROGATE, event.character or "")
    if isinstance(event, events.Resize):
        return all(0 < cells <= MAX_CELLS for cells in event.size)
    return True
