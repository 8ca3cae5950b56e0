r"""Text as TeX takes it: what TeX would obey is written so that it is printed instead.

Titles hold formulas as arXiv has them (``$\pi_0$``). One is left a formula only if all of it is
known and well formed: a title is somebody else's text, and TeX has commands that write files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST, _DEEPEST = 300, 12

_PRINTED = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%#_$"},
        # Not \{ and \}: BibTeX counts the braces of a field, and these among them.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        # TeX's oldest fonts have other signs in their places.
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# Where a formula may begin and end; "$5 and $10" is none.
_FORMULA = re.compile(
    rf"(?<![\\$])\$(?![\s$])(?P<inner>[^$]{{1,{_LONGEST}}})(?<![\s\\])\$(?![$\d])"
)
_TEXT_WITH_MATH = re.compile(r"\\text[a-z]*\s*\{[^}]*[\\_^]")
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)

_SYMBOLS = """
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
_ARGUMENTS = (
    dict.fromkeys(_SYMBOLS.split(), 0)
    | dict.fromkeys(_ONE_ARGUMENT.split(), 1)
    | dict.fromkeys(["frac", "dfrac", "tfrac", "binom"], 2)
    | dict.fromkeys(",;:! {}|%&#_", 0)
)
"""How many arguments the commands take that do nothing but print."""


def one_line(text: str) -> str:
    """Return text on one line, without control characters."""
    return _CONTROL.sub("", " ".join(text.split()))


def escape(text: str) -> str:
    """Return text of which TeX prints every character as it is."""
    return text.translate(_PRINTED)


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Split a line into formulas, with their dollars, and the text between them.

    Yields:
        Whether it is a formula, and the piece; none is empty.
    """
    start = at = 0
    while match := _FORMULA.search(text, at):
        if _is_formula(match["inner"]):
            if start < match.start():
                yield False, text[start : match.start()]
            yield True, match[0]
            start = at = match.end()
        else:
            # What closes this one may open the next.
            at = match.end() - 1
    if start < len(text):
        yield False, text[start:]


def _is_formula(source: str) -> bool:
    """Tell whether all of a formula is known and well formed."""
    if _TEXT_WITH_MATH.search(source):
        return False
    depth = 0
    for brace in re.findall("[{}]", source):
        # To BibTeX a backslash before a brace means nothing.
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    reader = _LatexReader(_TOKEN.findall(source))
    try:
        reader.sequence()
    except (IndexError, _UnknownError):
        return False
    return reader.is_done and depth == 0


class _UnknownError(Exception):
    """Something that is not known to be harmless."""


class _LatexReader:
    """Reads a formula's tokens from left to right; an ``IndexError`` says that one is missing."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def is_done(self) -> bool:
        return self._at == len(self._tokens)

    def sequence(self) -> None:
        """Read up to the end, or to a closing brace."""
        scripts: list[str] = []
        while not self.is_done and (token := self._tokens[self._at]) != "}":
            if token.isspace():
                self._at += 1
            elif token in {"^", "_", "'"}:
                # One of each is all that TeX bears, and a prime is raised, too.
                if token in scripts or (token == "'" and "^" in scripts):
                    raise _UnknownError
                scripts.append(token)
                self._at += 1
                if token != "'":
                    self._argument()
            else:
                scripts.clear()
                self._argument()

    def _argument(self) -> None:
        while self._tokens[self._at].isspace():
            self._at += 1
        token = self._tokens[self._at]
        self._at += 1
        if token == "{":
            self._group()
        elif token[0] == "\\":
            if token[1:] not in _ARGUMENTS:
                raise _UnknownError
            for _ in range(_ARGUMENTS[token[1:]]):
                self._argument()
        elif token in "}^_'&#%~":
            raise _UnknownError

    def _group(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _UnknownError
        self.sequence()
        self._at += 1
        self._depth -= 1
        if self._at > len(self._tokens):
            raise IndexError
