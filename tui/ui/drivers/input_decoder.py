"""Decode bytes from a terminal into text that is safe to parse as keys. No input or output."""

from __future__ import annotations

from codecs import getincrementaldecoder

_ESCAPE = "\x1b"
_PASTE_BEGIN, _PASTE_END = "\x1b[200~", "\x1b[201~"
"""Begin and end markers of bracketed paste."""


class InputDecoder:
    """Decodes bytes from a terminal into text for the key parser.

    Invalid UTF-8 becomes U+FFFD. Escape characters inside a bracketed paste are removed: they could
    fake the end of the paste, and the text after it would be taken for keys.
    """

    def __init__(self) -> None:
        self._decode_utf8 = getincrementaldecoder("utf-8")("replace").decode
        self._in_paste = False
        self._recent = ""
        self._pending = ""

    def decode(self, data: bytes) -> str:
        """Return the text of the next bytes; a possibly incomplete end marker is kept back."""
        rest = self._pending + self._decode_utf8(data)
        self._pending = ""
        parts = []
        while rest:
            if self._in_paste:
                pasted, rest = self._split_pasted(rest)
                parts.append(pasted)
                if self._pending:
                    break
            else:
                typed, rest = self._split_typed(rest)
                parts.append(typed)
        return "".join(parts)

    def _split_typed(self, text: str) -> tuple[str, str]:
        """Split text outside a paste: up to and including its begin marker, and the rest."""
        # The marker may have started in an earlier chunk, which was passed on because a lone
        # escape is a key.
        seen = self._recent + text
        start = seen.find(_PASTE_BEGIN)
        if start < 0:
            self._recent = seen[1 - len(_PASTE_BEGIN) :]
            return text, ""
        self._in_paste = True
        self._recent = ""
        end = start + len(_PASTE_BEGIN) - (len(seen) - len(text))
        return text[:end], text[end:]

    def _split_pasted(self, text: str) -> tuple[str, str]:
        """Split text inside a paste: up to and including its end marker, and the rest."""
        start = text.find(_PASTE_END)
        if start >= 0:
            self._in_paste = False
            return text[:start].replace(_ESCAPE, "") + _PASTE_END, text[start + len(_PASTE_END) :]
        escape = text.rfind(_ESCAPE)
        if escape >= 0 and _PASTE_END.startswith(text[escape:]):
            text, self._pending = text[:escape], text[escape:]
        return text.replace(_ESCAPE, ""), ""
