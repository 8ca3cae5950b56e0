r"""Escape text for LaTeX.

Titles contain formulas as on arXiv (``$\pi_0$``). A formula is kept only if it is well formed and
has known, harmless commands: titles are untrusted, and LaTeX has commands that write files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate

from tui.library.export.latex_tokens import LatexError, LatexTokens

_MAX_FORMULA_CHARS = 300

_ESCAPES = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%#_$"},
        # BibTeX counts the braces of a field, even in \{ and \}.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        # These characters differ in TeX's original fonts.
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# "$5 and $10" is not a formula.
_FORMULA = re.compile(
    rf"(?<![\\$])\$(?![\s$])(?P<inner>[^$]{{1,{_MAX_FORMULA_CHARS}}})(?<![\s\\])\$(?![$\d])"
)
_TEXT_WITH_MATH_COMMANDS = re.compile(r"\\text[a-z]*\s*\{[^}]*[\\_^]")

_NO_ARGUMENT = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi
    Pi Sigma Upsilon Phi Psi Omega times cdot div pm mp ast star circ bullet leq le geq ge neq ne ll
    gg approx simeq sim cong equiv propto to rightarrow leftarrow Rightarrow Leftarrow
    leftrightarrow Leftrightarrow longrightarrow mapsto gets uparrow downarrow implies iff in notin
    ni subset subseteq supset cup cap setminus emptyset forall exists neg land lor wedge vee oplus
    otimes odot perp parallel mid nabla partial infty ell hbar prime ldots cdots dots vdots sum prod
    int max min sup inf lim log ln exp sin cos tan tanh arg det dim ker deg gcd Pr langle rangle
    lfloor rfloor lceil rceil lVert rVert vert Vert quad qquad dagger ddagger checkmark top bot
    triangle square angle flat sharp natural aleph Re Im
"""
_ONE_ARGUMENT = """
    sqrt mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathtt mathscr text textbf textit
    textrm textsf texttt textsc boldsymbol bm operatorname hat widehat tilde widetilde bar overline
    underline vec dot ddot acute grave check breve
"""
_ARGUMENT_COUNTS = (
    dict.fromkeys(_NO_ARGUMENT.split(), 0)
    | dict.fromkeys(_ONE_ARGUMENT.split(), 1)
    | dict.fromkeys(["frac", "dfrac", "tfrac", "binom"], 2)
    | dict.fromkeys(",;:! {}|%&#_", 0)
)
"""Number of arguments of each harmless command; commands not listed here are rejected."""


def to_single_line(text: str) -> str:
    """Return text on one line, without control characters."""
    words = (_CONTROL.sub("", word) for word in text.split())
    return " ".join(filter(None, words))


def escape(text: str) -> str:
    """Return text in which LaTeX prints every character literally."""
    return text.translate(_ESCAPES)


def split_formulas(text: str) -> Iterator[tuple[bool, str]]:
    """Split a line into formulas, including their dollars, and the text between them.

    Yields:
        Whether the piece is a formula, and the piece, which is never empty.
    """
    start = position = 0
    while match := _FORMULA.search(text, position):
        if _is_safe_formula(match["inner"]):
            if start < match.start():
                yield False, text[start : match.start()]
            yield True, match[0]
            start = position = match.end()
        else:
            # The closing dollar may open the next formula.
            position = match.end() - 1
    if start < len(text):
        yield False, text[start:]


def convert_around_formulas(text: str, convert: Callable[[str], str]) -> str:
    """Return a line with its text converted and its formulas as they are."""
    pieces = split_formulas(text)
    return "".join(piece if is_formula else convert(piece) for is_formula, piece in pieces)


def _is_safe_formula(source: str) -> bool:
    """Return whether a formula is well formed and has known commands only."""
    # BibTeX ignores a backslash before a brace.
    depths = list(accumulate(({"{": 1, "}": -1}.get(char, 0) for char in source), initial=0))
    if min(depths) < 0 or depths[-1] > 0 or _TEXT_WITH_MATH_COMMANDS.search(source):
        return False
    tokens = LatexTokens(source)
    try:
        _check_sequence(tokens)
    except LatexError:
        return False
    return not tokens.peek()


def _check_sequence(tokens: LatexTokens) -> None:
    """Read up to the end or a closing brace; raise LatexError if a token is not allowed."""
    scripts: list[str] = []
    while (token := tokens.peek()) and token != "}":
        if token.isspace():
            tokens.read()
        elif token in "^_'":
            # LaTeX allows one of each, and a prime is a superscript.
            if token in scripts or (token == "'" and "^" in scripts):
                raise LatexError
            scripts.append(tokens.read())
            if token != "'":
                _check_argument(tokens)
        else:
            scripts.clear()
            _check_argument(tokens)


def _check_argument(tokens: LatexTokens) -> None:
    token = tokens.read_argument_start()
    if token == "{":
        tokens.read_group(lambda: _check_sequence(tokens))
    elif token[0] == "\\":
        if token[1:] not in _ARGUMENT_COUNTS:
            raise LatexError
        for _ in range(_ARGUMENT_COUNTS[token[1:]]):
            _check_argument(tokens)
    elif token in "}^_'&#%~":
        raise LatexError
