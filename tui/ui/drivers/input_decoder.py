"""What a terminal sends, made safe to be read as keys: bytes that are no text, and pastes. Pure."""

from __future__ import annotations

from codecs import getincrementaldecoder

_ESCAPE = "\x1b"
_BEGIN, _END = "\x1b[200~", "\x1b[201~"
"""Around what is pasted, where a program asks for that."""


class InputDecoder:
    """Turns bytes from a terminal into text for whoever reads keys out of it.

    A byte that is no UTF-8 becomes a sign that stands for it. Within a paste an escape goes: what
    it begins would be taken for the end of the paste, and the rest for keys.
    """

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._is_paste = False
        self._last = ""
        self._held = ""

    def text(self, data: bytes) -> str:
        """Return the text of some bytes; what may be half of a mark is held until the next."""
        waiting = self._held + self._decode(data)
        self._held = ""
        out = []
        while waiting:
            if self._is_paste:
                pasted, waiting = self._pasted(waiting)
                out.append(pasted)
                if self._held:
                    break
            else:
                typed, waiting = self._typed(waiting)
                out.append(typed)
        return "".join(out)

    def _typed(self, text: str) -> tuple[str, str]:
        """Return what comes before a paste, its beginning included, and what is left."""
        # The mark may have begun before, and was handed on: an escape alone is a key.
        seen = self._last + text
        at = seen.find(_BEGIN)
        if at < 0:
            self._last = seen[1 - len(_BEGIN) :]
            return text, ""
        self._is_paste = True
        self._last = ""
        end = at + len(_BEGIN) - (len(seen) - len(text))
        return text[:end], text[end:]

    def _pasted(self, text: str) -> tuple[str, str]:
        """Return what is pasted, its end included, and what is left."""
        at = text.find(_END)
        if at >= 0:
            self._is_paste = False
            return text[:at].replace(_ESCAPE, "") + _END, text[at + len(_END) :]
        half = text.rfind(_ESCAPE)
        if half >= 0 and _END.startswith(text[half:]):
            text, self._held = text[:half], text[half:]
        return text.replace(_ESCAPE, ""), ""
