r"""The commonest of TeX, as a person would type it: ``\alpha \leq 10^{-5}`` → ``α <= 10⁻⁵``.

Greek letters and raised or lowered digits are what digests write themselves. For the rest no sign
is produced that is two cells wide in an East Asian terminal (``×``, ``≤`` and ``→`` are there):
a line would be wider than it was measured. What is not understood stays as it is written.
"""

from __future__ import annotations

import re

_DEEPEST = 12
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_SIMPLE = re.compile(r"\w+|.|\([^()]*\)")

_LETTERS = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega varepsilon vartheta varphi varsigma varrho "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega prod sum"
)
_GREEK = dict(zip(_LETTERS.split(), "αβγδεζηθικλμνξπρστυφχψωεθφςρΓΔΘΛΞΠΣΥΦΨΩΠΣ", strict=True))
_OPERATORS = {
    "times": "x", "leq": "<=", "le": "<=", "geq": ">=", "ge": ">=", "neq": "!=", "ne": "!=",
    "ll": "<<", "gg": ">>", "approx": "≃", "simeq": "≃", "sim": "~", "pm": "+/-",
    "to": "->", "rightarrow": "->", "longrightarrow": "->", "leftarrow": "<-", "gets": "<-",
    "Rightarrow": "=>", "implies": "=>", "leftrightarrow": "<->", "mapsto": "->", "in": "in",
    "mid": "|",
}  # fmt: skip
_SIGNS = {
    "cdot": "⋅", "circ": "∘", "ldots": "⋯", "dots": "⋯", "cdots": "⋯", "prime": "'", "ell": "l",
    "infty": "inf", "ast": "*", "quad": " ", "qquad": " ", "left": "", "right": "", "big": "",
    "Big": "", "bigl": "", "bigr": "", "displaystyle": "", "limits": "",
    ",": " ", ";": " ", ":": " ", " ": " ", "!": "", "|": "||", "\\": " ",
} | {each: each for each in "%$&#_{}"}  # fmt: skip
_NAMES = {
    "arg", "argmax", "argmin", "cos", "det", "exp", "inf", "lim", "ln", "log", "max", "min", "mod",
    "sin", "softmax", "sup", "tan", "tanh",
}  # fmt: skip
_WRAPPERS = {
    "text", "textbf", "textit", "textrm", "textsf", "texttt", "mathbb", "mathbf", "mathcal",
    "mathfrak", "mathit", "mathrm", "mathsf", "mathtt", "boldsymbol", "bm", "operatorname", "mbox",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_NUMBER = re.compile(r"[+-]?\d+|[+-]", re.ASCII)


def readable(source: str) -> str:
    """Return TeX as plain text; what is not understood, and all of it if it is odd, as it is."""
    if not re.search(r"[\\^_{}~]", source):
        return source
    reader = _LatexReader(_TOKEN.findall(source))
    try:
        text = reader.text()
    except (IndexError, _TooDeepError):
        return source
    if not reader.is_done:  # a brace is closed that was not opened
        return source
    # "2\times" is "2x", but "H \times W" is "H x W".
    return re.sub(r" x$", "x", " ".join(text.split()))


class _TooDeepError(Exception):
    """Braces within braces within braces."""


class _LatexReader:
    """Reads tokens from left to right; an ``IndexError`` says that something was left open."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def is_done(self) -> bool:
        return self._at == len(self._tokens)

    def text(self) -> str:
        """Return the text up to the end, or to a closing brace."""
        parts = []
        while not self.is_done and self._tokens[self._at] != "}":
            parts.append(self._next())
        return "".join(parts)

    def _next(self) -> str:
        token = self._tokens[self._at]
        self._at += 1
        if token == "{":
            return self._group()
        if token in {"^", "_"}:
            return _script(token, self._argument())
        if token == "~":
            return " "
        return self._command(token) if token[0] == "\\" else token

    def _group(self) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeepError
        text = self.text()
        self._at += 1
        self._depth -= 1
        if self._at > len(self._tokens):
            raise IndexError
        return text

    def _argument(self) -> str:
        while self._tokens[self._at].isspace():
            self._at += 1
        return self._next().strip()

    def _command(self, token: str) -> str:
        name = token[1:]
        if name in _WRAPPERS:
            return self._argument()
        if name in {"frac", "dfrac", "tfrac"}:
            above, below = self._argument(), self._argument()
            return f"{_closed(above)}/{_closed(below)}"
        if name == "sqrt" and self._tokens[self._at] != "[":
            return f"sqrt({self._argument()})"
        if name in _OPERATORS:
            return f" {_OPERATORS[name]} "
        if name in _NAMES:
            return name
        known = _GREEK.get(name, _SIGNS.get(name))
        return self._unknown(token) if known is None else known

    def _unknown(self, token: str) -> str:
        """Return a command with what it applies to, as it is written."""
        start, depth = self._at, 0
        while not self.is_done and (depth or self._tokens[self._at] in "{["):
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(self._tokens[self._at], 0)
            self._at += 1
        return token + "".join(self._tokens[start : self._at])


def _closed(text: str) -> str:
    """Put what is more than a word into parentheses."""
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _script(sign: str, text: str) -> str:
    if _NUMBER.fullmatch(text):
        return text.translate(_RAISED if sign == "^" else _LOWERED)
    if text == "'":
        return text
    return f"{sign}{_closed(text)}"
