r"""Show common LaTeX as plain text: ``\alpha \leq 10^{-5}`` → ``α <= 10⁻⁵``.

Covers the Greek letters, superscripts and subscripts that digests use. Characters that are two
cells wide in East Asian terminals (``×``, ``≤``, ``→``) are avoided, because lines would become
wider than measured. Unknown commands are left unchanged.
"""

from __future__ import annotations

import re

from tui.library.export.latex_tokens import LatexError, LatexTokens

_SINGLE_TERM = re.compile(r"\w+|.|\([^()]*\)")

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi chi psi omega varepsilon vartheta varphi varsigma varrho "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega prod sum"
)
_GREEK = dict(zip(_GREEK_NAMES.split(), "αβγδεζηθικλμνξπρστυφχψωεθφςρΓΔΘΛΞΠΣΥΦΨΩΠΣ", strict=True))
_OPERATORS = {
    "times": "x", "leq": "<=", "le": "<=", "geq": ">=", "ge": ">=", "neq": "!=", "ne": "!=",
    "ll": "<<", "gg": ">>", "approx": "≃", "simeq": "≃", "sim": "~", "pm": "+/-",
    "to": "->", "rightarrow": "->", "longrightarrow": "->", "leftarrow": "<-", "gets": "<-",
    "Rightarrow": "=>", "implies": "=>", "leftrightarrow": "<->", "mapsto": "->", "in": "in",
    "mid": "|",
}  # fmt: skip
_SYMBOLS = {
    "cdot": "⋅", "circ": "∘", "ldots": "⋯", "dots": "⋯", "cdots": "⋯", "prime": "'", "ell": "l",
    "infty": "inf", "nabla": "nabla", "ast": "*", "quad": " ", "qquad": " ", "left": "",
    "right": "", "big": "", "Big": "", "bigl": "", "bigr": "", "displaystyle": "", "limits": "",
    ",": " ", ";": " ", ":": " ", " ": " ", "!": "", "|": "||", "\\": " ",
} | {char: char for char in "%$&#_{}"}  # fmt: skip
_FUNCTIONS = {
    "arg", "argmax", "argmin", "cos", "det", "exp", "inf", "lim", "ln", "log", "max", "min", "mod",
    "sin", "softmax", "sup", "tan", "tanh",
}  # fmt: skip
_WRAPPERS = {
    "text", "textbf", "textit", "textrm", "textsf", "texttt", "mathbb", "mathbf", "mathcal",
    "mathfrak", "mathit", "mathrm", "mathsf", "mathtt", "boldsymbol", "bm", "operatorname", "mbox",
}  # fmt: skip
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_NUMBER = re.compile(r"[+-]?\d+|[+-]", re.ASCII)


def latex_to_text(source: str) -> str:
    """Return LaTeX as plain text; malformed or deeply nested source is returned unchanged."""
    if not re.search(r"[\\^_{}~]", source):
        return source
    tokens = LatexTokens(source)
    try:
        text = _sequence(tokens)
    except LatexError:
        return source
    if tokens.peek():  # an unmatched closing brace
        return source
    # "2\times" is "2x", but "H \times W" is "H x W".
    return re.sub(r" x$", "x", " ".join(text.split()))


def _sequence(tokens: LatexTokens) -> str:
    """Return the text up to the end or a closing brace."""
    parts = []
    while (token := tokens.peek()) and token != "}":
        parts.append(_convert(tokens.read(), tokens))
    return "".join(parts)


def _convert(token: str, tokens: LatexTokens) -> str:
    """Return a token as text, together with the arguments it takes."""
    if token == "{":
        return tokens.read_group(lambda: _sequence(tokens))
    if token in {"^", "_"}:
        return _script(token, _argument(tokens))
    if token == "~":
        return " "
    return _command(token, tokens) if token[0] == "\\" else token


def _argument(tokens: LatexTokens) -> str:
    return _convert(tokens.read_argument_start(), tokens).strip()


def _command(token: str, tokens: LatexTokens) -> str:
    name = token[1:]
    if name in _WRAPPERS:
        return _argument(tokens)
    if name in {"frac", "dfrac", "tfrac"}:
        numerator, denominator = _argument(tokens), _argument(tokens)
        return f"{_parenthesized(numerator)}/{_parenthesized(denominator)}"
    if name == "sqrt" and tokens.peek() != "[":
        return f"sqrt({_argument(tokens)})"
    if name in _OPERATORS:
        return f" {_OPERATORS[name]} "
    if name in _FUNCTIONS:
        return name
    symbol = _GREEK.get(name, _SYMBOLS.get(name))
    return token + tokens.read_brackets() if symbol is None else symbol


def _parenthesized(text: str) -> str:
    """Return text in parentheses unless it is a single term."""
    return text if _SINGLE_TERM.fullmatch(text) else f"({text})"


def _script(operator: str, text: str) -> str:
    """Return a superscript (operator ``^``) or subscript (``_``)."""
    if _NUMBER.fullmatch(text):
        return text.translate(_SUPERSCRIPTS if operator == "^" else _SUBSCRIPTS)
    if text == "'":
        return text
    return f"{operator}{_parenthesized(text)}"
